//! What is kept between looks, so that one look stays one call.

use std::sync::{MutexGuard, PoisonError};
use std::time::Instant;

use slipway_core::facts::{self, BuildPhase, Execution, LogLine, LogStream, Stage};
use slipway_core::ids::ExecutionId;

use super::Aws;
use super::caller::Caller;
use super::declared::Declared;
use super::runs::Run;

/// Everything that is kept. Of the details only one execution's, for no more than one is looked at closely.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) caller: Option<Caller>,
    pub(super) declared: Option<Declared>,
    pub(super) recent: Option<Recent>,
    pub(super) runs: Option<Runs>,
    pub(super) build: Option<Build>,
    pub(super) tail: Option<Tail>,
}

/// The end of the log that is read as a whole.
pub(super) struct Tail {
    pub(super) stream: LogStream,
    pub(super) lines: Vec<LogLine>,
    pub(super) read_at: Instant,
}

/// The executions as they were when the stages looked so.
pub(super) struct Recent {
    pub(super) pipeline: String,
    pub(super) stages: Vec<Stage>,
    pub(super) executions: Vec<Execution>,
    /// There are no older ones.
    pub(super) complete: bool,
    pub(super) read_at: Instant,
    /// Counts the changes of the stages and of the executions.
    pub(super) generation: u64,
}

/// The runs of one execution.
pub(super) struct Runs {
    pub(super) execution: ExecutionId,
    pub(super) runs: Vec<Run>,
    pub(super) read_at: Instant,
    pub(super) generation: Option<u64>,
}

/// A build's phases and the end of its log.
pub(super) struct Build {
    pub(super) id: String,
    pub(super) build: Option<facts::Build>,
    pub(super) phases: Vec<BuildPhase>,
    pub(super) log: Vec<LogLine>,
    /// Read after it had ended: nothing more will come.
    pub(super) complete: bool,
    pub(super) read_at: Instant,
}

impl Aws {
    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
