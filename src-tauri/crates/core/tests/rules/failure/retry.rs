//! How much of a stage is retried.

use super::card::quota;
use crate::world::{EXECUTION, World, action, at};
use slipway_core::action::{Action, Outcome, RetryMode};
use slipway_core::facts::{ExecutionStatus, RunStatus};
use slipway_core::intent::Intent;
use slipway_core::rules::settle;
use slipway_core::view::RemedyId;

const FORMER: &str =
    r#"{"type":"retryStage","stage":"Build","execution":"tonight","failedAt":1764043500000}"#;

#[test]
fn a_journal_from_before_it_was_asked_means_what_failed() {
    let action: Action = serde_json::from_str(FORMER).unwrap();
    let Action::RetryStage { mode, .. } = &action else {
        panic!("{action:?}");
    };
    assert_eq!(*mode, RetryMode::FailedActions);
    let now = serde_json::to_string(&action).unwrap();
    assert_eq!(serde_json::from_str::<Action>(&now).unwrap(), action);
}

#[test]
fn what_was_asked_for_is_sent_and_looked_up_either_way() {
    for mode in [RetryMode::FailedActions, RetryMode::AllActions] {
        let world = quota();
        let intent = Intent::RetryStage {
            release: world.id(),
            stage: "docker-build".into(),
            execution: EXECUTION.into(),
            mode,
        };
        let decided = world.decide(&intent).unwrap();
        let Some(action) = decided.action.clone() else {
            panic!("{decided:?}");
        };
        assert!(
            matches!(action, Action::RetryStage { mode: sent, .. } if sent == mode),
            "{action:?}"
        );
        let lost = |world: World| {
            let world = world.at(66).lost(action.clone()).looked(67);
            let pending = world.release.pending.as_ref().unwrap();
            settle(pending, &world.facts, world.now)
        };
        let not_yet = lost(quota());
        assert!(
            matches!(not_yet, Some(Outcome::NotDone { .. })),
            "{not_yet:?}"
        );
        assert_eq!(lost(quota().retried()), Some(Outcome::Done), "{mode:?}");
    }
}

#[test]
fn a_stage_that_was_just_retried_is_not_retried_otherwise() {
    let done = action::retry("docker-build", EXECUTION, 65);
    let world = quota().at(66).did(done).looked(66);
    let intent = Intent::RetryStage {
        release: world.id(),
        stage: "docker-build".into(),
        execution: EXECUTION.into(),
        mode: RetryMode::AllActions,
    };
    world
        .decide(&intent)
        .expect_err("it was started again just now");
    assert_eq!(offered(&world), [RemedyId::Remind, RemedyId::StartHotfix]);
}

#[test]
fn what_failed_since_is_another_failure() {
    let done = action::retry("docker-build", EXECUTION, 65);
    let mut world = quota().at(66).did(done).looked(66).retried();
    assert_eq!(world.view().build.retry, None);
    let run = world.newest_run();
    (run.status, run.updated_at) = (RunStatus::Failed, at(66));
    let world = world.ended(ExecutionStatus::Failed);
    assert!(world.view().build.retry.is_some());
    assert_eq!(
        offered(&world),
        [
            RemedyId::RetryFailed,
            RemedyId::Remind,
            RemedyId::StartHotfix
        ]
    );
}

fn offered(world: &World) -> Vec<RemedyId> {
    let failure = world.view().build.failure.unwrap();
    failure.remedies.iter().map(|it| it.id).collect()
}
