//! What an approver is told before a yes: what is new, what is taken back, whose release it is, who else can.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::team::{Duty, Person};
use slipway_core::view::{ReleaseView, StepId, StepState, Tone, View};
use slipway_engine::Handle;
use slipway_sim::world::ExecutionStatus;

use crate::hand::{ANSWER, is_approval, line};
use crate::stage::{self, Stage};
use crate::walk::{Walk, id};

const DAY: u32 = 86_400;
const COMPARE: &str = "repos/compare-commits-with-basehead";

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_out_is_held_against_what_runs_now() {
    let stage = Stage::set(2).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let live = stage.master();
    walk.until_the_gate().await;
    let compared = |view: &ReleaseView| {
        let card = view.approval.card.as_ref();
        card.is_some_and(|it| it.facts.iter().any(|it| it.label == "New in production"))
    };
    let view = walk.see("it is compared", compared).await;
    let card = view.approval.card.expect("it was waited for");
    let new = line(&card.facts, "New in production");
    let master = stage.master();
    let commits = stage.sim.with_world(|world| {
        let compared = world.repository.compare(&live, &master);
        compared.expect("one history").ahead.len()
    });
    assert!(
        new.starts_with(&format!("{commits} commits since the deploy of ")),
        "{new}"
    );
    assert!(
        line(&card.facts, "Where").contains("file"),
        "{:?}",
        card.facts
    );
    let ids: Vec<&str> = card.ids.iter().map(|it| it.text.as_str()).collect();
    assert!(
        ids.contains(&live.as_str()) && ids.contains(&master.as_str()),
        "{ids:?}"
    );
    assert_eq!(view.approval.warnings, Vec::<String>::new());
    walk.until_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_compared_says_so_and_holds_nothing_up() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let live = stage.master();
    walk.merged().await;
    let broken =
        json!({"operation": COMPARE, "path": live, "kind": "status", "code": 500, "times": 10_000});
    stage.order("/faults", broken).await;
    walk.until_the_gate().await;
    let said = |view: &ReleaseView| {
        let card = view.approval.card.as_ref();
        let facts = card.map(|it| it.facts.as_slice()).unwrap_or_default();
        facts
            .iter()
            .any(|it| it.text == "Not compared with what runs now")
    };
    walk.see("it says so", said).await;
    assert!(refused(&stage, COMPARE) > 0);
    // Only that is missing: GitHub itself was seen.
    let seen = walk.look_for("it was looked again", |view| !view.waterline.looking);
    let waterline = seen.await.waterline.clone();
    assert_eq!(waterline.tone, Tone::Good, "{}", waterline.text);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

fn refused(stage: &Stage, operation: &str) -> usize {
    let requests = stage.sim.requests();
    requests
        .iter()
        .filter(|it| it.operation == operation && it.status == Some(500))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_yes_takes_something_of_production_back_is_said_first() {
    let stage = Stage::set(1).await;
    stage.pace("pickup_after", DAY).await;
    // Cut before this release, so that it carries nothing of it.
    let patch = "patch-the-feed";
    stage.order("/branches", json!({"name": patch})).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    // A colleague deploys a commit that never came into master.
    let beside = stage.push(patch, "Patch the feed").await;
    let theirs = stage.start_pipeline_of(&beside).await;
    let at_the_gate = |_: &View| {
        stage.sim.with_world(|world| {
            let gate = world
                .pipeline
                .stage(slipway_sim::world::StageName::Approval);
            let latest = gate.and_then(|gate| gate.latest.as_ref());
            latest.is_some_and(|run| run.execution == theirs)
        })
    };
    walk.look_for("theirs asks", at_the_gate).await;
    stage.answer("Approved", "Now").await;
    let live = |_: &View| stage.execution(&theirs).status == ExecutionStatus::Succeeded;
    walk.look_for("theirs runs in production", live).await;

    stage.start_pipeline().await;
    walk.until_the_gate().await;
    let warned = |view: &ReleaseView| !view.approval.warnings.is_empty();
    let view = walk.see("it is said first", warned).await;
    assert_eq!(
        view.approval.warnings,
        [
            "It was not built from what production runs now: approving takes 1 commit of production back."
        ]
    );
    walk.until_the_end().await;
}

/// The caller of AWS is known to be Dana, who may not approve her own.
fn strict(stage: &Stage) -> Handle {
    let mut settings = stage::settings(stage.data.path(), stage.sim.endpoints(), stage.clock());
    settings.team.forbid_own = true;
    let person = |name: &str, github: &str, aws: &str| Person {
        name: name.to_owned(),
        github: Some(github.to_owned()),
        aws: Some(aws.to_owned()),
        slack: None,
        does: vec![Duty::Approver],
    };
    settings.team.people = vec![
        person("Dana Whitfield", "dana-whitfield", "*/dana.whitfield"),
        person("Marcus Oyelaran", "marcus-oyelaran", "*/marcus.oyelaran"),
    ];
    Handle::start(settings)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_started_a_release_is_refused_where_the_team_says_so_and_somebody_else_approves_it() {
    let stage = Stage::set(1).await;
    let engine = strict(&stage);
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    let refused = |view: &ReleaseView| !view.approval.refused.is_empty();
    let view = walk.see("it is said", refused).await;
    let who_can = view.approval.who_can.expect("somebody else");
    assert_eq!(who_can.others, ["Marcus Oyelaran"]);
    let problem = engine.dispatch(approve).await.expect_err("it is her own");
    assert_eq!(problem.what, "You started this release.");
    assert_eq!(stage.effects(ANSWER), 0);

    stage.answer("Approved", "Counted again").await;
    walk.stands(StepId::Approval, StepState::Done, "marcus.oyelaran")
        .await;
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 0, "Marcus answered in the console");
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_permission_reads_who_to_ask_and_can_try_again_once_it_is_given() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    let denied = json!({"operation": ANSWER, "kind": "status", "code": 400, "times": 1, "body": {
        "__type": "AccessDeniedException",
        "message": "User: arn:aws:sts::418295017734:assumed-role/Watcher/dana is not authorized to perform: codepipeline:PutApprovalResult",
    }});
    stage.order("/faults", denied).await;
    let problem = engine
        .dispatch(approve.clone())
        .await
        .expect_err("not allowed");
    assert_eq!(problem.code, Code::Forbidden);
    let told = |view: &ReleaseView| view.approval.who_can.is_some();
    let view = walk.see("who can is said", told).await;
    let who_can = view.approval.who_can.clone().expect("it was waited for");
    assert_eq!(
        who_can.why,
        "AWS does not let this identity approve: it lacks codepipeline:PutApprovalResult."
    );
    assert!(
        who_can
            .nudge
            .starts_with(&format!("Please approve the deploy of {}", id(&view))),
        "{}",
        who_can.nudge
    );
    let Intent::Approve { gate, .. } = &approve else {
        panic!("{approve:?}")
    };
    assert_eq!(
        view.approval.gate.as_ref(),
        Some(gate),
        "it can be tried again"
    );

    engine
        .dispatch(approve)
        .await
        .expect("the permission was given");
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 1);
}
