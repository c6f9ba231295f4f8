//! The log of a build while it is open: what the engine has read of it, and what of that is shown.

use super::Needle;
use crate::facts::LogLine;
use crate::ids::ReleaseId;
use crate::problem::Problem;
use crate::time::At;

/// The log of a build while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildLog {
    /// The release whose build wrote it.
    pub release: ReleaseId,
    /// CodeBuild's id of the build.
    pub build: String,
    /// How far reading it is.
    pub reading: Reading,
    /// Lines read so far.
    pub total: u32,
    /// Bytes read so far, as AWS counts them.
    pub bytes: u64,
    /// The number of the first line that is shown, counted from 0.
    pub first: u32,
    /// The lines that are shown.
    pub lines: Vec<LogLine>,
    /// The end is shown, also when it grows.
    pub follows: bool,
    /// Where a person asked to go last.
    pub place: Option<Place>,
    /// What is looked for.
    pub search: Option<Search>,
}

/// How far reading a log is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing was answered yet.
    Begins,
    /// There is more than was read.
    Reads,
    /// All there is was read; the build may write more.
    Follows,
    /// All there is was read, and nothing will come.
    Whole,
    /// There is none yet.
    NotThere,
    /// There is none, although its build has ended a while ago. It goes on when a person asks for it.
    Missing,
    /// Some of it was read; it was deleted since. It goes on when a person asks for it.
    Deleted,
    /// It goes on by itself then.
    Waits {
        /// Why.
        problem: Problem,
        /// Until when.
        until: At,
    },
    /// AWS was asked as often as it may be; it goes on by itself then.
    Rests {
        /// Until when.
        until: At,
    },
    /// It goes on when a person asks for it.
    Stopped {
        /// Why.
        problem: Problem,
    },
    /// So many bytes are kept, and no more.
    Full {
        /// How many.
        most: u64,
    },
}

/// A line that a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which, counted from 0.
    pub line: u32,
    /// Counts the times that somebody asked.
    pub seq: u32,
}

/// A text that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What.
    pub needle: Needle,
    /// Lines that were searched.
    pub searched: u32,
    /// Lines in which it was found.
    pub found: u32,
    /// The one of them that is shown: its line, counted from 0, and which of them it is, counted from 1.
    pub current: Option<(u32, u32)>,
}

impl BuildLog {
    /// One of which nothing was read yet.
    #[must_use]
    pub fn of(release: ReleaseId, build: String) -> Self {
        Self {
            release,
            build,
            reading: Reading::Begins,
            total: 0,
            bytes: 0,
            first: 0,
            lines: Vec::new(),
            follows: true,
            place: None,
            search: None,
        }
    }
}
