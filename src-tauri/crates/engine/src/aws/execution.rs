//! One execution in detail.

use std::time::{Duration, Instant};

use slipway_core::facts::{ActionRun, Category, Execution, ExecutionDetail, RunStatus};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::Problem;
use slipway_core::rules::Closeness;
use slipway_core::team::Team;
use slipway_core::time::At;

use super::convert::{execution_status, revision};
use super::kept::Runs;
use super::runs::{self, Run};
use super::{Aws, build};

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}

pub(super) async fn read(
    aws: &Aws,
    team: &Team,
    id: &ExecutionId,
    closeness: Closeness,
) -> Result<ExecutionDetail, Problem> {
    let runs = runs_of(aws, team, id, seconds(closeness.runs)).await?;
    let newest = telling(&runs);
    let build = async {
        match newest.and_then(|it| Some((it.run.external_id.as_deref()?, it.run.status))) {
            Some((id, status)) => {
                build::read(aws, team, (id, status), seconds(closeness.build)).await
            }
            None => Ok(build::Reading::default()),
        }
    };
    let (execution, build) = tokio::try_join!(execution(aws, team, id, &runs), build)?;
    Ok(ExecutionDetail {
        execution,
        runs: runs.into_iter().map(|it| it.run).collect(),
        build: build.build,
        phases: build.phases,
        log: build.log,
    })
}

/// The run whose build tells most: of those that are the newest of their action one that failed, else the newest.
fn telling(runs: &[Run]) -> Option<&Run> {
    let place = |it: &Run| (it.run.stage.clone(), it.run.action.clone());
    let is_newest = |it: &&Run| {
        let later =
            |other: &Run| place(other) == place(it) && other.run.started_at > it.run.started_at;
        !runs.iter().any(later)
    };
    let builds = runs.iter().filter(|it| it.provider == "CodeBuild");
    builds
        .filter(|it| it.run.external_id.is_some())
        .filter(is_newest)
        .max_by_key(|it| (it.run.status == RunStatus::Failed, it.run.started_at))
}

/// The runs, read again when the stages changed since, or when a build has no id yet.
async fn runs_of(
    aws: &Aws,
    team: &Team,
    id: &ExecutionId,
    kept_for: Duration,
) -> Result<Vec<Run>, Problem> {
    let generation = {
        let kept = aws.kept();
        let generation = kept
            .recent
            .as_ref()
            .filter(|it| it.pipeline == team.pipeline)
            .map(|it| it.generation);
        let runs = kept
            .runs
            .as_ref()
            .filter(|it| it.execution == *id && it.generation == generation);
        let young = |it: &Runs| it.can_stay(aws.now(), kept_for);
        if let Some(runs) = runs.filter(|it| aws.frugal && generation.is_some() && young(it)) {
            return Ok(runs.runs.clone());
        }
        generation
    };
    let read_at = aws.now();
    let runs = runs::read(aws, team, id).await?;
    aws.kept().runs = Some(Runs {
        execution: id.clone(),
        runs: runs.clone(),
        read_at,
        generation,
    });
    Ok(runs)
}

impl Runs {
    fn can_stay(&self, now: Instant, kept_for: Duration) -> bool {
        let nameless = |run: &ActionRun| {
            matches!(run.category, Category::Work | Category::Deploy)
                && run.status == RunStatus::InProgress
                && run.external_id.is_none()
        };
        now.saturating_duration_since(self.read_at) < kept_for
            && !self.runs.iter().any(|it| nameless(&it.run))
    }
}

/// The execution out of the list of recent ones, or by itself when it is older (`GetPipelineExecution`, which has no
/// times: they are those of its runs).
async fn execution(
    aws: &Aws,
    team: &Team,
    id: &ExecutionId,
    runs: &[Run],
) -> Result<Execution, Problem> {
    let listed = {
        let kept = aws.kept();
        let recent = kept
            .recent
            .as_ref()
            .filter(|it| it.pipeline == team.pipeline);
        recent.and_then(|it| it.executions.iter().find(|it| it.id == *id).cloned())
    };
    if let Some(listed) = listed {
        return Ok(listed);
    }
    let call = aws
        .pipelines
        .get_pipeline_execution()
        .pipeline_name(&team.pipeline)
        .pipeline_execution_id(id.as_str());
    let answer = call.send().await.map_err(|error| {
        aws.error("codepipeline:GetPipelineExecution", error)
            .problem("look at the execution", team)
    })?;
    let json = answer.pipeline_execution();
    let revisions = json.map(|it| it.artifact_revisions()).unwrap_or_default();
    Ok(Execution {
        id: id.clone(),
        status: execution_status(json.and_then(|it| it.status()).map_or("", |it| it.as_str())),
        started_at: runs
            .iter()
            .map(|it| it.run.started_at)
            .min()
            .unwrap_or(At(0)),
        updated_at: runs
            .iter()
            .map(|it| it.run.updated_at)
            .max()
            .unwrap_or(At(0)),
        revisions: revisions
            .iter()
            .map(|it| {
                revision(
                    it.name().unwrap_or_default(),
                    it.revision_id(),
                    it.revision_summary(),
                )
            })
            .collect(),
        rolls_back: json
            .and_then(|it| it.execution_type())
            .filter(|it| it.as_str() == "ROLLBACK")
            .map(|_| {
                let target = json.and_then(|it| it.rollback_metadata());
                let target = target.and_then(|it| it.rollback_target_pipeline_execution_id());
                ExecutionId(target.unwrap_or_default().to_owned())
            }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(action: &str, status: RunStatus, started_at: i64, external_id: Option<&str>) -> Run {
        let run = ActionRun {
            id: String::new(),
            stage: "Build".to_owned(),
            action: action.to_owned(),
            category: Category::Work,
            status,
            started_at: At(started_at),
            updated_at: At(started_at),
            updated_by: None,
            summary: String::new(),
            external_id: external_id.map(ToOwned::to_owned),
            external_url: None,
            error: None,
        };
        Run {
            run,
            provider: "CodeBuild".to_owned(),
        }
    }

    #[test]
    fn of_builds_side_by_side_the_failed_one_tells_until_it_ran_again() {
        use RunStatus::{Failed, InProgress, Succeeded};
        let told = |runs: &[Run]| telling(runs).and_then(|it| it.run.external_id.clone());
        let mut runs = vec![
            run("image", Failed, 1, Some("image:1")),
            run("tests", Succeeded, 2, Some("tests:1")),
        ];
        assert_eq!(told(&runs).as_deref(), Some("image:1"));
        runs.push(run("image", InProgress, 3, Some("image:2")));
        assert_eq!(told(&runs).as_deref(), Some("image:2"));
        runs.push(run("tests", InProgress, 4, None));
        assert_eq!(
            told(&runs).as_deref(),
            Some("image:2"),
            "the other has no build yet"
        );
        assert_eq!(told(&[]), None);
    }

    fn runs(external_id: Option<&str>) -> Runs {
        let runs = vec![run("Build", RunStatus::InProgress, 0, external_id)];
        Runs {
            execution: ExecutionId::from("e"),
            runs,
            read_at: Instant::now(),
            generation: Some(1),
        }
    }

    #[test]
    fn are_read_again_until_a_build_has_its_id_and_after_a_minute() {
        let (named, nameless) = (runs(Some("project:1")), runs(None));
        let minute = seconds(60);
        assert!(named.can_stay(named.read_at, minute));
        assert!(!named.can_stay(named.read_at + minute, minute));
        assert!(!nameless.can_stay(nameless.read_at, minute));
    }
}
