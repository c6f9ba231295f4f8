//! The icon in the tray: its shape, its words, and what its menu leads to.

use crate::table::check;
use crate::world::{Then, World, action};
use slipway_core::facts::ExecutionStatus;
use slipway_core::problem::{Code, Problem};
use slipway_core::view::{self, Mode, Tray};

fn landed() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
}

fn tray(world: &World) -> Tray {
    view::view(&world.scene()).view.tray
}

/// "Glyph | tooltip | the menu's entry and its step".
fn line(tray: &Tray) -> String {
    let needs = tray
        .needs
        .as_ref()
        .map(|needs| format!(" | {} ({:?})", needs.label, needs.step))
        .unwrap_or_default();
    format!("{:?} | {}{needs}", tray.glyph, tray.tooltip)
}

#[test]
fn the_tray_says_where_the_evening_stands() {
    let name = "maintenance-2026-11-24";
    let deployed: Then = |it| it.picked_up().asks().approved().deployed().noted();
    let rows: [(&str, World, String); 16] = [
        (
            "its branch is to be made",
            World::maintenance(),
            format!(
                "NeedsYou | {name} needs you: create the revision branch | Open {name} (Branch)"
            ),
        ),
        (
            "the team is to be told",
            World::maintenance().branch(),
            format!("NeedsYou | {name} needs you: tell the team | Open {name} (Announce)"),
        ),
        (
            "the team's work is awaited",
            World::maintenance().branch().announced(),
            format!("Idle | {name}: waiting for the ETL team"),
        ),
        (
            "merged, not picked up yet",
            landed(),
            format!("Running | {name}: waiting for docker-production"),
        ),
        (
            "merged, never picked up",
            landed().at(60),
            format!(
                "NeedsYou | {name}: the pipeline has not picked it up | Open {name} (Approval)"
            ),
        ),
        (
            "the source is fetched",
            landed().picked_up(),
            format!("Running | {name}: the pipeline fetches the source"),
        ),
        (
            "an approval waits",
            landed().picked_up().asks(),
            format!("NeedsYou | {name} waits for your approval | Review {name} (Approval)"),
        ),
        (
            "the answer is being sent",
            landed().picked_up().asks().sending(action::answer(
                landed().gate(),
                slipway_core::action::Answer::Approved,
            )),
            format!("Running | {name}: answering"),
        ),
        (
            "rejected",
            landed().picked_up().asks().rejected(),
            format!("Failed | {name}: rejected 7:52 pm, lee | Open {name} (Approval)"),
        ),
        (
            "it builds",
            landed().picked_up().asks().approved(),
            format!("Running | {name} is being built"),
        ),
        (
            "the build failed",
            landed().picked_up().asks().approved().build_failed(),
            format!("Failed | {name}: the build failed | Open {name} (Build)"),
        ),
        (
            "stopped",
            landed()
                .picked_up()
                .asks()
                .approved()
                .stopped_as(ExecutionStatus::Stopped),
            format!("NeedsYou | {name}: stopped by somebody | Open {name} (Build)"),
        ),
        (
            "AWS does not answer while it builds",
            landed().picked_up().asks().approved().noted().aws_down(),
            format!("Idle | {name}: unknown, last seen 7:00 pm"),
        ),
        (
            "nobody is signed in to AWS",
            landed().picked_up().signed_out_of_aws(),
            format!("Idle | {name}: not signed in to AWS"),
        ),
        (
            "it is out, the result is to be shared",
            deployed(landed()),
            format!("NeedsYou | {name} needs you: wrap up | Open {name} (Finish)"),
        ),
        (
            "all done",
            deployed(landed()).result_shared(),
            "Idle | Slipway: nothing needs you".to_owned(),
        ),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), line(&tray(&world)), should)));
}

#[test]
fn of_several_releases_the_most_urgent_is_shown() {
    let rename = |mut world: World, name: &str| {
        world.release.id = name.into();
        world
    };
    let asks = rename(landed().picked_up().asks(), "asks");
    let failed = rename(
        landed().picked_up().asks().approved().build_failed(),
        "failed",
    );
    let to_tell = rename(World::maintenance().branch(), "to-tell");
    let builds = rename(landed().picked_up().asks().approved(), "builds");
    let waits = rename(World::maintenance().branch().announced(), "waits");
    let order = [&asks, &failed, &to_tell, &builds, &waits];
    for (first, most_urgent) in order.iter().enumerate() {
        let mut scene = most_urgent.scene();
        let others = order[first..].iter().rev();
        scene.releases = others.map(|it| (&it.release, &it.facts)).collect();
        let tray = view::view(&scene).view.tray;
        assert!(
            tray.tooltip.starts_with(most_urgent.release.id.as_str()),
            "{tray:?}"
        );
    }
}

#[test]
fn nothing_is_running_that_cannot_be_worked_on() {
    let world = landed().picked_up().asks();
    let mut scene = world.scene();
    scene.trouble = Some(Problem::new(
        Code::Journal,
        "The journal cannot be written.",
        "",
        "",
    ));
    let tray = view::view(&scene).view.tray;
    assert_eq!(line(&tray), "NeedsYou | The journal cannot be written.");
}

#[test]
fn practice_says_so() {
    let world = landed().picked_up().asks();
    let mut scene = world.scene();
    scene.mode = Mode::Practice;
    let tooltip = view::view(&scene).view.tray.tooltip;
    assert_eq!(
        tooltip,
        "Practice: maintenance-2026-11-24 waits for your approval"
    );
}
