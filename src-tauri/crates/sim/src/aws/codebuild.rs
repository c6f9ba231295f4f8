use serde_json::{Value, json};

use super::{Answer, Fault, Input, Operation, Output, time};
use crate::world::{Build, BuildStatus, Phase, PhaseKind, Pipeline, World};

pub(super) const LOG_GROUP: &str = "/aws/codebuild/docker-production";

pub(super) fn find(name: &str) -> Option<Operation> {
    (name == "BatchGetBuilds").then_some(batch_get_builds)
}

fn batch_get_builds(world: &mut World, input: &Input) -> Answer {
    let ids: Vec<&str> = input
        .at("ids")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if ids.is_empty() || ids.len() > 100 {
        return Err(Fault::new(
            "InvalidInputException",
            "Invalid ids: between 1 and 100 are allowed.",
        ));
    }
    let (found, missing): (Vec<&str>, Vec<&str>) = ids
        .into_iter()
        .partition(|id| known(world, input, id).is_some());
    let builds: Vec<Value> = found
        .into_iter()
        .filter_map(|id| world.build(id))
        .map(build)
        .collect();
    Ok(Output::told(
        json!({"builds": builds, "buildsNotFound": missing}),
    ))
}

fn known<'a>(world: &'a World, input: &Input, id: &str) -> Option<&'a Build> {
    world.build(id).filter(|_| input.region == Pipeline::REGION)
}

fn build(build: &Build) -> Value {
    let (region, account, project) = (Pipeline::REGION, Pipeline::ACCOUNT, Build::PROJECT);
    let arn = format!("arn:aws:codebuild:{region}:{account}:build/{}", build.id);
    let mut body = json!({
        "id": build.id, "arn": arn, "buildNumber": build.number, "startTime": time(build.started_at),
        "currentPhase": build.current_phase(), "buildStatus": build.status,
        "sourceVersion": format!("arn:aws:s3:::codepipeline-{region}-sim/{project}/SourceArti/{}", build.stream()),
        "resolvedSourceVersion": build.source_version, "projectName": project,
        "phases": build.phases.iter().map(|it| phase(build, it)).collect::<Vec<_>>(),
        "source": {"type": "CODEPIPELINE"}, "artifacts": {"location": ""},
        "environment": {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
            "computeType": "BUILD_GENERAL1_MEDIUM", "environmentVariables": [], "privilegedMode": true},
        "serviceRole": format!("arn:aws:iam::{account}:role/service-role/codebuild-{project}"),
        "timeoutInMinutes": 60, "queuedTimeoutInMinutes": 480, "buildComplete": build.ended_at.is_some(),
        "initiator": format!("codepipeline/{project}"),
        "logs": logs(build),
    });
    if let Some(ended_at) = build.ended_at {
        body["endTime"] = time(ended_at);
    }
    body
}

/// Group and stream are there once the container is; until then the link leads nowhere.
fn logs(build: &Build) -> Value {
    let region = Pipeline::REGION;
    let console = format!(
        "https://console.aws.amazon.com/cloudwatch/home?region={region}#logsV2:log-groups/log-group"
    );
    let group = LOG_GROUP.replace('/', "$252F");
    if build
        .phases
        .iter()
        .all(|phase| phase.kind < PhaseKind::Provisioning)
    {
        return json!({"deepLink": format!("{console}/null/log-events/null")});
    }
    let stream = build.stream();
    json!({
        "groupName": LOG_GROUP, "streamName": stream, "deepLink": format!("{console}/{group}/log-events/{stream}"),
        "cloudWatchLogsArn": format!(
            "arn:aws:logs:{region}:{}:log-group:{LOG_GROUP}:log-stream:{stream}", Pipeline::ACCOUNT
        ),
        "cloudWatchLogs": {"status": "ENABLED"}, "s3Logs": {"status": "DISABLED"},
    })
}

fn phase(build: &Build, phase: &Phase) -> Value {
    let mut body = json!({"phaseType": phase.kind, "startTime": time(phase.started_at)});
    if let Some(ended_at) = phase.ended_at {
        let (code, message) = phase.failure.clone().unwrap_or_default();
        body["endTime"] = time(ended_at);
        body["durationInSeconds"] = json!(ended_at.duration_since(phase.started_at).as_secs());
        body["phaseStatus"] = json!(if phase.failure.is_some() {
            build.status
        } else {
            BuildStatus::Succeeded
        });
        body["contexts"] = json!([{"statusCode": code, "message": message}]);
    }
    body
}
