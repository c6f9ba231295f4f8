//! The world that the services show: one repository, one Slack channel, one pipeline and its builds.
//!
//! Everything that happens is a method of [`World`]; the services only translate. Time is [`World::now`]: it
//! moves when [`World::settle`] is told so, which fires what has become due in order, each at its own time.

mod access;
mod activity;
mod build;
mod build_flow;
mod check_run;
mod commit;
mod due;
mod execution;
mod history;
pub(crate) mod ids;
mod merge;
mod person;
mod pipeline;
mod pipeline_edit;
mod pipeline_flow;
mod pull_request;
mod repository;
mod slack;
mod start;
mod story;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use access::{Access, GithubToken};
pub use activity::{Activity, ActivityKind};
pub use build::{ArmedFailure, Build, BuildStatus, BulkLog, LogEvent, Phase, PhaseKind};
pub use check_run::{CheckRun, Conclusion};
pub use commit::{Commit, FileChange};
pub use due::{Due, Event};
pub use execution::{
    ActionExecution, ActionStatus, ErrorDetails, Execution, ExecutionStatus, SourceRevision,
    StopTrigger, Trigger,
};
pub use history::Comparison;
pub(crate) use person::{DANA, MARCUS, PEOPLE, PRIYA, Person, TOMAS};
pub use pipeline::{
    ExecutionMode, Pipeline, PipelineType, SourceKind, Stage, StageName, StageRun, StageStatus,
    Transition,
};
pub(crate) use pipeline_flow::{ApprovalRefusal, RetryRefusal, RollBackRefusal, StopRefusal};
pub use pull_request::{Comment, MergeMethod, PullRequest, PullState, Review, ReviewState};
pub(crate) use repository::NewCommit;
pub use repository::{AllowedMerges, Repository};
pub use slack::{Channel, Message};
pub(crate) use story::NewPull;
pub use story::Story;

use crate::{Credentials, Endpoints, Pace, Service};
use ids::Ids;

/// Everything that the services know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct World {
    /// Of the form in which it is kept.
    pub version: u32,
    /// The world's time.
    pub now: Timestamp,
    /// How far the world's clock is ahead of the system's.
    pub clock_offset: SignedDuration,
    /// How long things take.
    pub pace: Pace,
    /// What colleagues do when something is announced.
    pub story: Story,
    /// GitHub.
    pub repository: Repository,
    /// Slack.
    pub channel: Channel,
    /// CodePipeline.
    pub pipeline: Pipeline,
    /// CodeBuild and its logs, oldest first.
    pub builds: Vec<Build>,
    /// The failures that the next builds meet.
    pub armed_failures: Vec<ArmedFailure>,
    /// Services whose credentials have expired.
    pub expired: BTreeSet<Service>,
    /// Operations that the credentials do not allow.
    pub denied: BTreeSet<String>,
    /// What else is unusual about the credentials.
    #[serde(default)]
    pub access: Access,
    /// What is going to happen by itself.
    pub due: Vec<Due>,
    /// GitHub requests counted against the limit since the given hour.
    pub(crate) github_quota: (i64, u64),
    ids: Ids,
    /// What the services accept. It is no part of what is kept or shown.
    #[serde(skip)]
    pub(crate) credentials: Credentials,
    #[serde(skip)]
    endpoints: Option<Endpoints>,
}

impl World {
    pub(crate) const VERSION: u32 = 1;

    /// Moves the world's time on to `now` and fires what is due until then. Tells whether anything was.
    pub fn settle(&mut self, now: Timestamp) -> bool {
        let mut fired = false;
        while let Some(due) = self.take_due(now) {
            self.now = self.now.max(due.at);
            self.fire(due.event);
            fired = true;
        }
        self.now = self.now.max(now);
        fired
    }

    /// Base URL of the pretended GitHub, its web pages included.
    pub(crate) fn github_url(&self) -> &str {
        self.endpoints
            .as_ref()
            .map_or("http://127.0.0.1", |it| &it.github)
    }

    /// Base URL of the pretended Slack.
    pub(crate) fn slack_url(&self) -> &str {
        self.endpoints
            .as_ref()
            .map_or("http://127.0.0.1", |it| &it.slack)
    }

    pub(crate) fn listen_at(&mut self, endpoints: Endpoints) {
        self.endpoints = Some(endpoints);
    }

    fn fire(&mut self, event: Event) {
        match event {
            Event::ColleaguesOpenPulls { branch } => self.colleagues_open_pulls(&branch),
            Event::ChecksEnd { sha } => self.end_checks(&sha, Conclusion::Success),
            Event::PickUp { sha } => self.pick_up(&sha),
            Event::SourceEnds { action } => self.source_ends(&action),
            Event::ApprovalTimesOut { action } => self.approval_times_out(&action),
            Event::BuildAdvances { build } => self.build_advances(&build),
            Event::BuildLogs { build, message } => self.build_logs(&build, message),
        }
    }
}
