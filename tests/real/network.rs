//! Coming to a network, in one that is the test's own.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use slipway_core::intent::Intent;
use slipway_core::time::At;
use slipway_core::view::{Tone, View};
use slipway_engine::clock::{Clock, Sleeping, System};

use crate::guard::program;
use crate::inside;
use crate::stage::{self, PATIENCE, Stage};

/// An own network without anything in it, not even this computer's own address; no rights are needed for that.
const ALONE: [&str; 4] = ["unshare", "--user", "--map-root-user", "--net"];

/// A clock by which no pause ever ends: nothing is looked at because it was time to.
struct Patient;

impl Clock for Patient {
    fn now(&self) -> At {
        System.now()
    }

    fn sleep_until(&self, _then: tokio::time::Instant) -> Sleeping {
        Box::pin(std::future::pending())
    }
}

#[test]
fn what_could_not_be_reached_is_looked_at_once_there_is_a_network() {
    let possible = Command::new(ALONE[0])
        .args(&ALONE[1..])
        .arg("true")
        .output();
    match possible {
        Ok(tried) if tried.status.success() => {}
        Ok(tried) => {
            println!(
                "NOT tested: this system allows no network of one's own: {}",
                String::from_utf8_lossy(&tried.stderr)
            );
            return;
        }
        Err(error) => panic!("unshare: {error}"),
    }
    inside::run_in(
        &ALONE,
        "network::what_could_not_be_reached_is_looked_at_once_there_is_a_network",
        async |_: PathBuf| {
            ip(&["link", "set", "lo", "up"]);
            let stage = Stage::set(0).await;
            let engine = stage::start(stage.data.path(), stage.sim.endpoints(), Arc::new(Patient));
            let mut views = engine.views();
            let mut await_view = async |what: &str, is: &dyn Fn(&View) -> bool| {
                let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| is(view))).await;
                assert!(seen.is_ok(), "never seen: {what}");
            };
            let is_live =
                |view: &View| view.home.pipeline.is_some() && view.waterline.tone == Tone::Good;
            await_view("all is seen", &is_live).await;

            ip(&["address", "delete", "127.0.0.1/8", "dev", "lo"]);
            engine
                .dispatch(Intent::Look)
                .await
                .expect("anybody may look");
            await_view("nothing is reached", &|view| {
                !is_live(view) && !view.waterline.looking
            })
            .await;

            ip(&["address", "add", "127.0.0.1/8", "dev", "lo"]);
            await_view("all is seen again", &is_live).await;
        },
    );
}

fn ip(words: &[&str]) {
    let done = Command::new(program("ip")).args(words).status();
    assert!(done.expect("it starts").success(), "ip {words:?}");
}
