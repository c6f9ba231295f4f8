//! What a person is asked when looks do not tell what became of an action.

use crate::ids::ActionSeq;
use crate::problem::{Code, Problem};
use crate::rules::{Course, undecided};
use crate::words::undecided::{question, where_to_look};
use serde::Serialize;
use ts_rs::TS;

/// What a person is asked when looks do not tell what became of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Undecided {
    /// Which action; the answer is about this one.
    pub seq: ActionSeq,
    /// The question, and where to look.
    pub problem: Problem,
}

impl Undecided {
    pub(crate) fn draw(course: &Course<'_>) -> Option<Self> {
        let pending = undecided(course.release, course.facts, course.now)?;
        let look = where_to_look(&pending.action, &course.team.channel);
        let problem = Problem {
            what: question(&pending.action),
            means: "The answer was lost, and Slipway cannot find out what became of it.".into(),
            remedy: format!("{look} Then say what you saw; nothing is sent for that."),
            ..pending
                .unknown
                .clone()
                .unwrap_or_else(|| Problem::new(Code::Unknown, "", "", ""))
        };
        Some(Self {
            seq: pending.seq,
            problem,
        })
    }
}
