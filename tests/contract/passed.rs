//! What passed between our clients and the sim in other tests, left where the contract's own test judges it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use serde::Serialize;
use slipway_sim::Exchange;

/// One exchange and who asked, as the judge reads it: of the same [shape](Exchange::shape), one is judged.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    by: &'a str,
    shape: u64,
    #[serde(flatten)]
    exchange: &'a Exchange,
}

impl<'a> Line<'a> {
    pub(crate) fn of(by: &'a str, exchange: &'a Exchange) -> Line<'a> {
        let shape = exchange.shape();
        Line {
            by,
            shape,
            exchange,
        }
    }
}

/// Where it is left: a file a test, named after the program and the test.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("compiled output has a folder")
        .join("exchanges")
}

/// Leaves what passed in the test that runs in this thread. Looks repeat: of what has the same shape, one is left.
pub(crate) fn leave(exchanges: &[Exchange]) {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for exchange in exchanges {
        let line = Line::of("ours", exchange);
        if seen.insert(line.shape) {
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
