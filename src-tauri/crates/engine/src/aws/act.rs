//! The writes: `PutApprovalResult`, `RetryStageExecution`, `StopPipelineExecution`, `StartPipelineExecution`,
//! `RollbackStage`, `EnableStageTransition`.

use aws_sdk_codepipeline::types::{
    ApprovalResult, ApprovalStatus, SourceRevisionOverride, SourceRevisionType, StageRetryMode,
    StageTransitionType,
};
use slipway_core::action::{Action, Answer, Gate, Outcome, RetryMode};
use slipway_core::ids::{ExecutionId, Sha};
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;
use slipway_core::text::{cut, line};

use super::error::AwsError;
use super::{AWS, Aws};
use crate::outcome::{self, Effect};

/// `result.summary`.
const SUMMARY: usize = 512;
/// `reason` of a stop.
const REASON: usize = 200;

pub(super) async fn send(aws: &Aws, team: &Team, action: &Action) -> Outcome {
    let (sent, doing) = match action {
        Action::AnswerApproval {
            gate,
            answer,
            summary,
        } => {
            let doing = match answer {
                Answer::Approved => "approve the deploy",
                Answer::Rejected => "reject the deploy",
            };
            (
                answer_approval(aws, team, gate, *answer, summary).await,
                doing.to_owned(),
            )
        }
        Action::RetryStage {
            stage,
            execution,
            mode,
            ..
        } => (
            retry_stage(aws, team, (stage, execution), *mode).await,
            format!("retry the stage {}", line(stage, 100)),
        ),
        Action::StopExecution {
            execution,
            abandon,
            reason,
            ..
        } => (
            stop(aws, team, execution, (*abandon, reason)).await,
            "stop the deploy".to_owned(),
        ),
        Action::StartExecution {
            source,
            commit,
            token,
            ..
        } => (
            start(aws, team, (source, commit), token).await,
            "start the pipeline".to_owned(),
        ),
        Action::RollBack { stage, target, .. } => (
            roll_back(aws, team, (stage, target)).await,
            format!("roll the stage {} back", line(stage, 100)),
        ),
        Action::EnableTransition { stage } => (
            enable(aws, team, stage).await,
            format!("switch on the way into {}", line(stage, 100)),
        ),
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. } => return outcome::not_ours(AWS),
    };
    match sent {
        Ok(()) => Outcome::Done,
        Err(error) => {
            let problem = words(&error, action).unwrap_or_else(|| match error.effect() {
                Effect::Possible => outcome::lost(AWS, &doing, &error.to_string()),
                Effect::None => error.problem(&doing, team),
            });
            outcome::failed(error.effect(), problem)
        }
    }
}

async fn answer_approval(
    aws: &Aws,
    team: &Team,
    gate: &Gate,
    answer: Answer,
    summary: &str,
) -> Result<(), AwsError> {
    let status = match answer {
        Answer::Approved => ApprovalStatus::Approved,
        Answer::Rejected => ApprovalStatus::Rejected,
    };
    let result = ApprovalResult::builder()
        .summary(cut(summary, SUMMARY))
        .status(status)
        .build();
    let result = result.map_err(|error| AwsError::NotSent(error.to_string()))?;
    let call = aws
        .writes
        .put_approval_result()
        .pipeline_name(&team.pipeline);
    let call = call
        .stage_name(&gate.stage)
        .action_name(&gate.action)
        .token(gate.token.as_str())
        .result(result);
    let answer = call.send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:PutApprovalResult", error))
}

async fn retry_stage(
    aws: &Aws,
    team: &Team,
    (stage, execution): (&str, &ExecutionId),
    mode: RetryMode,
) -> Result<(), AwsError> {
    let mode = match mode {
        RetryMode::FailedActions => StageRetryMode::FailedActions,
        RetryMode::AllActions => StageRetryMode::AllActions,
    };
    let call = aws
        .writes
        .retry_stage_execution()
        .pipeline_name(&team.pipeline)
        .stage_name(stage);
    let call = call
        .pipeline_execution_id(execution.as_str())
        .retry_mode(mode);
    let answer = call.send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:RetryStageExecution", error))
}

async fn stop(
    aws: &Aws,
    team: &Team,
    execution: &ExecutionId,
    (abandon, reason): (bool, &str),
) -> Result<(), AwsError> {
    let call = aws
        .writes
        .stop_pipeline_execution()
        .pipeline_name(&team.pipeline)
        .pipeline_execution_id(execution.as_str());
    let call = call.abandon(abandon).reason(cut(reason, REASON));
    let answer = call.send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:StopPipelineExecution", error))
}

async fn start(
    aws: &Aws,
    team: &Team,
    (source, commit): (&str, &Sha),
    token: &str,
) -> Result<(), AwsError> {
    let revision = SourceRevisionOverride::builder()
        .action_name(source)
        .revision_type(SourceRevisionType::CommitId)
        .revision_value(commit.as_str())
        .build();
    let revision = revision.map_err(|error| AwsError::NotSent(error.to_string()))?;
    let call = aws
        .writes
        .start_pipeline_execution()
        .name(&team.pipeline)
        .client_request_token(token);
    let answer = call.source_revisions(revision).send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:StartPipelineExecution", error))
}

async fn roll_back(
    aws: &Aws,
    team: &Team,
    (stage, target): (&str, &ExecutionId),
) -> Result<(), AwsError> {
    let call = aws
        .writes
        .rollback_stage()
        .pipeline_name(&team.pipeline)
        .stage_name(stage);
    let call = call.target_pipeline_execution_id(target.as_str());
    let answer = call.send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:RollbackStage", error))
}

async fn enable(aws: &Aws, team: &Team, stage: &str) -> Result<(), AwsError> {
    let call = aws
        .writes
        .enable_stage_transition()
        .pipeline_name(&team.pipeline)
        .stage_name(stage);
    let call = call.transition_type(StageTransitionType::Inbound);
    let answer = call.send().await;
    answer
        .map(|_| ())
        .map_err(|error| aws.error("codepipeline:EnableStageTransition", error))
}

/// Refusals that mean something of their own for a write.
fn words(error: &AwsError, action: &Action) -> Option<Problem> {
    let stage = match action {
        Action::AnswerApproval { gate, .. } => line(&gate.stage, 100),
        Action::RetryStage { stage, .. }
        | Action::RollBack { stage, .. }
        | Action::EnableTransition { stage } => line(stage, 100),
        Action::StopExecution { .. } | Action::StartExecution { .. } => String::new(),
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. } => return None,
    };
    let looked_up = "Wait; Slipway looks up who did what.";
    let problem = match error.code() {
        "ApprovalAlreadyCompletedException" => Problem::new(
            Code::Unknown,
            "This approval has been answered already.",
            "The answer is yours or a colleague's.",
            looked_up,
        ),
        "InvalidApprovalTokenException" => Problem::new(
            Code::Unknown,
            "This approval is not open any more.",
            "It was answered, or its time ran out.",
            looked_up,
        ),
        "ConflictException" | "ConcurrentModificationException" => Problem::new(
            Code::Unknown,
            "Somebody is changing the pipeline at the same time.",
            "The same may have been done already.",
            looked_up,
        ),
        "NotLatestPipelineExecutionException" => Problem::new(
            Code::Changed,
            format!("A newer execution has entered the stage {stage}."),
            "Nothing was retried.",
            "Look at the newer execution.",
        ),
        "StageNotRetryableException" => Problem::new(
            Code::Refused,
            format!("The stage {stage} cannot be retried."),
            "Nothing in it has failed, or the pipeline was edited since.",
            "Start the pipeline again in the AWS console.",
        ),
        "ConcurrentPipelineExecutionsLimitExceededException" => Problem::new(
            Code::Refused,
            "The pipeline runs as many executions as AWS allows.",
            "Nothing was started.",
            "Wait until one of them has ended, then try again.",
        ),
        "DuplicatedStopRequestException" => Problem::new(
            Code::Unknown,
            "It was told to stop already.",
            "The request was yours or a colleague's.",
            looked_up,
        ),
        "UnableToRollbackStageException" | "PipelineExecutionOutdatedException" => Problem::new(
            Code::Refused,
            format!("The stage {stage} cannot be rolled back."),
            "It runs, or the pipeline was edited since that deploy. Nothing was rolled back.",
            "Look at the pipeline in the AWS console, or start a hotfix.",
        ),
        "PipelineExecutionNotStoppableException" => Problem::new(
            Code::Changed,
            "This deploy cannot be stopped any more.",
            "It ended meanwhile; nothing was stopped.",
            "Look at how it ended.",
        ),
        "StageNotFoundException" | "ActionNotFoundException" if !stage.is_empty() => Problem::new(
            Code::Changed,
            format!("The pipeline has no stage {stage} with this action any more."),
            "Nothing was sent on; somebody edited the pipeline.",
            "Look at the pipeline again.",
        ),
        _ => return None,
    };
    Some(problem.with_raw(&error.to_string()))
}
