use serde_json::{Value, json};

use super::{
    Answer, Fault, Input, Output, history, require_execution_id, require_pipeline, require_stage,
    time,
};
use crate::world::{
    ApprovalRefusal, DANA, RetryRefusal, RollBackRefusal, StageName, StopRefusal, StopTrigger,
    Transition, Trigger, World, ids,
};

pub(super) fn put_approval_result(world: &mut World, input: &Input) -> Answer {
    let summary = input.at_most("result.summary", 512)?;
    let summary = summary
        .ok_or_else(|| Fault::constraint("result.summary", "null", "Member must not be null"))?;
    let status = input.required("result.status")?;
    let approved = match status {
        "Approved" => true,
        "Rejected" => false,
        _ => {
            let wanted = "Member must satisfy enum value set: [Approved, Rejected]";
            return Err(Fault::constraint("result.status", status, wanted));
        }
    };
    let token = require_execution_id(input, "token")?;
    require_pipeline(world, input, "pipelineName")?;
    let stage = require_stage(world, input)?;
    let action = input.required("actionName")?;
    if stage != StageName::Approval || action != stage.action() {
        let message = format!(
            "Action '{action}' does not exist in stage '{}'",
            world.pipeline.title(stage)
        );
        return Err(Fault::new("ActionNotFoundException", message));
    }
    match world.answer_approval(token, approved, &DANA.arn(), summary) {
        Ok(()) => Ok(Output::changed(json!({"approvedAt": time(world.now)}))),
        Err(ApprovalRefusal::InvalidToken) => Err(Fault::new(
            "InvalidApprovalTokenException",
            format!("Invalid approval token: {token}"),
        )),
        Err(ApprovalRefusal::AlreadyCompleted) => Err(Fault::new(
            "ApprovalAlreadyCompletedException",
            "The approval action has already been completed.",
        )),
    }
}

pub(super) fn retry_stage_execution(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let stage = require_stage(world, input)?;
    let mode = input.required("retryMode")?;
    if !["FAILED_ACTIONS", "ALL_ACTIONS"].contains(&mode) {
        let wanted = "Member must satisfy enum value set: [FAILED_ACTIONS, ALL_ACTIONS]";
        return Err(Fault::constraint("retryMode", mode, wanted));
    }
    let id = require_execution_id(input, "pipelineExecutionId")?;
    match world.retry_stage(stage, id) {
        Ok(()) => Ok(Output::changed(json!({"pipelineExecutionId": id}))),
        Err(RetryRefusal::NotLatest) => {
            let message = "The pipeline execution is not the latest one in the stage.";
            Err(Fault::new("NotLatestPipelineExecutionException", message))
        }
        Err(RetryRefusal::NotRetryable) => {
            let message = "The stage has no failed actions to retry.";
            Err(Fault::new("StageNotRetryableException", message))
        }
        Err(RetryRefusal::AlreadyRunning) => {
            let message = "The stage is being retried already.";
            Err(Fault::new("ConflictException", message))
        }
    }
}

pub(super) fn stop_pipeline_execution(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let reason = input.at_most("reason", 200)?.map(str::to_owned);
    let abandon = input
        .at("abandon")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let id = require_execution_id(input, "pipelineExecutionId")?.to_owned();
    history::find(world, &id).map_err(|_| not_stoppable(&id))?;
    match world.stop_execution(&id, StopTrigger { reason, abandon }) {
        Ok(()) => Ok(Output::changed(json!({"pipelineExecutionId": id}))),
        Err(StopRefusal::Duplicated) => {
            let message = "The pipeline execution is already in a Stopping state.";
            Err(Fault::new("DuplicatedStopRequestException", message))
        }
        Err(StopRefusal::NotStoppable) => Err(not_stoppable(&id)),
    }
}

pub(super) fn rollback_stage(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let stage = require_stage(world, input)?;
    let target = require_execution_id(input, "targetPipelineExecutionId")?.to_owned();
    match world.roll_back(stage, &target, DANA.arn()) {
        Ok(id) => Ok(Output::changed(json!({"pipelineExecutionId": id}))),
        Err(RollBackRefusal::NotFound) => Err(Fault::new(
            "PipelineExecutionNotFoundException",
            format!("PipelineExecution '{target}' does not exist"),
        )),
        Err(RollBackRefusal::Unable) => Err(Fault::new(
            "UnableToRollbackStageException",
            "The stage cannot be rolled back to that execution.",
        )),
    }
}

pub(super) fn start_pipeline_execution(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "name")?;
    let token = input.at_most("clientRequestToken", 128)?.map(str::to_owned);
    let before = world
        .pipeline
        .executions
        .iter()
        .find(|it| token.is_some() && it.client_request_token == token);
    if let Some(before) = before {
        return Ok(Output::told(json!({"pipelineExecutionId": before.id})));
    }
    let overrides = input.at("sourceRevisions").and_then(Value::as_array);
    let pinned = match overrides.and_then(|it| it.first()) {
        None => None,
        Some(revision) => Some(pinned_commit(revision)?),
    };
    let id = world.start_execution(
        Trigger::StartPipelineExecution { by: DANA.arn() },
        pinned,
        token,
    );
    Ok(Output::changed(json!({"pipelineExecutionId": id})))
}

pub(super) fn enable_stage_transition(world: &mut World, input: &Input) -> Answer {
    let stage = transition_of(world, input)?;
    set_transition(world, stage, None);
    world.let_in(stage);
    Ok(Output::changed(json!({})))
}

pub(super) fn disable_stage_transition(world: &mut World, input: &Input) -> Answer {
    let stage = transition_of(world, input)?;
    let reason = input.required("reason")?;
    let allowed = |char: char| char.is_ascii_alphanumeric() || "!@ ().*?-".contains(char);
    if reason.is_empty() || reason.chars().count() > 300 || !reason.chars().all(allowed) {
        let wanted =
            "Member must satisfy regular expression pattern: [a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+";
        return Err(Fault::constraint("reason", reason, wanted));
    }
    set_transition(world, stage, Some(reason.to_owned()));
    Ok(Output::changed(json!({})))
}

/// The stage whose way in is meant: its own, or the next one's if the way out was named.
fn transition_of(world: &World, input: &Input) -> Result<StageName, Fault> {
    require_pipeline(world, input, "pipelineName")?;
    let stage = require_stage(world, input)?;
    let kind = input.required("transitionType")?;
    let meant = match kind {
        "Inbound" => Some(stage).filter(|it| *it != StageName::Source),
        "Outbound" => world.pipeline.after(stage),
        _ => {
            let wanted = "Member must satisfy enum value set: [Inbound, Outbound]";
            return Err(Fault::constraint("transitionType", kind, wanted));
        }
    };
    meant.ok_or_else(|| {
        Fault::validation(format!(
            "Stage '{}' has no such transition.",
            world.pipeline.title(stage)
        ))
    })
}

fn set_transition(world: &mut World, stage: StageName, disabled_reason: Option<String>) {
    let now = world.now;
    if let Some(stage) = world.pipeline.stage_mut(stage) {
        stage.transition = Transition {
            enabled: disabled_reason.is_none(),
            changed_by: Some(DANA.arn()),
            changed_at: Some(now),
            disabled_reason,
        };
    }
}

fn pinned_commit(revision: &Value) -> Result<String, Fault> {
    let value = revision["revisionValue"].as_str().unwrap_or_default();
    if revision["actionName"] != StageName::Source.action() {
        return Err(Fault::validation(
            "The source revision names an action that is not a source action.",
        ));
    }
    if revision["revisionType"] != "COMMIT_ID" || !ids::is_sha(value) {
        return Err(Fault::validation("The source revision is not a commit id."));
    }
    Ok(value.to_owned())
}

fn not_stoppable(id: &str) -> Fault {
    let message = format!("The pipeline execution {id} cannot be stopped.");
    Fault::new("PipelineExecutionNotStoppableException", message)
}
