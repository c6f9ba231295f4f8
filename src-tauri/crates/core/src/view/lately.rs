//! What was done a moment ago is not offered again, though looks may not show it yet.

use crate::action::Action;
use crate::release::Release;
use crate::rules::done_lately;
use crate::time::At;
use crate::view::ReleaseView;

/// Takes back the offers to do once more what was just done.
pub(super) fn hold_back(view: &mut ReleaseView, release: &Release, now: At) {
    for done in done_lately(release, now) {
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
                stage, execution, ..
            } => {
                for retry in [&mut view.approval.retry, &mut view.build.retry] {
                    retry.take_if(|(shown, of)| shown == stage && of == execution);
                }
            }
            Action::PostResult { .. } => view.finish.can_post = false,
            Action::TellChange { .. } => view.announce.tell = None,
            // Nobody is asked for it.
            Action::UpdateAnnouncement { .. } => {}
        }
    }
}
