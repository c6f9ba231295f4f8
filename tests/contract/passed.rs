//! What passed between our clients and the sim in other tests, left where the contract's own test judges it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use serde::Serialize;
use slipway_sim::Exchange;

/// One exchange and who asked, as the judge reads it.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    pub(crate) by: &'a str,
    #[serde(flatten)]
    pub(crate) exchange: &'a Exchange,
}

/// Where it is left: a file a test, named after the program and the test.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("compiled output has a folder")
        .join("exchanges")
}

/// Leaves what passed in the test that runs in this thread. Looks repeat: what was asked and answered in the same words
/// is left once.
pub(crate) fn leave(exchanges: &[Exchange]) {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for exchange in exchanges {
        let asked = &exchange.request;
        let answer = exchange.answer.as_ref();
        let words = (
            (&asked.operation, &asked.path, &asked.query, &asked.body),
            answer.map(|it| (it.status, &it.body)),
        );
        if seen.insert(words) {
            let line = Line {
                by: "ours",
                exchange,
            };
            serde_json::to_writer(&mut lines, &line).expect("it is JSON");
            lines.push(b'\n');
        }
    }
    let thread = thread::current();
    let test = thread.name().unwrap_or("unnamed").replace("::", "-");
    let name = format!("{}-{test}.jsonl", env!("CARGO_CRATE_NAME"));
    fs::create_dir_all(folder()).expect("the folder can be made");
    // A test may have several worlds, one after the other.
    let file = fs::File::options()
        .create(true)
        .append(true)
        .open(folder().join(name));
    std::io::Write::write_all(&mut file.expect("it can be written"), &lines)
        .expect("it is written");
}
