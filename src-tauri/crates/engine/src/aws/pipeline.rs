//! The pipeline now (`GetPipelineState`, which is not paged).

use aws_sdk_codepipeline::types::{ActionState as ActionJson, StageState};
use slipway_core::facts::{ActionState, Category, Pipeline, RunStatus, Stage};
use slipway_core::ids::{ApprovalToken, ExecutionId};
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::line;
use slipway_core::time::At;

use super::convert::{at, run_status};
use super::declared::Declared;
use super::{Aws, caller, declared, recent, tokens};

pub(super) async fn read(aws: &Aws, team: &Team, since: Option<At>) -> Result<Pipeline, Problem> {
    let state = async {
        let answer = aws
            .pipelines
            .get_pipeline_state()
            .name(&team.pipeline)
            .send()
            .await;
        answer.map_err(|error| {
            aws.error("codepipeline:GetPipelineState", error)
                .problem("look at the pipeline", team)
        })
    };
    let (caller, state) = tokio::try_join!(caller::read(aws, team), state)?;
    let declared = declared::read(aws, team, state.pipeline_version()).await?;
    let mut stages: Vec<Stage> = state
        .stage_states()
        .iter()
        .map(|it| stage(it, &declared))
        .collect();
    if declared.parallel {
        tokens::fill_in(aws, team, &mut stages).await?;
    }
    let executions = recent::read(aws, team, &stages, (declared.parallel, since)).await?;
    Ok(Pipeline {
        name: team.pipeline.clone(),
        region: aws.region.clone(),
        account: caller.account,
        caller_arn: caller.arn,
        console_url: if aws.console {
            console_url(&aws.region, &team.pipeline)
        } else {
            String::new()
        },
        parallel: declared.parallel,
        rolls_back: declared.rolls_back,
        stages,
        executions,
    })
}

fn stage(json: &StageState, declared: &Declared) -> Stage {
    let name = json.stage_name().unwrap_or_default();
    let latest = json.latest_execution();
    let status = latest.map(|it| run_status(it.status().as_str()));
    let running = status == Some(RunStatus::InProgress);
    let waiting = json
        .inbound_execution()
        .or_else(|| json.inbound_executions().first());
    let transition = json.inbound_transition_state();
    let disabled = transition.filter(|it| !it.enabled());
    Stage {
        name: line(name, 100),
        execution: latest.map(|it| ExecutionId(it.pipeline_execution_id().to_owned())),
        status,
        waiting: waiting.map(|it| ExecutionId(it.pipeline_execution_id().to_owned())),
        disabled: disabled.map(|it| line(it.disabled_reason().unwrap_or_default(), 300)),
        actions: json
            .action_states()
            .iter()
            .map(|it| action(it, name, running, declared))
            .collect(),
    }
}

/// An action's newest run can belong to an older execution than its stage shows, so a token counts only while the
/// stage itself is running.
fn action(json: &ActionJson, stage: &str, running: bool, declared: &Declared) -> ActionState {
    let name = json.action_name().unwrap_or_default();
    let declared_action = declared.action(stage, name);
    let latest = json.latest_execution();
    let status = latest
        .and_then(|it| it.status())
        .map(|it| run_status(it.as_str()));
    let waits = running
        && !declared.parallel
        && declared_action.category == Category::Approval
        && status == Some(RunStatus::InProgress);
    ActionState {
        name: line(name, 100),
        category: declared_action.category,
        run_order: declared_action.run_order,
        status,
        token: latest
            .filter(|_| waits)
            .and_then(|it| it.token())
            .map(ApprovalToken::from),
        changed_at: latest.and_then(|it| it.last_status_change()).map(at),
        timeout_minutes: declared_action.timeout_minutes,
    }
}

/// The pipeline's page in the console of the region's partition.
fn console_url(region: &str, pipeline: &str) -> String {
    let host = match region {
        region if region.starts_with("cn-") => format!("{region}.console.amazonaws.cn"),
        region if region.starts_with("us-gov-") => format!("{region}.console.amazonaws-us-gov.com"),
        region => format!("{region}.console.aws.amazon.com"),
    };
    let name = percent_encoding::utf8_percent_encode(pipeline, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
        .replace("%5F", "_")
        .replace("%2E", ".");
    format!("https://{host}/codesuite/codepipeline/pipelines/{name}/view?region={region}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_consoles_of_other_partitions() {
        assert_eq!(
            console_url("us-east-2", "docker-production"),
            "https://us-east-2.console.aws.amazon.com/codesuite/codepipeline/pipelines/docker-production/view?region=us-east-2"
        );
        assert!(
            console_url("cn-north-1", "a@b")
                .contains("console.amazonaws.cn/codesuite/codepipeline/pipelines/a%40b/")
        );
    }
}
