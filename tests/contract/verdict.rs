//! What the models say about what passed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use slipway_sim::Exchange;

use crate::models::Models;
use crate::passed::Line;

/// The counts, and each difference in words.
#[derive(Debug, Deserialize)]
pub(crate) struct Verdict {
    requests: usize,
    responses: usize,
    injected: usize,
    shapes: usize,
    operations: BTreeMap<String, BTreeSet<String>>,
    pub(crate) differences: Vec<String>,
}

/// Holds exchanges against the models. What passed stays to be looked at in a file of that name beside them.
///
/// # Panics
/// When that cannot be done.
pub(crate) fn on(models: &Models, name: &str, recordings: &[(&str, &[Exchange])]) -> Verdict {
    let file = models.folder().join(name).with_extension("jsonl");
    let mut lines = Vec::new();
    for (by, exchanges) in recordings {
        for exchange in *exchanges {
            serde_json::to_writer(&mut lines, &Line::of(by, exchange)).expect("it is JSON");
            lines.push(b'\n');
        }
    }
    fs::write(&file, lines).expect("the recording can be written");
    judge(models, &file)
}

/// The same for what other tests have left, all of it together.
///
/// # Panics
/// When that cannot be done.
pub(crate) fn on_left(models: &Models, files: &[PathBuf]) -> Verdict {
    let file = models.folder().join("left.jsonl");
    let mut all = File::create(&file).expect("the recording can be written");
    for left in files {
        let mut left = File::open(left).expect("what was left can be read");
        io::copy(&mut left, &mut all).expect("the recording can be written");
    }
    judge(models, &file)
}

fn judge(models: &Models, file: &Path) -> Verdict {
    let mut python = models.python();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract/check/main.py");
    let ended = python.arg(script).arg(models.folder()).arg(file).output();
    let ended = ended.expect("Python runs");
    let errors = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{errors}");
    serde_json::from_slice(&ended.stdout).expect("the verdict is JSON")
}

impl Verdict {
    /// What our clients ask for and no foreign client did.
    pub(crate) fn only_ours(&self) -> impl Iterator<Item = &String> {
        self.by("ours").difference(self.by("foreign"))
    }

    /// Says it where a test's own output is not held back.
    pub(crate) fn tell(&self) {
        let (ours, foreign) = (self.by("ours"), self.by("foreign"));
        let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
        let told = format!(
            "contract: {} requests and {} responses, of {} shapes, each checked once; exempt as injected: {}; \
             differences: {}\n\
             contract: {} operations of ours: {}\n\
             contract: {} operations of foreign clients: {}\n\
             contract: ours and not theirs: {:?}\n",
            self.requests,
            self.responses,
            self.shapes,
            self.injected,
            self.differences.len(),
            ours.len(),
            list(ours),
            foreign.len(),
            list(foreign),
            self.only_ours().collect::<Vec<_>>(),
        );
        // Nobody may be there to read it.
        let _ = std::io::stderr().write_all(told.as_bytes());
    }

    /// The same for what was left by so many tests.
    pub(crate) fn tell_of_left(&self, tests: usize) {
        let told = format!(
            "contract: left by {tests} journeys and window tests: {} requests and {} responses, of {} shapes, each \
             checked once; exempt as injected: {}; operations: {}; differences: {}\n",
            self.requests,
            self.responses,
            self.shapes,
            self.injected,
            self.by("ours").len(),
            self.differences.len(),
        );
        // Nobody may be there to read it.
        let _ = io::stderr().write_all(told.as_bytes());
    }

    /// The operations that somebody asked for.
    pub(crate) fn by(&self, whom: &str) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.operations.get(whom).unwrap_or(&NONE)
    }
}
