//! What was seen in the outside systems. Each source carries its own error and age, so that one dead service does not
//! blind the others. Facts hold no opinion: what they mean is decided in [`crate::rules`].

mod look;
mod outgoing;
mod pipeline;
mod pull;
mod repository;
mod slack;
mod source;

pub use look::{Failing, Look, Seen};
pub use outgoing::{ChangedFile, Outgoing};
pub use pipeline::{
    ActionRun, ActionState, Build, BuildPhase, BuildStatus, Category, ErrorDetails, Execution,
    ExecutionDetail, ExecutionStatus, LogLine, LogStream, Pipeline, Revision, RunStatus, Stage,
};
pub use pull::{Checks, MergeMethod, Mergeability, Pull, PullState, Review, Verdict};
pub use repository::{Account, BranchHead, Commit, MergedRelease, Repository};
pub use slack::{Channel, Message, Workspace};
pub use source::{BranchSeen, Comparison, Landed, Lineage, Relation, Source};

/// Everything that is known about the outside systems for one release (or for none, on the start screen).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The repository as a whole: who we are there, the base branch, release branches.
    pub repository: Look<Repository>,
    /// This release's branch and pull requests. Never looked at while there is no release.
    pub source: Look<Source>,
    /// The Slack workspace and channel.
    pub workspace: Look<Workspace>,
    /// This release's message in the channel; `None` inside when the channel was searched and holds none.
    pub announcement: Look<Option<Message>>,
    /// The pipeline with its stages and recent executions.
    pub pipeline: Look<Pipeline>,
    /// The execution that carries this release, in detail; `None` inside when there is none yet.
    pub execution: Look<Option<ExecutionDetail>>,
}

impl Facts {
    /// What of them names people and pages, and nothing that shows how anything stands: for what is over.
    #[must_use]
    pub fn names(&self) -> Self {
        let mut pipeline = self.pipeline.clone();
        if let Some(seen) = &mut pipeline.last {
            seen.value.stages.clear();
            seen.value.executions.clear();
        }
        Self {
            repository: self.repository.clone(),
            pipeline,
            ..Self::default()
        }
    }
}
