//! What is so in the pretended world, by its own books.

use slipway_core::ids::ReleaseId;
use slipway_sim::world::{
    ActionStatus, ActivityKind, Execution, ExecutionStatus, StageName, World,
};

use super::seen::github;

/// What is so of one release.
pub(super) struct Truth<'a> {
    pub(super) world: &'a World,
    pub(super) release: &'a ReleaseId,
}

impl<'a> Truth<'a> {
    /// Its branch was made at some time.
    pub(super) fn had_branch(&self) -> bool {
        let reference = format!("refs/heads/{}", self.release);
        let mut made = self.world.repository.activities.iter();
        made.any(|it| it.kind == ActivityKind::BranchCreation && it.reference == reference)
    }

    /// It was merged into base.
    pub(super) fn landed(&self) -> bool {
        !github::landed(self.world, self.release).is_empty()
    }

    /// The approval of an execution that carries it was given.
    pub(super) fn approved(&self) -> bool {
        let given = |execution: &Execution| {
            let mut actions = self.world.pipeline.actions.iter();
            actions.any(|action| {
                action.execution == execution.id
                    && action.stage == StageName::Approval
                    && action.status == ActionStatus::Succeeded
            })
        };
        self.carriers().any(given)
    }

    /// An execution that carries it ended well.
    pub(super) fn built(&self) -> bool {
        self.carriers()
            .any(|it| it.status == ExecutionStatus::Succeeded)
    }

    /// That execution carries it.
    pub(super) fn is_carried_by(&self, id: &str) -> bool {
        self.carriers().any(|it| it.id == id)
    }

    /// The executions of a commit that holds its merge: they fetched it after that, whenever they were started.
    fn carriers(&self) -> impl Iterator<Item = &'a Execution> {
        let landed = github::landed(self.world, self.release);
        let repository = &self.world.repository;
        self.world.pipeline.executions.iter().filter(move |it| {
            let Some(revision) = it.revision.as_ref().filter(|_| it.rolls_back.is_none()) else {
                return false;
            };
            let mut landed = landed.iter();
            landed.any(|sha| repository.contains(&revision.sha, sha))
        })
    }
}
