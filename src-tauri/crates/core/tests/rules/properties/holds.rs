//! What holds for every release in every world.

use super::story::stories;
use super::wishes::wishes;
use crate::offers::offers;
use crate::world::{World, word};
use proptest::prelude::*;
use slipway_core::action::Action;
use slipway_core::facts::{Category, ExecutionStatus, PullState, RunStatus};
use slipway_core::intent::Intent;
use slipway_core::record::{Entry, Milestone};
use slipway_core::release::Release;
use slipway_core::rules::{SourceId, look_every, milestones, settle};
use slipway_core::view::{self, Mode, StepId, StepState};

type Holds = Result<(), TestCaseError>;

/// How many worlds each property sees.
const CASES: u32 = 2000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_same_facts_always_give_the_same_view(story in stories()) {
        let world = story.world();
        let once = view::view(&world.scene());
        prop_assert_eq!(&once, &view::view(&world.scene()));
        prop_assert!(serde_json::to_string(&once.view).is_ok());
        let release = &once.view.releases[0];
        prop_assert_eq!(release.steps.len(), 8);
        prop_assert_eq!(release.afloat, world.state(StepId::Build) == StepState::Done);
    }

    #[test]
    fn what_is_offered_is_taken_and_what_was_offered_before_is_not(story in stories()) {
        let world = story.world();
        // What follows by itself is short; a person's intent waits for it.
        let quiet = world.release.pending.as_ref();
        let quiet = quiet.is_some_and(|it| it.action.is_repeatable() || it.action.is_aside());
        if !quiet {
            for offer in offers(&world.view()) {
                let taken = world.decide(&offer.intent);
                prop_assert!(taken.is_ok(), "{:?} gives {taken:?}\n{}", offer.intent, world.rail());
                for outdated in offer.outdated {
                    let refused = world.decide(&outdated);
                    prop_assert!(refused.is_err(), "{outdated:?} gives {refused:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_sent_on_facts_that_are_not_fresh(story in stories()) {
        let world = story.world();
        for wish in wishes(&world) {
            let sends = world.decide(&wish).is_ok_and(|decision| decision.action.is_some());
            let fresh = needs(&wish).iter().all(|source| is_fresh(&world, *source));
            prop_assert!(!sends || fresh, "{wish:?} is sent on old facts");
        }
    }

    #[test]
    fn nothing_is_sent_or_followed_up_while_something_is_pending(story in stories()) {
        let world = story.world();
        if let Some(pending) = &world.release.pending {
            prop_assert_eq!(world.follow_up(), None);
            for wish in wishes(&world) {
                let sends = world.decide(&wish).is_ok_and(|decision| decision.action.is_some());
                prop_assert!(!sends, "{wish:?} is sent while {:?} is pending", pending.action);
            }
            let quiet = matches!(
                pending.action,
                Action::UpdateAnnouncement { .. } | Action::TellChange { .. }
            );
            prop_assert_eq!(world.view().busy.is_some(), !quiet);
            let _ = settle(pending, &world.facts, world.now);
        }
    }

    #[test]
    fn a_step_is_settled_by_evidence_only_and_never_by_silence(story in stories()) {
        let world = story.world().noted();
        let dark = world.clone().github_down().slack_down().aws_down();
        let signed_out =
            world.clone().signed_out_of_github().signed_out_of_slack().signed_out_of_aws();
        for step in StepId::ALL {
            let settled = world.course().settled(step);
            prop_assert_eq!(settled, dark.course().settled(step), "{:?}: {}", step, dark.says(step));
            prop_assert_eq!(settled, signed_out.course().settled(step), "{:?}", step);
            let restarted = world.clone().restarted();
            // "None this time" is a declaration: it stands until the branch is seen to hold work.
            let declared = step == StepId::Etl && world.release.no_etl.is_some();
            let green = restarted.course().settled(step);
            prop_assert!(!green || settled || declared, "{:?}: {}", step, restarted.says(step));
        }
    }

    #[test]
    fn done_means_seen_or_declared(story in stories()) {
        done_has_evidence(&story.world())?;
    }

    #[test]
    fn steps_keep_their_order(story in stories()) {
        in_order(&story.world())?;
    }

    #[test]
    fn before_the_merge_nothing_after_it_is_done(story in stories()) {
        let world = story.world();
        if world.course().landed().is_none() {
            prop_assert_eq!(world.our_execution(), None);
            for step in [StepId::Approval, StepId::Build] {
                let state = world.state(step);
                prop_assert!(matches!(state, StepState::Later | StepState::Skipped), "{:?}", state);
            }
            prop_assert!(world.state(StepId::Merge) != StepState::Done);
            prop_assert!(world.state(StepId::Finish) != StepState::Done);
            prop_assert!(world.view().approval.gate.is_none());
            prop_assert!(!world.view().afloat);
        }
    }

    #[test]
    fn our_execution_carries_our_commit_and_began_after_the_merge(story in stories()) {
        let world = story.world();
        let course = world.course();
        if let Some(execution) = course.execution() {
            let landed = course.landed().expect("it landed");
            prop_assert!(execution.started_at >= landed.at.plus_seconds(-300));
            let commit = course.commit().expect("a commit carries ours");
            let lineage = world.facts.source.stale().map(|it| it.lineage.as_slice());
            let related = lineage.unwrap_or_default().iter().any(|it| it.revision == *commit);
            prop_assert!(*commit == landed.sha || related);
        }
    }

    #[test]
    fn an_open_gate_is_the_one_that_our_execution_stands_at(story in stories()) {
        let world = story.world();
        if let Some(gate) = world.view().approval.gate {
            prop_assert_eq!(world.state(StepId::Approval), StepState::Ready);
            prop_assert_eq!(Some(gate.execution.clone()), world.our_execution());
            let pipeline = world.facts.pipeline.fresh().expect("seen just now");
            let stage = pipeline.stages.iter().find(|stage| stage.name == gate.stage).unwrap();
            prop_assert_eq!(stage.execution.as_ref(), Some(&gate.execution));
            let action = stage.actions.iter().find(|action| action.name == gate.action).unwrap();
            prop_assert_eq!(action.token.as_ref(), Some(&gate.token));
            prop_assert_eq!(action.status, Some(RunStatus::InProgress));
        }
    }

    #[test]
    fn what_follows_by_itself_is_harmless_and_ends(story in stories()) {
        let mut world = story.world();
        for turn in 0.. {
            let Some(action) = world.follow_up() else { break };
            prop_assert!(turn < 4, "{:?} follows without end", action);
            match &action {
                Action::OpenReleasePull { .. } => {
                    prop_assert!(world.release.no_more_pulls.is_some());
                    prop_assert_eq!(&world.source().release_pull, &None);
                    world = world.did(action).release_pull();
                }
                Action::UpdateAnnouncement { .. } | Action::TellChange { .. } => {
                    world = world.did(action);
                }
                other => prop_assert!(false, "{:?} follows by itself", other),
            }
        }
    }

    #[test]
    fn what_was_seen_is_noted_once(story in stories()) {
        let world = story.world().noted();
        prop_assert_eq!(milestones(&world.situation()), []);
    }

    #[test]
    fn the_journal_gives_the_release_back(story in stories()) {
        let world = story.world();
        let kept = serde_json::to_string(&world.entries).unwrap();
        let entries: Vec<Entry> = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(Release::fold(&entries), Some(world.release));
    }

    #[test]
    fn the_next_look_is_never_far_and_never_at_once(story in stories()) {
        let world = story.world();
        let every = look_every(Mode::Real, &[world.course()]);
        prop_assert!([10, 15, 60].contains(&every), "{}", every);
    }
}

/// Without these being fresh nothing is sent for an intent.
fn needs(intent: &Intent) -> &'static [SourceId] {
    match intent {
        Intent::CreateBranch { .. } => &[SourceId::Repository],
        Intent::PostAnnouncement { .. } => &[SourceId::Workspace, SourceId::Announcement],
        Intent::MergePull { .. } | Intent::OpenReleasePull { .. } | Intent::MergeRelease { .. } => {
            &[SourceId::Source]
        }
        Intent::Approve { .. } | Intent::Reject { .. } => &[SourceId::Pipeline],
        Intent::RetryStage { .. } | Intent::RollBack { .. } => {
            &[SourceId::Pipeline, SourceId::Execution]
        }
        Intent::StopExecution { .. }
        | Intent::StartPipeline { .. }
        | Intent::EnableTransition { .. } => &[SourceId::Pipeline],
        Intent::PostResult { .. } => &[SourceId::Announcement],
        Intent::TellChange { .. } => &[
            SourceId::Pipeline,
            SourceId::Execution,
            SourceId::Announcement,
        ],
        _ => &[],
    }
}

fn is_fresh(world: &World, source: SourceId) -> bool {
    let facts = &world.facts;
    match source {
        SourceId::Repository => facts.repository.fresh().is_some(),
        SourceId::Source => facts.source.fresh().is_some(),
        SourceId::Workspace => facts.workspace.fresh().is_some(),
        SourceId::Announcement => facts.announcement.fresh().is_some(),
        SourceId::Pipeline => facts.pipeline.fresh().is_some(),
        SourceId::Execution => facts.execution.fresh().is_some(),
    }
}

fn done_has_evidence(world: &World) -> Holds {
    let release = &world.release;
    let source = world.facts.source.stale();
    let noted = |is: fn(&Milestone) -> bool| release.milestones.iter().any(is);
    let sent = |is: fn(&Action) -> bool| release.done.iter().any(|(_, action)| is(action));
    let course = world.course();
    let evidence = |step| match step {
        StepId::Branch => {
            source.is_some_and(|it| it.branch.is_some())
                || noted(|it| matches!(it, Milestone::Branch { .. }))
        }
        StepId::Announce => {
            release.announced.is_some()
                || world
                    .facts
                    .announcement
                    .stale()
                    .is_some_and(Option::is_some)
                || noted(|it| matches!(it, Milestone::Announcement { .. }))
                || release.decided.iter().any(|it| it.happened)
        }
        StepId::Etl => release.no_more_pulls.is_some() && course.holds_work(),
        StepId::Database => {
            let ran = release.statements.iter().all(|it| it.run.is_some());
            ran && (release.no_database.is_some() || !release.statements.is_empty())
        }
        StepId::Merge => {
            source.is_some_and(|it| it.landed.is_some())
                || noted(|it| matches!(it, Milestone::Landed { .. }))
        }
        StepId::Approval => {
            let approves =
                |run: &&slipway_core::facts::ActionRun| run.category == Category::Approval;
            let runs = course
                .detail()
                .map(|detail| detail.runs.as_slice())
                .unwrap_or_default();
            let newest = runs.iter().rfind(approves).map(|run| run.status);
            newest == Some(RunStatus::Succeeded)
                || newest.is_none()
                    && noted(|it| matches!(it, Milestone::ApprovalAnswered { approved: true, .. }))
        }
        StepId::Build => {
            let succeeded =
                |it: &slipway_core::facts::Execution| it.status == ExecutionStatus::Succeeded;
            let seen =
                world.facts.pipeline.fresh().is_some() && course.execution().is_some_and(succeeded);
            seen || noted(|it| {
                matches!(
                    it,
                    Milestone::BuildEnded {
                        succeeded: true,
                        ..
                    }
                )
            })
        }
        StepId::Finish => {
            let seen = world.facts.announcement.stale().and_then(Option::as_ref);
            release.result_shared.is_some()
                || seen.is_some_and(|message| message.result_posted)
                || sent(|it| matches!(it, Action::PostResult { .. }))
        }
    };
    for step in StepId::ALL {
        let done = course.state(step) == StepState::Done;
        prop_assert!(
            !done || evidence(step),
            "{step:?} is done without evidence: {}",
            world.says(step)
        );
    }
    Ok(())
}

fn in_order(world: &World) -> Holds {
    let course = world.course();
    let mut follows_settled = true;
    for step in StepId::ALL {
        let state = course.state(step);
        let active = !state.is_settled() && state != StepState::Later;
        prop_assert!(
            !active || follows_settled,
            "{step:?} is {} too early: {}",
            word(state),
            world.rail()
        );
        prop_assert!(
            !course.standing(step).note.trim().is_empty(),
            "{step:?} says nothing"
        );
        follows_settled = state.is_settled();
    }
    let first = StepId::ALL.into_iter().find(|step| !course.settled(*step));
    prop_assert_eq!(course.current(), first.unwrap_or(StepId::Finish));
    prop_assert_eq!(course.finished(), first.is_none());
    if first.is_some_and(|step| course.state(step) == StepState::Later) {
        prop_assert!(
            false,
            "the current step waits for a step that is settled: {}",
            world.rail()
        );
    }
    let landed = course.landed().is_some();
    for step in [
        StepId::Branch,
        StepId::Announce,
        StepId::Etl,
        StepId::Database,
        StepId::Merge,
    ] {
        prop_assert!(
            !landed || course.settled(step),
            "{step:?} after the merge: {}",
            world.rail()
        );
    }
    let pull = world
        .facts
        .source
        .fresh()
        .and_then(|source| source.release_pull.as_ref());
    let merged = pull.is_some_and(|pull| matches!(pull.state, PullState::Merged { .. }));
    prop_assert!(!merged || course.state(StepId::Merge) == StepState::Done);
    Ok(())
}
