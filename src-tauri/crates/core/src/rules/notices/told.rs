//! What was told of our execution, and the keys of its changes.

use super::{Change, What};
use crate::desktop::{Desktop, Event, Notice};
use crate::facts::Execution;
use crate::rules::Course;
use crate::time::At;

/// A stage and a run tell the same moment with this difference at most (seconds).
const SAME_MOMENT: i64 = 5;

/// What was told of our execution, newest first, as far back as the list goes.
pub(super) struct Told<'d> {
    /// What the keys of its changes begin with: two releases may be carried by one execution.
    prefix: String,
    notices: Vec<&'d Notice>,
}

impl<'d> Told<'d> {
    pub(super) fn of(course: &Course<'_>, ours: &Execution, desktop: &'d Desktop) -> Self {
        let prefix = format!("{}/{}/", course.release.id, ours.id);
        let notices = desktop
            .notices
            .iter()
            .filter(|notice| notice.key.starts_with(&prefix))
            .collect();
        Self { prefix, notices }
    }

    pub(super) fn newest(&self) -> Option<Event> {
        self.notices.first().map(|notice| notice.event)
    }

    /// A change that shows in a run.
    pub(super) fn change<'a>(&self, at: At, what: What<'a>, run: &str) -> Change<'a> {
        let key = format!("{}/{run}", self.key(what.event()));
        Change { key, at, what }
    }

    /// A change that there is once in an execution, whatever can be read of it.
    pub(super) fn once<'a>(&self, at: At, what: What<'a>) -> Change<'a> {
        let key = self.key(what.event());
        Change { key, at, what }
    }

    /// The present state as a change, where no run is seen: the one that was told last, or a new one.
    pub(super) fn present<'a>(&self, at: At, what: What<'a>) -> Change<'a> {
        let event = what.event();
        let key = match self.notices.first() {
            _ if event == Event::Succeeded => return self.once(at, what),
            Some(newest) if newest.event == event => newest.key.clone(),
            Some(_) | None => {
                let unseen = self.unseen(event);
                let told = self.notices.iter();
                let count = told.filter(|it| it.key.starts_with(&unseen)).count();
                format!("{unseen}{}", count + 1)
            }
        };
        Change { key, at, what }
    }

    /// It was told already, while no run was seen.
    pub(super) fn covers(&self, change: &Change<'_>) -> bool {
        let unseen = self.unseen(change.event());
        self.notices.iter().any(|notice| {
            notice.key.starts_with(&unseen) && change.at <= notice.at.plus_seconds(SAME_MOMENT)
        })
    }

    fn key(&self, event: Event) -> String {
        format!("{}{}", self.prefix, event.word())
    }

    fn unseen(&self, event: Event) -> String {
        format!("{}/unseen-", self.key(event))
    }
}
