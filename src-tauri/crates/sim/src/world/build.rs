use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A CodeBuild build of the project `docker-production`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Build {
    /// `docker-production:` and a UUID.
    pub id: String,
    /// Its number in the project.
    pub number: u64,
    /// The action execution that started it.
    pub action: String,
    /// The commit that it builds.
    pub source_version: String,
    /// How it fares.
    pub status: BuildStatus,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Its phases so far; the last one may be under way.
    pub phases: Vec<Phase>,
    /// What it logged so far, without what is made up when it is asked for.
    pub log: Vec<LogEvent>,
    /// Lines that are made up when they are asked for.
    #[serde(default)]
    pub bulk: Option<BulkLog>,
    /// Whether pages without a line come in between, as they may
    /// (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>).
    #[serde(default)]
    pub gaps: bool,
    /// Counts how often the tokens given out for its log have grown too old.
    #[serde(default)]
    pub token_age: u32,
    /// Whether its log was deleted.
    #[serde(default)]
    pub log_deleted: bool,
    /// The failure that it is going to meet.
    pub fate: Option<ArmedFailure>,
    /// Whether that is told in the action's summary alone.
    #[serde(default)]
    pub in_summary: bool,
    /// The code that the action's error details are going to have.
    #[serde(default)]
    pub error_code: Option<String>,
}

/// A build's status, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BuildStatus {
    /// Under way.
    InProgress,
    /// Through.
    Succeeded,
    /// Failed.
    Failed,
    /// CodeBuild itself failed.
    Fault,
    /// Took too long.
    TimedOut,
    /// Somebody stopped it.
    Stopped,
}

/// One phase of a build.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phase {
    /// Which.
    pub kind: PhaseKind,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it failed: code and message.
    pub failure: Option<(String, String)>,
}

/// The phases, in AWS's words and order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "AWS's own words")]
pub enum PhaseKind {
    Submitted,
    Queued,
    Provisioning,
    DownloadSource,
    Install,
    PreBuild,
    Build,
    PostBuild,
    UploadArtifacts,
    Finalizing,
    Completed,
}

/// One line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEvent {
    /// When it was said.
    pub at: Timestamp,
    /// What was said.
    pub message: String,
}

/// So many lines that nobody has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLog {
    /// How many lines were logged before them.
    pub after: usize,
    /// How many they are, each of [`BulkLog::LENGTH`] bytes.
    pub lines: usize,
}

impl BulkLog {
    /// The bytes of one line.
    pub const LENGTH: usize = 100;

    /// Stands in every thousandth line, and in the last.
    pub const NEEDLE: &str = "warning: Needle";

    fn line(self, number: usize) -> String {
        let says = if number % 1_000 == 999 || number + 1 == self.lines {
            BulkLog::NEEDLE
        } else {
            "compiling unit"
        };
        // Nothing that repeats from line to line, as little as in a real log.
        let mark = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!(
            "{:.<width$}",
            format!(
                "#12 {number}.{:03} {says} {mark:016x}{:016x}",
                number % 997,
                mark.rotate_left(23)
            ),
            width = BulkLog::LENGTH
        )
    }
}

/// A failure that waits for a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmedFailure {
    /// The phase that fails; absent means that the build cannot even be started.
    pub phase: Option<PhaseKind>,
    /// The phase's status code.
    pub code: String,
    /// The message, as CodeBuild words it.
    pub message: String,
    /// How the build ends.
    #[serde(default = "failed")]
    pub ends: BuildStatus,
    /// CodePipeline tells it in the action's summary, without error details, as it did of old.
    #[serde(default)]
    pub in_summary: bool,
    /// What the command that failed said last.
    #[serde(default)]
    pub log: Vec<String>,
    /// The code of the action's error details; absent means `JobFailed`.
    #[serde(default)]
    pub error_code: Option<String>,
    /// How many builds it still meets.
    pub times: u32,
}

impl Build {
    /// The CodeBuild project.
    pub const PROJECT: &str = "docker-production";

    /// The part of the id after the colon, which also names the log stream.
    pub fn stream(&self) -> &str {
        self.id
            .split_once(':')
            .map_or(self.id.as_str(), |(_, uuid)| uuid)
    }

    /// How many lines it logged so far.
    pub fn logged(&self) -> usize {
        self.log.len() + self.bulk.map_or(0, |bulk| bulk.lines)
    }

    /// One line of its log, counted from 0.
    pub fn logged_at(&self, number: usize) -> Option<LogEvent> {
        let Some(bulk) = self.bulk.filter(|bulk| number >= bulk.after) else {
            return self.log.get(number).cloned();
        };
        let own = number - bulk.after;
        if own >= bulk.lines {
            return self.log.get(number - bulk.lines).cloned();
        }
        let at = bulk
            .after
            .checked_sub(1)
            .and_then(|last| Some(self.log.get(last)?.at));
        Some(LogEvent {
            at: at.unwrap_or(self.started_at),
            message: bulk.line(own),
        })
    }

    /// The phase that runs, or `COMPLETED`.
    pub fn current_phase(&self) -> PhaseKind {
        self.phases
            .last()
            .map_or(PhaseKind::Submitted, |phase| phase.kind)
    }
}

fn failed() -> BuildStatus {
    BuildStatus::Failed
}

impl PhaseKind {
    const ORDER: [PhaseKind; 11] = [
        PhaseKind::Submitted,
        PhaseKind::Queued,
        PhaseKind::Provisioning,
        PhaseKind::DownloadSource,
        PhaseKind::Install,
        PhaseKind::PreBuild,
        PhaseKind::Build,
        PhaseKind::PostBuild,
        PhaseKind::UploadArtifacts,
        PhaseKind::Finalizing,
        PhaseKind::Completed,
    ];

    pub(crate) fn next(self) -> PhaseKind {
        PhaseKind::ORDER
            .into_iter()
            .find(|phase| *phase > self)
            .unwrap_or(PhaseKind::Completed)
    }
}
