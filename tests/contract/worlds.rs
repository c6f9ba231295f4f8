//! Worlds as others leave them: everything that can stand in an answer stands in one of these.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_sim::{Exchange, Service};

use crate::clients::{BRANCH, Clients};
use crate::stage::Stage;

/// Longer than anything takes in a world where time is short.
const A_WHILE: Duration = Duration::from_secs(60);

/// Pull requests, each as somebody changed it.
fn pulls() -> [Value; 9] {
    [
        json!({"draft": true}),
        json!({"conflict": true}),
        json!({"checks": "fail"}),
        json!({"checks": "pass", "review": {"state": "CHANGES_REQUESTED"}}),
        json!({"review": {"state": "COMMENTED"}, "push": "One more"}),
        json!({"close": true}),
        json!({"merge": {"method": "merge"}}),
        json!({"merge": {"method": "squash"}}),
        json!({"merge": {"method": "rebase"}}),
    ]
}

/// What a repository may want, and how one signs in to it.
fn repositories() -> [(&'static str, Value); 8] {
    let rules = json!([
        {"type": "pull_request", "parameters": {"required_approving_review_count": 2}},
        {"type": "required_status_checks"},
        {"type": "merge_queue"},
    ]);
    [
        ("/rules", json!({"branch": "master", "rules": rules})),
        (
            "/merge-methods",
            json!({"merge": false, "squash": true, "rebase": false, "delete_branch": true}),
        ),
        (
            "/github/token",
            json!({"fine_grained": true, "read_only": true}),
        ),
        ("/github/sso", json!({"required": true})),
        (
            "/slack/scopes",
            json!({"scopes": ["chat:write", "channels:read", "channels:history"]}),
        ),
        ("/slack/channel", json!({"public": true, "member": false})),
        ("/slack/scopes", json!({"scopes": ["chat:write"]})),
        ("/aws/home", json!({"account": "999999999999"})),
    ]
}

/// Builds, each failing in its own way.
fn builds() -> [Value; 7] {
    let failure = |phase: &str, code: &str, message: &str| json!({"phase": phase, "code": code, "message": message});
    [
        failure("NONE", "", "Project cannot be found"),
        failure("DOWNLOAD_SOURCE", "CLIENT_ERROR", "AccessDenied"),
        failure(
            "PROVISIONING",
            "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
            "No such image",
        ),
        failure(
            "BUILD",
            "COMMAND_EXECUTION_ERROR",
            &"Long words. ".repeat(600),
        ),
        json!({"ends": "FAULT", "phase": "FINALIZING", "message": "CodeBuild is down"}),
        json!({"ends": "TIMED_OUT", "message": "Build has timed out."}),
        json!({"ends": "STOPPED", "message": "Somebody stopped it", "in_summary": true}),
    ]
}

/// Pipelines that are set up otherwise, or that somebody edits.
fn pipelines() -> [Value; 6] {
    [
        json!({"mode": "QUEUED"}),
        json!({"mode": "PARALLEL", "source": "ecr"}),
        json!({"mode": "SUPERSEDED", "source": "s3"}),
        json!({"rename": {"stage": "Build", "to": "Build-and-deploy"}}),
        json!({"remove": "Approval"}),
        json!({"lag": true}),
    ]
}

/// Has our clients look at each of them.
pub(crate) async fn looked_at() -> Vec<Exchange> {
    let (source, pipeline) = tokio::join!(source(), pipeline());
    [source, pipeline].concat()
}

async fn source() -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    stage.order("/branches", json!({"name": BRANCH})).await;
    for (number, change) in pulls().into_iter().enumerate() {
        let pull = json!({"base": BRANCH, "title": format!("Work {number}"), "checks": ["unit"]});
        let pull = stage.control(Method::POST, "/pulls", pull).await;
        let path = format!("/pulls/{}", pull["number"]);
        stage.control(Method::PATCH, &path, change).await;
    }
    Clients::at(&stage).look_at(Service::Github).await;
    // Back to where master is, as `push --force` does it.
    let master = stage
        .sim
        .with_world(|world| world.repository.branches["master"].clone());
    let back = json!({"branch": BRANCH, "sha": master});
    stage.order("/push", back).await;
    Clients::at(&stage).look_at(Service::Github).await;
    for (path, order) in repositories() {
        stage.order(path, order).await;
        Clients::at(&stage).look().await;
    }
    stage.sim.exchanges()
}

async fn pipeline() -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    let clients = Clients::at(&stage);
    let answer = async |status: &str| {
        stage.order("/executions", json!({"by": "lee"})).await;
        clients.waiting_gate().await;
        let answer = json!({"status": status, "summary": ""});
        stage.order("/approval/answer", answer).await;
        stage.sim.advance(A_WHILE);
        clients.look_at(Service::Aws).await;
    };
    for failure in builds() {
        stage.order("/build/fail", failure).await;
        answer("Approved").await;
    }
    answer("Rejected").await;
    let closed = json!({"stage": "Approval", "enabled": false, "reason": "Not tonight"});
    stage.order("/transitions", closed).await;
    for _ in 0..2 {
        stage.order("/executions", json!({"by": "lee"})).await;
        stage.sim.advance(A_WHILE);
        clients.look_at(Service::Aws).await;
    }
    let open = json!({"stage": "Approval", "enabled": true});
    stage.order("/transitions", open).await;
    for change in pipelines() {
        stage.order("/pipeline", change).await;
        for _ in 0..3 {
            stage.order("/executions", json!({"by": "lee"})).await;
            stage.sim.advance(A_WHILE);
        }
        Clients::at(&stage).look_at(Service::Aws).await;
    }
    stage.sim.exchanges()
}
