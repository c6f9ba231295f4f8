//! Unknown is shown as unknown with its age, not connected as not connected, and neither turns anything green.

use super::approval::merged;
use crate::table::check;
use crate::world::{Then, World};
use slipway_core::view::StepId;

#[rustfmt::skip]
fn stages_of_an_evening() -> Vec<(&'static str, World)> {
    vec![
        ("opened", World::maintenance()),
        ("branch", World::maintenance().branch()),
        ("announced", World::maintenance().branch().announced()),
        ("merged", merged()),
        ("asks", merged().picked_up().asks()),
        ("approved", merged().picked_up().asks().approved()),
        ("rejected", merged().picked_up().asks().rejected()),
        ("failed", merged().picked_up().asks().approved().build_failed()),
        ("deployed", merged().picked_up().asks().approved().deployed()),
        ("finished", merged().picked_up().asks().approved().deployed().result_shared()),
        ("nothing", World::maintenance().branch().announced().no_etl().no_database()),
    ]
}

#[test]
#[rustfmt::skip]
fn one_dead_service_does_not_blind_the_others() {
    let building = || merged().picked_up().asks().approved().noted();
    let rows = [
        ("Slack", building().slack_down(), "done done done done done done working later"),
        ("GitHub", building().github_down(), "done done done done done done working later"),
        ("AWS", building().aws_down(), "done done done done done done unknown later"),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), world.rail(), should.to_owned())));
    let start = || World::maintenance().branch().noted();
    let rows = [
        ("Slack", start().slack_down(), "done unknown later later later later later later"),
        ("GitHub", start().github_down(), "done ready later later later later later later"),
        ("AWS", start().aws_down(), "done ready later later later later later later"),
        ("signed out of Slack", start().signed_out_of_slack(), "done not-connected later later later later later later"),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), world.rail(), should.to_owned())));
}

#[test]
fn what_is_settled_stays_settled_when_nothing_answers() {
    let dark: [(&str, Then); 5] = [
        ("nothing answers", |it| {
            it.github_down().slack_down().aws_down()
        }),
        ("signed out", |it| {
            it.signed_out_of_github()
                .signed_out_of_slack()
                .signed_out_of_aws()
        }),
        ("started again", World::restarted),
        ("started again and nothing answers", |it| {
            it.restarted().github_down().slack_down().aws_down()
        }),
        ("a month later", |it| it.aws_down().at(30 * 24 * 60)),
    ];
    for (moment, world) in stages_of_an_evening() {
        let world = world.noted();
        for (how, darken) in &dark {
            let dark = darken(world.clone());
            for step in StepId::ALL {
                let (before, after) = (world.course().settled(step), dark.course().settled(step));
                assert!(
                    !after || before,
                    "{moment}, {how}: {step:?} is {}",
                    dark.says(step)
                );
                if moment == "nothing" && dark.facts.source.last.is_none() {
                    // That the branch was empty is not in the journal: it is looked at once more.
                    assert!(!after || step <= StepId::Database, "{}", dark.says(step));
                    continue;
                }
                assert!(
                    after || !before,
                    "{moment}, {how}: {step:?} is {}",
                    dark.says(step)
                );
            }
        }
    }
}

#[test]
fn when_everything_answers_again_nothing_is_lost() {
    for (moment, world) in stages_of_an_evening() {
        let again = world
            .clone()
            .github_down()
            .slack_down()
            .aws_down()
            .all_answer();
        assert_eq!(world.rail(), again.rail(), "{moment}");
    }
}

#[test]
fn the_age_of_the_last_look_is_said() {
    let world = World::maintenance()
        .branch()
        .announced()
        .noted()
        .github_down()
        .at(95);
    assert_eq!(
        world.says(StepId::Etl),
        "unknown | Unknown, last seen 7:00 pm"
    );
    let tomorrow = world.at(24 * 60);
    assert_eq!(
        tomorrow.says(StepId::Etl),
        "unknown | Unknown, last seen Tue 24 Nov, 7:00 pm"
    );
    let never = World::maintenance()
        .branch()
        .announced()
        .noted()
        .restarted()
        .github_down();
    assert_eq!(
        never.says(StepId::Etl),
        "unknown | Unknown, GitHub was not seen yet"
    );
}
