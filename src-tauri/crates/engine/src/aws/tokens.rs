//! Approval tokens of a `PARALLEL` pipeline: the state has none, the approval's run names it as its external id
//! (`PutApprovalResult`, `token`).

use slipway_core::facts::{ActionRun, ActionState, Category, RunStatus, Stage};
use slipway_core::ids::ApprovalToken;
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;

use super::runs::Run;
use super::{Aws, runs};

pub(super) async fn fill_in(aws: &Aws, team: &Team, stages: &mut [Stage]) -> Result<(), Problem> {
    for stage in stages {
        if stage.status != Some(RunStatus::InProgress) || !stage.actions.iter().any(waits) {
            continue;
        }
        let Some(execution) = &stage.execution else {
            continue;
        };
        match runs::read(aws, team, execution).await {
            Ok(runs) => take(stage, &runs),
            // The rest of the pipeline is seen all the same.
            Err(problem) if problem.code == Code::Forbidden => return Ok(()),
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// Apart from what waits for AWS, so that the whole look may change threads.
fn take(stage: &mut Stage, runs: &[Run]) {
    for action in stage.actions.iter_mut().filter(|action| waits(action)) {
        let is_its = |run: &&ActionRun| {
            run.stage == stage.name
                && run.action == action.name
                && run.category == Category::Approval
                && run.status == RunStatus::InProgress
        };
        let run = runs.iter().rev().map(|it| &it.run).find(is_its);
        let token = run.and_then(|run| run.external_id.as_deref());
        action.token = token.map(ApprovalToken::from);
    }
}

fn waits(action: &ActionState) -> bool {
    action.category == Category::Approval && action.status == Some(RunStatus::InProgress)
}
