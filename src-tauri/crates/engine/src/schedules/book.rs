//! The journal in memory. What was appended stays, whatever becomes of the engine.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::civil::Date;
use slipway_core::action::Action;
use slipway_core::desktop::DesktopEntry;
use slipway_core::history::{HistoryPage, HistoryQuery, PastRelease, Summary};
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::problem::{Code, Problem};
use slipway_core::record::{Entry, Record};
use slipway_core::time::At;

use super::stage::Stage;
use crate::ports::{Asked, Book, Found, Shelf};

/// What is on the disk.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    pub(super) entries: Vec<Entry>,
    pub(super) desktop: Vec<DesktopEntry>,
}

/// Gives the journal of a stage out.
pub(super) struct OnStage(pub(super) Arc<Stage>);

impl Disk {
    fn of_open_releases(&self) -> Vec<Entry> {
        let is_open = |release: &ReleaseId| {
            let of_it = self.entries.iter().rev();
            let mut of_it = of_it.filter(|entry| entry.release == *release);
            let decides =
                |entry: &&Entry| matches!(entry.record, Record::Opened { .. } | Record::Closed);
            let last = of_it.find(decides);
            last.is_some_and(|entry| entry.record != Record::Closed)
        };
        let open = self.entries.iter().filter(|entry| is_open(&entry.release));
        open.cloned().collect()
    }
}

impl Disk {
    /// The action of that number.
    pub(super) fn pending(&self, release: &ReleaseId, seq: ActionSeq) -> Option<Action> {
        let mut of_it = self
            .entries
            .iter()
            .rev()
            .filter(|it| it.release == *release);
        of_it.find_map(|entry| {
            if let Record::Sending { seq: it, action } = &entry.record {
                (*it == seq).then(|| action.clone())
            } else {
                None
            }
        })
    }
}

impl Shelf for OnStage {
    fn open(&self, _today: Date) -> Asked<'_, Found> {
        Box::pin(async {
            self.0.point().await;
            Ok(self.0.with(|inner| Found {
                book: Box::new(OnStage(self.0.clone())),
                entries: inner.disk.of_open_releases(),
                newest: Vec::new(),
                desktop: inner.disk.desktop.clone(),
                damaged: None,
            }))
        })
    }

    fn look_through(&self) -> Asked<'_, ()> {
        Box::pin(std::future::ready(Ok(())))
    }
}

impl OnStage {
    async fn write(&self, write: impl FnOnce(&mut Disk) + Send) -> Result<(), Problem> {
        self.0.point().await;
        self.0.wait_a_little().await;
        if self.0.with(|inner| inner.disk_is_full()) {
            return Err(full());
        }
        self.0.with(|inner| write(&mut inner.disk));
        self.0.point().await;
        Ok(())
    }
}

impl Book for OnStage {
    fn append<'a>(&'a mut self, entries: &'a [Entry]) -> Asked<'a, ()> {
        Box::pin(self.write(|disk| disk.entries.extend_from_slice(entries)))
    }

    fn append_desktop<'a>(&'a mut self, entry: &'a DesktopEntry) -> Asked<'a, ()> {
        Box::pin(self.write(|disk| disk.desktop.push(entry.clone())))
    }

    fn of_release<'a>(&'a mut self, release: &'a ReleaseId) -> Asked<'a, Vec<Entry>> {
        Box::pin(async {
            Ok(self.0.with(|inner| {
                let entries = inner.disk.entries.iter();
                let of_it = entries.filter(|entry| entry.release == *release);
                of_it.cloned().collect()
            }))
        })
    }

    fn told_of<'a>(&'a mut self, _release: &'a ReleaseId) -> Asked<'a, Vec<DesktopEntry>> {
        // All of it is read at each start.
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    // What is derived is not what is tested here: everything is taken up again at each start.
    fn summarise<'a>(&'a mut self, _summary: &'a Summary) -> Asked<'a, ()> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn page<'a>(&'a mut self, _query: &'a HistoryQuery, _now: At) -> Asked<'a, HistoryPage> {
        Box::pin(std::future::ready(Ok(HistoryPage::default())))
    }

    fn newest(&mut self) -> Asked<'_, Vec<PastRelease>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn matching<'a>(&'a mut self, _query: &'a HistoryQuery) -> Asked<'a, Vec<ReleaseId>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn close(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn full() -> Problem {
    Problem::new(
        Code::Journal,
        "The disk is full.",
        "Nothing was sent.",
        "Make room, then try again.",
    )
}
