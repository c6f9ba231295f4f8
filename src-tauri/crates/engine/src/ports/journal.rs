//! Where the journal is kept: a file, behind its port.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use futures_util::future::BoxFuture;
use jiff::civil::Date;
use slipway_core::desktop::DesktopEntry;
use slipway_core::history::{HistoryPage, HistoryQuery, PastRelease, Summary};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Problem;
use slipway_core::record::Entry;
use slipway_core::time::At;

use super::Asked;
use crate::journal::{Folder, Journal, look_through};

/// Gives the journal out, to one engine at a time.
pub(crate) trait Shelf: Send + Sync {
    fn open(&self, today: Date) -> Asked<'_, Found>;
    /// Looks through all that is kept, beside whoever works with it.
    fn look_through(&self) -> Asked<'_, ()>;
}

/// An open journal.
pub(crate) trait Book: Send {
    /// All of them or none; they are kept when this returns well.
    fn append<'a>(&'a mut self, entries: &'a [Entry]) -> Asked<'a, ()>;
    fn append_desktop<'a>(&'a mut self, entry: &'a DesktopEntry) -> Asked<'a, ()>;
    fn of_release<'a>(&'a mut self, release: &'a ReleaseId) -> Asked<'a, Vec<Entry>>;
    /// What was told of one release, oldest first.
    fn told_of<'a>(&'a mut self, release: &'a ReleaseId) -> Asked<'a, Vec<DesktopEntry>>;
    /// Keeps what is known of a release beside the journal; it may be lost.
    fn summarise<'a>(&'a mut self, summary: &'a Summary) -> Asked<'a, ()>;
    fn page<'a>(&'a mut self, query: &'a HistoryQuery, now: At) -> Asked<'a, HistoryPage>;
    fn newest(&mut self) -> Asked<'_, Vec<PastRelease>>;
    fn matching<'a>(&'a mut self, query: &'a HistoryQuery) -> Asked<'a, Vec<ReleaseId>>;
    fn close(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// A journal as it was found; see [`Opened`](crate::journal::Opened).
pub(crate) struct Found {
    pub(crate) book: Box<dyn Book>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) newest: Vec<PastRelease>,
    pub(crate) desktop: Vec<DesktopEntry>,
    pub(crate) damaged: Option<Problem>,
}

/// The file in a data folder.
pub(crate) struct File {
    data_dir: PathBuf,
    /// The folder, if it was taken already.
    folder: Mutex<Option<Folder>>,
}

impl File {
    pub(crate) fn new(data_dir: PathBuf, folder: Option<Folder>) -> Self {
        Self {
            data_dir,
            folder: Mutex::new(folder),
        }
    }

    fn folder(&self) -> Result<Folder, Problem> {
        let mut taken = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.take();
        taken.map_or_else(|| Folder::take(&self.data_dir), Ok)
    }
}

impl Shelf for File {
    fn open(&self, today: Date) -> Asked<'_, Found> {
        Box::pin(async move {
            let opened = Journal::open(self.folder()?, today).await?;
            Ok(Found {
                book: Box::new(opened.journal),
                entries: opened.entries,
                newest: opened.newest,
                desktop: opened.desktop,
                damaged: opened.damaged,
            })
        })
    }

    fn look_through(&self) -> Asked<'_, ()> {
        Box::pin(look_through(&self.data_dir))
    }
}

impl Book for Journal {
    fn append<'a>(&'a mut self, entries: &'a [Entry]) -> Asked<'a, ()> {
        Box::pin(self.append(entries))
    }

    fn append_desktop<'a>(&'a mut self, entry: &'a DesktopEntry) -> Asked<'a, ()> {
        Box::pin(self.append_desktop(entry))
    }

    fn of_release<'a>(&'a mut self, release: &'a ReleaseId) -> Asked<'a, Vec<Entry>> {
        Box::pin(self.of_release(release))
    }

    fn told_of<'a>(&'a mut self, release: &'a ReleaseId) -> Asked<'a, Vec<DesktopEntry>> {
        Box::pin(self.told_of(release))
    }

    fn summarise<'a>(&'a mut self, summary: &'a Summary) -> Asked<'a, ()> {
        Box::pin(self.summarise(summary))
    }

    fn page<'a>(&'a mut self, query: &'a HistoryQuery, now: At) -> Asked<'a, HistoryPage> {
        Box::pin(self.page(query, now))
    }

    fn newest(&mut self) -> Asked<'_, Vec<PastRelease>> {
        Box::pin(self.newest())
    }

    fn matching<'a>(&'a mut self, query: &'a HistoryQuery) -> Asked<'a, Vec<ReleaseId>> {
        Box::pin(self.matching(query))
    }

    fn close(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin((*self).close())
    }
}
