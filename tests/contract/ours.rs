//! What our own clients do to the world: whole releases through the engine, then each client where it is refused.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::action::{Action, Answer};
use slipway_core::facts::MergeMethod;
use slipway_core::ids::{ChannelId, ExecutionId, MessageTs, PullNumber, Sha};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::time::At;
use slipway_core::view::ReleaseView;
use slipway_sim::{Exchange, Service};

use crate::clients::{BRANCH, Clients, receiver};
use crate::stage::Stage;
use crate::walk::Walk;
use crate::worlds;

/// Does everything, and gives all that passed.
pub(crate) async fn drive() -> Vec<Exchange> {
    let (maintenance, hotfix, rejected, refused, pages, landed, worlds) = tokio::join!(
        maintenance_with_a_build_that_cannot_start(),
        hotfix(),
        rejected_then_approved_then_built_twice(),
        refused(),
        pages(),
        landed_elsewhere(),
        worlds::looked_at(),
    );
    [
        maintenance,
        hotfix,
        rejected,
        refused,
        pages,
        landed,
        worlds,
    ]
    .concat()
}

async fn maintenance_with_a_build_that_cannot_start() -> Vec<Exchange> {
    let stage = Stage::set(2).await;
    let quota = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", quota).await;
    let engine = stage.engine();
    Walk::new(&engine).until_the_end_patiently().await;
    assert_eq!(stage.effects("codepipeline:RetryStageExecution"), 1);
    engine.stop().await;
    stage.sim.exchanges()
}

async fn hotfix() -> Vec<Exchange> {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.press(Intent::Draft {
        kind: Kind::Hotfix,
        fix_name: "login-timeout".to_owned(),
        date: String::new(),
    })
    .await
    .expect("a hotfix can be drafted");
    walk.until_the_end_patiently().await;
    let released = walk.done.iter();
    assert!(released.clone().any(
        |it| matches!(it, Intent::CreateBranch { name, .. } if name.ends_with("-login-timeout"))
    ));
    engine.stop().await;
    stage.sim.exchanges()
}

async fn rejected_then_approved_then_built_twice() -> Vec<Exchange> {
    let stage = Stage::set(1).await;
    let unlucky = json!({"message": "toomanyrequests: pull rate limit", "phase": "PRE_BUILD"});
    stage.order("/build/fail", unlucky).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approval = walk
        .until(|intent| matches!(intent, Intent::Approve { .. }))
        .await;
    let Intent::Approve { release, gate, .. } = approval else {
        panic!("an approval")
    };
    walk.press(Intent::Reject {
        release,
        gate,
        reason: "Not tonight".to_owned(),
    })
    .await
    .expect("it can be rejected");
    let asked_again = |it: &ReleaseView| it.approval.retry.is_some();
    let seen = walk.see("it can be asked for again", asked_again).await;
    let (stage_name, execution) = seen.approval.retry.expect("a stage and an execution");
    walk.press(Intent::RetryStage {
        release: seen.id,
        stage: stage_name,
        execution,
        mode: slipway_core::action::RetryMode::FailedActions,
    })
    .await
    .expect("it is asked for again");
    walk.until_the_end_patiently().await;
    assert_eq!(stage.effects("codepipeline:PutApprovalResult"), 2);
    engine.stop().await;
    stage.sim.exchanges()
}

/// Each client: signed out, not allowed, and asked for what cannot be.
async fn refused() -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    let clients = Clients::at(&stage);
    let writes = writes(&stage, &clients).await;
    for service in ["github", "slack", "aws"] {
        stage
            .order("/credentials/expire", json!({"service": service}))
            .await;
    }
    Clients::at(&stage).look().await;
    clients.send(&writes).await;
    for service in ["github", "slack", "aws"] {
        stage
            .order("/credentials/restore", json!({"service": service}))
            .await;
    }

    for (service, operation) in operations(&stage) {
        stage
            .order("/permissions", json!({"denied": [operation]}))
            .await;
        Clients::at(&stage).look_at(service).await;
        let concerned = writes.iter().filter(|it| receiver(it) == service);
        clients.send(&concerned.cloned().collect::<Vec<_>>()).await;
    }
    stage.order("/permissions", json!({"denied": []})).await;

    let lost = json!({"operation": "pulls/merge", "kind": "reply-lost"});
    stage.order("/faults", lost).await;
    clients.send(&writes).await;
    clients.send(&writes).await;
    clients.webhook.act(&BRANCH.into(), &writes[4]).await;
    for (member, archived) in [(true, true), (false, false)] {
        let channel = json!({"member": member, "archived": archived});
        stage.order("/slack/channel", channel).await;
        Clients::at(&stage).look().await;
        clients.send(&writes).await;
        clients.webhook.act(&BRANCH.into(), &writes[4]).await;
    }
    stage.sim.exchanges()
}

/// Every write, of which some cannot be: what is asked for is there already, or is not there.
pub(crate) async fn writes(stage: &Stage, clients: &Clients) -> Vec<Action> {
    stage.order("/branches", json!({"name": BRANCH})).await;
    let work = json!({"base": BRANCH, "title": "Listings", "checks": ["unit"]});
    let pull = stage.control(Method::POST, "/pulls", work).await;
    let number = u32::try_from(pull["number"].as_u64().expect("a number")).expect("a small one");
    stage
        .order("/push", json!({"branch": "master", "message": "Work"}))
        .await;
    let gate = clients.waiting_gate().await;
    clients.look().await;
    let channel = ChannelId("C00SIMDEPLOY".to_owned());
    let text = "Deploy <https://example.com|tonight> & more".to_owned();
    let nowhere = Sha("0123456789012345678901234567890123456789".to_owned());
    let head = stage.sim.with_world(|world| {
        let pulls = &world.repository.pulls;
        let pull = pulls.iter().find(|it| it.number == u64::from(number));
        Sha(pull.expect("it is there").head_sha.clone())
    });
    let merge = |head: &Sha, number| Action::MergePull {
        number: PullNumber(number),
        head: head.clone(),
        method: MergeMethod::Merge,
        title: "Listings".to_owned(),
    };
    let open = |head: &str| Action::OpenReleasePull {
        head: head.to_owned(),
        base: clients.team.base.clone(),
        title: "Release".to_owned(),
        body: "What is in it".to_owned(),
    };
    let answer = |answer, summary: &str| Action::AnswerApproval {
        gate: gate.clone(),
        answer,
        summary: summary.to_owned(),
    };
    let create = |sha: &Sha| Action::CreateBranch {
        name: BRANCH.to_owned(),
        sha: sha.clone(),
    };
    vec![
        create(&head),
        create(&nowhere),
        merge(&nowhere, number),
        merge(&head, 99_999),
        Action::PostAnnouncement {
            channel: channel.clone(),
            text: text.clone(),
        },
        Action::UpdateAnnouncement {
            channel: channel.clone(),
            ts: MessageTs("1.000000".to_owned()),
            text: text.clone(),
        },
        Action::PostResult {
            channel: channel.clone(),
            thread: MessageTs("1.000000".to_owned()),
            text: text.clone(),
            note: String::new(),
            broadcast: true,
        },
        Action::TellChange {
            channel,
            thread: MessageTs("1.000000".to_owned()),
            change: "this/one/failed".to_owned(),
            text,
            broadcast: false,
        },
        Action::RetryStage {
            stage: "Build".to_owned(),
            execution: gate.execution.clone(),
            failed_at: At(0),
            mode: slipway_core::action::RetryMode::AllActions,
        },
        Action::StartExecution {
            source: "Source".to_owned(),
            commit: head.clone(),
            token: format!("slipway-{head}-after-{}", gate.execution),
            newest: None,
        },
        Action::StopExecution {
            execution: gate.execution.clone(),
            abandon: false,
            was_stopping: false,
            reason: format!("Dana: {}", "é".repeat(300)),
        },
        Action::EnableTransition {
            stage: "Build".to_owned(),
        },
        Action::RollBack {
            stage: "Build".to_owned(),
            target: gate.execution.clone(),
            commit: head.clone(),
            newest: None,
        },
        merge(&head, number),
        open(BRANCH),
        open("nowhere"),
        answer(Answer::Rejected, &format!("Dana: {}", "é".repeat(600))),
        answer(Answer::Approved, "Dana"),
    ]
}

/// The operations that were asked for so far, each once.
fn operations(stage: &Stage) -> BTreeSet<(Service, String)> {
    let requests = stage.sim.requests().into_iter();
    requests
        .map(|it| (it.service, it.operation.clone()))
        .collect()
}

/// Lists that take more than one page, names and texts at their limits.
async fn pages() -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    stage.order("/branches", json!({"name": BRANCH})).await;
    let file = json!({"path": ".slipway.toml", "text": "base = \"master\"\n"});
    stage.order("/files", file).await;
    for number in 0..35_u32 {
        let title = format!(
            "Nº {number}: <b>листинги</b> @channel \u{202e} {}",
            "長".repeat(60)
        );
        let body = Value::from("Line\r\n".repeat(40));
        let pull = json!({"base": BRANCH, "title": title, "body": body, "checks": ["unit", "lint"],
            "approved": number % 2 == 0});
        stage.order("/pulls", pull).await;
    }
    for number in 0..130 {
        let message = format!("Commit {number}: “{}”", "ß".repeat(200));
        let push = json!({"branch": BRANCH, "message": message});
        stage.order("/push", push).await;
    }
    for _ in 0..110 {
        stage.order("/executions", json!({"by": "lee"})).await;
        stage.sim.advance(std::time::Duration::from_secs(1));
    }
    let clients = Clients::at(&stage);
    clients.look().await;
    let (head, base, oldest) = stage.sim.with_world(|world| {
        let head = |name: &str| Sha(world.repository.branches[name].clone());
        let oldest = ExecutionId(world.pipeline.executions[0].id.clone());
        (head(BRANCH), head("master"), oldest)
    });
    let compared = clients.github.lineage(&base, &[head]).await;
    assert_eq!(compared.expect("they are compared").len(), 1);
    let detail = clients.aws.execution(&clients.team, &oldest).await;
    assert_eq!(detail.expect("it is seen").execution.id, oldest);
    stage.sim.exchanges()
}

/// Somebody moved the base branch to the release by hand, and the token may not see who.
async fn landed_elsewhere() -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    stage.order("/branches", json!({"name": BRANCH})).await;
    let work = json!({"base": BRANCH, "title": "Listings"});
    let pull = stage.control(Method::POST, "/pulls", work).await;
    let merge = format!("/pulls/{}", pull["number"]);
    stage
        .control(
            Method::PATCH,
            &merge,
            json!({"merge": {"method": "squash"}}),
        )
        .await;
    let clients = Clients::at(&stage);
    clients.look().await;
    stage.sim.with_world(|world| {
        let branches = &mut world.repository.branches;
        let head = branches[BRANCH].clone();
        branches.insert(clients.team.base.clone(), head);
    });
    clients.look().await;
    let denied = json!({"denied": ["repos/list-activities"]});
    stage.order("/permissions", denied).await;
    clients.look().await;
    let seen = clients
        .github
        .source(&clients.team, clients.release())
        .await;
    assert!(seen.expect("it is seen").landed.is_some());
    stage.sim.exchanges()
}
