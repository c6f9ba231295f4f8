//! Why the journal cannot be used, in plain words.

use std::io;
use std::path::Path;

use slipway_core::problem::{Code, Problem};

/// What became of a file operation, as far as it makes a difference.
#[derive(Debug)]
pub(super) enum Failure {
    /// The file does not hold what was written into it.
    Damaged(String),
    /// A newer program made it.
    Newer,
    /// No room.
    Full(String),
    /// May not be written or cannot be opened.
    Closed(String),
    /// Anything else.
    Other(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let raw = error.to_string();
        // SQLite's primary result codes.
        match primary_code(&error) {
            Some(11 | 26) => Self::Damaged(raw),
            Some(13) => Self::Full(raw),
            Some(3 | 8 | 14) => Self::Closed(raw),
            Some(_) | None => Self::Other(raw),
        }
    }
}

impl Failure {
    /// A query of our own that the file does not understand means that the file is not what we wrote.
    pub(super) fn while_reading(error: sqlx::Error) -> Self {
        match primary_code(&error) {
            Some(1) => Self::Damaged(error.to_string()),
            Some(_) => Self::from(error),
            None => Self::Damaged(error.to_string()),
        }
    }

    /// What to say when the journal of this folder cannot be opened.
    pub(super) fn problem(self, folder: &Path) -> Problem {
        match self {
            Self::Newer => newer(folder),
            Self::Closed(raw) => unwritable(folder).with_raw(&raw),
            Self::Damaged(_) | Self::Full(_) | Self::Other(_) => self.into_problem(),
        }
    }

    /// What to say when something cannot be written down.
    pub(super) fn into_problem(self) -> Problem {
        let (what, remedy, raw) = match self {
            Self::Full(raw) => (
                "The disk is full, so Slipway cannot keep its journal.",
                "Make some room, then do it again.",
                raw,
            ),
            Self::Closed(raw) => (
                "Slipway may not write its journal.",
                "Allow writing to its data folder, then do it again.",
                raw,
            ),
            Self::Damaged(raw) => (
                "The journal is damaged.",
                "Start Slipway again: it keeps the damaged file and begins a new one.",
                raw,
            ),
            Self::Newer => (
                "A newer Slipway made the journal.",
                "Start the newer one.",
                String::new(),
            ),
            Self::Other(raw) => (
                "The journal cannot be written.",
                "Look at the disk that holds Slipway's data folder, then do it again.",
                raw,
            ),
        };
        Problem::new(Code::Journal, what, NOTHING_SENT, remedy).with_raw(&raw)
    }
}

impl Failure {
    /// What to say when the history cannot be read or kept.
    pub(super) fn into_history_problem(self) -> Problem {
        let raw = match self {
            Self::Full(raw) => {
                return Self::Full(raw).into_problem();
            }
            Self::Damaged(raw) | Self::Closed(raw) | Self::Other(raw) => raw,
            Self::Newer => String::new(),
        };
        no_history().with_raw(&raw)
    }
}

/// There is no history beside the journal.
pub(super) fn no_history() -> Problem {
    Problem::new(
        Code::Journal,
        "The history cannot be read.",
        "Nothing is lost: it is made from the journal, which is as it was. Deploys go on as before.",
        "Look whether the disk that holds Slipway's data folder is full, then start Slipway again: it makes the history anew.",
    )
}

const NOTHING_SENT: &str =
    "Nothing is sent that was not written down first, so nothing was sent. Watching goes on.";

/// The folder cannot be made or written.
pub(super) fn folder(folder: &Path, error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::StorageFull {
        return Failure::Full(error.to_string()).into_problem();
    }
    unwritable(folder).with_raw(&error.to_string())
}

/// The journal was damaged and a new one was begun.
pub(super) fn damaged(kept: &Path, raw: &str) -> Problem {
    Problem::new(
        Code::Journal,
        format!("The journal was damaged. It is kept as {}, and a new one was begun.", kept.display()),
        "Releases in progress have to be taken over again from their branches; what people declared is only in the kept file.",
        "Take over the branch that is in progress. What the services show is read from them as before.",
    )
    .with_raw(raw)
}

/// Something that is not in use now is not what was written there.
pub(super) fn partly_damaged(folder: &Path) -> Problem {
    Problem::new(
        Code::Journal,
        "A part of the journal is damaged.",
        "Deploys in progress go on, and what is shown of them is whole. Reports of some past deploys may not open.",
        format!(
            "Copy the folder {} to another disk, and have this disk looked at: it may be failing.",
            folder.display()
        ),
    )
}

fn unwritable(folder: &Path) -> Problem {
    Problem::new(
        Code::Journal,
        format!(
            "Slipway cannot write to its data folder {}.",
            folder.display()
        ),
        NOTHING_SENT,
        "Allow writing there, or set SLIPWAY_HOME to another folder, then start Slipway again.",
    )
}

fn newer(folder: &Path) -> Problem {
    Problem::new(
        Code::Journal,
        format!(
            "The journal in {} was made by a newer Slipway.",
            folder.display()
        ),
        "This one does not know what all of it means, so it leaves it alone and sends nothing.",
        "Start the newer Slipway, or update this one.",
    )
}

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|extended| extended & 0xff)
}
