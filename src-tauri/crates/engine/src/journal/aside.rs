//! Keeping a damaged journal.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

/// What SQLite keeps beside its file: without these, what was written last would be lost.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Renames the journal to a name that is not taken; nothing is deleted. Tells the new name.
pub(super) fn keep(file: &Path, today: Date) -> io::Result<PathBuf> {
    let kept = free_name(file, today);
    std::fs::rename(file, &kept)?;
    for suffix in BESIDE {
        let beside = with_suffix(file, suffix);
        if beside.exists() {
            std::fs::rename(beside, with_suffix(&kept, suffix))?;
        }
    }
    Ok(kept)
}

fn free_name(file: &Path, today: Date) -> PathBuf {
    let first = file.with_file_name(format!("journal.damaged-{today}"));
    let further = (2..).map(|number| with_suffix(&first, &format!("-{number}")));
    let mut names = std::iter::once(first.clone()).chain(further);
    names.find(|name| !name.exists()).unwrap_or(first)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}
