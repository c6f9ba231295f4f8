//! The boundaries of the journal's appends, as SQLite's client reports them: a transaction that has begun, so that
//! nothing of it is on the disk, and one that is on the disk without Slipway knowing it yet.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What is told of each statement once it was carried out.
const STATEMENTS: &str = "sqlx::query";

/// The file in the data folder that tells how many boundaries there were.
pub(crate) const COUNTED: &str = "boundaries";
/// The file that is there once it stopped at one.
pub(crate) const STOPPED: &str = "stopped";

/// Counts boundaries, and stops the journal's thread for good at one of them. Nobody gets past it: the journal is taken
/// by whoever appends.
#[derive(Clone)]
pub(crate) struct Appends(Arc<Inner>);

struct Inner {
    passed: AtomicUsize,
    stop: Option<usize>,
    data: PathBuf,
}

impl Appends {
    pub(crate) fn watch(stop: Option<usize>, data: PathBuf) -> Self {
        let inner = Inner {
            passed: AtomicUsize::new(0),
            stop,
            data,
        };
        let appends = Self(Arc::new(inner));
        tracing::subscriber::set_global_default(appends.clone()).expect("it is the only one");
        appends
    }

    /// Writes down, at the end, how many there were.
    pub(crate) fn tell(&self) {
        self.write(COUNTED);
    }

    fn pass(&self) {
        let passed = self.0.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if self.0.stop != Some(passed) {
            return;
        }
        self.write(STOPPED);
        loop {
            std::thread::park();
        }
    }

    fn write(&self, name: &str) {
        let passed = self.0.passed.load(Ordering::SeqCst);
        std::fs::write(self.0.data.join(name), passed.to_string()).expect("it can be told");
    }
}

impl Subscriber for Appends {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == STATEMENTS
    }

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        if statement.is_boundary() {
            self.pass();
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The beginning of a statement.
#[derive(Default)]
struct Statement(String);

impl Statement {
    /// An entry that belongs to no release is a statement of its own, without a transaction around it.
    fn is_boundary(&self) -> bool {
        let boundaries = ["BEGIN IMMEDIATE", "COMMIT", "INSERT INTO desktop"];
        boundaries.iter().any(|it| self.0.starts_with(it))
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
