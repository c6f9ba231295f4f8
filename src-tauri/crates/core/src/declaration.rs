//! What people say in the app because no outside system shows it.

use crate::ids::ActionSeq;
use crate::time::At;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One statement against the database, with its evidence once it was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Its number in this release, from 1, in the order to run.
    pub number: u32,
    /// The SQL, as typed.
    pub sql: String,
    /// Set when somebody recorded that it ran.
    pub run: Option<StatementRun>,
}

/// The evidence that a statement ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementRun {
    /// Who ran it, as typed.
    pub by: String,
    /// When, as typed.
    pub at: At,
    /// What came of it, as typed ("12,482 rows").
    pub result: String,
}

/// A declaration, kept in the journal with who made it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Declaration {
    /// The team was told in another way.
    Announced,
    /// No more pull requests are coming.
    NoMorePulls,
    /// No ETL work this time.
    NoEtl {
        /// Why.
        reason: String,
    },
    /// No database change is needed.
    NoDatabase,
    /// A statement has to be run.
    StatementAdded {
        /// The SQL.
        sql: String,
    },
    /// A statement that was not run is taken back.
    StatementRemoved {
        /// Its number.
        number: u32,
    },
    /// A statement was run.
    StatementRan {
        /// Its number.
        number: u32,
        /// The evidence.
        run: StatementRun,
    },
    /// Merge although the database step is not settled.
    WithoutDatabase {
        /// Why; lands in the report.
        reason: String,
    },
    /// The result was shared in another way.
    ResultShared,
    /// What became of an action, seen by a person where Slipway could not.
    Outcome {
        /// Which.
        seq: ActionSeq,
        /// It happened.
        happened: bool,
    },
}
