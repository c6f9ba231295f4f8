//! What is sent without anybody asking again.

use crate::table::check;
use crate::world::{HEAD, Then, World, action};
use slipway_core::action::Action;
use slipway_core::facts::PullState;
use slipway_core::problem::Code;
use slipway_core::record::Record;

fn follows(world: &World) -> String {
    match world.follow_up() {
        None => "nothing".to_owned(),
        Some(Action::OpenReleasePull { head, base, .. }) => format!("open {head} into {base}"),
        Some(Action::UpdateAnnouncement { text, .. }) => text
            .rsplit_once('\n')
            .unwrap()
            .1
            .trim_matches('_')
            .to_owned(),
        Some(Action::TellChange { text, .. }) => {
            let said = text.lines().next().unwrap().trim_matches('*');
            format!("in the thread: {said}")
        }
        Some(other) => format!("{other:?}"),
    }
}

fn rows(rows: Vec<(&str, World, &str)>) {
    check(
        rows.into_iter()
            .map(|(row, world, should)| (row.to_owned(), follows(&world), should.to_owned())),
    );
}

fn told() -> World {
    World::maintenance().branch().announced()
}

fn collected() -> World {
    told().pull(412).merged(412).at(25).no_more()
}

/// The message and its thread say what is so; what else would follow is seen.
fn kept_true(mut world: World) -> World {
    while let Some(action @ (Action::UpdateAnnouncement { .. } | Action::TellChange { .. })) =
        world.follow_up()
    {
        world = world.did(action);
    }
    world
}

#[test]
#[rustfmt::skip]
fn no_more_opens_the_release_pull_request_once() {
    let open = "open maintenance-2026-11-24 into master";
    rows(vec![
        ("no more", collected(), open),
        ("not said", told().pull(412).merged(412), "nothing"),
        ("pushed directly", told().pushed().no_more(), open),
        ("said, but nothing is there", told().no_more(), "nothing"),
        ("it is open", collected().release_pull(), "Step 4 of 8: settling database changes"),
        ("it was closed by somebody", kept_true(collected().release_pull_that(|it| it.state = PullState::Closed)), "nothing"),
        ("landed already", kept_true(collected().landed()), "nothing"),
        ("the branch is gone", kept_true(collected().noted().branch_deleted()), "nothing"),
        ("GitHub cannot be seen", kept_true(collected().noted().github_down()), "nothing"),
        ("being opened", collected().sending(action::open_release_pull()), "nothing"),
        ("reply lost", collected().lost(action::open_release_pull()), "nothing"),
        ("another action is pending", collected().lost(action::merge_pull(412)), "nothing"),
        ("put aside", collected().record(Record::Closed), "nothing"),
    ]);
}

#[test]
#[rustfmt::skip]
fn what_was_refused_is_not_tried_again_by_itself() {
    let tried = |world: World, code| {
        let action = world.follow_up().unwrap();
        world.tried(action, code, "No.")
    };
    let message = || collected().release_pull();
    let again = "Step 4 of 8: settling database changes";
    rows(vec![
        ("opening refused", tried(collected(), Code::Refused), again),
        ("opening refused, message true", kept_true(tried(collected(), Code::Refused)), "nothing"),
        ("opening forbidden", tried(collected(), Code::Forbidden), again),
        ("opening did not arrive", tried(collected(), Code::Unreachable), "open maintenance-2026-11-24 into master"),
        ("update refused", tried(message(), Code::Refused), "nothing"),
        ("update forbidden", tried(message(), Code::Forbidden), "nothing"),
        ("update into a channel without the bot", tried(message(), Code::NotInChannel), "nothing"),
        ("update did not arrive", tried(message(), Code::Unreachable), again),
        ("update throttled", tried(message(), Code::Throttled), again),
        ("update refused, but the words changed since", tried(message(), Code::Refused).no_database(), "Step 5 of 8: merging into master"),
    ]);
}

#[test]
fn keeping_the_message_true_does_not_take_a_problem_off_the_screen() {
    let failed = || {
        let world = collected().no_database().release_pull();
        world.tried(action::merge_release(), Code::Refused, "Not mergeable.")
    };
    let before = failed();
    let update = before.follow_up().unwrap();
    let updated = before.clone().did(update.clone());
    let not_updated = before
        .clone()
        .tried(update, Code::Refused, "Slack says no.");
    for world in [before, updated, not_updated] {
        assert_eq!(
            world.says(slipway_core::view::StepId::Merge),
            "failed | Not mergeable."
        );
        assert_eq!(world.view().problem.unwrap().what, "Not mergeable.");
    }
}

#[test]
#[rustfmt::skip]
fn the_message_is_updated_only_when_its_words_change() {
    let steps: Vec<(&str, Then, &str)> = vec![
        ("announced", |_| told(), "nothing"),
        ("a pull request", |it| it.pull(412), "nothing"),
        ("merged", |it| it.merged(412), "nothing"),
        ("no more", |it| it.no_more().release_pull(), "Step 4 of 8: settling database changes"),
        ("no database", World::no_database, "Step 5 of 8: merging into master"),
        ("landed", World::landed, "Step 6 of 8: waiting for the pipeline"),
        ("picked up", World::picked_up, "nothing"),
        ("asks", World::asks, "Step 6 of 8: waiting for approval"),
        ("approved", World::approved, "Step 7 of 8: building"),
        ("failed", World::build_failed, "Step 7 of 8: the build failed, production is unchanged"),
        ("retried", World::retried, "Step 7 of 8: building again"),
        ("deployed", World::deployed, "Step 8 of 8: deployed to production"),
        ("shared", World::result_shared, "Deployed to production"),
    ];
    let mut world = told();
    for (row, step, should) in steps {
        world = step(world);
        assert_eq!(follows(&world), should, "{row}");
        world = kept_true(world);
        assert_eq!(follows(&world), "nothing", "{row}, once more");
    }
}

#[test]
#[rustfmt::skip]
fn the_message_says_nothing_that_may_be_wrong() {
    use slipway_core::facts::ExecutionStatus::{Cancelled, Stopped, Stopping, Superseded};
    let landed = || collected().no_database().release_pull().landed();
    let asks = || landed().picked_up().asks();
    let off = || {
        let mut world = landed().picked_up();
        world.pipeline().stages[1].disabled = Some("Freeze".into());
        world
    };
    rows(vec![
        ("AWS cannot be seen", asks().noted().aws_down(), "nothing"),
        ("Slack cannot be seen", asks().slack_down(), "nothing"),
        (
            "the message was deleted",
            {
                let mut world = asks();
                world.facts.announcement.last.as_mut().unwrap().value = None;
                world
            },
            "nothing",
        ),
        ("another desktop posted it", World::maintenance().branch().message("x").pushed().no_more().release_pull(), "nothing"),
        ("told another way", World::maintenance().branch().told_another_way().pushed().no_more().release_pull(), "nothing"),
        ("rejected", asks().rejected(), "Step 6 of 8: rejected, production is unchanged"),
        ("expired", asks().expired(), "Step 6 of 8: the approval expired, production is unchanged"),
        ("not picked up", landed().at(60), "Step 6 of 8: held up before the approval"),
        ("transition off", off(), "Step 6 of 8: held up before the approval"),
        ("stopped", landed().picked_up().ended(Stopped), "Step 6 of 8: held up before the approval"),
        ("the deploy failed half-way", asks().with_deploy_stage().approved().deploy_failed(), "Step 7 of 8: the deploy failed, production may have changed in part"),
        ("built in vain, what ran was not read yet", asks().approved().build_failed().noted().details_never_read(), "nothing"),
        ("asleep while it was approved and built in vain", asks().approved().build_failed().details_as_asked(), "nothing"),
        ("the same, and who approved cannot be read", asks().approved().build_failed().details_never_read().details_down(), "Step 7 of 8: the build failed, production is unchanged"),
        ("no source", landed().picked_up().source_failed(), "Step 6 of 8: the deploy failed before the approval, production is unchanged"),
        ("held up behind the approval", asks().approved().held_before("docker-build", "Freeze"), "Step 7 of 8: held up after the approval"),
        ("rolled back", asks().approved().build_failed().rolled_back(slipway_core::facts::ExecutionStatus::Succeeded), "Step 7 of 8: rolled back to 0ddba11"),
        ("build stopping", asks().approved().stopped_as(Stopping), "Step 7 of 8: the deploy is stopping"),
        ("build stopped", asks().approved().stopped_as(Stopped), "Step 7 of 8: the deploy was stopped"),
        ("build cancelled", asks().approved().stopped_as(Cancelled), "Step 7 of 8: the deploy was stopped"),
        ("build superseded", asks().approved().stopped_as(Superseded), "Step 7 of 8: the deploy was stopped"),
        ("nothing to release", told().no_etl().no_database(), "Nothing to release this time"),
        ("a hotfix waits for its fix", World::hotfix("login").branch().announced(), "nothing"),
    ]);
}

#[test]
fn the_automatic_pull_request_is_the_one_a_person_would_open() {
    let Some(Action::OpenReleasePull {
        head,
        base,
        title,
        body,
    }) = collected().follow_up()
    else {
        panic!("nothing follows");
    };
    let by_hand = collected()
        .decide(&slipway_core::intent::Intent::OpenReleasePull {
            release: collected().id(),
            head: crate::world::sha(HEAD),
        })
        .unwrap();
    assert_eq!(
        by_hand.action,
        Some(Action::OpenReleasePull {
            head,
            base,
            title,
            body
        })
    );
}

#[test]
fn nothing_follows_for_a_draft() {
    let mut world = collected();
    world.release.opened = None;
    assert_eq!(follows(&world), "nothing");
}
