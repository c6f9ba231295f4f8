//! Approval tokens of a `PARALLEL` pipeline: the state has none, the approval's run names it as its external id
//! (`PutApprovalResult`, `token`).

use slipway_core::facts::{Category, RunStatus, Stage};
use slipway_core::ids::ApprovalToken;
use slipway_core::problem::Problem;
use slipway_core::team::Team;

use super::{Aws, runs};

pub(super) async fn fill_in(aws: &Aws, team: &Team, stages: &mut [Stage]) -> Result<(), Problem> {
    for stage in stages
        .iter_mut()
        .filter(|stage| stage.status == Some(RunStatus::InProgress))
    {
        let waits =
            |category, status| category == Category::Approval && status == RunStatus::InProgress;
        let open = stage
            .actions
            .iter_mut()
            .filter(|it| it.status.is_some_and(|status| waits(it.category, status)));
        let mut open = open.peekable();
        let (Some(execution), true) = (&stage.execution, open.peek().is_some()) else {
            continue;
        };
        let runs = runs::read(aws, team, execution).await?;
        for action in open {
            let run = runs.iter().rev().map(|it| &it.run).find(|run| {
                run.stage == stage.name
                    && run.action == action.name
                    && waits(run.category, run.status)
            });
            action.token = run
                .and_then(|run| run.external_id.as_deref())
                .map(ApprovalToken::from);
        }
    }
    Ok(())
}
