//! A text for whoever helps.

use crate::facts::ActionRun;
use crate::rules::Course;
use crate::text::line;
use crate::view::Failure;
use jiff::Timestamp;

/// Everything that somebody in front of the AWS console asks for. Nothing of the log, and what looks like a secret in
/// AWS's words is masked: a command line may hold one.
pub(super) fn text(course: &Course<'_>, run: Option<&ActionRun>, failure: &Failure) -> String {
    let (Some(run), Some(ours)) = (run, course.execution()) else {
        return String::new();
    };
    let mut lines = vec![
        format!("{}: {}", course.release.id, failure.what),
        format!(
            "Pipeline {}, stage {}, action {}",
            course.team.pipeline, run.stage, run.action
        ),
        format!("Execution {}", ours.id),
        format!("Action execution {}", line(&run.id, 100)),
    ];
    let commits = ours.revisions.iter().filter_map(|it| it.sha.as_ref());
    lines.extend(commits.map(|commit| format!("Commit {commit}")));
    lines.extend(
        run.external_id
            .as_deref()
            .map(|id| format!("Build {}", line(id, 300))),
    );
    let at = Timestamp::from_millisecond(run.updated_at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    lines.push(format!(
        "Failed at {}",
        at.strftime("%Y-%m-%d %H:%M:%S UTC")
    ));
    if !failure.raw.is_empty() {
        lines.push(String::new());
        lines.push("In AWS's words:".to_owned());
        lines.push(failure.raw.clone());
    }
    lines.join("\n")
}
