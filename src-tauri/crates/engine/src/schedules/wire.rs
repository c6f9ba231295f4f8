//! An action as the request that the adapters send, and what its answer means.

use serde_json::{Value, json};
use slipway_core::action::{Action, Answer, Outcome, RetryMode};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::{Code, Problem};
use slipway_sim::Service;
use slipway_sim::world::{Pipeline, World};

use super::seen::slack::{CHANGE, RELEASE, RESULT};

/// What a service made of a request.
pub(super) struct Reply {
    pub(super) outcome: Outcome,
    /// The world is another one now.
    pub(super) effect: bool,
}

pub(super) fn send(world: &mut World, release: &ReleaseId, action: &Action) -> Reply {
    let (service, name, body) = request(release, action);
    let (status, reply) = world.receive(service, (name.0, &name.1), &body);
    let fine = (200..300).contains(&status) && reply["ok"] != json!(false);
    let outcome = match (service, fine) {
        (_, true) => Outcome::Done,
        (Service::Aws, false) if may_be_ours(&reply) => Outcome::Unknown {
            problem: problem(Code::Unknown, &reply),
        },
        (Service::Github, false) if status == 409 => Outcome::NotDone {
            problem: problem(Code::Changed, &reply),
        },
        (Service::Github | Service::Slack | Service::Aws, false) => Outcome::NotDone {
            problem: problem(Code::Refused, &reply),
        },
    };
    Reply {
        outcome,
        effect: fine,
    }
}

fn request(release: &ReleaseId, action: &Action) -> (Service, (&'static str, String), Value) {
    let github = |verb, path: String, body| {
        let path = format!("/repos/gitMLS/etl{path}");
        (Service::Github, (verb, path), body)
    };
    let slack = |method: &str, mut body: Value, event| {
        body["metadata"] = json!({"event_type": event, "event_payload": {"release": release}});
        (Service::Slack, ("POST", method.to_owned()), body)
    };
    let aws = |target: &str, mut body: Value| {
        body["pipelineName"] = json!(Pipeline::NAME);
        let target = format!("CodePipeline_20150709.{target}");
        (Service::Aws, ("POST", target), body)
    };
    match action {
        Action::CreateBranch { name, sha } => {
            let body = json!({"ref": format!("refs/heads/{name}"), "sha": sha});
            github("POST", "/git/refs".to_owned(), body)
        }
        Action::MergePull {
            number,
            head,
            method,
            ..
        }
        | Action::MergeRelease {
            number,
            head,
            method,
        } => {
            let body = json!({"sha": head, "merge_method": method});
            github("PUT", format!("/pulls/{}/merge", number.0), body)
        }
        Action::OpenReleasePull {
            head,
            base,
            title,
            body,
        } => {
            let body = json!({"head": head, "base": base, "title": title, "body": body});
            github("POST", "/pulls".to_owned(), body)
        }
        Action::PostAnnouncement { channel, text } => {
            let body = json!({"channel": channel, "text": text});
            slack("chat.postMessage", body, RELEASE)
        }
        Action::UpdateAnnouncement { channel, ts, text } => {
            let body = json!({"channel": channel, "ts": ts, "text": text});
            slack("chat.update", body, RELEASE)
        }
        Action::PostResult {
            channel,
            thread,
            text,
            ..
        } => {
            let body = json!({"channel": channel, "thread_ts": thread, "text": text});
            slack("chat.postMessage", body, RESULT)
        }
        Action::TellChange {
            channel,
            thread,
            change,
            text,
            broadcast,
        } => {
            let body = json!({
                "channel": channel, "thread_ts": thread, "text": text, "reply_broadcast": broadcast,
            });
            let (service, method, mut body) = slack("chat.postMessage", body, CHANGE);
            body["metadata"]["event_payload"]["change"] = json!(change);
            (service, method, body)
        }
        Action::AnswerApproval {
            gate,
            answer,
            summary,
        } => {
            let status = match answer {
                Answer::Approved => "Approved",
                Answer::Rejected => "Rejected",
            };
            let body = json!({
                "stageName": gate.stage, "actionName": gate.action, "token": gate.token,
                "result": {"status": status, "summary": summary},
            });
            aws("PutApprovalResult", body)
        }
        Action::RetryStage {
            stage,
            execution,
            mode,
            ..
        } => {
            let mode = match mode {
                RetryMode::FailedActions => "FAILED_ACTIONS",
                RetryMode::AllActions => "ALL_ACTIONS",
            };
            let body = json!({
                "stageName": stage, "pipelineExecutionId": execution, "retryMode": mode,
            });
            aws("RetryStageExecution", body)
        }
        Action::StopExecution {
            execution,
            abandon,
            reason,
            ..
        } => {
            let body = json!({
                "pipelineExecutionId": execution, "abandon": abandon, "reason": reason,
            });
            aws("StopPipelineExecution", body)
        }
        Action::StartExecution {
            source,
            commit,
            token,
            ..
        } => {
            let revision = json!({
                "actionName": source, "revisionType": "COMMIT_ID", "revisionValue": commit,
            });
            let body = json!({
                "name": Pipeline::NAME, "clientRequestToken": token, "sourceRevisions": [revision],
            });
            aws("StartPipelineExecution", body)
        }
        Action::RollBack { stage, target, .. } => {
            let body = json!({"stageName": stage, "targetPipelineExecutionId": target});
            aws("RollbackStage", body)
        }
        Action::EnableTransition { stage } => {
            let body = json!({"stageName": stage, "transitionType": "Inbound"});
            aws("EnableStageTransition", body)
        }
    }
}

/// These refusals also come when our own first request was carried out.
fn may_be_ours(reply: &Value) -> bool {
    let name = reply["__type"].as_str().unwrap_or_default();
    let name = name.rsplit('#').next().unwrap_or_default();
    matches!(
        name,
        "ApprovalAlreadyCompletedException"
            | "InvalidApprovalTokenException"
            | "ConflictException"
            | "DuplicatedStopRequestException"
            | "ConcurrentModificationException"
    )
}

pub(super) fn problem(code: Code, said: &Value) -> Problem {
    let words = format!("{code:?}.");
    Problem::new(code, words.clone(), words.clone(), words).with_raw(&said.to_string())
}
