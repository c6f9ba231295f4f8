//! AWS values as facts. Enumerations are read by their text, because a service may add values.

use aws_sdk_codepipeline::primitives::DateTime;
use serde::Deserialize;
use slipway_core::facts::{Category, ExecutionStatus, Revision, RunStatus};
use slipway_core::ids::Sha;
use slipway_core::text::line;
use slipway_core::time::At;

const SUMMARY: usize = 200;

/// Milliseconds, rounded: AWS sends float seconds.
pub(super) fn at(time: &DateTime) -> At {
    let rounded = i64::from(time.subsec_nanos()).saturating_add(500_000) / 1_000_000;
    At(time.secs().saturating_mul(1000).saturating_add(rounded))
}

/// `StageExecutionStatus`, `ActionExecutionStatus`, and CodeBuild's `StatusType`.
pub(super) fn run_status(text: &str) -> RunStatus {
    match text {
        "InProgress" | "IN_PROGRESS" => RunStatus::InProgress,
        "Succeeded" | "SUCCEEDED" => RunStatus::Succeeded,
        "Failed" | "FAILED" | "FAULT" | "TIMED_OUT" => RunStatus::Failed,
        "Stopped" | "Stopping" | "Abandoned" | "STOPPED" => RunStatus::Stopped,
        "Cancelled" => RunStatus::Cancelled,
        "Skipped" => RunStatus::Skipped,
        _ => RunStatus::Other,
    }
}

/// `PipelineExecutionStatus`.
pub(super) fn execution_status(text: &str) -> ExecutionStatus {
    match text {
        "InProgress" => ExecutionStatus::InProgress,
        "Succeeded" => ExecutionStatus::Succeeded,
        "Failed" => ExecutionStatus::Failed,
        "Stopping" => ExecutionStatus::Stopping,
        "Stopped" => ExecutionStatus::Stopped,
        "Superseded" => ExecutionStatus::Superseded,
        "Cancelled" => ExecutionStatus::Cancelled,
        _ => ExecutionStatus::Other,
    }
}

/// `ActionCategory`.
pub(super) fn category(text: &str) -> Category {
    match text {
        "Source" => Category::Source,
        "Approval" => Category::Approval,
        "Build" | "Test" | "Compute" => Category::Work,
        _ => Category::Deploy,
    }
}

/// A source revision. A connection's summary is JSON with the commit message; an image digest or an S3 version is no
/// commit.
pub(super) fn revision(action: &str, id: Option<&str>, summary: Option<&str>) -> Revision {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Summary {
        commit_message: String,
    }
    let id = id.unwrap_or_default();
    let is_commit = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let raw = summary.unwrap_or_default();
    let message = serde_json::from_str::<Summary>(raw).map(|it| it.commit_message);
    Revision {
        action: line(action, 100),
        sha: is_commit.then(|| Sha(id.to_ascii_lowercase())),
        summary: line(message.as_deref().unwrap_or(raw), SUMMARY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_revision_by_what_it_is() {
        let sha = "4F2C91A000000000000000000000000000000000";
        let summary =
            r#"{"ProviderType":"GitHub","CommitMessage":"Release 3 pull requests\n\nmore"}"#;
        let commit = revision("Source", Some(sha), Some(summary));
        assert_eq!(commit.sha, Some(Sha(sha.to_ascii_lowercase())));
        assert_eq!(commit.summary, "Release 3 pull requests");

        let image = revision("Image", Some("sha256:4f2c"), Some("latest"));
        assert_eq!((image.sha, image.summary.as_str()), (None, "latest"));
    }

    #[test]
    fn rounds_float_seconds_to_milliseconds() {
        assert_eq!(
            at(&DateTime::from_secs_and_nanos(37, 203_999_000)),
            At(37_204)
        );
    }
}
