//! What was done a moment ago is not offered again, though looks may not show it yet.

use crate::action::Action;
use crate::rules::{Course, answer, done_lately};
use crate::view::{Control, ReleaseView, RemedyId};

/// Takes back the offers to do once more what was just done.
pub(super) fn hold_back(view: &mut ReleaseView, course: &Course<'_>) {
    for done in done_lately(course.release, course.now) {
        match done {
            Action::CreateBranch { .. } => view.branch.can_create = false,
            Action::PostAnnouncement { .. } => view.announce.can_post = false,
            Action::MergePull { number, .. } => {
                view.etl.next.take_if(|next| next == number);
                let mut open = view.etl.open.iter_mut();
                if let Some(pull) = open.find(|pull| pull.number == *number) {
                    pull.can_merge = false;
                }
            }
            Action::OpenReleasePull { .. } => view.merge.can_open = false,
            Action::MergeRelease { .. } => view.merge.can_merge = false,
            Action::AnswerApproval { gate, .. } => {
                let is_it = |shown: &mut crate::action::Gate| shown.token == gate.token;
                if view.approval.gate.take_if(is_it).is_some() {
                    view.approval.cannot = "AWS took your answer. It does not show yet.".to_owned();
                }
            }
            Action::RetryStage {
                stage,
                execution,
                failed_at,
                ..
            } => {
                // What failed since is another failure.
                let done = (stage.clone(), execution.clone(), *failed_at);
                if answer::retryable(course) == Some(done) {
                    view.hold_back_retry();
                    view.hold_back_remedy(RemedyId::RollBack);
                }
            }
            Action::StopExecution { abandon, .. } => {
                let shown = view.control.stop.take();
                // What is waited for can still be abandoned.
                view.control.stop = shown.filter(|_| !abandon).map(|shown| shown.waiting());
            }
            Action::StartExecution { .. } => view.hold_back_remedy(RemedyId::StartAgain),
            Action::RollBack { .. } => {
                view.hold_back_remedy(RemedyId::RollBack);
                view.hold_back_retry();
            }
            Action::EnableTransition { .. } => view.hold_back_remedy(RemedyId::EnableTransition),
            Action::PostResult { .. } => view.finish.can_post = false,
            Action::TellChange { .. } => view.announce.tell = None,
            // Nobody is asked for it.
            Action::UpdateAnnouncement { .. } => {}
        }
    }
}

impl ReleaseView {
    /// What failed is being seen to, though that does not show yet.
    fn hold_back_retry(&mut self) {
        self.approval.retry = None;
        self.build.retry = None;
        if let Some(failure) = &mut self.build.failure {
            let retries = [RemedyId::RetryFailed, RemedyId::RetryAll];
            failure.remedies.retain(|it| !retries.contains(&it.id));
            failure.reminding = None;
        }
    }

    /// Takes one remedy back, wherever it is offered.
    fn hold_back_remedy(&mut self, id: RemedyId) {
        let control: &mut Control = &mut self.control;
        match id {
            RemedyId::StartAgain => control.start = None,
            RemedyId::RollBack => control.roll_back = None,
            RemedyId::EnableTransition => control.transition = None,
            RemedyId::RetryFailed
            | RemedyId::RetryAll
            | RemedyId::Stop
            | RemedyId::Remind
            | RemedyId::StartHotfix => {}
        }
        control.remedies.retain(|it| it.id != id);
        if let Some(failure) = &mut self.build.failure {
            failure.remedies.retain(|it| it.id != id);
        }
    }
}
