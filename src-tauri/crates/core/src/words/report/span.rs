//! How long the steps took.

use crate::record::Milestone;
use crate::rules::Course;
use crate::time::At;
use crate::view::{StepId, StepState};

/// From when to when a step was the one to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When the step before it was settled, or the question of this one was asked; else its end.
    pub began: At,
    /// When it was settled, or failed.
    pub ended: At,
}

impl Span {
    /// How long it took, where both ends are known.
    #[must_use]
    pub fn seconds(self) -> Option<u32> {
        let seconds = self.ended.seconds_since(self.began);
        u32::try_from(seconds)
            .ok()
            .filter(|_| self.began != self.ended)
    }
}

/// From when to when a step was the one to do. `None` for one that was never settled, or where nobody knows when.
#[must_use]
pub fn span(course: &Course<'_>, step: StepId) -> Option<Span> {
    let ended = ended(course, step)?;
    let earlier = StepId::ALL.into_iter().take(step as usize);
    let before = earlier.filter_map(|it| self::ended(course, it)).max();
    let began = match step {
        StepId::Branch => course.release.opened.as_ref().map(|mark| mark.at),
        StepId::Approval => asked(course, ended).or(before),
        StepId::Announce
        | StepId::Etl
        | StepId::Database
        | StepId::Merge
        | StepId::Build
        | StepId::Finish => before,
    };
    Some(Span {
        began: began.filter(|at| *at <= ended).unwrap_or(ended),
        ended,
    })
}

fn ended(course: &Course<'_>, step: StepId) -> Option<At> {
    let standing = course.standing(step);
    let counts = standing.state.is_settled() || standing.state == StepState::Failed;
    standing.since.filter(|_| counts)
}

/// The newest time that somebody was asked before that.
fn asked(course: &Course<'_>, answered: At) -> Option<At> {
    let milestones = course.release.milestones.iter();
    let asked = milestones.filter_map(|it| {
        if let Milestone::ApprovalAsked { at } = it {
            Some(*at)
        } else {
            None
        }
    });
    asked.filter(|at| *at <= answered).max()
}
