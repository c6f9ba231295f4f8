//! A person who reads the screens of a release and does what is next.

use std::sync::Arc;
use std::time::{Duration, Instant};

use slipway_core::action::RetryMode;
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::{Code, Problem};
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_engine::Handle;
use tokio::sync::watch;

use crate::stage::PATIENCE;

/// A person who sees nothing change for this long presses Ctrl R.
const IMPATIENCE: Duration = Duration::from_millis(100);

/// The person and what they look at.
pub(crate) struct Walk<'a> {
    engine: &'a Handle,
    views: watch::Receiver<Arc<View>>,
    /// Of several releases the one of this kind, else the newest.
    only: Option<Kind>,
    /// What was done so far.
    pub(crate) done: Vec<Intent>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(engine: &'a Handle) -> Self {
        Self {
            engine,
            views: engine.views(),
            only: None,
            done: Vec::new(),
        }
    }

    /// Somebody who works on a release of this kind, whatever else is going on.
    pub(crate) fn on(engine: &'a Handle, kind: Kind) -> Self {
        Self {
            only: Some(kind),
            ..Self::new(engine)
        }
    }

    /// Does one thing after the other until this one, which is not done yet, is next.
    pub(crate) async fn until(&mut self, stop: impl Fn(&Intent) -> bool) -> Intent {
        loop {
            let Some(intent) = self.next().await else {
                panic!("the release has ended: {:#?}", self.done)
            };
            if stop(&intent) {
                return intent;
            }
            self.press(intent)
                .await
                .expect("what is offered can be done");
        }
    }

    /// Does one thing after the other until the release is wrapped up.
    pub(crate) async fn until_the_end(&mut self) {
        while let Some(intent) = self.next().await {
            self.press(intent)
                .await
                .expect("what is offered can be done");
        }
    }

    /// As [`until_the_end`](Self::until_the_end), by somebody who takes a no for an answer and looks again.
    pub(crate) async fn until_the_end_patiently(&mut self) {
        while let Some(intent) = self.next().await {
            match self.press(intent.clone()).await {
                Ok(()) => {}
                Err(problem) if is_passing(&problem) => self.next_view().await,
                Err(problem) => panic!("{intent:?}: {problem:?}"),
            }
        }
    }

    /// Until there is something new to read.
    pub(crate) async fn next_view(&mut self) {
        self.views.changed().await.expect("it runs");
    }

    pub(crate) async fn press(&mut self, intent: Intent) -> Result<(), Problem> {
        self.engine.dispatch(intent.clone()).await?;
        self.done.push(intent);
        Ok(())
    }

    /// The first view, from the present one on, whose release is like this.
    pub(crate) async fn see(
        &mut self,
        what: &str,
        is: impl Fn(&ReleaseView) -> bool,
    ) -> ReleaseView {
        let only = self.only;
        let view = self
            .look_for(what, |view| release(view, only).is_some_and(&is))
            .await;
        release(&view, only).cloned().expect("it was waited for")
    }

    /// The first view, from the present one on, that is like this.
    pub(crate) async fn look_for(
        &mut self,
        what: &str,
        mut is: impl FnMut(&View) -> bool,
    ) -> Arc<View> {
        let began = Instant::now();
        let mut views = self.views.clone();
        loop {
            let view = views.borrow_and_update().clone();
            if is(&view) {
                return view;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "never seen: {what}; done: {:#?}; last: {view:#?}",
                self.done
            );
            let changed = tokio::time::timeout(IMPATIENCE, views.changed()).await;
            if changed.is_err() {
                let look = self.engine.dispatch(Intent::Look).await;
                look.expect("anybody may look");
            }
        }
    }

    /// Waits until there is something to do; nothing when all is done.
    pub(crate) async fn next(&mut self) -> Option<Intent> {
        let (last, only) = (self.done.last().cloned(), self.only);
        let mut next = None;
        self.look_for("something to do", |view| {
            next = step(view, only);
            if release(view, only).is_some_and(is_finished) {
                next = None;
                return true;
            }
            // A view from before the last one was done offers it still.
            next.is_some() && next != last
        })
        .await;
        next
    }
}

/// The release that somebody works on.
fn release(view: &View, only: Option<Kind>) -> Option<&ReleaseView> {
    let is = |release: &&ReleaseView| only.is_none_or(|only| release.kind == only);
    view.releases.iter().find(is)
}

/// It may be otherwise in a moment.
pub(crate) fn is_passing(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::NotOffered | Code::Changed | Code::Unknown | Code::Unreachable
    )
}

fn is_finished(release: &ReleaseView) -> bool {
    state(release, StepId::Finish) == StepState::Done
}

pub(crate) fn step(view: &View, only: Option<Kind>) -> Option<Intent> {
    match (release(view, only), &view.draft) {
        (Some(release), _) => in_release(release),
        (None, Some(draft)) => create(draft),
        (None, None) => {
            let kind = only.unwrap_or(Kind::Maintenance);
            let fix_name = match kind {
                Kind::Maintenance => String::new(),
                Kind::Hotfix => "login-timeout".to_owned(),
            };
            Some(Intent::Draft {
                kind,
                fix_name,
                date: String::new(),
            })
        }
    }
}

fn create(view: &ReleaseView) -> Option<Intent> {
    let name = &view.branch.name;
    let name = format!("{}{}{}", name.before, name.marked, name.after);
    let sha = view.branch.base_sha.clone()?;
    view.branch
        .can_create
        .then_some(Intent::CreateBranch { name, sha })
}

pub(crate) fn in_release(view: &ReleaseView) -> Option<Intent> {
    if view.busy.is_some() {
        return None;
    }
    let release = || view.id.clone();
    let ready = |step| matches!(state(view, step), StepState::Ready | StepState::Failed);
    if let Some(create) = create(view) {
        return Some(create);
    }
    if ready(StepId::Announce) && view.announce.can_post {
        return Some(Intent::PostAnnouncement {
            release: release(),
            text: view.announce.suggestion.clone(),
        });
    }
    if let Some(pull) = view.etl.open.iter().find(|pull| pull.can_merge) {
        return Some(Intent::MergePull {
            release: release(),
            number: pull.number,
            head: pull.head.clone(),
        });
    }
    if view.etl.close_is_next && view.etl.can_close {
        return Some(Intent::DeclareNoMorePulls {
            release: release(),
            head: view.etl.head.clone()?,
        });
    }
    if ready(StepId::Database) && view.database.can_declare_none {
        return Some(Intent::DeclareNoDatabase { release: release() });
    }
    if view.merge.can_merge {
        let (number, head) = (view.merge.number?, view.merge.head.clone()?);
        return Some(Intent::MergeRelease {
            release: release(),
            number,
            head,
        });
    }
    if let Some(gate) = view.approval.gate.clone() {
        return Some(Intent::Approve {
            release: release(),
            gate,
            comment: "Looks right".to_owned(),
        });
    }
    if let Some((stage, execution)) = view.build.retry.clone() {
        return Some(Intent::RetryStage {
            release: release(),
            stage,
            execution,
            mode: RetryMode::FailedActions,
        });
    }
    let note = "All good".to_owned();
    view.finish.can_post.then_some(Intent::PostResult {
        release: release(),
        note,
    })
}

pub(crate) fn state(release: &ReleaseView, step: StepId) -> StepState {
    let step = release.steps.iter().find(|it| it.id == step);
    step.map_or(StepState::Later, |step| step.state)
}

pub(crate) fn id(release: &ReleaseView) -> ReleaseId {
    release.id.clone()
}
