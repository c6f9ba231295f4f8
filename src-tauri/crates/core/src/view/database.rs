//! Database changes.

use crate::declaration::Statement;
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
