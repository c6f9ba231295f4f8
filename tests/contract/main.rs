//! The sim and our own clients, held against what the services' own people published: GitHub's OpenAPI, the models of
//! AWS, Slack's types and its older OpenAPI; and against the clients that others wrote for the same services.
//!
//! The models come from the package registries, pinned, into `models` beside the compiled output. One that cannot be
//! had is a failure: without it nothing is known.

mod clients;
mod fixtures;
mod foreign;
mod models;
mod ours;
mod passed;
mod spoilt;
#[path = "../journeys/stage.rs"]
#[expect(dead_code, reason = "the journeys use the rest")]
mod stage;
mod verdict;
#[path = "../journeys/walk.rs"]
#[expect(dead_code, reason = "the journeys use the rest")]
mod walk;
mod worlds;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use models::Models;

#[tokio::test(flavor = "multi_thread")]
async fn the_sim_and_our_clients_keep_to_what_others_wrote() {
    let models = Models::fetched();
    let (ours, foreign) = tokio::join!(ours::drive(), foreign::drive(&models));
    let verdict = verdict::on(
        &models,
        "recording",
        &[("ours", &ours), ("foreign", &foreign)],
    );
    verdict.tell();
    assert!(
        verdict.differences.is_empty(),
        "{}",
        verdict.differences.join("\n")
    );
    let undone: Vec<String> = calls_of_aws()
        .into_iter()
        .filter(|it| !verdict.by("ours").contains(it))
        .collect();
    assert!(
        undone.is_empty(),
        "the engine was not seen to do this: {undone:?}"
    );
    let nobody_else: Vec<&String> = verdict.only_ours().collect();
    assert!(
        nobody_else.is_empty(),
        "no foreign client was seen to do this: {nobody_else:?}"
    );
}

/// What passed in the journeys and in the window tests that were run last. `cargo xtask test` and `ci` run this after them, and
/// say so: then both have to be there.
#[test]
fn what_passed_in_other_tests_keeps_to_it_as_well() {
    let models = Models::fetched();
    let left: Vec<PathBuf> = match fs::read_dir(passed::folder()) {
        Ok(files) => files.map(|file| file.expect("a file").path()).collect(),
        // None was run yet.
        Err(_) => Vec::new(),
    };
    if std::env::var_os("SLIPWAY_ALL_TESTS_RAN").is_some() {
        for program in ["journeys-", "window-"] {
            let by_it = |it: &PathBuf| {
                it.file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with(program))
            };
            assert!(left.iter().any(by_it), "nothing was left by {program}*");
        }
    }
    let verdict = verdict::on_left(&models, &left);
    verdict.tell_of_left(left.len());
    assert!(
        verdict.differences.is_empty(),
        "{}",
        verdict.differences.join("\n")
    );
}

/// What the engine may ask AWS for: each call is named, so that a refusal can say what is missing.
fn calls_of_aws() -> BTreeSet<String> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src-tauri/crates/engine/src/aws"
    );
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the adapter is there") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("it is text");
        let names = text.split('"').filter(|it| {
            let service = it.split_once(':').map_or("", |(service, _)| service);
            ["codepipeline", "codebuild", "logs", "sts"].contains(&service)
                && it.chars().all(|char| char.is_alphanumeric() || char == ':')
        });
        found.extend(names.map(str::to_owned));
    }
    found
}
