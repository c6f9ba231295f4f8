//! What is refused, and with which code.

use super::moment::{asks, collected, deployed, failed, to_merge, told};
use super::{decides, wish};
use crate::world::{CUT, EXECUTION, HEAD, OURS, World, action, sha};
use slipway_core::action::{Action, Answer};
use slipway_core::facts::{ExecutionStatus, MergeMethod, Mergeability, PullState, RunStatus};
use slipway_core::ids::PullNumber;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;

fn stopped() -> World {
    asks().approved().stopped_as(ExecutionStatus::Stopped)
}

fn held() -> World {
    asks().approved().held_before("docker-build", "Frozen")
}

/// A service may say yes and not show it to the next look yet.
#[test]
#[rustfmt::skip]
fn what_was_done_a_moment_ago_is_not_sent_again() {
    const AGAIN: &str = "NotOffered: This was done a moment ago.";
    let later = |mut world: World, seconds: i64| {
        world.now = world.now.plus_seconds(seconds);
        world
    };
    let set = |mut world: World, seconds: i64| {
        let (before, now) = (world.now.plus_seconds(3), world.now.plus_seconds(seconds));
        slipway_core::rules::count_from(&mut world.release, before, now);
        world.now = now;
        world
    };
    let posted = || {
        let post = Action::PostAnnouncement { channel: "C0DEPLOY".into(), text: "Ready".into() };
        World::maintenance().branch().did(post)
    };
    let opened = || {
        let (head, base) = ("maintenance-2026-11-24".to_owned(), "master".to_owned());
        let open = Action::OpenReleasePull { head, base, title: String::new(), body: String::new() };
        collected().no_database().did(open)
    };
    let merged = || {
        let head = sha("0000412");
        told().pull(412).did(Action::MergePull { number: PullNumber(412), head, method: MergeMethod::Merge, title: String::new() })
    };
    let started = || {
        let decision = stopped().decide(&wish::start(OURS, Some("tonight"))).unwrap();
        decision.action.unwrap()
    };
    let rolled = || {
        let decision = failed().decide(&wish::roll_back("docker-build", "last-week")).unwrap();
        decision.action.unwrap()
    };
    let approved = || {
        let gate = asks().gate();
        asks().did(Action::AnswerApproval { gate, answer: Answer::Approved, summary: String::new() })
    };
    decides(vec![
        ("posted just now", posted(), wish::post("Ready"), AGAIN),
        ("posted 14 s ago", later(posted(), 14), wish::post("Ready"), AGAIN),
        ("posted, and gone", later(posted(), 15), wish::post("Ready"), "sends announcement to C0DEPLOY"),
        ("posted, and the clock was set back", later(posted(), -3600), wish::post("Ready"), "sends announcement to C0DEPLOY"),
        ("posted, and the clock was set an hour on", set(posted(), 3600), wish::post("Ready"), AGAIN),
        ("posted, and the clock was set an hour back", set(posted(), -3600), wish::post("Ready"), AGAIN),
        ("that was a while ago", later(set(posted(), 3600), 15), wish::post("Ready"), "sends announcement to C0DEPLOY"),
        ("posted long before the clock was set", set(later(posted(), 60), 3600), wish::post("Ready"), "sends announcement to C0DEPLOY"),
        ("opened just now", opened(), wish::open(HEAD), AGAIN),
        ("merged just now", merged(), wish::merge_pull(412), AGAIN),
        ("another one merged just now", merged().pull(415), wish::merge_pull(415), "sends merge of #415 at 0000415 by Merge"),
        ("answered just now", approved(), wish::approve(asks().gate(), ""), AGAIN),
        ("stopped just now", asks().approved().did(action::stop(false, false)), wish::stop("tonight", false, "x"), AGAIN),
        ("stopped just now, now abandoned", asks().approved().did(action::stop(false, false)), wish::stop("tonight", true, "x"), "sends abandons tonight: x (Dana, with Slipway)"),
        ("started just now", stopped().did(started()), wish::start(OURS, Some("tonight")), AGAIN),
        ("rolled back just now", failed().did(rolled()), wish::roll_back("docker-build", "last-week"), AGAIN),
        ("switched on just now", held().did(action::enable("docker-build")), wish::enable("docker-build", "Frozen"), AGAIN),
        ("answered just now, now the other way", approved(), wish::reject(asks().gate(), "No"), AGAIN),
    ]);
    let waits = |world: &World| matches!(world.follow_up(), Some(Action::OpenReleasePull { .. }));
    assert!(!waits(&opened()), "by itself neither");
    assert!(waits(&later(opened(), 15)), "it is gone");
}

#[test]
#[rustfmt::skip]
fn what_changed_since_it_was_shown_is_refused() {
    let new_head = |mut world: World| {
        world.source().pulls[0].head_sha = sha("5e3d");
        world
    };
    let pushed_since = || {
        let mut world = to_merge();
        world.source().release_pull.as_mut().unwrap().head_sha = sha("5e3d");
        world
    };
    let head = |mut world: World| {
        world.source().branch.as_mut().unwrap().sha = sha("5e3d");
        world
    };
    let merged_since = || told().pull(412).merged(412);
    let closed_since = || told().pull_that(412, |it| it.state = PullState::Closed);
    let offered_again = || asks().rejected().asks_with("second", 60);
    let other_commit = || {
        let mut world = asks();
        world.ours().revisions[0].sha = Some(sha("d00d"));
        world.related(
            "d00d",
            slipway_core::facts::Relation::Descendant(Vec::new()),
        )
    };
    let posted_since = || {
        World::maintenance()
            .branch()
            .message("Somebody was quicker")
    };
    decides(vec![
        ("pull request: new commits", new_head(told().pull(412)), wish::merge_pull(412), "Changed: #412 got new commits while you looked: 0000412 is now 5e3d000."),
        ("pull request: merged", merged_since(), wish::merge_pull(412), "Changed: #412 is merged already."),
        ("pull request: closed", closed_since(), wish::merge_pull(412), "Changed: #412 was closed."),
        ("pull request: gone", told(), wish::merge_pull(412), "Changed: #412 no longer goes into this branch."),
        ("branch moved: no more", head(merged_since()), wish::no_more(), "Changed: The branch moved from 7aa0c41 to 5e3d000 meanwhile."),
        ("work came: none this time", merged_since(), wish::no_etl("Holidays"), "Changed: The branch holds work."),
        ("branch moved: open", head(collected().no_database()), wish::open(HEAD), "Changed: The branch moved from 7aa0c41 to 5e3d000 meanwhile."),
        ("release: new commits", pushed_since(), wish::merge(420, HEAD), "Changed: #420 got new commits while you looked: 7aa0c41 is now 5e3d000."),
        ("release: another pull request", to_merge(), wish::merge(421, HEAD), "Changed: #421 is not open any more."),
        ("release: closed", to_merge().release_pull_that(|it| it.state = PullState::Closed), wish::merge(420, HEAD), "Changed: #420 is not open any more."),
        ("gate: offered again", offered_again(), wish::approve(asks().gate(), ""), "Changed: The deploy was offered again: this is a new request for approval."),
        ("gate: another commit", other_commit(), wish::approve(asks().gate(), ""), "Changed: What you were reading, 4be19d2, is no longer offered; d00d000 is."),
        ("gate: approved meanwhile", asks().approved(), wish::reject(asks().gate(), "No"), "Changed: It was answered already: Approved 7:52 pm, lee."),
        ("posted meanwhile", posted_since(), wish::post("Ready"), "Changed: The team has been told already."),
        ("another stage failed", failed(), wish::retry("Approval"), "Changed: Another stage failed meanwhile."),
        ("another execution runs: stop", asks().approved(), wish::stop("earlier", false, "x"), "Changed: Another execution carries the release by now."),
        ("told to stop meanwhile", asks().approved().stopped_as(ExecutionStatus::Stopping), wish::stop("tonight", false, "x"), "Changed: It was told to stop already, and waits for what runs."),
        ("another one was stopped: start", stopped(), wish::start(OURS, Some("earlier")), "Changed: The pipeline moved on meanwhile."),
        ("another commit: start", stopped(), wish::start(CUT, Some("tonight")), "Changed: The pipeline moved on meanwhile."),
        ("started meanwhile", stopped().execution("again", Some(OURS), 61, ExecutionStatus::InProgress), wish::start(OURS, Some("tonight")), "NotOffered: There is no need to start the pipeline, or it runs already."),
        ("another target", failed(), wish::roll_back("docker-build", "earlier"), "Changed: It would go back to something else by now."),
        ("another transition", held(), wish::enable("Approval", "Frozen"), "Changed: Another stage holds the deploy up by now."),
        ("another reason", held(), wish::enable("docker-build", "Lunch"), "Changed: Somebody wrote down another reason for switching it off."),
        ("another execution failed: remind", failed(), wish::remind("earlier", 10), "Changed: Another execution carries the release by now."),
        ("another execution failed", failed(), wish::retry_of("docker-build", "earlier"), "Changed: Another stage failed meanwhile."),
    ]);
}

#[test]
#[rustfmt::skip]
fn what_is_settled_or_too_early_is_not_offered() {
    let settled = "NotOffered: This step is settled already.";
    let early = World::maintenance().branch();
    decides(vec![
        ("told twice", told(), wish::announced(), settled),
        ("told before the branch", World::maintenance(), wish::announced(), "NotOffered: After the branch."),
        ("posted before the branch", World::maintenance(), wish::post("x"), "NotOffered: After the branch."),
        ("pull request before the team is told", early.pull(412), wish::merge_pull(412), "NotOffered: After the team is told."),
        ("pull request after no more", told().pull(412).pull(415).merged(412).no_more(), wish::merge_pull(415), settled),
        ("a draft", told().pull_that(412, |it| it.draft = true), wish::merge_pull(412), "NotOffered: #412: Still a draft."),
        ("a conflict", told().pull_that(412, |it| it.mergeability = Mergeability::Conflict), wish::merge_pull(412), "NotOffered: #412: Conflicts with the branch."),
        ("a reminder of nothing", asks().approved(), wish::remind("tonight", 10), "NotOffered: There is nothing to be reminded of."),
        ("a reminder of what is unseen", failed().aws_down(), wish::remind("tonight", 10), "NotOffered: There is nothing to be reminded of."),
        ("a reminder at another time", failed(), wish::remind("tonight", 11), "Input: This is no time that Slipway reminds at."),
        ("no reminder is set", failed(), wish::drop_reminder(), "NotOffered: No reminder is set."),
        ("stop what asks", asks(), wish::stop("tonight", false, "x"), "NotOffered: There is nothing to stop: the deploy is not under way behind the approval."),
        ("stop what failed", failed(), wish::stop("tonight", true, "x"), "NotOffered: There is nothing to stop: the deploy is not under way behind the approval."),
        ("stop without a reason", asks().approved(), wish::stop("tonight", false, " "), "Input: The reason is missing."),
        ("stop with too long a reason", asks().approved(), wish::stop("tonight", false, &"x".repeat(180)), "Input: The reason is too long."),
        ("start what runs", asks().approved(), wish::start(OURS, Some("tonight")), "NotOffered: There is no need to start the pipeline, or it runs already."),
        ("start what can be retried", failed(), wish::start(OURS, Some("tonight")), "NotOffered: There is no need to start the pipeline, or it runs already."),
        ("start what is out", deployed(), wish::start(OURS, Some("tonight")), "NotOffered: There is no need to start the pipeline, or it runs already."),
        ("start what may still be picked up", to_merge().landed(), wish::start(OURS, None), "NotOffered: There is no need to start the pipeline, or it runs already."),
        ("roll back what works", asks().approved(), wish::roll_back("docker-build", "last-week"), "NotOffered: Nothing can be rolled back: nothing failed, or no earlier deploy is known."),
        ("switch on what is on", asks().approved(), wish::enable("docker-build", ""), "NotOffered: Nothing holds the deploy up: every way that it needs is switched on."),
        ("no more of nothing", told(), wish::no_more(), "NotOffered: The branch holds nothing yet."),
        ("no more twice", collected(), wish::no_more(), settled),
        ("no more, the branch is gone", told().pull(412).merged(412).noted().branch_deleted(), wish::no_more(), "NotOffered: The branch is gone."),
        ("no database before the pull requests", told(), wish::no_database(), "NotOffered: After the pull requests."),
        ("no database with statements", collected().statement("A"), wish::no_database(), "NotOffered: Statements are written down. Remove them first, or record that they ran."),
        ("no database before the branch", World::maintenance(), wish::no_database(), "NotOffered: After the branch."),
        ("a statement before the branch", World::maintenance(), wish::add("A"), "NotOffered: After the branch."),
        ("a statement after the merge", to_merge().landed(), wish::add("A"), "NotOffered: The release is merged already."),
        ("remove what ran", collected().statement("A").ran(1), wish::remove(1), "NotOffered: This statement ran. What happened stays in the report."),
        ("remove twice", collected(), wish::remove(1), "NotOffered: This statement was removed already."),
        ("record twice", collected().statement("A").ran(1), wish::ran(1, "Kim", 20, "ok"), "NotOffered: This statement is recorded already."),
        ("go on without, nothing holds up", collected().no_database(), wish::without_database("x"), "NotOffered: The database step does not hold anything up now."),
        ("go on without, too early", told(), wish::without_database("x"), "NotOffered: The database step does not hold anything up now."),
        ("a second pull request", to_merge(), wish::open(HEAD), "NotOffered: There is nothing to open a pull request for."),
        ("a pull request of nothing", told(), wish::open(CUT), "NotOffered: There is nothing to open a pull request for."),
        ("a pull request of no branch", collected().noted().branch_deleted(), wish::open(HEAD), "NotOffered: The branch is gone."),
        ("merge before the database", collected().release_pull(), wish::merge(420, HEAD), "NotOffered: After the database."),
        ("merge twice", to_merge().landed(), wish::merge(420, HEAD), settled),
        ("merge a draft", collected().no_database().release_pull_that(|it| it.draft = true), wish::merge(420, HEAD), "NotOffered: The pull request is a draft."),
        ("approve before the merge", to_merge(), wish::approve(asks().gate(), ""), "NotOffered: The approval is not open: After the merge."),
        ("approve before it asks", to_merge().landed().picked_up(), wish::approve(asks().gate(), ""), "NotOffered: The approval is not open: The pipeline fetches the source."),
        ("approve what was rejected", asks().rejected(), wish::approve(asks().gate(), ""), "NotOffered: The approval is not open: Rejected 7:52 pm, lee."),
        ("retry what works", asks().approved(), wish::retry("docker-build"), "NotOffered: There is nothing to retry: nothing failed, or something newer is in that stage."),
        ("result before the end", asks().approved(), wish::result(""), "NotOffered: After the build."),
        ("result twice", deployed().result_shared(), wish::result(""), settled),
        (
            "result without a message",
            {
                let mut world = deployed();
                world.facts.announcement.last.as_mut().unwrap().value = None;
                world
            },
            wish::result(""),
            "NotOffered: Slipway finds no message of this release in the channel.",
        ),
        ("shared before the end", asks(), wish::shared(), "NotOffered: After the build."),
        (
            "post where the bot is not",
            {
                let mut world = World::maintenance().branch();
                world.facts.workspace.last.as_mut().unwrap().value.channel = None;
                world
            },
            wish::post("Ready"),
            "NotInChannel: Slipway’s bot is not in #production-deployment.",
        ),
        ("nothing to send", told(), Intent::Look, "NotOffered: This is not something to send."),
        ("a draft is no intent to send", told(), Intent::Draft { kind: Kind::Hotfix, fix_name: String::new(), date: String::new(), }, "NotOffered: This is not something to send."),
    ]);
}

#[test]
fn a_stage_that_something_newer_entered_is_not_retried() {
    let mut world = failed();
    world.pipeline().stages[2].execution = Some("newer".into());
    assert_eq!(world.view().build.retry, None);
    decides(vec![(
        "something newer is in it",
        world,
        wish::retry("docker-build"),
        "NotOffered: There is nothing to retry: nothing failed, or something newer is in that stage.",
    )]);
}

#[test]
fn an_answer_for_another_action_of_the_same_stage_is_refused() {
    let mut world = asks();
    let stage = &mut world.pipeline().stages[1];
    let mut second = stage.actions[0].clone();
    second.name = "Second".into();
    second.status = Some(RunStatus::InProgress);
    second.token = Some("another".into());
    stage.actions.push(second);
    let mut gate = asks().gate();
    gate.action = "Second".into();
    gate.token = "another".into();
    assert!(world.decide(&wish::approve(gate, "")).is_err());
    assert!(world.decide(&wish::approve(asks().gate(), "")).is_ok());
}

#[test]
#[rustfmt::skip]
fn nothing_is_sent_on_facts_that_could_not_be_read_now() {
    let failing = "Unreachable: No answer.";
    let unread = |service: &str| format!("Unreachable: {service} was not read yet.");
    let rows = vec![
        ("create", World::maintenance().github_down(), wish::create("maintenance-2026-11-24", CUT), failing.to_owned()),
        ("post", World::maintenance().branch().noted().slack_down(), wish::post("x"), failing.to_owned()),
        ("merge a pull request", told().pull(412).noted().github_down(), wish::merge_pull(412), failing.to_owned()),
        ("no more", told().pushed().noted().github_down(), wish::no_more(), failing.to_owned()),
        ("none this time", told().noted().github_down(), wish::no_etl("x"), failing.to_owned()),
        ("open", collected().no_database().noted().github_down(), wish::open(HEAD), failing.to_owned()),
        ("merge", to_merge().noted().github_down(), wish::merge(420, HEAD), failing.to_owned()),
        ("approve", asks().noted().aws_down(), wish::approve(asks().gate(), ""), failing.to_owned()),
        ("reject", asks().noted().aws_down(), wish::reject(asks().gate(), "x"), failing.to_owned()),
        ("retry", failed().noted().aws_down(), wish::retry("docker-build"), failing.to_owned()),
        ("retry without details", failed().noted().details_down(), wish::retry("docker-build"), failing.to_owned()),
        ("stop", asks().approved().noted().aws_down(), wish::stop("tonight", false, "x"), failing.to_owned()),
        ("start", stopped().noted().aws_down(), wish::start(OURS, Some("tonight")), failing.to_owned()),
        ("start what failed, without details", failed().noted().details_down(), wish::start(OURS, Some("tonight")), failing.to_owned()),
        ("roll back", failed().noted().details_down(), wish::roll_back("docker-build", "last-week"), failing.to_owned()),
        ("switch on", held().noted().aws_down(), wish::enable("docker-build", "Frozen"), failing.to_owned()),
        ("result", deployed().noted().slack_down(), wish::result(""), failing.to_owned()),
        ("signed out: merge", to_merge().noted().signed_out_of_github(), wish::merge(420, HEAD), unread("GitHub")),
        ("signed out: approve", asks().noted().signed_out_of_aws(), wish::approve(asks().gate(), ""), unread("AWS")),
        ("signed out: post", World::maintenance().branch().noted().signed_out_of_slack(), wish::post("x"), unread("Slack")),
        ("started again: approve", asks().noted().restarted(), wish::approve(asks().gate(), ""), unread("AWS")),
    ];
    decides(
        rows.iter()
            .map(|(row, world, intent, should)| {
                (*row, world.clone(), intent.clone(), should.as_str())
            })
            .collect(),
    );
}

#[test]
#[rustfmt::skip]
fn what_needs_no_service_works_without_it() {
    decides(vec![
        ("no database", collected().noted().github_down(), wish::no_database(), "writes noDatabase"),
        ("a statement", told().noted().github_down().slack_down(), wish::add("A"), "writes statementAdded"),
        ("told another way", World::maintenance().branch().noted().slack_down(), wish::announced(), "writes announced"),
        ("shared another way", deployed().noted().slack_down().aws_down(), wish::shared(), "writes resultShared"),
        ("approve without GitHub or Slack", asks().noted().github_down().slack_down(), wish::approve(asks().gate(), "ok"), "sends Approved for 4be19d2 of tonight: ok (Dana, with Slipway)"),
        ("approve without details", asks().noted().details_down(), wish::approve(asks().gate(), "ok"), "sends Approved for 4be19d2 of tonight: ok (Dana, with Slipway)"),
        ("result without AWS", deployed().noted().aws_down(), wish::result(""), "sends result to C0DEPLOY under 1795575840.000100"),
    ]);
}

#[test]
#[rustfmt::skip]
fn nothing_is_sent_while_an_action_is_pending() {
    let pending =
        "NotOffered: The last action is still being looked up. Wait until its outcome is known.";
    let branch = "maintenance-2026-11-24";
    decides(vec![
        ("create, being created", World::maintenance().sending(action::create_branch()), wish::create(branch, CUT), pending),
        ("create, reply lost", World::maintenance().lost(action::create_branch()), wish::create(branch, CUT), pending),
        ("post, reply lost", World::maintenance().branch().lost(action::post_announcement()), wish::post("x"), pending),
        ("merge, reply lost", to_merge().lost(action::merge_release()), wish::merge(420, HEAD), pending),
        ("something else, reply lost", to_merge().lost(action::merge_pull(412)), wish::merge(420, HEAD), pending),
        ("retry, being sent", failed().sending(action::retry("docker-build", EXECUTION, 65)), wish::retry("docker-build"), pending),
        ("a declaration", collected().sending(action::update_announcement()), wish::no_database(), pending),
    ]);
}
