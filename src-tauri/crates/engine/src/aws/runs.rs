//! What ran in an execution (`ListActionExecutions`).

use aws_sdk_codepipeline::types::{ActionExecutionDetail, ActionExecutionFilter};
use slipway_core::facts::{ActionRun, Category, ErrorDetails, RunStatus};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::{cut, line};
use slipway_core::time::At;

use super::Aws;
use super::convert::{at, category, run_status};

const AT_A_TIME: i32 = 100;
const PAGES: usize = 50;
/// The service's own limit.
const MESSAGE: usize = 5_000;

/// A run, and who provides it.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) run: ActionRun,
    pub(super) provider: String,
}

/// All runs of an execution, oldest first.
pub(super) async fn read(aws: &Aws, team: &Team, id: &ExecutionId) -> Result<Vec<Run>, Problem> {
    let filter = ActionExecutionFilter::builder()
        .pipeline_execution_id(id.as_str())
        .build();
    let mut runs = Vec::new();
    let mut next = None;
    for _ in 0..PAGES {
        let call = aws
            .pipelines
            .list_action_executions()
            .pipeline_name(&team.pipeline)
            .filter(filter.clone());
        let answer = call
            .max_results(AT_A_TIME)
            .set_next_token(next)
            .send()
            .await
            .map_err(|error| {
                aws.error("codepipeline:ListActionExecutions", error)
                    .problem("look at what ran in the pipeline", team)
            })?;
        runs.extend(answer.action_execution_details().iter().map(run));
        next = answer.next_token().map(ToOwned::to_owned);
        if next.is_none() {
            break;
        }
    }
    // Newest first as they come; the sort is stable, so what started at the same moment keeps its order.
    runs.reverse();
    runs.sort_by_key(|it: &Run| it.run.started_at);
    Ok(runs)
}

fn run(json: &ActionExecutionDetail) -> Run {
    let kind = json.input().and_then(|input| input.action_type_id());
    let result = json.output().and_then(|output| output.execution_result());
    let error = result.and_then(|result| result.error_details());
    let started_at = json.start_time().map_or(At(0), at);
    let run = ActionRun {
        id: json.action_execution_id().unwrap_or_default().to_owned(),
        stage: line(json.stage_name().unwrap_or_default(), 100),
        action: line(json.action_name().unwrap_or_default(), 100),
        category: kind.map_or(Category::Deploy, |kind| category(kind.category().as_str())),
        status: json
            .status()
            .map_or(RunStatus::Other, |status| run_status(status.as_str())),
        started_at,
        updated_at: json.last_update_time().map_or(started_at, at),
        updated_by: json
            .updated_by()
            .map(|by| line(by, 300))
            .filter(|by| !by.is_empty()),
        summary: cut(
            result
                .and_then(|it| it.external_execution_summary())
                .unwrap_or_default(),
            2_048,
        ),
        external_id: result
            .and_then(|it| it.external_execution_id())
            .map(|id| line(id, 500)),
        external_url: result
            .and_then(|it| it.external_execution_url())
            .map(|url| line(url, 2_048)),
        error: error.map(|it| ErrorDetails {
            code: line(it.code().unwrap_or_default(), 100),
            message: cut(it.message().unwrap_or_default(), MESSAGE),
        }),
    };
    Run {
        run,
        provider: kind.map_or("", |kind| kind.provider()).to_owned(),
    }
}
