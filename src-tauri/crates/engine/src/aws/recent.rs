//! The newest executions (`ListPipelineExecutions`), read again only when the stages show a change.

use std::time::Duration;

use aws_sdk_codepipeline::types::PipelineExecutionSummary;
use slipway_core::facts::{Execution, RunStatus, Stage};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::time::At;

use super::Aws;
use super::convert::{at, execution_status, revision};
use super::kept::Recent;

/// The most that one call gives.
const NEWEST: i32 = 100;
/// More than that many pages are more than a release can be waiting for.
const PAGES: usize = 20;
/// While something moves the list is not older than this, whatever the stages show.
const KEPT_FOR: Duration = Duration::from_secs(300);

/// The newest, or as many as it takes to get back to `since`.
pub(super) async fn read(
    aws: &Aws,
    team: &Team,
    stages: &[Stage],
    (parallel, since): (bool, Option<At>),
) -> Result<Vec<Execution>, Problem> {
    if let Some(kept) = &aws.kept().recent
        && kept.pipeline == team.pipeline
        && kept.stages == stages
        && !parallel
        && (kept.is_at_rest() || aws.now().saturating_duration_since(kept.read_at) < KEPT_FOR)
        && kept.agrees()
        && kept.reaches_back_to(since)
    {
        return Ok(kept.executions.clone());
    }
    let read_at = aws.now();
    let mut executions: Vec<Execution> = Vec::new();
    let mut next = None;
    for _ in 0..PAGES {
        let call = aws
            .pipelines
            .list_pipeline_executions()
            .pipeline_name(&team.pipeline)
            .max_results(NEWEST)
            .set_next_token(next);
        let answer = call.send().await.map_err(|error| {
            aws.error("codepipeline:ListPipelineExecutions", error)
                .problem("look at the pipeline's executions", team)
        })?;
        let page = answer.pipeline_execution_summaries();
        executions.extend(page.iter().map(execution));
        next = answer.next_token().map(ToOwned::to_owned);
        if next.is_none() || reach_back_to(&executions, since) {
            break;
        }
    }
    let complete = next.is_none();
    let mut kept = aws.kept();
    let generation = kept.recent.as_ref().map_or(0, |before| {
        // The stages can be ahead of the list, and the list of what else was read: any change makes the rest old.
        let same = before.pipeline == team.pipeline
            && before.stages == stages
            && before.executions == executions;
        before.generation + u64::from(!same)
    });
    kept.recent = Some(Recent {
        pipeline: team.pipeline.clone(),
        stages: stages.to_vec(),
        executions: executions.clone(),
        complete,
        read_at,
        generation,
    });
    Ok(executions)
}

fn execution(json: &PipelineExecutionSummary) -> Execution {
    Execution {
        id: ExecutionId(json.pipeline_execution_id().unwrap_or_default().to_owned()),
        status: execution_status(json.status().map_or("", |it| it.as_str())),
        started_at: json.start_time().map_or(At(0), at),
        updated_at: json
            .last_update_time()
            .or(json.start_time())
            .map_or(At(0), at),
        revisions: json
            .source_revisions()
            .iter()
            .map(|it| revision(it.action_name(), it.revision_id(), it.revision_summary()))
            .collect(),
        rolls_back: json
            .execution_type()
            .filter(|it| it.as_str() == "ROLLBACK")
            .map(|_| {
                let target = json.rollback_metadata();
                let target = target.and_then(|it| it.rollback_target_pipeline_execution_id());
                ExecutionId(target.unwrap_or_default().to_owned())
            }),
    }
}

/// They come newest first.
fn reach_back_to(executions: &[Execution], since: Option<At>) -> bool {
    let oldest = executions.last();
    since.is_none_or(|since| oldest.is_some_and(|it| it.started_at < since))
}

impl Recent {
    fn reaches_back_to(&self, since: Option<At>) -> bool {
        self.complete || reach_back_to(&self.executions, since)
    }

    fn moving_stages(&self) -> bool {
        self.stages
            .iter()
            .any(|stage| stage.status == Some(RunStatus::InProgress) || stage.waiting.is_some())
    }

    fn moving_executions(&self) -> bool {
        self.executions.iter().any(|it| it.status.moves())
    }

    fn is_at_rest(&self) -> bool {
        !self.moving_stages() && !self.moving_executions()
    }

    /// The list was read right at a change when only one of both was moving, and is read once more. An execution
    /// between two stages looks so, too, for a moment, and so does a stopped one.
    fn agrees(&self) -> bool {
        self.moving_stages() == self.moving_executions()
    }
}
