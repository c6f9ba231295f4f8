//! What people do about a build that failed or must stop, beside a retry.

use serde_json::json;
use slipway_core::desktop::Event;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{Control, ReleaseView, RemedyId, StepId, StepState, View};
use slipway_sim::world::ExecutionStatus;

use crate::hand::{RETRY, START, is_approval, is_retry};
use crate::stage::Stage;
use crate::walk::{Walk, id};

const STOP: &str = "codepipeline:StopPipelineExecution";
const BACK: &str = "codepipeline:RollbackStage";
const ENABLE: &str = "codepipeline:EnableStageTransition";

/// Goes on until the build is under way, and gives what can be done about it.
async fn building(stage: &Stage, walk: &mut Walk<'_>) -> ReleaseView {
    stage.pace("build", 3600).await;
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    walk.see("it can be stopped", |view| view.control.stop.is_some())
        .await
}

fn stop(view: &ReleaseView, abandon: bool) -> Intent {
    let shown = view.control.stop.as_ref().expect("it can be stopped");
    Intent::StopExecution {
        release: id(view),
        execution: shown.execution.clone(),
        abandon,
        reason: "Wrong week".to_owned(),
    }
}

fn start(view: &ReleaseView) -> Intent {
    let shown = view.control.start.as_ref().expect("it can be started");
    Intent::StartPipeline {
        release: id(view),
        commit: shown.commit.clone(),
        after: shown.after.clone(),
    }
}

fn offers_start(view: &ReleaseView) -> bool {
    view.busy.is_none() && view.control.start.is_some()
}

fn offers(control: &Control, remedy: RemedyId) -> bool {
    control.remedies.iter().any(|it| it.id == remedy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_that_is_stopped_waits_for_what_runs_and_starts_again_at_its_commit() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let view = building(&stage, &mut walk).await;
    let execution = view.control.stop.as_ref().map(|it| it.execution.clone());
    let execution = execution.expect("it can be stopped");
    walk.press(stop(&view, false)).await.expect("it stops");

    let view = walk
        .stands(StepId::Build, StepState::Working, "Stopping")
        .await;
    assert_eq!(view.build.headline, "The deploy is stopping");
    let again = walk.press(stop(&view, false)).await;
    assert_eq!(again.expect_err("it waits already").code, Code::Changed);
    stage.pass(7200).await;
    let view = walk
        .stands(StepId::Build, StepState::Blocked, "Stopped by somebody")
        .await;
    assert!(!view.afloat);
    let stopped = stage.execution(execution.as_str());
    assert_eq!(stopped.status, ExecutionStatus::Stopped);
    let reason = stopped.stop.and_then(|it| it.reason).expect("a reason");
    assert!(reason.starts_with("Wrong week (") && reason.ends_with(", with Slipway)"));
    assert_eq!(stage.effects(STOP), 1);

    // What came to master since goes out another time.
    let ours = stage.master();
    let view = walk.see("it can be started again", offers_start).await;
    assert!(offers(&view.control, RemedyId::StartAgain));
    stage.pace("build", 1).await;
    walk.press(start(&view)).await.expect("it starts");
    let gate = walk.until_the_gate().await;
    assert_ne!(gate.execution, execution, "it is asked for again");
    assert_eq!(gate.commit.as_str(), ours);
    walk.until_the_end().await;
    assert_eq!(stage.effects(START), 1);
    stage.assert_in_production(&ours);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_is_abandoned_and_never_called_deployed() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let view = building(&stage, &mut walk).await;
    walk.press(stop(&view, false)).await.expect("it stops");
    let view = walk
        .see("it can be abandoned", |view| {
            let shown = view.control.stop.as_ref();
            view.busy.is_none() && shown.is_some_and(|it| it.wait.is_empty())
        })
        .await;
    walk.press(stop(&view, true))
        .await
        .expect("it is abandoned");
    let view = walk
        .stands(StepId::Build, StepState::Blocked, "Stopped by somebody")
        .await;
    assert!(!view.afloat && view.control.stop.is_none());
    assert_eq!(stage.effects(STOP), 2);
    // What was abandoned goes on at its provider.
    stage.pass(7200).await;
    let view = walk
        .stands(StepId::Build, StepState::Blocked, "Stopped by somebody")
        .await;
    assert!(!view.afloat);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_whose_reply_is_lost_is_found_and_a_start_is_made_once() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let view = building(&stage, &mut walk).await;
    let lost = |operation| json!({"operation": operation, "kind": "reply-lost"});
    stage.order("/faults", lost(STOP)).await;
    walk.press(stop(&view, true)).await.expect("AWS shows it");
    let view = walk.see("it can be started again", offers_start).await;
    stage.order("/faults", lost(START)).await;
    // Whether it is known at once does not matter here.
    let _ = walk.press(start(&view)).await;
    stage.pace("build", 1).await;
    walk.until_the_gate().await;
    assert_eq!((stage.effects(STOP), stage.effects(START)), (1, 1));
    walk.until_the_end().await;
    assert_eq!(stage.effects(START), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_that_ends_while_somebody_stops_it_says_how() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let view = building(&stage, &mut walk).await;
    let (pressed, ()) = stage
        .between_look_and_write(&engine, stop(&view, false), STOP, stage.pass(7200))
        .await;
    let problem = pressed.expect_err("it is over");
    assert_eq!(problem.code, Code::Changed, "{problem:?}");
    let view = walk.see("it is out", |view| view.afloat).await;
    assert!(view.problem.is_none(), "{:?}", view.problem);
    assert_eq!(stage.effects(STOP), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_is_switched_off_is_switched_on_and_the_deploy_goes_on() {
    let stage = Stage::set(1).await;
    let off = json!({"stage": "Build", "enabled": false, "reason": "Freeze until Monday"});
    stage.order("/transitions", off).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    let held = |view: &ReleaseView| view.busy.is_none() && view.control.transition.is_some();
    let view = walk.see("it is held up", held).await;
    let shown = view.control.transition.clone().expect("it was waited for");
    assert_eq!(shown.step, StepId::Build);
    assert!(shown.text.contains("Freeze until Monday"), "{shown:?}");
    assert!(offers(&view.control, RemedyId::EnableTransition));
    let enable = |reason: &str| Intent::EnableTransition {
        release: id(&view),
        stage: shown.stage.clone(),
        reason: reason.to_owned(),
    };
    let another = walk.press(enable("Lunch")).await;
    assert_eq!(
        another.expect_err("it is another reason").code,
        Code::Changed
    );
    assert_eq!(stage.effects(ENABLE), 0);
    let lost = json!({"operation": ENABLE, "kind": "reply-lost"});
    stage.order("/faults", lost).await;
    walk.press(enable(&shown.reason))
        .await
        .expect("AWS shows it");
    walk.until_the_end().await;
    assert_eq!(stage.effects(ENABLE), 1);
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_that_failed_is_rolled_back_and_that_is_no_success_of_the_release() {
    let stage = Stage::set(1).await;
    stage
        .order("/build/fail", json!({"message": "exit status 1"}))
        .await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(is_retry).await;
    let offers = |view: &ReleaseView| view.busy.is_none() && view.control.roll_back.is_some();
    let view = walk.see("it can be rolled back", offers).await;
    let shown = view.control.roll_back.clone().expect("it was waited for");
    let live = stage.execution(shown.target.as_str());
    let live = live.revision.expect("it has one").sha;
    assert!(live.starts_with(&shown.commit), "{shown:?}");
    let back = |target: &str| Intent::RollBack {
        release: id(&view),
        stage: shown.stage.clone(),
        target: target.into(),
    };
    let another = walk.press(back("1002fe00-0000-4000-8000-000000000000"));
    assert_eq!(another.await.expect_err("another").code, Code::Changed);
    let lost = json!({"operation": BACK, "kind": "reply-lost"});
    stage.order("/faults", lost).await;
    walk.press(back(shown.target.as_str()))
        .await
        .expect("AWS shows it");
    let says = format!("Rolled back to {}", shown.commit);
    let view = walk.stands(StepId::Build, StepState::Blocked, &says).await;
    assert!(!view.afloat && view.control.roll_back.is_none());
    assert_eq!(view.build.headline, "Rolled back");
    assert_eq!(stage.effects(BACK), 1);
    let newest = stage.newest_execution();
    assert_eq!(newest.rolls_back.as_deref(), Some(shown.target.as_str()));
    stage.assert_in_production(&live);
    let told = |view: &View| {
        let mut notices = view.notices.iter();
        notices.any(|it| it.event == Event::RolledBack && it.title == says)
    };
    walk.look_for("it is told", told).await;
    let in_thread = |_: &View| {
        stage.sim.with_world(|world| {
            let mut messages = world.channel.messages.iter();
            messages.any(|it| it.text.contains(&says) && it.thread_ts.is_some())
        })
    };
    walk.look_for("the thread tells it", in_thread).await;
    let view = walk.see("the report tells it", |view| {
        view.finish.markdown.contains("rolled Build back to")
    });
    assert!(view.await.finish.markdown.contains(&says));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipeline_whose_type_or_mode_has_no_roll_back_offers_none() {
    for changed in [json!({"kind": "V1"}), json!({"mode": "PARALLEL"})] {
        let stage = Stage::set(1).await;
        stage.order("/pipeline", changed).await;
        stage
            .order("/build/fail", json!({"message": "exit status 1"}))
            .await;
        let engine = stage.engine();
        let mut walk = Walk::new(&engine);
        walk.until(is_retry).await;
        let view = walk
            .see("it failed", |view| view.build.failure.is_some())
            .await;
        assert_eq!(view.control.roll_back, None);
        engine.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_reads_which_permission_it_takes_and_who_can() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let view = building(&stage, &mut walk).await;
    let denied = json!({"denied": [STOP, START]});
    stage.order("/permissions", denied).await;
    let problem = walk.press(stop(&view, false)).await.expect_err("denied");
    assert_eq!(problem.code, Code::Forbidden);
    assert!(problem.remedy.contains(STOP), "{problem:?}");
    let told = |view: &ReleaseView| {
        let remedy = view.control.stop.as_ref().map(|it| &it.remedy);
        remedy.is_some_and(|it| it.may == slipway_core::view::Answer::No && !it.who.is_empty())
    };
    walk.see("it says who can", told).await;
    assert_eq!(stage.effects(STOP), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_told_once_more_when_asked_for_also_after_a_sleep_and_a_restart() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(is_retry).await;
    let card = |view: &ReleaseView| view.build.failure.as_ref()?.reminding.clone();
    let view = walk
        .see("it can be asked for", |view| card(view).is_some())
        .await;
    let shown = card(&view).expect("it was waited for");
    walk.press(Intent::Remind {
        release: id(&view),
        execution: shown.execution,
        minutes: 10,
    })
    .await
    .expect("it is kept");
    let set = |view: &ReleaseView| card(view).is_some_and(|it| !it.text.is_empty());
    walk.see("the card says when", set).await;
    assert_eq!(reminders(&engine.views().borrow()), 0);
    engine.stop().await;

    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.see("it is remembered", set).await;
    stage.pass(3600).await;
    walk.look_for("it is told", |view| reminders(view) == 1)
        .await;
    let view = walk.see("it can be asked for again", |view| {
        card(view).is_some_and(|it| it.text.is_empty())
    });
    view.await;
    stage.pass(3600).await;
    walk.until_the_end().await;
    assert_eq!(reminders(&engine.views().borrow()), 1, "once");
    assert_eq!(stage.effects(RETRY), 1);
}

/// How many notices are about a reminder that was asked for.
fn reminders(view: &View) -> usize {
    let notices = view.notices.iter();
    notices
        .filter(|it| it.event == Event::Failed && it.title == "You wanted to be reminded")
        .count()
}
