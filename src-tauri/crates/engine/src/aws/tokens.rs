//! Approval tokens of a `PARALLEL` pipeline: the state has none, the approval's run names it as its external id
//! (`PutApprovalResult`, `token`).

use slipway_core::facts::{ActionState, Category, RunStatus, Stage};
use slipway_core::ids::ApprovalToken;
use slipway_core::problem::Problem;
use slipway_core::team::Team;

use super::{Aws, runs};

pub(super) async fn fill_in(aws: &Aws, team: &Team, stages: &mut [Stage]) -> Result<(), Problem> {
    for stage in stages {
        let execution = stage.execution.clone().filter(|_| {
            stage.status == Some(RunStatus::InProgress) && stage.actions.iter().any(waits)
        });
        let Some(execution) = execution else { continue };
        let runs = runs::read(aws, team, &execution).await?;
        let name = &stage.name;
        for action in stage.actions.iter_mut() {
            if !waits(action) {
                continue;
            }
            let run = runs.iter().rev().map(|it| &it.run).find(|run| {
                run.stage == *name
                    && run.action == action.name
                    && run.category == Category::Approval
                    && run.status == RunStatus::InProgress
            });
            action.token = run
                .and_then(|run| run.external_id.as_deref())
                .map(ApprovalToken::from);
        }
    }
    Ok(())
}

/// An approval that waits for an answer.
fn waits(action: &ActionState) -> bool {
    action.category == Category::Approval && action.status == Some(RunStatus::InProgress)
}
