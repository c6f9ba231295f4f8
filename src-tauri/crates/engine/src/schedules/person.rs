//! The person at the window: presses what a view offers, which may be an old view.

use std::collections::VecDeque;
use std::sync::Arc;

use fastrand::Rng;
use slipway_core::action::RetryMode;
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::view::{ReleaseView, View};

/// How many views back a person may still press in.
const BACK: usize = 8;

/// What was on screen lately, oldest first.
#[derive(Default)]
pub(super) struct Person {
    views: VecDeque<Arc<View>>,
}

impl Person {
    pub(super) fn sees(&mut self, view: Arc<View>) {
        self.views.push_back(view);
        if self.views.len() > BACK {
            self.views.pop_front();
        }
    }

    pub(super) fn newest(&self) -> Option<&Arc<View>> {
        self.views.back()
    }

    /// A button of the newest view, or of an older one that somebody took their time with.
    pub(super) fn chooses(
        &self,
        rng: &mut Rng,
        saw: impl Fn(&ReleaseId, ActionSeq) -> bool,
    ) -> Option<Intent> {
        let view = match rng.u32(..4) {
            0 => &self.views[rng.usize(..self.views.len())],
            _ => self.newest()?,
        };
        let mut offers = offers(view, saw);
        let total: u32 = offers.iter().map(|(weight, _)| weight).sum();
        let mut left = rng.u32(..total.max(1));
        offers.retain(|(weight, _)| match left.checked_sub(*weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        offers.into_iter().next().map(|(_, intent)| intent)
    }

    /// What somebody presses who only wants to get the release out.
    pub(super) fn goes_on(&self) -> Option<Intent> {
        let view = self.newest()?;
        let mut offers = offers(view, |_, _| false);
        offers.retain(|(weight, _)| *weight >= LIKELY);
        offers
            .into_iter()
            .max_by_key(|(weight, _)| *weight)
            .map(|(_, intent)| intent)
    }
}

/// What leads on is at least this likely.
const LIKELY: u32 = 15;

/// What can be pressed, and how likely it is.
fn offers(view: &View, saw: impl Fn(&ReleaseId, ActionSeq) -> bool) -> Vec<(u32, Intent)> {
    let mut offers = vec![(2, Intent::Look)];
    if view.home.cannot_start.is_none() {
        let draft = |kind, fix_name: &str| Intent::Draft {
            kind,
            fix_name: fix_name.to_owned(),
            date: String::new(),
        };
        let likely = if view.releases.is_empty() { 30 } else { 1 };
        offers.push((likely, draft(Kind::Maintenance, "")));
        offers.push((likely / 2, draft(Kind::Hotfix, "login-timeout")));
        offers.push((likely / 10, draft(Kind::Hotfix, "sim-build-fails")));
    }
    for found in &view.home.found {
        let (name, sha) = (found.name.clone(), found.sha.clone());
        offers.push((4, Intent::AdoptBranch { name, sha }));
    }
    if let Some(draft) = &view.draft {
        branch(draft, 60, &mut offers);
    }
    for release in &view.releases {
        branch(release, 20, &mut offers);
        source(release, &mut offers);
        delivery(release, &mut offers);
        let id = || release.id.clone();
        if let Some(undecided) = &release.undecided {
            let intent = Intent::DeclareOutcome {
                release: id(),
                seq: undecided.seq,
                happened: saw(&release.id, undecided.seq),
            };
            offers.push((40, intent));
        }
        if release.aside.is_some() {
            offers.push((1, Intent::CloseRelease { release: id() }));
        }
    }
    offers
}

fn branch(release: &ReleaseView, likely: u32, offers: &mut Vec<(u32, Intent)>) {
    let screen = &release.branch;
    let name = || release.id.to_string();
    if let (true, Some(sha)) = (screen.can_create, &screen.base_sha) {
        let (name, sha) = (name(), sha.clone());
        offers.push((likely, Intent::CreateBranch { name, sha }));
    }
    if let Some(sha) = &screen.can_adopt {
        let (name, sha) = (name(), sha.clone());
        offers.push((likely, Intent::AdoptBranch { name, sha }));
    }
}

fn source(shown: &ReleaseView, offers: &mut Vec<(u32, Intent)>) {
    let release = || shown.id.clone();
    if shown.announce.can_post {
        let text = shown.announce.suggestion.clone();
        offers.push((
            30,
            Intent::PostAnnouncement {
                release: release(),
                text,
            },
        ));
    }
    if shown.announce.can_declare {
        offers.push((1, Intent::DeclareAnnounced { release: release() }));
    }
    for pull in shown.etl.open.iter().filter(|pull| pull.can_merge) {
        let (number, head) = (pull.number, pull.head.clone());
        offers.push((
            30,
            Intent::MergePull {
                release: release(),
                number,
                head,
            },
        ));
    }
    if let (true, Some(head)) = (shown.etl.can_close, &shown.etl.head) {
        let head = head.clone();
        offers.push((
            15,
            Intent::DeclareNoMorePulls {
                release: release(),
                head,
            },
        ));
    }
    if shown.etl.can_declare_none {
        let reason = "Holidays".to_owned();
        offers.push((
            1,
            Intent::DeclareNoEtl {
                release: release(),
                reason,
            },
        ));
    }
    if shown.database.can_declare_none {
        offers.push((20, Intent::DeclareNoDatabase { release: release() }));
    }
    if shown.database.can_go_without {
        let reason = "Away".to_owned();
        offers.push((
            2,
            Intent::DeclareWithoutDatabase {
                release: release(),
                reason,
            },
        ));
    }
    if let (true, Some(head)) = (shown.merge.can_open, &shown.merge.head) {
        let head = head.clone();
        offers.push((
            20,
            Intent::OpenReleasePull {
                release: release(),
                head,
            },
        ));
    }
    if let (true, Some(number), Some(head)) =
        (shown.merge.can_merge, shown.merge.number, &shown.merge.head)
    {
        let head = head.clone();
        offers.push((
            30,
            Intent::MergeRelease {
                release: release(),
                number,
                head,
            },
        ));
    }
}

fn delivery(shown: &ReleaseView, offers: &mut Vec<(u32, Intent)>) {
    let release = || shown.id.clone();
    if let Some(gate) = shown
        .approval
        .gate
        .as_ref()
        .filter(|_| shown.approval.cannot.is_empty())
    {
        let (comment, gate) = (String::new(), gate.clone());
        offers.push((
            30,
            Intent::Approve {
                release: release(),
                gate: gate.clone(),
                comment,
            },
        ));
        let reason = "Not today".to_owned();
        offers.push((
            4,
            Intent::Reject {
                release: release(),
                gate,
                reason,
            },
        ));
    }
    let retries = [&shown.approval.retry, &shown.build.retry];
    for (stage, execution) in retries.into_iter().flatten() {
        let (stage, execution) = (stage.clone(), execution.clone());
        offers.push((
            15,
            Intent::RetryStage {
                release: release(),
                stage,
                execution,
                mode: RetryMode::FailedActions,
            },
        ));
    }
    let control = &shown.control;
    if let Some(stop) = &control.stop {
        let abandon = stop.wait.is_empty();
        let (execution, reason) = (stop.execution.clone(), "Not today".to_owned());
        offers.push((
            2,
            Intent::StopExecution {
                release: release(),
                execution,
                abandon,
                reason,
            },
        ));
    }
    if let Some(start) = &control.start {
        let (commit, after) = (start.commit.clone(), start.after.clone());
        offers.push((
            15,
            Intent::StartPipeline {
                release: release(),
                commit,
                after,
            },
        ));
    }
    if let Some(back) = &control.roll_back {
        let (stage, target) = (back.stage.clone(), back.target.clone());
        offers.push((
            4,
            Intent::RollBack {
                release: release(),
                stage,
                target,
            },
        ));
    }
    if let Some(transition) = &control.transition {
        let (stage, reason) = (transition.stage.clone(), transition.reason.clone());
        offers.push((
            30,
            Intent::EnableTransition {
                release: release(),
                stage,
                reason,
            },
        ));
    }
    if shown.finish.can_post {
        let note = String::new();
        offers.push((
            30,
            Intent::PostResult {
                release: release(),
                note,
            },
        ));
    }
    if shown.finish.can_declare {
        offers.push((1, Intent::DeclareResultShared { release: release() }));
    }
}
