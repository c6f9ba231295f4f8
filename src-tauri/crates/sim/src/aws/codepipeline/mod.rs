//! CodePipeline.

mod acting;
mod history;
mod reading;

pub(crate) use reading::action_state;

use super::{Answer, Fault, Input, Operation, Output, page, time};
use crate::world::{Pipeline, StageName, World};

pub(super) fn find(name: &str) -> Option<Operation> {
    let operation: Operation = match name {
        "GetPipeline" => reading::get_pipeline,
        "GetPipelineState" => reading::get_pipeline_state,
        "ListPipelines" => reading::list_pipelines,
        "ListPipelineExecutions" => history::list_pipeline_executions,
        "GetPipelineExecution" => history::get_pipeline_execution,
        "ListActionExecutions" => history::list_action_executions,
        "PutApprovalResult" => acting::put_approval_result,
        "RetryStageExecution" => acting::retry_stage_execution,
        "StopPipelineExecution" => acting::stop_pipeline_execution,
        "StartPipelineExecution" => acting::start_pipeline_execution,
        "RollbackStage" => acting::rollback_stage,
        "EnableStageTransition" => acting::enable_stage_transition,
        "DisableStageTransition" => acting::disable_stage_transition,
        _ => return None,
    };
    Some(operation)
}

/// Says that there is no such pipeline, unless the member names ours.
fn require_pipeline(world: &World, input: &Input, member: &str) -> Result<(), Fault> {
    let name = input.required(member)?;
    let allowed = |char: char| char.is_ascii_alphanumeric() || ".@-_".contains(char);
    if name.is_empty() || name.len() > 100 || !name.chars().all(allowed) {
        let wanted = "Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+";
        return Err(Fault::constraint(member, name, wanted));
    }
    let region = world.access.aws_region.as_deref();
    let here = input.region == region.unwrap_or(Pipeline::REGION);
    let account = world.access.aws_account.as_deref();
    if name == Pipeline::NAME && here && account.is_none() {
        return Ok(());
    }
    let message = format!(
        "Account '{}' does not have a pipeline with name '{name}'",
        account.unwrap_or(Pipeline::ACCOUNT)
    );
    Err(Fault::new("PipelineNotFoundException", message))
}

fn require_stage(world: &World, input: &Input) -> Result<StageName, Fault> {
    let name = input.required("stageName")?;
    world.pipeline.named(name).ok_or_else(|| {
        let message = format!(
            "Stage '{name}' does not exist in pipeline '{}'",
            Pipeline::NAME
        );
        Fault::new("StageNotFoundException", message)
    })
}

fn require_execution_id<'a>(input: &'a Input, member: &str) -> Result<&'a str, Fault> {
    valid_id(member, input.required(member)?)
}

fn valid_id<'a>(member: &str, id: &'a str) -> Result<&'a str, Fault> {
    if is_uuid(id) {
        return Ok(id);
    }
    let wanted = "Member must satisfy regular expression pattern: \
                  [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    Err(Fault::constraint(member, id, wanted))
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length
                && part
                    .bytes()
                    .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
        })
}
