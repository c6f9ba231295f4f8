//! A CodeBuild build (`BatchGetBuilds`) and its log.

use std::time::{Duration, Instant};

use aws_sdk_codebuild::types::BuildPhase as Phase;
use slipway_core::facts::{self, BuildPhase, BuildStatus, LogLine, LogStream, RunStatus};
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::{cut, line};

use super::convert::{at, run_status};
use super::error::AwsError;
use super::kept::Build;
use super::{Aws, log};

/// The log trails its build by no more than this.
const TRAILS: Duration = Duration::from_secs(12);

/// Of what a phase says of its failure.
const MESSAGE: usize = 2_000;

/// A build, its phases in order, and the last lines of its log.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) build: Option<facts::Build>,
    pub(super) phases: Vec<BuildPhase>,
    pub(super) log: Vec<LogLine>,
}

/// What CodeBuild tells of a build: the build and its phases.
type Told = (Option<facts::Build>, Vec<BuildPhase>);

/// A build closely. Who may not see it gets none: the runs alone tell how it went.
pub(super) async fn read(
    aws: &Aws,
    team: &Team,
    (id, status): (&str, RunStatus),
    kept_for: Duration,
) -> Result<Reading, Problem> {
    let ended = status != RunStatus::InProgress;
    if let Some(kept) = aws.kept().build.as_ref()
        && kept.id == id
        && kept.can_stay(ended, aws.frugal, (aws.now(), kept_for))
    {
        return Ok(Reading {
            build: kept.build.clone(),
            phases: kept.phases.clone(),
            log: kept.log.clone(),
        });
    }
    let read_at = aws.now();
    let (build, phases) = match told(aws, id).await {
        Err(error) if error.is_denied() => (None, Vec::new()),
        result => result.map_err(|error| error.problem("look at the build", team))?,
    };
    let stream = build.as_ref().and_then(|it| it.stream.as_ref());
    let read = stream.filter(|_| aws.frugal && !ended);
    let log = match (read.and_then(|it| aws.tail_read_lately(it)), stream) {
        (Some(lines), _) => lines,
        (None, Some(stream)) => match log::tail(aws, stream).await {
            Err(error) if error.is_denied() => Vec::new(),
            result => result.map_err(|error| error.problem("read the build's log", team))?,
        },
        (None, None) => Vec::new(),
    };
    // The log trails the build by some seconds; it is whole once it was read a while after the end.
    let complete = ended
        && phases
            .last()
            .and_then(|phase| phase.started_at)
            .is_some_and(|end| is_past(end, TRAILS));
    let kept = Build {
        id: id.to_owned(),
        build: build.clone(),
        phases: phases.clone(),
        log: log.clone(),
        complete,
        read_at,
    };
    aws.kept().build = Some(kept);
    Ok(Reading { build, phases, log })
}

impl Build {
    fn can_stay(&self, ended: bool, frugal: bool, (now, kept_for): (Instant, Duration)) -> bool {
        let young = now.saturating_duration_since(self.read_at) < kept_for;
        self.complete || (frugal && !ended && young)
    }
}

pub(super) async fn told(aws: &Aws, id: &str) -> Result<Told, AwsError> {
    let answer = aws.builds.batch_get_builds().ids(id).send().await;
    let answer = answer.map_err(|error| aws.error("codebuild:BatchGetBuilds", error))?;
    let Some(build) = answer.builds().first() else {
        return Ok((None, Vec::new()));
    };
    let status = build.build_status().map(|it| it.as_str());
    let stream = build.logs().and_then(|it| {
        Some(LogStream {
            group: it.group_name()?.to_owned(),
            name: it.stream_name()?.to_owned(),
        })
    });
    let seen = status
        .and_then(BuildStatus::parse)
        .map(|status| facts::Build {
            id: id.to_owned(),
            status,
            stream,
        });
    let phases = build.phases().iter().map(phase);
    Ok((seen, phases.collect()))
}

fn phase(json: &Phase) -> BuildPhase {
    let context = json.contexts().iter().find(|it| {
        let said = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
        said(it.status_code()) || said(it.message())
    });
    BuildPhase {
        name: line(json.phase_type().map_or("", |it| it.as_str()), 50),
        status: json
            .phase_status()
            .map(|it| run_status(it.as_str()))
            .filter(|it| *it != RunStatus::InProgress),
        code: line(
            context.and_then(|it| it.status_code()).unwrap_or_default(),
            100,
        ),
        message: cut(
            context.and_then(|it| it.message()).unwrap_or_default(),
            MESSAGE,
        ),
        started_at: json.start_time().map(at),
        ended_at: json.end_time().map(at),
    }
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
            build: None,
            phases: Vec::new(),
            log: Vec::new(),
            complete: false,
            read_at,
        };
        let kept_for = Duration::from_secs(15);
        let (early, late) = ((read_at, kept_for), (read_at + kept_for, kept_for));
        assert!(build.can_stay(false, true, early));
        assert!(!build.can_stay(false, true, late), "its log goes on");
        assert!(
            !build.can_stay(true, true, early),
            "the last lines are missing"
        );
        assert!(!build.can_stay(false, false, early), "nobody counts");
        build.complete = true;
        assert!(build.can_stay(true, true, late));
    }
}
