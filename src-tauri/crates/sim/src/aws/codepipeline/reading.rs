use serde_json::{Value, json};

use super::{Answer, Fault, Input, Output, require_pipeline, time};
use crate::world::{
    ActionExecution, ActionStatus, Build, ErrorDetails, ExecutionMode, Pipeline, Repository,
    SourceKind, SourceRevision, Stage, StageName, World,
};

const LONGEST_SUMMARY: usize = 2_048;
const LONGEST_MESSAGE: usize = 5_000;

pub(super) fn list_pipelines(world: &mut World, input: &Input) -> Answer {
    let created = time(world.pipeline.created);
    let ours = json!({"name": Pipeline::NAME, "version": world.pipeline.version, "pipelineType": world.pipeline.kind,
        "executionMode": world.pipeline.mode,
        "created": created, "updated": created});
    let pipelines = if input.region == Pipeline::REGION {
        vec![ours]
    } else {
        Vec::new()
    };
    Ok(Output::told(json!({"pipelines": pipelines})))
}

pub(super) fn get_pipeline(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "name")?;
    let version = input.at("version").and_then(Value::as_u64);
    if version.is_some_and(|it| !(1..=world.pipeline.version).contains(&it)) {
        return Err(Fault::new(
            "PipelineVersionNotFoundException",
            "The pipeline version does not exist.",
        ));
    }
    let (account, region) = (Pipeline::ACCOUNT, Pipeline::REGION);
    let stages: Vec<Value> = world
        .pipeline
        .stages
        .iter()
        .map(|stage| {
            let stage = stage.name;
            let artifacts = |names: &[&str]| names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>();
            let (inputs, outputs) = match stage {
                StageName::Source => (artifacts(&[]), artifacts(&["SourceArtifact"])),
                StageName::Approval => (artifacts(&[]), artifacts(&[])),
                StageName::Build => (artifacts(&["SourceArtifact"]), artifacts(&["BuildArtifact"])),
            };
            json!({"name": world.pipeline.title(stage), "actions": [{
                "name": stage.action(), "actionTypeId": action_type(world, stage), "runOrder": 1,
                "configuration": configuration(world, stage), "inputArtifacts": inputs, "outputArtifacts": outputs,
                "region": region,
            }]})
        })
        .collect();
    let created = time(world.pipeline.created);
    Ok(Output::told(json!({
        "pipeline": {
            "name": Pipeline::NAME, "version": version.unwrap_or(world.pipeline.version), "pipelineType": world.pipeline.kind,
            "executionMode": world.pipeline.mode, "stages": stages,
            "roleArn": format!("arn:aws:iam::{account}:role/service-role/codepipeline-{}", Pipeline::NAME),
            "artifactStore": {"type": "S3", "location": format!("codepipeline-{region}-sim")},
            "triggers": [{"providerType": "CodeStarSourceConnection", "gitConfiguration": {
                "sourceActionName": "Source",
                "push": [{"branches": {"includes": [Repository::DEFAULT_BRANCH]}}]}}],
        },
        "metadata": {"pipelineArn": Pipeline::arn(), "created": created, "updated": created},
    })))
}

pub(super) fn get_pipeline_state(world: &mut World, input: &Input) -> Answer {
    require_pipeline(world, input, "name")?;
    let stages: Vec<Value> = world
        .pipeline
        .stages
        .iter()
        .map(|it| stage_state(world, it))
        .collect();
    let created = time(world.pipeline.created);
    Ok(Output::told(json!({
        "pipelineName": Pipeline::NAME, "pipelineVersion": world.pipeline.version, "stageStates": stages,
        "created": created, "updated": created,
    })))
}

pub(super) fn action_type(world: &World, stage: StageName) -> Value {
    let (category, provider) = match stage {
        StageName::Source => (
            "Source",
            match world.pipeline.source {
                SourceKind::Connection => "CodeStarSourceConnection",
                SourceKind::Ecr => "ECR",
                SourceKind::S3 => "S3",
            },
        ),
        StageName::Approval => ("Approval", "Manual"),
        StageName::Build => ("Build", "CodeBuild"),
    };
    json!({"category": category, "owner": "AWS", "provider": provider, "version": "1"})
}

pub(super) fn configuration(world: &World, stage: StageName) -> Value {
    match stage {
        StageName::Source if world.pipeline.source == SourceKind::Ecr => {
            json!({"RepositoryName": "etl", "ImageTag": "latest"})
        }
        StageName::Source if world.pipeline.source == SourceKind::S3 => {
            json!({"S3Bucket": "etl-source", "S3ObjectKey": "etl.zip", "PollForSourceChanges": "false"})
        }
        StageName::Source => json!({
            "ConnectionArn": connection_arn(),
            "FullRepositoryId": format!("{}/{}", Repository::OWNER, Repository::NAME),
            "BranchName": Repository::DEFAULT_BRANCH, "OutputArtifactFormat": "CODE_ZIP", "DetectChanges": "false",
        }),
        StageName::Approval => json!({"CustomData": "Deploy to production"}),
        StageName::Build => json!({"ProjectName": Build::PROJECT}),
    }
}

/// A source revision as the lists show it.
pub(super) fn revision(revision: &SourceRevision) -> Value {
    let mut shown = json!({"revisionId": revision.id()});
    if let Some(summary) = revision_summary(revision) {
        shown["revisionSummary"] = json!(summary);
    }
    if revision.artifact.is_none() {
        shown["revisionUrl"] = json!(revision_url(revision));
    }
    shown
}

/// A console address that leads on to the commit; not github.com.
fn revision_url(revision: &SourceRevision) -> String {
    format!(
        "https://{region}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn={connection}\
         &referenceType=COMMIT&FullRepositoryId={owner}/{name}&Commit={sha}",
        region = Pipeline::REGION,
        connection = connection_arn(),
        owner = Repository::OWNER,
        name = Repository::NAME,
        sha = revision.sha,
    )
}

/// What the connection tells about a commit, as JSON in a string; a long message is cut until it fits. Of a file its
/// version is told, of an image nothing.
pub(super) fn revision_summary(revision: &SourceRevision) -> Option<String> {
    if let Some(artifact) = &revision.artifact {
        let is_image = artifact.starts_with("sha256:");
        return (!is_image).then(|| format!("Amazon S3 version id: {artifact}"));
    }
    let mut message = revision.message.clone();
    loop {
        let summary = json!({"ProviderType": "GitHub", "CommitMessage": message}).to_string();
        if summary.chars().count() <= LONGEST_SUMMARY || message.is_empty() {
            return Some(summary);
        }
        let shorter = message.chars().count() * 9 / 10;
        message = message.chars().take(shorter).collect();
    }
}

pub(super) fn external_url(action: &ActionExecution) -> Option<String> {
    let id = action.external_id.as_deref()?;
    match action.stage {
        StageName::Source | StageName::Approval => None,
        StageName::Build => Some(format!(
            "https://console.aws.amazon.com/codebuild/home?region={}#/builds/{id}/view/new",
            Pipeline::REGION
        )),
    }
}

pub(super) fn error_details(error: &ErrorDetails) -> Value {
    let message: String = error.message.chars().take(LONGEST_MESSAGE).collect();
    json!({"code": error.code, "message": message})
}

fn stage_state(world: &World, stage: &Stage) -> Value {
    let transition = &stage.transition;
    let mut inbound = json!({"enabled": transition.enabled});
    if let Some(by) = &transition.changed_by {
        inbound["lastChangedBy"] = json!(by);
    }
    if let Some(at) = transition.changed_at {
        inbound["lastChangedAt"] = time(at);
    }
    if let Some(reason) = &transition.disabled_reason {
        inbound["disabledReason"] = json!(reason);
    }
    let mut state = json!({
        "stageName": world.pipeline.title(stage.name), "inboundTransitionState": inbound, "inboundExecutions": [],
        "actionStates": [action_state(world, stage.name)],
    });
    if let Some(waiting) = &stage.inbound {
        let waiting =
            json!({"pipelineExecutionId": waiting, "status": "InProgress", "type": "STANDARD"});
        state["inboundExecution"] = waiting.clone();
        let behind = stage.queue.iter();
        let behind = behind.map(
            |id| json!({"pipelineExecutionId": id, "status": "InProgress", "type": "STANDARD"}),
        );
        let waiting: Vec<Value> = std::iter::once(waiting).chain(behind).collect();
        state["inboundExecutions"] = json!(waiting);
    }
    if let Some(run) = &stage.latest {
        state["latestExecution"] =
            json!({"pipelineExecutionId": run.execution, "status": run.status, "type": "STANDARD"});
        let here = |it: &&ActionExecution| it.stage == stage.name && it.execution == run.execution;
        let retries = world
            .pipeline
            .actions
            .iter()
            .filter(here)
            .count()
            .saturating_sub(1);
        if retries > 0 {
            state["retryStageMetadata"] = json!({"manualStageRetryAttempt": retries, "latestRetryTrigger": "ManualStageRetry"});
        }
    }
    state
}

pub(crate) fn action_state(world: &World, stage: StageName) -> Value {
    if let Some(old) = world.pipeline.lagging.get(&stage) {
        return old.clone();
    }
    let mut state = json!({"actionName": stage.action()});
    match stage {
        StageName::Source if world.pipeline.source != SourceKind::Connection => {}
        StageName::Source => {
            state["entityUrl"] = json!(format!(
                "https://{}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn={}\
                 &referenceType=BRANCH&FullRepositoryId=gitMLS/etl&Branch={}",
                Pipeline::REGION,
                connection_arn(),
                Repository::DEFAULT_BRANCH
            ));
        }
        StageName::Approval => {}
        StageName::Build => {
            state["entityUrl"] = json!(format!(
                "https://console.aws.amazon.com/codebuild/home?region={}#/projects/{}/view",
                Pipeline::REGION,
                Build::PROJECT
            ));
        }
    }
    let Some(action) = world.pipeline.latest_action(stage) else {
        return state;
    };
    let mut latest = json!({
        "actionExecutionId": action.id, "status": action.status, "lastStatusChange": time(action.updated_at),
    });
    if let Some(summary) = &action.summary {
        latest["summary"] = json!(summary);
    }
    if let Some(by) = &action.updated_by {
        latest["lastUpdatedBy"] = json!(by);
    }
    if let Some(error) = &action.error {
        latest["errorDetails"] = error_details(error);
    }
    if let Some(url) = external_url(action) {
        latest["externalExecutionUrl"] = json!(url);
    }
    match (stage, &action.external_id) {
        (StageName::Approval, Some(token))
            if action.status == ActionStatus::InProgress
                && world.pipeline.mode != ExecutionMode::Parallel =>
        {
            latest["token"] = json!(token);
        }
        (StageName::Source | StageName::Build, Some(id)) => {
            latest["externalExecutionId"] = json!(id)
        }
        (StageName::Approval, Some(_)) | (_, None) => {}
    }
    state["latestExecution"] = latest;
    let revision = world
        .pipeline
        .execution(&action.execution)
        .and_then(|it| it.revision.as_ref());
    if let (StageName::Source, Some(revision)) = (stage, revision) {
        let id = revision.id();
        // Of what comes through a connection the id is told alone, whatever the model says.
        state["currentRevision"] = match revision.artifact {
            None => json!({"revisionId": id}),
            Some(_) => {
                json!({"revisionId": id, "revisionChangeId": id, "created": time(action.updated_at)})
            }
        };
        if revision.artifact.is_none() {
            state["revisionUrl"] = json!(revision_url(revision));
        }
    }
    state
}

fn connection_arn() -> String {
    let (region, account) = (Pipeline::REGION, Pipeline::ACCOUNT);
    format!(
        "arn:aws:codeconnections:{region}:{account}:connection/5e1c1a0b-0000-4000-8000-000000000001"
    )
}
