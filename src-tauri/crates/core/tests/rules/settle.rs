//! What a look says about an action whose reply was lost.

use crate::table::check;
use crate::world::{EXECUTION, LAST_WEEK, OURS, World, action, at, pull};
use slipway_core::action::{Action, Answer, Outcome};
use slipway_core::facts::{Category, ExecutionStatus, PullState, RunStatus};
use slipway_core::rules::settle;

/// What the world says about `action`, sent at 8 pm, when everything was looked at so many seconds later.
fn settled(world: World, action: Action, seconds: i64) -> String {
    let mut world = world.at(60).lost(action).looked(60);
    world.now = at(60).plus_seconds(seconds);
    let seen_at = world.now;
    world.facts.source.last.as_mut().unwrap().at = seen_at;
    world.facts.announcement.last.as_mut().unwrap().at = seen_at;
    world.facts.pipeline.last.as_mut().unwrap().at = seen_at;
    world.facts.execution.last.as_mut().unwrap().at = seen_at;
    said(&world)
}

fn said(world: &World) -> String {
    let pending = world.release.pending.as_ref().unwrap();
    match settle(pending, &world.facts, world.now) {
        None => "not known".to_owned(),
        Some(Outcome::Done) => "done".to_owned(),
        Some(Outcome::NotDone { problem }) => problem.what,
        Some(Outcome::Unknown { .. }) => "unknown".to_owned(),
    }
}

fn start() -> World {
    World::maintenance()
}

fn told() -> World {
    start().branch().announced()
}

fn asks() -> World {
    told()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
        .picked_up()
        .asks()
}

fn stopped() -> World {
    asks().approved().stopped_as(ExecutionStatus::Stopped)
}

fn yes() -> Action {
    action::answer(asks().gate(), Answer::Approved)
}

fn no() -> Action {
    action::answer(asks().gate(), Answer::Rejected)
}

#[test]
#[rustfmt::skip]
fn what_is_seen_is_done_at_once() {
    let rows: Vec<(&str, World, Action)> = vec![
        ("branch", start().branch(), action::create_branch()),
        ("message", start().branch().message("x"), action::post_announcement()),
        ("pull request", told().pull(412).merged(412), action::merge_pull(412)),
        ("release pull request", told().pushed().release_pull(), action::open_release_pull()),
        ("release pull request, merged already", told().pushed().release_pull().landed(), action::open_release_pull()),
        ("release", told().pushed().release_pull().landed(), action::merge_release()),
        ("release, landed without the pull request", told().pushed().landed(), action::merge_release()),
        ("approved", asks().approved(), yes()),
        ("rejected", asks().rejected(), no()),
        ("retried", asks().approved().build_failed().retried(), action::retry("docker-build", EXECUTION, 65)),
        ("stopping", asks().approved().stopped_as(ExecutionStatus::Stopping), action::stop(false, false)),
        ("stopped", asks().approved().stopped_as(ExecutionStatus::Stopped), action::stop(false, false)),
        ("abandoned", asks().approved().stopped_as(ExecutionStatus::Stopped), action::stop(true, false)),
        ("abandoned at last", asks().approved().stopped_as(ExecutionStatus::Stopped), action::stop(true, true)),
        ("started", stopped().execution("again", Some(OURS), 61, ExecutionStatus::InProgress), action::start(40)),
        ("started, and failed since", stopped().execution("again", Some(OURS), 61, ExecutionStatus::Failed), action::start(40)),
        ("rolled back", asks().approved().build_failed().rolled_back(ExecutionStatus::InProgress), action::roll_back(40)),
        ("switched on", asks().approved(), action::enable("docker-build")),
        ("result", told().result_in_thread(), action::post_result()),
    ];
    check(rows.into_iter().map(|(row, world, action)| {
        (row.to_owned(), settled(world, action, 1), "done".to_owned())
    }));
}

#[test]
#[rustfmt::skip]
fn what_is_not_there_counts_as_not_done_only_from_fifteen_seconds_on() {
    let rows: Vec<(&str, World, Action, &str)> = vec![
        ("branch", start(), action::create_branch(), "The branch was not created."),
        ("message", start().branch(), action::post_announcement(), "The message was not posted."),
        ("pull request", told().pull(412), action::merge_pull(412), "#412 was not merged."),
        ("release pull request", told().pushed(), action::open_release_pull(), "The pull request was not opened."),
        (
            "release pull request, an older one is closed",
            told()
                .pushed()
                .release_pull_that(|it| it.state = PullState::Closed),
            action::open_release_pull(),
            "The pull request was not opened.",
        ),
        ("release", told().pushed().release_pull(), action::merge_release(), "#420 was not merged."),
        ("approval", asks(), yes(), "Your answer did not reach AWS."),
        ("rejection", asks(), no(), "Your answer did not reach AWS."),
        ("retry", asks().approved().build_failed(), action::retry("docker-build", EXECUTION, 65), "The stage was not retried."),
        ("stop", asks().approved(), action::stop(false, false), "The deploy was not told to stop."),
        ("abandon, it was stopping before", asks().approved().stopped_as(ExecutionStatus::Stopping), action::stop(true, true), "The deploy was not abandoned."),
        ("abandon", asks().approved(), action::stop(true, false), "The deploy was not abandoned."),
        ("start", stopped(), action::start(40), "The pipeline was not started."),
        ("start, another commit was", stopped().execution("other", Some(LAST_WEEK), 61, ExecutionStatus::InProgress), action::start(40), "The pipeline was not started."),
        ("start, ours is the one from before", asks(), action::start(40), "The pipeline was not started."),
        ("roll-back", asks().approved().build_failed(), action::roll_back(40), "The stage was not rolled back."),
        ("roll-back, it was the one before", asks().approved().build_failed().rolled_back(ExecutionStatus::Failed), action::roll_back(75), "The stage was not rolled back."),
        ("transition", asks().approved().held_before("docker-build", "Frozen"), action::enable("docker-build"), "The transition was not switched on."),
        ("result", told(), action::post_result(), "The result was not posted."),
    ];
    check(rows.into_iter().flat_map(|(row, world, action, should)| {
        [
            (format!("{row}, 0 s"), settled(world.clone(), action.clone(), 0), "not known".to_owned()),
            (format!("{row}, 14 s"), settled(world.clone(), action.clone(), 14), "not known".to_owned()),
            (format!("{row}, 15 s"), settled(world, action, 15), should.to_owned()),
        ]
    }));
}

#[test]
fn the_fifteen_seconds_begin_when_the_reply_is_given_up_not_when_it_was_sent() {
    let sent = start().branch().at(60).lost(action::post_announcement());
    let mut gave_up = sent.entries.last().unwrap().clone();
    gave_up.at = at(60).plus_seconds(15);
    let mut world = start()
        .branch()
        .at(60)
        .sending(action::post_announcement())
        .looked(60);
    world.release.apply(&gave_up);
    for (seconds, should) in [
        (16, "not known"),
        (29, "not known"),
        (30, "The message was not posted."),
    ] {
        world.facts.announcement.last.as_mut().unwrap().at = at(60).plus_seconds(seconds);
        assert_eq!(said(&world), should, "{seconds} s");
    }
}

#[test]
#[rustfmt::skip]
fn a_clock_that_was_set_begins_the_fifteen_seconds_anew() {
    // Seconds that the clock shows after the action when it was noticed to be wrong, and at the look.
    let rows = [
        (3_600, 3_601, "not known"),
        (3_600, 3_614, "not known"),
        (3_600, 3_615, "The branch was not created."),
        (-3_600, -3_599, "not known"),
        (-3_600, -3_586, "not known"),
        (-3_600, -3_585, "The branch was not created."),
    ];
    check(rows.into_iter().map(|(noticed, looked, expected)| {
        let mut world = start().at(60).lost(action::create_branch()).looked(60);
        let sent = at(60);
        world.release.pending.as_mut().unwrap().count_from(sent.plus_seconds(noticed));
        world.facts.source.last.as_mut().unwrap().at = sent.plus_seconds(looked);
        (format!("{noticed} {looked}"), said(&world), expected.to_owned())
    }));
}

#[test]
#[rustfmt::skip]
fn what_can_no_longer_happen_is_not_done_at_once() {
    let closed = |it: &mut slipway_core::facts::Pull| it.state = PullState::Closed;
    let rows: Vec<(&str, World, Action, &str)> = vec![
        ("branch by another, from elsewhere", start().branch_of_another(), action::create_branch(), "sam made the branch maintenance-2026-11-24 first, from 7aa0c41."),
        ("branch elsewhere, of unknown making", start().branch_of_nobody(), action::create_branch(), "The branch maintenance-2026-11-24 is there, but not at the commit that was shown."),
        ("pull request closed", told().pull_that(412, closed), action::merge_pull(412), "#412 was not merged."),
        ("release pull request closed", told().pushed().release_pull_that(closed), action::merge_release(), "#420 was not merged."),
        ("approved, but ours was a no", asks().approved(), no(), "lee approved it before your rejection arrived."),
        ("rejected, but ours was a yes", asks().rejected(), yes(), "lee rejected it before your approval arrived."),
        ("expired", asks().expired(), yes(), "The request for approval ended before your answer arrived."),
        ("stopped", asks().run("Approval", Category::Approval, RunStatus::Stopped, 41, 60), yes(), "The request for approval ended before your answer arrived."),
    ];
    check(rows.into_iter().map(|(row, world, action, should)| {
        (row.to_owned(), settled(world, action, 1), should.to_owned())
    }));
}

#[test]
#[rustfmt::skip]
fn an_answer_is_looked_up_by_its_own_token() {
    let again = || asks().rejected().asks_with("second", 60);
    let mut second = asks().gate();
    second.token = "second".into();
    let second = action::answer(second, Answer::Approved);
    let rows = [
        ("ours was the first, rejected", settled(again(), no(), 1), "done"),
        ("ours is the second, still open", settled(again(), second.clone(), 1), "not known"),
        ("ours is the second, still open later", settled(again(), second.clone(), 20), "Your answer did not reach AWS."),
        ("ours is the second, approved", settled(again().approved(), second, 1), "done"),
    ];
    check(rows.map(|(row, is, should)| (row.to_owned(), is, should.to_owned())));
}

#[test]
fn only_a_look_after_the_action_counts() {
    let before = start().branch().at(60).lost(action::create_branch());
    assert_eq!(said(&before), "not known");
    assert_eq!(said(&before.clone().looked(61)), "done");
    assert_eq!(said(&before.clone().looked(61).github_down()), "not known");
    assert_eq!(
        said(&before.clone().looked(61).signed_out_of_github()),
        "not known"
    );
    assert_eq!(said(&before.restarted()), "not known");
}

#[test]
fn another_executions_details_say_nothing() {
    let mut gate = asks().gate();
    gate.execution = "another".into();
    let answer = action::answer(gate, Answer::Approved);
    assert_eq!(settled(asks().approved(), answer, 60), "not known");
    let retry = action::retry("docker-build", "another", 65);
    assert_eq!(
        settled(asks().approved().build_failed(), retry, 60),
        "not known"
    );
}

#[test]
fn a_pull_request_that_goes_elsewhere_by_now_was_not_merged() {
    let merge = || action::merge_pull(412);
    assert_eq!(settled(told(), merge(), 14), "not known");
    assert_eq!(settled(told(), merge(), 15), "#412 was not merged.");
}

/// Another execution, which started later, is in a stage, and its details are the ones that were read.
fn overtaken(world: World, stage: &str) -> World {
    let mut world = world.execution("newer", Some("d00d"), 55, ExecutionStatus::InProgress);
    let newer = world.pipeline().executions[0].clone();
    let stages = &mut world.pipeline().stages;
    let stage = stages.iter_mut().find(|it| it.name == stage).unwrap();
    stage.execution = Some("newer".into());
    stage.actions[0].status = Some(RunStatus::InProgress);
    stage.actions[0].token = Some("token-of-newer".into());
    let seen = world.facts.execution.last.as_mut().unwrap();
    let detail = seen.value.as_mut().unwrap();
    detail.execution = newer;
    detail.runs.clear();
    world
}

/// The details of our execution may not be read.
fn unread(world: World) -> World {
    world.at(30).details_down()
}

#[test]
#[rustfmt::skip]
fn an_answer_is_seen_in_the_pipeline_alone() {
    let is = |status| move |mut world: World| { world.ours().status = status; world };
    let stopped = || asks().run("Approval", Category::Approval, RunStatus::Stopped, 41, 60);
    let somebody = "Somebody approved it before your rejection arrived.";
    let ended = "The request for approval ended before your answer arrived.";
    let rows: Vec<(&str, World, Action, &str)> = vec![
        ("approved, unread", unread(asks().approved()), yes(), "done"),
        ("approved, ours was a no, unread", unread(asks().approved()), no(), somebody),
        ("rejected, unread", unread(asks().rejected()), no(), "done"),
        ("rejected, ours was a yes, unread", unread(asks().rejected()), yes(), ended),
        ("offered again, ours was a no, unread", unread(asks().rejected().asks_with("second", 60)), no(), "done"),
        ("stopped, unread", unread({ let mut it = stopped(); it.pipeline().stages[1].actions[0].token = None; it }), yes(), ended),
        ("rejected, the next one asks", overtaken(asks().rejected(), "Approval"), no(), "done"),
        ("rejected, ours was a yes, the next one asks", overtaken(asks().rejected(), "Approval"), yes(), ended),
        ("approved, the next one asks", overtaken(asks().approved(), "Approval"), yes(), "done"),
        ("approved and built, the next one is built", overtaken(overtaken(asks().approved().deployed(), "Approval"), "docker-build"), yes(), "done"),
        ("failed, something newer was built", overtaken(overtaken(asks().approved().build_failed(), "Approval"), "docker-build"), yes(), "not known"),
        ("stopped, the next one asks", overtaken(is(ExecutionStatus::Stopped)(asks()), "Approval"), yes(), ended),
        ("still under way, somewhere", overtaken(asks(), "Approval"), yes(), "not known"),
        ("edited meanwhile", overtaken(is(ExecutionStatus::Cancelled)(asks()), "Approval"), yes(), "not known"),
    ];
    check(rows.into_iter().map(|(row, world, action, should)| {
        (row.to_owned(), settled(world, action, 60), should.to_owned())
    }));
    assert_eq!(settled(unread(asks()), yes(), 14), "not known");
    assert_eq!(settled(unread(asks()), yes(), 15), "Your answer did not reach AWS.");
}

#[test]
fn an_approval_of_another_stage_says_nothing() {
    let mut world = asks().approved();
    let mut gate = world.gate();
    let seen = world.facts.execution.last.as_mut().unwrap();
    for run in &mut seen.value.as_mut().unwrap().runs {
        run.external_id = None;
    }
    gate.stage = "Second approval".into();
    let answer = action::answer(gate, Answer::Approved);
    assert_eq!(settled(world, answer, 60), "not known");
}

#[test]
fn a_retry_is_seen_in_the_pipeline_alone() {
    let failed = || asks().approved().build_failed();
    let retry = || action::retry("docker-build", EXECUTION, 65);
    assert_eq!(settled(unread(failed().retried()), retry(), 1), "done");
    assert_eq!(settled(unread(failed()), retry(), 14), "not known");
    assert_eq!(
        settled(unread(failed()), retry(), 15),
        "The stage was not retried."
    );
    let replaced = overtaken(failed(), "docker-build");
    assert_eq!(settled(replaced, retry(), 60), "not known");
    let replaced = overtaken(failed().retried().deployed(), "docker-build");
    assert_eq!(settled(replaced, retry(), 60), "done");
}

#[test]
fn an_update_is_harmless_to_repeat_so_a_lost_one_holds_nothing_up() {
    let lost = || told().at(60).lost(action::update_announcement());
    let not_updated = "The message was not updated.";
    assert_eq!(
        said(
            &told()
                .message("Changed")
                .at(60)
                .lost(action::update_announcement())
                .looked(61)
        ),
        "done"
    );
    assert_eq!(said(&lost()), not_updated);
    assert_eq!(said(&lost().slack_down()), not_updated);
    assert_eq!(said(&lost().restarted()), not_updated);
    let being_sent = told().at(60).sending(action::update_announcement());
    assert_eq!(said(&being_sent), "not known");
}

#[test]
fn a_merge_of_another_pull_request_is_not_ours() {
    let mut world = told().pushed().release_pull();
    world.source().release_pull = Some(pull(421));
    assert_eq!(
        settled(world.clone(), action::merge_release(), 1),
        "not known"
    );
    assert_eq!(
        settled(world, action::merge_release(), 15),
        "#420 was not merged."
    );
}

#[test]
fn a_retry_is_seen_only_by_a_run_after_the_failure() {
    let failed = || asks().approved().build_failed();
    let retry = |failed_at| action::retry("docker-build", EXECUTION, failed_at);
    assert_eq!(settled(failed(), retry(65), 1), "not known");
    assert_eq!(settled(failed().retried(), retry(65), 1), "done");
    assert_eq!(settled(failed().retried(), retry(70), 1), "not known");
}

#[test]
#[rustfmt::skip]
fn what_the_list_does_not_tell_of_a_stop_or_a_start_is_not_guessed() {
    let ended = "The deploy ended before it could be stopped.";
    let nameless = |status| {
        let mut world = stopped().execution("again", Some(OURS), 61, status);
        world.pipeline().executions[0].revisions.clear();
        world
    };
    let forgotten = |mut world: World| {
        world.pipeline().executions.retain(|it| it.id.as_str() != EXECUTION);
        world
    };
    let rows: Vec<(&str, World, Action, &str)> = vec![
        ("it was out before", asks().approved().deployed(), action::stop(false, false), ended),
        ("it failed before", asks().approved().build_failed(), action::stop(true, false), ended),
        ("the execution is not listed", forgotten(asks().approved()), action::stop(false, false), "not known"),
        ("abandon, and it stops: somebody may have told it to wait", asks().approved().stopped_as(ExecutionStatus::Stopping), action::stop(true, false), "not known"),
        ("one that shows no commit yet", nameless(ExecutionStatus::InProgress), action::start(40), "not known"),
        ("the stage is gone", asks().approved(), action::enable("renamed"), "not known"),
    ];
    check(rows.into_iter().map(|(row, world, action, should)| {
        (row.to_owned(), settled(world, action, 30), should.to_owned())
    }));
}
