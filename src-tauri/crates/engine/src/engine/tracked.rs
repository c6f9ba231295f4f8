//! One release that is looked at.

use slipway_core::action::Action;
use slipway_core::facts::{Channel, Execution, Facts};
use slipway_core::history::PastRelease;
use slipway_core::ids::{ExecutionId, Sha};
use slipway_core::record::Milestone;
use slipway_core::release::Release;
use slipway_core::rules::{self, Asked};
use slipway_core::time::At;
use tokio::time::Instant;

use crate::sight::Sight;

/// A release, what was seen of it, and what was tried by itself.
#[derive(Debug)]
pub(super) struct Tracked {
    pub(super) release: Release,
    pub(super) facts: Facts,
    /// Only reads that began after this one tell whether the pending action happened.
    pub(super) unsettled_since: u64,
    /// Looks at the pending action that did not settle it.
    pub(super) unsettled_looks: u32,
    /// What was done by itself lately, and when it may be tried again.
    pub(super) followed_up: Vec<(Action, Instant)>,
    /// What a person asked for last, while it may be sent again by itself.
    pub(super) asked: Option<Asked>,
    /// What is kept of it beside the journal, and whether the next start takes it up; `None` before that is known.
    pub(super) summarised: Option<(Option<PastRelease>, bool)>,
    /// Source revisions that were asked about.
    related: Vec<Sha>,
    /// What was asked to be compared with what runs in production.
    compared: Option<(Sha, Sha)>,
    /// The execution as it was listed when its details were asked for.
    detailed: Option<Execution>,
}

impl Tracked {
    pub(super) fn new(release: Release, facts: Facts) -> Self {
        Self {
            release,
            facts,
            unsettled_since: 0,
            unsettled_looks: 0,
            followed_up: Vec::new(),
            asked: None,
            summarised: None,
            related: Vec::new(),
            compared: None,
            detailed: None,
        }
    }

    /// When what a person asked for last is sent again by itself, if it is.
    pub(super) fn again(&self, now: At) -> Option<At> {
        rules::again(self.asked.as_ref()?, &self.release, now)
    }

    pub(super) fn opened_at(&self) -> Option<At> {
        self.release.opened.as_ref().map(|mark| mark.at)
    }

    /// The earliest that is known of it: when it was taken up here, its branch was made, or its pull request opened.
    pub(super) fn known_since(&self) -> Option<At> {
        let source = self.facts.source.stale();
        let branch = source.and_then(|source| source.branch.as_ref()?.created_at);
        let pull = source.and_then(|source| Some(source.release_pull.as_ref()?.opened_at));
        let noted = self
            .release
            .milestones
            .iter()
            .find_map(|milestone| match milestone {
                Milestone::Branch { at, .. } => Some(*at),
                Milestone::Announcement { .. }
                | Milestone::PullMerged { .. }
                | Milestone::Pushed { .. }
                | Milestone::Landed { .. }
                | Milestone::Execution { .. }
                | Milestone::ApprovalAsked { .. }
                | Milestone::ApprovalAnswered { .. }
                | Milestone::BuildEnded { .. }
                | Milestone::Stopped { .. }
                | Milestone::RolledBack { .. }
                | Milestone::Finished { .. } => None,
            });
        [self.opened_at(), branch, pull, noted]
            .into_iter()
            .flatten()
            .min()
    }

    /// The pending action is being looked up, and this sight shows whether it happened.
    pub(super) fn waits_for(&self, sight: &Sight) -> bool {
        let unknown = self
            .release
            .pending
            .as_ref()
            .filter(|pending| pending.unknown.is_some());
        let in_doubt = unknown.or(self.release.in_doubt.as_ref());
        in_doubt.is_some_and(|pending| {
            Sight::showing(&pending.action, &self.release.id).contains(sight)
        })
    }

    /// There are source revisions that were not asked about yet.
    pub(super) fn has_new_revisions(&self) -> bool {
        let revisions = rules::revisions_to_relate(&self.release, &self.facts);
        let outgoing = rules::outgoing_to_compare(&self.release, &self.facts);
        let is_new = |revision: &Sha| !self.related.contains(revision);
        revisions.iter().any(is_new) || outgoing.is_some() && outgoing != self.compared
    }

    pub(super) fn revisions_asked(&mut self) {
        let revisions = rules::revisions_to_relate(&self.release, &self.facts);
        self.related.extend(revisions);
        self.related.sort();
        self.related.dedup();
        self.compared = rules::outgoing_to_compare(&self.release, &self.facts);
    }

    /// The execution whose details are worth reading: while an answer to one or a retry of one is being looked up, that
    /// one, even if another one carries the release by now.
    pub(super) fn execution_to_read(&self) -> Option<ExecutionId> {
        rules::execution_to_read(&self.release, &self.facts)
    }

    /// Where it is announced, as far as that was seen.
    pub(super) fn channel(&self) -> Option<&Channel> {
        self.facts.workspace.stale()?.channel.as_ref()
    }

    /// While what comes first can be relied on and shows no execution of ours, there is none.
    pub(super) fn see_no_execution(&mut self, now: At) {
        let reliable = self.facts.source.fresh().is_some() && self.facts.pipeline.fresh().is_some();
        if reliable
            && self.execution_to_read().is_none()
            && self.facts.execution.fresh() != Some(&None)
        {
            self.facts.execution.update(Ok(None), now);
        }
    }

    /// Our execution's details are worth a look.
    pub(super) fn detail_wanted(&self) -> Wanted {
        let Some(listed) = self.listed() else {
            return Wanted::No;
        };
        if self.detailed.as_ref() != Some(listed) {
            return Wanted::Now;
        }
        let failing = self.facts.execution.failing.is_some();
        if failing || listed.status.moves() {
            Wanted::InTime
        } else {
            Wanted::No
        }
    }

    pub(super) fn detail_asked(&mut self) {
        self.detailed = self.listed().cloned();
    }

    /// Another repository or pipeline may be looked at from now on.
    pub(super) fn look_anew(&mut self) {
        self.related.clear();
        self.compared = None;
        self.detailed = None;
    }

    fn listed(&self) -> Option<&Execution> {
        let ours = self.execution_to_read()?;
        self.facts
            .pipeline
            .stale()?
            .executions
            .iter()
            .find(|execution| execution.id == ours)
    }
}

/// Whether something is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It changed.
    Now,
    /// It may have.
    InTime,
    /// It cannot have.
    No,
}
