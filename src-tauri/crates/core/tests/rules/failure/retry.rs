//! How much of a stage is retried.

use super::card::quota;
use crate::world::{EXECUTION, World, action};
use slipway_core::action::{Action, Outcome, RetryMode};
use slipway_core::intent::Intent;
use slipway_core::rules::settle;

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
        assert_eq!(lost(quota()), None, "{mode:?}");
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
    world.decide(&intent).expect_err("it was started again just now");
}
