//! Services that take a request and never answer.

use std::time::{Duration, Instant};

use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Code;
use slipway_core::time::At;

use crate::stage::{BRANCH, Stage, create, unknown};

/// The longest that a call may take, and some room for a busy machine.
const LIMIT: Duration = Duration::from_secs(25);

/// Takes as long as a call may: the three wait side by side.
#[tokio::test]
async fn are_given_up_and_nobody_knows_what_they_did() {
    let stage = Stage::set().await;
    let (github, slack, aws) = (stage.github_that_looked().await, stage.slack(), stage.aws());
    for operation in [
        "git/create-ref",
        "chat.postMessage",
        "codepipeline:RetryStageExecution",
    ] {
        stage.fault(operation, json!({"kind": "timeout"})).await;
    }
    let branch = create(BRANCH, &stage.head("master"));
    let post = Action::PostAnnouncement {
        channel: "C00SIMDEPLOY".into(),
        text: "Hello".to_owned(),
    };
    let retry = Action::RetryStage {
        stage: "Build".to_owned(),
        execution: "e".into(),
        failed_at: At(0),
        mode: slipway_core::action::RetryMode::FailedActions,
    };
    let release = ReleaseId::from(BRANCH);

    let begun = Instant::now();
    let outcomes: [Outcome; 3] = tokio::join!(
        github.act(&branch),
        slack.act(&release, &post),
        aws.act(&stage.team, &retry)
    )
    .into();

    assert!(begun.elapsed() < LIMIT, "{:?}", begun.elapsed());
    for outcome in outcomes {
        assert_eq!(unknown(outcome).code, Code::Unknown);
    }
    for operation in [
        "git/create-ref",
        "chat.postMessage",
        "codepipeline:RetryStageExecution",
    ] {
        assert_eq!(stage.asked(operation).len(), 1, "{operation}");
    }
}
