//! The cells, and what came of each.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// What came of the cells, by row and fault.
pub(crate) struct Table {
    title: &'static str,
    /// How many cells there are, played or not.
    all: usize,
    rows: BTreeMap<String, Vec<Cell>>,
    began: Instant,
}

struct Cell {
    fault: &'static str,
    came: Result<String, String>,
    took: Duration,
}

impl Table {
    pub(crate) fn new(title: &'static str, all: usize) -> Self {
        Self {
            title,
            all,
            rows: BTreeMap::new(),
            began: Instant::now(),
        }
    }

    pub(crate) fn note(
        &mut self,
        row: String,
        fault: &'static str,
        (came, took): (Result<String, String>, Duration),
    ) {
        if let Err(why) = &came {
            let why = format!("{row}, {fault}: {why}\n");
            let _ = std::io::stderr().write_all(why.as_bytes());
        }
        self.rows
            .entry(row)
            .or_default()
            .push(Cell { fault, came, took });
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Prints it, and fails with what went another way than it has to.
    pub(crate) fn assert_good(&self) {
        let mut told = format!(
            "{}: {} of {} cells (all of them with --long)\n",
            self.title,
            self.len(),
            self.all
        );
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        let mut bad = Vec::new();
        for (row, cells) in &self.rows {
            told.push_str(&format!("  {row}\n"));
            for Cell { fault, came, took } in cells {
                let word = match came {
                    Ok(word) => word.as_str(),
                    Err(why) => {
                        bad.push(format!("{row}, {fault}: {why}"));
                        "WRONG"
                    }
                };
                told.push_str(&format!(
                    "    {fault:<52}{word:<28}{:>6.1} s\n",
                    took.as_secs_f64()
                ));
                let kind = word.split(':').next().unwrap_or_default();
                *counted.entry(kind).or_default() += 1;
            }
        }
        for (word, times) in counted {
            told.push_str(&format!("  {times:>4} {word}\n"));
        }
        told.push_str(&format!(
            "  {:.0} s in all\n",
            self.began.elapsed().as_secs_f64()
        ));
        // Where a test's own output is not held back; nobody may be there to read it.
        let _ = std::io::stderr().write_all(told.as_bytes());
        assert!(
            bad.is_empty(),
            "{} cells are wrong:\n{}",
            bad.len(),
            bad.join("\n")
        );
    }
}
