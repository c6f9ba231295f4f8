//! The first five steps: from the branch to the merge.

use crate::table;
use crate::world::{HEAD, World, action, at, sha};
use slipway_core::facts::{Checks, Mergeability, PullState, Review, Verdict};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::record::Record;
use slipway_core::view::{StepId, StepState};

fn review(verdict: Verdict) -> Vec<Review> {
    vec![Review {
        by: "kim".into(),
        verdict,
    }]
}

fn adopted() -> Record {
    Record::Opened {
        kind: Kind::Maintenance,
        date: "2026-11-24".parse().unwrap(),
        fix_name: None,
        adopted: true,
    }
}

#[test]
fn a_branch_of_another_waits_for_a_person_and_is_not_noted_meanwhile() {
    let refused = |world: World| world.tried(action::create_branch(), Code::Changed, "Taken.");
    let ours = refused(World::maintenance()).branch();
    assert_eq!(ours.view().branch.can_adopt, None);
    assert_eq!(ours.view().problem, None);

    let theirs = refused(World::maintenance()).branch_of_another();
    let view = theirs.view();
    assert_eq!(view.branch.can_adopt, Some(sha(HEAD)));
    assert!(!view.branch.can_create && view.problem.is_some());
    assert_eq!(theirs.state(StepId::Announce), StepState::Later);
    assert_eq!(theirs.clone().noted().release.milestones, []);

    let pending = World::maintenance().lost(action::create_branch());
    let pending = pending.branch_of_another();
    assert_eq!(pending.view().branch.can_adopt, None);
    let early = Intent::AdoptBranch {
        name: pending.id().0,
        sha: sha(HEAD),
    };
    assert_eq!(pending.decide(&early).unwrap_err().code, Code::NotOffered);
    assert_eq!(pending.noted().release.milestones, []);

    let adopted = theirs.record(adopted()).at(3);
    assert_eq!(adopted.view().branch.can_adopt, None);
    assert_eq!(adopted.view().problem, None);
    assert_eq!(adopted.noted().release.milestones.len(), 1);
}

#[test]
#[rustfmt::skip]
fn branch() {
    let start = World::maintenance;
    let refused = |code, what: &str| start().tried(action::create_branch(), code, what);
    table::step(
        StepId::Branch,
        vec![
            ("nothing yet", start(), "ready | Ready, you can create it"),
            ("being made", start().sending(action::create_branch()), "working | Creating it"),
            ("reply lost", start().lost(action::create_branch()), "working | Creating it"),
            ("refused", refused(Code::Forbidden, "You may not do that."), "failed | You may not do that."),
            ("made", start().branch(), "done | Done 7:02 pm, Dana"),
            ("made by somebody else, from another commit", start().branch_of_another(), "done | Done 7:02 pm, sam"),
            ("the same while it was being made here", start().lost(action::create_branch()).branch_of_another(), "working | Creating it"),
            ("the same, refused", refused(Code::Changed, "It exists already.").branch_of_another(), "blocked | Another branch has this name, at 7aa0c41"),
            ("the same, gone on with", refused(Code::Changed, "It exists already.").branch_of_another().record(adopted()), "done | Done 7:02 pm, sam"),
            ("refused, work on it, activity not told", refused(Code::Changed, "It exists already.").branch_of_nobody(), "blocked | Another branch has this name, at 7aa0c41"),
            ("refused, then made by hand", refused(Code::Forbidden, "You may not do that.").branch(), "done | Done 7:02 pm, Dana"),
            ("deleted since", start().branch().noted().branch_deleted(), "done | Done 7:02 pm, Dana"),
            ("the next day", start().branch().at(20 * 60), "done | Done Tue 24 Nov, 7:02 pm, Dana"),
            ("GitHub down before", start().github_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("GitHub down after", start().branch().github_down(), "done | Done 7:02 pm, Dana"),
            ("not signed in", start().signed_out_of_github(), "not-connected | Not signed in to GitHub"),
            ("not looked yet", start().restarted(), "unknown | Not looked yet"),
            ("noted, not looked yet", start().branch().noted().restarted(), "done | Done 7:02 pm, dana"),
        ],
    );
}

#[test]
fn a_branch_by_somebody_else_says_who_or_nobody() {
    let by = |login: Option<&str>, at: Option<i64>| {
        let mut world = World::maintenance().branch();
        let branch = world.source().branch.as_mut().unwrap();
        branch.created_by = login.map(str::to_owned);
        branch.created_at = at.map(crate::world::at);
        world
    };
    table::step(
        StepId::Branch,
        vec![
            (
                "by Sam",
                by(Some("sam"), Some(-30)),
                "done | Done 6:30 pm, sam",
            ),
            ("activity not told", by(None, None), "done | Done 7:00 pm"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn announce() {
    let start = || World::maintenance().branch();
    let not_in_channel = || {
        let mut world = start();
        world.facts.workspace.last.as_mut().unwrap().value.channel = None;
        world
    };
    let post = action::post_announcement;
    table::step(
        StepId::Announce,
        vec![
            ("no branch yet", World::maintenance(), "later | After the branch"),
            ("ready", start(), "ready | Ready, you can post it"),
            ("being posted", start().sending(post()), "working | Posting"),
            ("reply lost", start().lost(post()), "working | Looking whether it was posted"),
            ("refused", start().tried(post(), Code::Refused, "Slack says no."), "failed | Slack says no."),
            ("bot not invited", not_in_channel(), "blocked | Blocked, bot not in channel"),
            ("posted here", start().announced(), "done | Done 7:04 pm, Dana"),
            ("posted elsewhere", start().message("The branch is ready"), "done | Done 7:00 pm"),
            ("refused, then seen in the channel", start().tried(post(), Code::Refused, "Slack says no.").message("x"), "done | Done 7:00 pm"),
            ("told another way", start().at(6).told_another_way(), "done | Done 7:06 pm, Dana"),
            ("told another way without Slack", start().signed_out_of_slack().at(6).told_another_way(), "done | Done 7:06 pm, Dana"),
            ("Slack down", start().slack_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("Slack down after", start().announced().noted().slack_down(), "done | Done 7:04 pm, Dana"),
            ("not signed in", start().signed_out_of_slack(), "not-connected | Not signed in to Slack"),
            ("not looked yet", start().noted().restarted(), "unknown | Not looked yet"),
            (
                "message deleted since",
                {
                    let mut world = start().announced().noted();
                    world.facts.announcement.last.as_mut().unwrap().value = None;
                    world
                },
                "done | Done 7:04 pm, Dana",
            ),
            ("landed without a word", start().pushed().landed(), "skipped | Passed over"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn etl() {
    let told = || World::maintenance().branch().announced();
    let with = |change: fn(&mut slipway_core::facts::Pull)| told().pull_that(412, change);
    let merge = || action::merge_pull(412);
    table::step(
        StepId::Etl,
        vec![
            ("no branch yet", World::maintenance(), "later | After the branch"),
            ("team not told", World::maintenance().branch(), "later | After the team is told"),
            ("nothing there", told(), "waiting | Waiting for the ETL team"),
            ("one to merge", told().pull(412), "ready | Ready, 1 can be merged"),
            ("two to merge", told().pull(412).pull(415), "ready | Ready, 2 can be merged"),
            ("one of two", told().pull(412).pull_that(415, |it| it.draft = true), "ready | Ready, 1 can be merged"),
            ("a draft", with(|it| it.draft = true), "waiting | Still a draft"),
            ("GitHub computes", with(|it| it.mergeability = Mergeability::Computing), "waiting | GitHub is checking it"),
            ("conflict", with(|it| it.mergeability = Mergeability::Conflict), "waiting | Conflicts with the branch"),
            ("behind", with(|it| it.mergeability = Mergeability::Behind), "waiting | Behind its base branch"),
            ("review missing", with(|it| it.mergeability = Mergeability::Blocked), "waiting | Waiting for a review"),
            ("changes requested", with(|it| it.reviews = review(Verdict::ChangesRequested)), "waiting | Changes requested"),
            ("approved", with(|it| it.reviews = review(Verdict::Approved)), "ready | Ready, 1 can be merged"),
            ("checks run", with(|it| it.checks.pending.push("e2e".into())), "waiting | Waiting for checks"),
            ("a check failed", with(|it| it.checks.failed.push("e2e".into())), "waiting | 1 check failed"),
            ("no checks at all", with(|it| it.checks = Checks::default()), "ready | Ready, 1 can be merged"),
            ("one closed", with(|it| it.state = PullState::Closed), "waiting | Waiting for the ETL team"),
            ("being merged", told().pull(412).sending(merge()), "working | Merging"),
            ("reply lost", told().pull(412).lost(merge()), "working | Merging"),
            ("all merged", told().pull(412).merged(412), "ready | Ready, say when no more come"),
            ("one merged, one open", told().pull(412).pull(415).merged(412), "ready | Ready, 1 can be merged"),
            ("merged and closed", told().pull(412).merged(412).at(25).no_more(), "done | Done 7:25 pm, 1 merged"),
            ("pushed directly", told().pushed(), "ready | Ready, say when no more come"),
            ("pushed and closed", told().pushed().at(25).no_more(), "done | Done 7:25 pm, pushed directly"),
            ("none this time", told().no_etl(), "skipped | Skipped, none this time"),
            ("none, then work came", told().no_etl().pull(412).merged(412), "ready | Ready, say when no more come"),
            ("closed, but nothing is there", told().no_more(), "waiting | Waiting for the ETL team"),
            ("the branch was deleted", told().noted().branch_deleted(), "blocked | The branch was deleted"),
            ("landed without a word", told().pushed().landed(), "skipped | Passed over"),
            ("GitHub down", told().pull(412).noted().github_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("GitHub down after", told().pull(412).merged(412).at(25).no_more().noted().github_down(), "done | Done 7:25 pm, 1 merged"),
            ("not signed in", told().noted().signed_out_of_github(), "not-connected | Not signed in to GitHub"),
        ],
    );
}

#[test]
fn a_hotfix_waits_for_its_fix() {
    let told = || World::hotfix("login-timeout").branch().announced();
    table::step(
        StepId::Etl,
        vec![
            ("nothing there", told(), "waiting | Waiting for the fix"),
            (
                "the fix",
                told().pull(412),
                "ready | Ready, 1 can be merged",
            ),
        ],
    );
}

fn collected() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .at(25)
        .no_more()
}

#[test]
#[rustfmt::skip]
fn database() {
    let delete = "DELETE FROM listings WHERE feed = 412";
    table::step(
        StepId::Database,
        vec![
            ("too early", World::maintenance().branch(), "later | After the pull requests"),
            ("nothing said", collected(), "ready | Ready, say whether there are any"),
            ("none needed", collected().at(26).no_database(), "done | Done 7:26 pm, none needed"),
            ("one written down", collected().statement(delete), "ready | Ready, 1 of 1 left"),
            ("one of two left", collected().statement(delete).statement(delete).ran(1), "ready | Ready, 1 of 2 left"),
            ("all ran", collected().statement(delete).at(31).ran(1), "done | Done 7:31 pm, 1 change"),
            ("none needed, then one after all", collected().no_database().statement(delete), "ready | Ready, 1 of 1 left"),
            ("gone on without", collected().statement(delete).without_database(), "skipped | Skipped by Dana"),
            ("gone on without, then ran", collected().statement(delete).without_database().at(31).ran(1), "done | Done 7:31 pm, 1 change"),
            ("written down early", World::maintenance().branch().statement(delete), "later | After the pull requests"),
            ("ran early", World::maintenance().branch().statement(delete).at(31).ran(1), "done | Done 7:31 pm, 1 change"),
            ("none this time at all", World::maintenance().branch().announced().no_etl(), "ready | Ready, say whether there are any"),
            ("landed without a word", collected().release_pull().landed(), "skipped | Passed over"),
            ("statement left when it landed", collected().statement(delete).release_pull().landed(), "skipped | Passed over"),
            ("GitHub down", collected().noted().github_down(), "ready | Ready, say whether there are any"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn merge() {
    let settled = || collected().no_database();
    let with = |change: fn(&mut slipway_core::facts::Pull)| settled().release_pull_that(change);
    let queue = || {
        let mut world = settled().release_pull();
        world.repository().merge_queue = true;
        world
    };
    let refused =
        |world: World| world.tried(action::merge_release(), Code::Refused, "Not mergeable.");
    let not_opened =
        |world: World| world.tried(action::open_release_pull(), Code::Refused, "Not opened.");
    table::step(
        StepId::Merge,
        vec![
            ("too early", collected(), "later | After the database"),
            ("no pull request yet", settled(), "ready | Ready, open the pull request"),
            ("being opened", settled().sending(action::open_release_pull()), "working | Working"),
            ("opening refused", not_opened(settled()), "failed | Not opened."),
            ("opening refused, opened by hand", not_opened(settled()).release_pull(), "ready | Ready, you can merge it"),
            ("open", settled().release_pull(), "ready | Ready, you can merge it"),
            ("closed again", with(|it| it.state = PullState::Closed), "ready | Ready, open the pull request"),
            ("a draft", with(|it| it.draft = true), "blocked | The pull request is a draft"),
            ("conflict", with(|it| it.mergeability = Mergeability::Conflict), "blocked | Conflicts with master"),
            ("behind", with(|it| it.mergeability = Mergeability::Behind), "blocked | Behind master"),
            ("GitHub computes", with(|it| it.mergeability = Mergeability::Computing), "waiting | GitHub is checking it"),
            ("review missing", with(|it| it.mergeability = Mergeability::Blocked), "waiting | Waiting for a review"),
            ("checks run", with(|it| it.checks.pending.push("e2e".into())), "waiting | Waiting for checks"),
            ("two checks failed", with(|it| it.checks.failed = vec!["a".into(), "b".into()]), "blocked | 2 checks failed"),
            ("merge queue", queue(), "blocked | master wants GitHub’s merge queue"),
            ("being merged", settled().release_pull().sending(action::merge_release()), "working | Working"),
            ("reply lost", settled().release_pull().lost(action::merge_release()), "working | Working"),
            ("refused", refused(settled().release_pull()), "failed | Not mergeable."),
            ("refused, merged by hand", refused(settled().release_pull()).landed(), "done | Done 7:38 pm, Dana"),
            ("merged", settled().release_pull().landed(), "done | Done 7:38 pm, Dana"),
            ("merged by nobody told", settled().release_pull().landed_as("4be19d2", None), "done | Done 7:38 pm"),
            ("the branch was deleted", settled().noted().branch_deleted(), "blocked | The branch was deleted"),
            ("nothing to release", World::maintenance().branch().announced().no_etl().no_database(), "skipped | Skipped, nothing to release"),
            ("GitHub down", settled().release_pull().noted().github_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("GitHub down after", settled().release_pull().landed().noted().github_down(), "done | Done 7:38 pm, Dana"),
            ("not signed in", settled().noted().signed_out_of_github(), "not-connected | Not signed in to GitHub"),
            ("restarted after", settled().release_pull().landed().noted().restarted(), "done | Done 7:38 pm, dana"),
        ],
    );
}

#[test]
fn a_statement_is_removed_only_before_it_ran() {
    use slipway_core::declaration::Declaration::StatementRemoved;
    let two = || collected().statement("A").statement("B").ran(1);
    let removed = two().declare(StatementRemoved { number: 2 });
    assert_eq!(removed.release.statements.len(), 1);
    assert_eq!(
        removed.says(StepId::Database),
        format!("done | Done {}, 1 change", "7:25 pm")
    );
    let kept = two().declare(StatementRemoved { number: 1 });
    assert_eq!(kept.release.statements.len(), 2);
}

#[test]
fn since_when_a_step_waits_is_the_end_of_the_step_before_it() {
    let world = World::maintenance().branch().announced();
    assert_eq!(world.course().standing(StepId::Etl).since, Some(at(4)));
    let world = collected().no_database().release_pull();
    assert_eq!(world.course().standing(StepId::Merge).since, Some(at(25)));
    let landed = world.landed();
    assert_eq!(landed.course().landed().unwrap().sha, sha("4be19d2"));
}
