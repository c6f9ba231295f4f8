//! A branch's present life. A name can be used again after its branch was deleted, and GitHub keeps the pull requests
//! of its earlier lives under the same name.

use slipway_core::action::Action;
use slipway_core::ids::Sha;
use slipway_core::record::Milestone;
use slipway_core::release::Release;
use slipway_core::time::At;

use super::pulls::PullJson;
use super::revision_branch::Moved;

/// This computer's clock and GitHub's may differ this much (seconds).
const CLOCK_DIFFERENCE: i64 = 300;

/// Since when a branch name stands for a release.
#[derive(Debug)]
pub(super) struct Life {
    /// How the branch was made, as far as GitHub tells.
    pub(super) making: Option<Moved>,
    /// When it began; `None` when nobody knows.
    since: Option<At>,
}

impl Life {
    /// `makings` are the branch's creations, newest first; `from` are all pull requests that ever left it for base.
    pub(super) fn of(release: &Release, makings: &[Moved], from: &[PullJson]) -> Self {
        let restores = |made: &Moved| from.iter().any(|pull| restored(pull, made));
        let making = makings
            .iter()
            .find(|made| !restores(made))
            .or(makings.last());
        // A branch that is made here cannot be older than the wish for it. What GitHub shows then is an earlier life.
        let wished = release
            .opened
            .as_ref()
            .filter(|_| !release.adopted)
            .map(|mark| mark.at.plus_seconds(-CLOCK_DIFFERENCE));
        let making = making.filter(|made| {
            wished.is_none_or(|wished| made.at >= wished) || made_here(release, &made.to)
        });
        Self {
            making: making.cloned(),
            since: making
                .map(|made| made.at)
                .or(wished)
                .or_else(|| told_before(release)),
        }
    }

    /// The pull request is open, or ended during this life.
    pub(super) fn had(&self, pull: &PullJson) -> bool {
        match (pull.ended_at(), self.since) {
            (Some(ended), Some(since)) => ended >= since,
            (None, _) | (_, None) => true,
        }
    }
}

/// "Restore branch" on a pull request's page puts the branch back to where it was. Where base is at that commit, too,
/// the branch may just as well have been cut from base anew.
fn restored(pull: &PullJson, made: &Moved) -> bool {
    pull.ended_at().is_some_and(|ended| ended < made.at)
        && pull.head_sha() == &made.to
        && pull.merge_commit().as_ref() != Some(&made.to)
}

fn made_here(release: &Release, at: &Sha) -> bool {
    let done = release.done.iter().map(|(_, action)| action);
    let sent = release.pending.iter().map(|pending| &pending.action);
    done.chain(sent)
        .any(|action| matches!(action, Action::CreateBranch { sha, .. } if sha == at))
}

/// When GitHub said it was made, while it still said so. Without a cut the time is only that of the first look.
fn told_before(release: &Release) -> Option<At> {
    release.milestones.iter().rev().find_map(|milestone| {
        if let Milestone::Branch {
            cut: Some(_), at, ..
        } = milestone
        {
            Some(*at)
        } else {
            None
        }
    })
}
