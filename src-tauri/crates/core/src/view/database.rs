//! Database changes.

use crate::declaration::Statement;
use crate::rules::Course;
use crate::view::{StepId, StepState};
use crate::words::count;
use serde::Serialize;
use ts_rs::TS;

/// The fourth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseScreen {
    /// `db.findbuyers.com`.
    pub host: String,
    /// Statements in order.
    pub statements: Vec<Statement>,
    /// Who declared "none needed", in words; empty when nobody did.
    pub none_declared: String,
    /// `declare-no-database` is possible.
    pub can_declare_none: bool,
    /// `add-statement` is possible.
    pub can_add: bool,
    /// `record-statement` is possible.
    pub can_record: bool,
    /// `declare-without-database` is possible: go on although statements are not recorded.
    pub can_go_without: bool,
    /// What the action bar says.
    pub hint: String,
}

impl DatabaseScreen {
    pub(crate) fn draw(course: &Course<'_>) -> Self {
        let release = course.release;
        let total = release.statements.len();
        let left = release
            .statements
            .iter()
            .filter(|statement| statement.run.is_none())
            .count();
        let landed = course.landed().is_some();
        let ready = course.state(StepId::Database) == StepState::Ready;
        let open = course.settled(StepId::Branch) && !landed;
        let none_declared = match &release.no_database {
            Some(mark) if total == 0 => {
                format!(
                    "{} said at {} that none are needed.",
                    mark.by,
                    course.clock().at(mark.at)
                )
            }
            Some(_) | None => String::new(),
        };
        Self {
            host: course.team.database_host.clone(),
            statements: release.statements.clone(),
            none_declared,
            can_declare_none: ready && open && total == 0,
            can_add: open,
            can_record: course.settled(StepId::Branch) && left > 0,
            can_go_without: ready && open && left > 0,
            hint: match (total, left) {
                (_, _) if !ready => String::new(),
                (0, _) => "If the release needs none, say so. Merging comes next.".to_owned(),
                (total, left) => {
                    format!(
                        "{left} of {} left. Merging comes next.",
                        count(total, "change")
                    )
                }
            },
        }
    }
}
