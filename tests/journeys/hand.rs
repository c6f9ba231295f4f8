//! What people do by hand, in the services' own pages, and how a journey reads what Slipway makes of it.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::action::Gate;
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::view::{Check, ReleaseView, StepId, StepState};
use slipway_engine::Handle;
use slipway_sim::world::{BuildStatus, Execution, PullRequest};

use crate::stage::{PATIENCE, Stage};
use crate::walk::{Walk, state};

/// Between two questions whether something has happened.
const MOMENT: Duration = Duration::from_millis(10);

pub(crate) const ANSWER: &str = "codepipeline:PutApprovalResult";
pub(crate) const RETRY: &str = "codepipeline:RetryStageExecution";
pub(crate) const START: &str = "codepipeline:StartPipelineExecution";
pub(crate) const MERGE: &str = "pulls/merge";

impl Stage {
    /// Somebody opens a pull request into the branch; more of what it is like in `more`. Gives its number.
    pub(crate) async fn open_pull(&self, branch: &str, title: &str, more: Value) -> u32 {
        let mut pull = json!({"base": branch, "title": title, "approved": true});
        let more = more.as_object().cloned().unwrap_or_default();
        pull.as_object_mut().expect("an object").extend(more);
        let opened = self.control(Method::POST, "/pulls", pull).await;
        number(&opened["number"])
    }

    /// Something happens to a pull request.
    pub(crate) async fn change_pull(&self, number: u32, change: Value) -> Value {
        let path = format!("/pulls/{number}");
        self.control(Method::PATCH, &path, change).await
    }

    /// Somebody pushes to a branch. Gives the commit.
    pub(crate) async fn push(&self, branch: &str, message: &str) -> String {
        let push = json!({"branch": branch, "message": message});
        let pushed = self.control(Method::POST, "/push", push).await;
        pushed["sha"].as_str().expect("a commit").to_owned()
    }

    /// Somebody answers the waiting approval in the console.
    pub(crate) async fn answer(&self, status: &str, summary: &str) {
        let answer = json!({"status": status, "summary": summary});
        self.order("/approval/answer", answer).await;
    }

    /// An administrator sets the rules of master.
    pub(crate) async fn rules(&self, rules: Value) {
        let order = json!({"branch": "master", "rules": rules});
        self.order("/rules", order).await;
    }

    /// From now on something takes so many seconds.
    pub(crate) async fn pace(&self, what: &str, seconds: u32) {
        self.order("/story", json!({"pace": {what: seconds}})).await;
    }

    /// Somebody starts the pipeline in the console. Gives the execution.
    pub(crate) async fn start_pipeline(&self) -> String {
        self.start(json!({"by": "lee"})).await
    }

    /// Somebody starts it of a commit that they name.
    pub(crate) async fn start_pipeline_of(&self, commit: &str) -> String {
        self.start(json!({"by": "lee", "commit": commit})).await
    }

    async fn start(&self, order: Value) -> String {
        let started = self.control(Method::POST, "/executions", order).await;
        let id = started["pipelineExecutionId"].as_str();
        id.expect("an execution").to_owned()
    }

    /// Something happens after Slipway has looked once more and before its write is there.
    pub(crate) async fn between_look_and_write<T>(
        &self,
        engine: &Handle,
        intent: Intent,
        write: &str,
        meanwhile: impl Future<Output = T>,
    ) -> (Result<(), Problem>, T) {
        let park = json!({"operation": write, "kind": "park"});
        self.order("/faults", park).await;
        let meanwhile = async {
            self.await_held().await;
            let done = meanwhile.await;
            self.control(Method::DELETE, "/faults", Value::Null).await;
            done
        };
        tokio::join!(engine.dispatch(intent), meanwhile)
    }

    async fn await_held(&self) {
        let began = Instant::now();
        loop {
            let faults = self.control(Method::GET, "/faults", Value::Null).await;
            if faults["held"].as_array().is_some_and(|it| !it.is_empty()) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "nothing is held back: {faults}");
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Where a branch points.
    pub(crate) fn tip(&self, branch: &str) -> Option<String> {
        self.sim
            .with_world(|world| world.repository.branches.get(branch).cloned())
    }

    pub(crate) fn master(&self) -> String {
        self.tip("master").expect("there is one")
    }

    pub(crate) fn pull(&self, number: u32) -> PullRequest {
        let found = self
            .sim
            .with_world(|world| world.repository.pull(number.into()).cloned());
        found.expect("there is such a pull request")
    }

    /// The newest execution.
    pub(crate) fn newest_execution(&self) -> Execution {
        let newest = self
            .sim
            .with_world(|world| world.pipeline.executions.last().cloned());
        newest.expect("the pipeline ran before")
    }

    pub(crate) fn execution(&self, id: &str) -> Execution {
        let found = self
            .sim
            .with_world(|world| world.pipeline.execution(id).cloned());
        found.expect("there is such an execution")
    }

    /// That the commit runs in production: the newest execution that went through carries it, itself or in its history.
    pub(crate) fn assert_in_production(&self, sha: &str) {
        self.sim.with_world(|world| {
            let live = world.builds.iter().rev();
            let mut live = live.filter(|it| it.status == BuildStatus::Succeeded);
            let live = live.next().expect("something was built");
            assert!(
                world.repository.contains(&live.source_version, sha),
                "{sha} is not in {}",
                live.source_version
            );
        });
    }
}

impl Walk<'_> {
    /// Goes on until the release can be merged, and merges it.
    pub(crate) async fn merged(&mut self) {
        let is_merge = |intent: &Intent| matches!(intent, Intent::MergeRelease { .. });
        let merge = self.until(is_merge).await;
        self.press(merge).await.expect("it can be merged");
    }

    /// Goes on until the approval is asked for, and gives what is on the card.
    pub(crate) async fn until_the_gate(&mut self) -> Gate {
        let Intent::Approve { gate, .. } = self.until(is_approval).await else {
            panic!("an approval")
        };
        gate
    }

    /// Goes on until the release can be merged, and gives its pull request and head.
    pub(crate) async fn until_the_merge(&mut self) -> (u32, String) {
        let is_merge = |intent: &Intent| matches!(intent, Intent::MergeRelease { .. });
        let Intent::MergeRelease { number, head, .. } = self.until(is_merge).await else {
            panic!("a merge")
        };
        (number.0, head.to_string())
    }

    /// Goes on until nothing but the merge is left of the source, and gives the branch.
    pub(crate) async fn until_the_end_of_the_source(&mut self) -> String {
        let is_last = |intent: &Intent| matches!(intent, Intent::DeclareNoDatabase { .. });
        let last = self.until(is_last).await;
        self.press(last).await.expect("it can be declared");
        let view = self.see("the pull request is open", |view| {
            view.merge.number.is_some()
        });
        view.await.id.to_string()
    }

    /// Goes on until the team is told, and gives the branch.
    pub(crate) async fn until_the_work(&mut self) -> String {
        let is_announcement = |intent: &Intent| matches!(intent, Intent::PostAnnouncement { .. });
        let announce = self.until(is_announcement).await;
        self.press(announce).await.expect("the team can be told");
        let can_begin = |view: &ReleaseView| {
            view.busy.is_none() && state(view, StepId::Etl) != StepState::Later
        };
        let view = self.see("the branch is worked on", can_begin).await;
        view.id.to_string()
    }

    /// The answer that was given at the gate. It is noted right after it is seen.
    pub(crate) async fn answer(&mut self) -> Check {
        let is_told = |view: &ReleaseView| view.approval.answer.is_some();
        let view = self.see("the answer", is_told).await;
        view.approval.answer.expect("it was waited for")
    }

    /// Waits until a step stands so and says this.
    pub(crate) async fn stands(&mut self, step: StepId, as_: StepState, says: &str) -> ReleaseView {
        let what = format!("{step:?} is {as_:?} and says {says:?}");
        let is = |view: &ReleaseView| {
            view.busy.is_none() && state(view, step) == as_ && note(view, step).contains(says)
        };
        self.see(&what, is).await
    }
}

pub(crate) fn is_approval(intent: &Intent) -> bool {
    matches!(intent, Intent::Approve { .. })
}

pub(crate) fn is_retry(intent: &Intent) -> bool {
    matches!(intent, Intent::RetryStage { .. })
}

/// The rail's second line.
pub(crate) fn note(view: &ReleaseView, step: StepId) -> &str {
    let step = view.steps.iter().find(|it| it.id == step);
    step.map_or("", |step| step.note.as_str())
}

/// What a list of conditions says under a label.
pub(crate) fn line<'a>(checks: &'a [Check], label: &str) -> &'a str {
    let check = checks.iter().find(|it| it.label == label);
    check.map_or("", |check| check.text.as_str())
}

/// The branch of the next maintenance.
pub(crate) fn next_branch(engine: &Handle) -> String {
    engine.views().borrow().home.next.branch.clone()
}

fn number(value: &Value) -> u32 {
    let number = value.as_u64().and_then(|it| u32::try_from(it).ok());
    number.expect("a number")
}
