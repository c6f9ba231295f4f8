//! What an engine holds of the log that is open.

use std::sync::Arc;

use slipway_core::log::{BuildLog, Needle, Place, Search};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

use crate::build_log::{Found, Spool};

/// The log that is open. Dropping it ends its tasks, and with the last of them its file is gone.
pub(in crate::engine) struct OpenLog {
    /// Counts the logs that were opened: what is still done for another one changes nothing.
    pub(super) number: u64,
    /// What is shown.
    pub(in crate::engine) log: BuildLog,
    pub(super) spool: Arc<Spool>,
    /// Which lines a person wants to see.
    pub(super) wanted: Wanted,
    /// What they look for.
    pub(super) hunt: Option<Hunt>,
    /// Counts the searches.
    hunts: u64,
    /// Something is to be shown.
    pub(super) changed: Arc<Notify>,
    /// There is something to search.
    pub(super) searchable: Arc<Notify>,
    /// Somebody wants it to be read on.
    pub(super) read_on: Arc<Notify>,
    /// One goes to the next place at a time.
    pub(super) steps: Arc<tokio::sync::Mutex<()>>,
    tasks: Vec<AbortHandle>,
}

/// Which lines a person wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those at the end.
    End,
    /// Those around one.
    Line(u32),
}

/// A search.
pub(super) struct Hunt {
    pub(super) number: u64,
    pub(super) found: Found,
    /// It still has to go to the first place from this line on.
    pub(super) goes_from: Option<u32>,
}

impl OpenLog {
    pub(super) fn new(number: u64, log: BuildLog, spool: Arc<Spool>) -> Self {
        Self {
            number,
            log,
            spool,
            wanted: Wanted::End,
            hunt: None,
            hunts: 0,
            changed: Arc::default(),
            searchable: Arc::default(),
            read_on: Arc::default(),
            steps: Arc::default(),
            tasks: Vec::new(),
        }
    }

    pub(super) fn keep(&mut self, tasks: &[JoinHandle<()>]) {
        self.tasks = tasks.iter().map(JoinHandle::abort_handle).collect();
    }

    pub(super) fn want(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        self.log.follows = wanted == Wanted::End;
    }

    pub(super) fn follow(&mut self, on: bool) {
        self.want(if on {
            Wanted::End
        } else {
            Wanted::Line(self.middle())
        });
    }

    /// Looks for something else, from what is shown on; what was found before is forgotten.
    pub(super) fn look_for(&mut self, needle: Option<Needle>) {
        self.hunts += 1;
        let from = self.log.first;
        self.log.search = needle.as_ref().map(|needle| Search {
            needle: needle.clone(),
            searched: 0,
            found: 0,
            current: None,
        });
        self.hunt = needle.map(|needle| Hunt {
            number: self.hunts,
            found: Found::nothing(needle),
            goes_from: Some(from),
        });
        self.searchable.notify_one();
    }

    /// The lines are read anew, so what was found in them is looked for anew.
    pub(super) fn search_anew(&mut self) {
        let needle = self.hunt.take().map(|hunt| hunt.found.needle);
        self.look_for(needle);
    }

    /// Goes to a line that was found.
    pub(super) fn go_to(&mut self, found: (u32, u32)) {
        let seq = self.log.place.map_or(1, |place| place.seq.wrapping_add(1));
        let (line, _) = found;
        self.log.place = Some(Place { line, seq });
        if let Some(search) = &mut self.log.search {
            search.current = Some(found);
        }
        self.want(Wanted::Line(line));
    }

    /// The line in the middle of what is shown.
    fn middle(&self) -> u32 {
        let half = u32::try_from(self.log.lines.len() / 2).unwrap_or_default();
        self.log.first.saturating_add(half)
    }
}

impl Drop for OpenLog {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}
