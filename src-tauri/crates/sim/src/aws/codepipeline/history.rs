use serde_json::{Value, json};

use super::{
    Answer, Fault, Input, Output, page, reading, require_execution_id, require_pipeline, time,
    valid_id,
};
use crate::world::{ActionExecution, ActionStatus, Execution, Pipeline, StageName, Trigger, World};

pub(super) fn list_pipeline_executions(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let through = input
        .text("filter.succeededInStage.stageName")
        .and_then(|name| world.pipeline.named(name));
    let executions: Vec<Value> = world
        .pipeline
        .executions
        .iter()
        .rev()
        .filter(|execution| through.is_none_or(|stage| succeeded_in(world, execution, stage)))
        .map(|it| summary(world, it))
        .collect();
    let (here, next) = page::cut(input, executions)?;
    Ok(Output::told(with_token(
        json!({"pipelineExecutionSummaries": here}),
        next,
    )))
}

pub(super) fn get_pipeline_execution(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let execution = find(world, require_execution_id(input, "pipelineExecutionId")?)?;
    let revisions: Vec<Value> = execution
        .revision
        .iter()
        .map(|it| {
            let mut revision = reading::revision(it);
            revision["name"] = json!("SourceArtifact");
            revision
        })
        .collect();
    let mut body = json!({
        "pipelineName": Pipeline::NAME, "pipelineVersion": world.pipeline.version, "pipelineExecutionId": execution.id,
        "status": execution.status, "artifactRevisions": revisions, "variables": [], "trigger": trigger(execution),
        "executionMode": world.pipeline.mode,
    });
    kind(execution, &mut body);
    if let Some(words) = &execution.status_summary {
        body["statusSummary"] = json!(words);
    }
    Ok(Output::told(json!({"pipelineExecution": body})))
}

pub(super) fn list_action_executions(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "pipelineName")?;
    let latest_in = "filter.latestInPipelineExecution.pipelineExecutionId";
    let wanted = input
        .text("filter.pipelineExecutionId")
        .or(input.text(latest_in));
    if let Some(id) = wanted {
        find(world, valid_id("filter.pipelineExecutionId", id)?)?;
    }
    let actions: Vec<Value> = world
        .pipeline
        .actions
        .iter()
        .rev()
        .filter(|it| wanted.is_none_or(|id| it.execution == id))
        .map(|it| details(world, it))
        .collect();
    let (here, next) = page::cut(input, actions)?;
    Ok(Output::told(with_token(
        json!({"actionExecutionDetails": here}),
        next,
    )))
}

pub(super) fn find<'a>(world: &'a World, id: &str) -> Result<&'a Execution, Fault> {
    world.pipeline.execution(id).ok_or_else(|| {
        let message = format!(
            "PipelineExecution '{id}' does not exist in pipeline '{}'",
            Pipeline::NAME
        );
        Fault::new("PipelineExecutionNotFoundException", message)
    })
}

fn summary(world: &World, execution: &Execution) -> Value {
    let revisions: Vec<Value> = execution
        .revision
        .iter()
        .map(|it| {
            let mut revision = reading::revision(it);
            revision["actionName"] = json!(StageName::Source.action());
            revision
        })
        .collect();
    let mut body = json!({
        "pipelineExecutionId": execution.id, "status": execution.status, "startTime": time(execution.started_at),
        "lastUpdateTime": time(execution.updated_at), "sourceRevisions": revisions, "trigger": trigger(execution),
        "executionMode": world.pipeline.mode,
    });
    kind(execution, &mut body);
    if let Some(words) = &execution.status_summary {
        body["statusSummary"] = json!(words);
    }
    if let Some(reason) = execution
        .stop
        .as_ref()
        .and_then(|stop| stop.reason.as_ref())
    {
        body["stopTrigger"] = json!({"reason": reason});
    }
    body
}

/// `executionType`, and of a roll-back what it goes back to.
fn kind(execution: &Execution, body: &mut Value) {
    match &execution.rolls_back {
        None => body["executionType"] = json!("STANDARD"),
        Some(target) => {
            body["executionType"] = json!("ROLLBACK");
            body["rollbackMetadata"] = json!({"rollbackTargetPipelineExecutionId": target});
        }
    }
}

fn trigger(execution: &Execution) -> Value {
    match &execution.trigger {
        Trigger::WebhookV2 { detail } => {
            json!({"triggerType": "WebhookV2", "triggerDetail": cut(detail, 1_024)})
        }
        Trigger::CloudWatchEvent { rule } => {
            json!({"triggerType": "CloudWatchEvent", "triggerDetail": rule})
        }
        Trigger::ManualRollback { by } => {
            json!({"triggerType": "ManualRollback", "triggerDetail": by})
        }
        Trigger::StartPipelineExecution { by } => {
            json!({"triggerType": "StartPipelineExecution", "triggerDetail": by})
        }
    }
}

fn details(world: &World, action: &ActionExecution) -> Value {
    let stage = action.stage;
    let mut result = json!({});
    if let Some(id) = &action.external_id {
        result["externalExecutionId"] = json!(id);
    }
    if let Some(url) = reading::external_url(action) {
        result["externalExecutionUrl"] = json!(url);
    }
    if let Some(error) = &action.error {
        result["errorDetails"] = reading::error_details(error);
    }
    let said = match stage {
        StageName::Source => world
            .pipeline
            .execution(&action.execution)
            .and_then(|it| it.revision.as_ref())
            .filter(|_| action.status == ActionStatus::Succeeded)
            .and_then(reading::revision_summary),
        StageName::Approval => action.summary.clone(),
        StageName::Build => action.summary.clone(),
    };
    if let Some(said) = said.or_else(|| action.error.as_ref().map(|it| it.message.clone())) {
        result["externalExecutionSummary"] = json!(cut(&said, 2_048));
    }
    let mut body = json!({
        "pipelineExecutionId": action.execution, "actionExecutionId": action.id, "pipelineVersion": world.pipeline.version,
        "stageName": action.title.as_deref().unwrap_or(stage.as_str()), "actionName": stage.action(), "startTime": time(action.started_at),
        "lastUpdateTime": time(action.updated_at), "status": action.status,
        "input": {"actionTypeId": reading::action_type(world, stage), "configuration": reading::configuration(world, stage),
            "resolvedConfiguration": reading::configuration(world, stage), "region": Pipeline::REGION,
            "inputArtifacts": []},
        "output": {"outputArtifacts": [], "executionResult": result, "outputVariables": {}},
    });
    if let Some(by) = &action.updated_by {
        body["updatedBy"] = json!(by);
    }
    body
}

fn succeeded_in(world: &World, execution: &Execution, stage: StageName) -> bool {
    let here = |it: &&ActionExecution| it.execution == execution.id && it.stage == stage;
    let last = world.pipeline.actions.iter().rev().find(here);
    last.is_some_and(|it| it.status == ActionStatus::Succeeded)
}

fn with_token(mut body: Value, next: Option<String>) -> Value {
    if let Some(next) = next {
        body["nextToken"] = json!(next);
    }
    body
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
