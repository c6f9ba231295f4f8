//! Who we are to AWS, and what we may do there: each read is tried once. A write cannot be tried without doing it.

use aws_sdk_codepipeline::types::ActionExecutionFilter;
use slipway_core::account::{Allowed, Finding, Identity, Power, Standing};
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;

use super::error::AwsError;
use super::{Aws, build, caller, log};

/// What was denied, in the order it was tried.
#[derive(Default)]
struct Tried {
    denied: Vec<&'static str>,
    no_pipeline: Option<AwsError>,
}

pub(super) async fn read(aws: &Aws, team: &Team) -> Result<Standing, Problem> {
    let takes_a_role = match &aws.profile {
        Some(profile) => profile.check().await?,
        None => false,
    };
    let caller = caller::ask(aws).await.map_err(|error| {
        let profile = aws.profile.as_ref();
        let trouble = profile.and_then(|profile| profile.trouble(&error, takes_a_role));
        trouble.unwrap_or_else(|| error.problem(caller::DOING, team))
    })?;
    let mut tried = Tried::default();
    reads(aws, team, &mut tried).await?;
    let problem = tried
        .no_pipeline
        .as_ref()
        .map(|error| nowhere(team, &caller.account, error));
    let watch = match (&problem, tried.denied.as_slice()) {
        (Some(problem), _) => Allowed::No {
            missing: String::new(),
            note: problem.what.clone(),
        },
        (None, []) => Allowed::Yes,
        (None, denied) => Allowed::No {
            missing: denied.join(", "),
            note: String::new(),
        },
    };
    let write = || match &problem {
        Some(problem) => Allowed::No {
            missing: String::new(),
            note: problem.what.clone(),
        },
        None => Allowed::Unknown {
            note: "AWS does not say before you try.".to_owned(),
        },
    };
    let findings = [
        (Power::AwsWatch, watch),
        (Power::AwsApprove, write()),
        (Power::AwsOperate, write()),
        (Power::AwsStop, write()),
        (Power::AwsStart, write()),
        (Power::AwsOpen, write()),
        (Power::AwsRollBack, write()),
    ];
    Ok(Standing {
        identity: Identity::Aws {
            account: caller.account,
            arn: caller.arn,
        },
        ends: None,
        findings: findings
            .map(|(power, allowed)| Finding { power, allowed })
            .into(),
        problem,
        page: None,
    })
}

/// As far as there is something to ask for: a pipeline that never ran has no builds to look at.
async fn reads(aws: &Aws, team: &Team, tried: &mut Tried) -> Result<(), Problem> {
    let name = &team.pipeline;
    let declared = aws.pipelines.get_pipeline().name(name).send().await;
    let declared = declared.map_err(|error| aws.error("codepipeline:GetPipeline", error));
    tried.note(declared, team)?;
    let state = aws.pipelines.get_pipeline_state().name(name).send().await;
    let state = state.map_err(|error| aws.error("codepipeline:GetPipelineState", error));
    tried.note(state, team)?;
    let executions = aws
        .pipelines
        .list_pipeline_executions()
        .pipeline_name(name)
        .max_results(1);
    let executions = executions.send().await;
    let executions =
        executions.map_err(|error| aws.error("codepipeline:ListPipelineExecutions", error));
    let executions = tried.note(executions, team)?;
    let newest = executions
        .as_ref()
        .and_then(|it| it.pipeline_execution_summaries().first())
        .and_then(|it| it.pipeline_execution_id());
    let filter = newest.map(|id| {
        ActionExecutionFilter::builder()
            .pipeline_execution_id(id)
            .build()
    });
    let runs = aws
        .pipelines
        .list_action_executions()
        .pipeline_name(name)
        .set_filter(filter);
    let runs = runs.send().await;
    let runs = runs.map_err(|error| aws.error("codepipeline:ListActionExecutions", error));
    let Some(runs) = tried.note(runs, team)? else {
        return Ok(());
    };
    let build = runs.action_execution_details().iter().find_map(|it| {
        let kind = it.input()?.action_type_id()?;
        let result = it.output()?.execution_result()?;
        (kind.provider() == "CodeBuild").then(|| result.external_execution_id())?
    });
    let Some(build) = build else { return Ok(()) };
    let Some((seen, _)) = tried.note(build::told(aws, build).await, team)? else {
        return Ok(());
    };
    if let Some(stream) = seen.and_then(|it| it.stream) {
        tried.note(log::tail(aws, &stream).await, team)?;
    }
    Ok(())
}

impl Tried {
    /// Takes an answer in; `None` when it is a no that says something about the permissions.
    fn note<T>(&mut self, answer: Result<T, AwsError>, team: &Team) -> Result<Option<T>, Problem> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_denied() => {
                self.denied.extend(error.action());
                Ok(None)
            }
            Err(error) if error.code() == "PipelineNotFoundException" => {
                self.no_pipeline.get_or_insert(error);
                Ok(None)
            }
            Err(error) => Err(error.problem("look at the pipeline", team)),
        }
    }
}

/// The account or the region is another one than the pipeline's; AWS does not tell which.
fn nowhere(team: &Team, account: &str, error: &AwsError) -> Problem {
    Problem::new(
        Code::Refused,
        format!(
            "There is no pipeline {} in account {account}, region {}.",
            team.pipeline, team.region
        ),
        "Slipway cannot follow the deploy with this sign-in.",
        "Sign in to the account that holds the pipeline, or correct pipeline.region and pipeline.name in the team file.",
    )
    .with_raw(&error.to_string())
}
