//! A CodeBuild build (`BatchGetBuilds`) and its log.

use std::time::{Duration, Instant};

use slipway_core::facts::{BuildPhase, LogLine, RunStatus};
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::line;

use super::convert::{at, run_status};
use super::error::AwsError;
use super::kept::Build;
use super::{Aws, log};

/// With a look every ten seconds, a running build and its log cost 360 calls an hour.
const KEPT_FOR: Duration = Duration::from_secs(12);

type PhasesAndLog = (Vec<BuildPhase>, Vec<LogLine>);

/// Phases in order, and the last lines. Who may not see them gets none: the runs alone tell how it went.
pub(super) async fn read(
    aws: &Aws,
    team: &Team,
    id: &str,
    status: RunStatus,
) -> Result<PhasesAndLog, Problem> {
    let ended = status != RunStatus::InProgress;
    if let Some(kept) = aws.kept().build.as_ref()
        && kept.id == id
        && kept.can_stay(ended, aws.frugal, Instant::now())
    {
        return Ok((kept.phases.clone(), kept.log.clone()));
    }
    let read_at = Instant::now();
    let (phases, stream) = match phases(aws, id).await {
        Err(error) if error.is_denied() => (Vec::new(), None),
        result => result.map_err(|error| error.problem("look at the build", team))?,
    };
    let log = match stream {
        Some((group, stream)) => match log::tail(aws, &group, &stream).await {
            Err(error) if error.is_denied() => Vec::new(),
            result => result.map_err(|error| error.problem("read the build's log", team))?,
        },
        None => Vec::new(),
    };
    // The log trails the build by some seconds; it is whole once it was read a while after the end.
    let complete = ended
        && phases
            .last()
            .and_then(|phase| phase.started_at)
            .is_some_and(|end| is_past(end, KEPT_FOR));
    let kept = Build {
        id: id.to_owned(),
        phases: phases.clone(),
        log: log.clone(),
        complete,
        read_at,
    };
    aws.kept().build = Some(kept);
    Ok((phases, log))
}

impl Build {
    fn can_stay(&self, ended: bool, frugal: bool, now: Instant) -> bool {
        let young = now.saturating_duration_since(self.read_at) < KEPT_FOR;
        self.complete || (frugal && !ended && young)
    }
}

pub(super) async fn phases(
    aws: &Aws,
    id: &str,
) -> Result<(Vec<BuildPhase>, Option<(String, String)>), AwsError> {
    let answer = aws.builds.batch_get_builds().ids(id).send().await;
    let answer = answer.map_err(|error| aws.error("codebuild:BatchGetBuilds", error))?;
    let Some(build) = answer.builds().first() else {
        return Ok((Vec::new(), None));
    };
    let phases = build.phases().iter().map(|it| BuildPhase {
        name: line(it.phase_type().map_or("", |it| it.as_str()), 50),
        status: it
            .phase_status()
            .map(|it| run_status(it.as_str()))
            .filter(|it| *it != RunStatus::InProgress),
        started_at: it.start_time().map(at),
        ended_at: it.end_time().map(at),
    });
    let stream = build
        .logs()
        .and_then(|it| Some((it.group_name()?.to_owned(), it.stream_name()?.to_owned())));
    Ok((phases.collect(), stream))
}

fn is_past(end: slipway_core::time::At, by: Duration) -> bool {
    let now = jiff::Timestamp::now().as_millisecond();
    let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    now.saturating_sub(end.0) > by
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_again_after_a_while_and_when_it_has_ended() {
        let read_at = Instant::now();
        let mut build = Build {
            id: String::new(),
            phases: Vec::new(),
            log: Vec::new(),
            complete: false,
            read_at,
        };
        assert!(build.can_stay(false, true, read_at));
        assert!(
            !build.can_stay(false, true, read_at + KEPT_FOR),
            "its log goes on"
        );
        assert!(
            !build.can_stay(true, true, read_at),
            "the last lines are missing"
        );
        assert!(!build.can_stay(false, false, read_at), "nobody counts");
        build.complete = true;
        assert!(build.can_stay(true, true, read_at + KEPT_FOR));
    }
}
