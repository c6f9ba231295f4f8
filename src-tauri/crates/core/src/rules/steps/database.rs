//! Database changes: done when none are needed, or every statement is recorded with its evidence.

use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::view::{StepId, StepState};
use crate::words::count;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    let release = course.release;
    let total = release.statements.len();
    let left = release
        .statements
        .iter()
        .filter(|statement| statement.run.is_none())
        .count();
    if total > 0 && left == 0 {
        let at = release.statements_settled.as_ref().map(|mark| mark.at);
        let when = at
            .map(|at| format!(" {}", clock.at(at)))
            .unwrap_or_default();
        let note = format!("Done{when}, {}", count(total, "change"));
        return Standing {
            state: StepState::Done,
            note,
            since: at,
        };
    }
    if total == 0
        && let Some(mark) = &release.no_database
    {
        let note = format!("Done {}, none needed", clock.at(mark.at));
        return Standing {
            state: StepState::Done,
            note,
            since: Some(mark.at),
        };
    }
    if let Some((mark, _)) = &release.without_database {
        let note = format!("Skipped by {}", mark.by);
        return Standing {
            state: StepState::Skipped,
            note,
            since: Some(mark.at),
        };
    }
    if course.landed().is_some() {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if !course.settled(StepId::Etl) {
        return Standing::later("the pull requests");
    }
    let note = match total {
        0 => "Ready, say whether there are any".to_owned(),
        total => format!("Ready, {left} of {total} left"),
    };
    Standing::new(StepState::Ready, note).since(course.standing(StepId::Etl).since)
}
