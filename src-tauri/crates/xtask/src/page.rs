//! The page in `ui/`: its packages, and the built files that the app embeds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::process::{self, Result};
use crate::workspace::Workspace;

/// What the whole page may have, gzipped, in bytes.
const BUDGET: usize = 60_000;

/// Runs `npm ci` unless the packages are as new as the lock file that names them.
pub(crate) fn install(workspace: &Workspace) -> Result {
    let page = workspace.page();
    // npm writes this copy of the lock file last, so it is missing after an installation that was cut short.
    let installed_at = modified_at(&page.join("node_modules/.package-lock.json"));
    if installed_at.is_some() && installed_at >= modified_at(&page.join("package-lock.json")) {
        println!("ui/node_modules is up to date.");
        return Ok(());
    }
    process::run(&mut workspace.npm(["ci", "--no-audit", "--no-fund"]))
}

/// Builds the page unless nothing in `ui/` changed since: a new `ui/dist` has the app linked again.
pub(crate) fn build(workspace: &Workspace) -> Result {
    let page = workspace.page();
    let built_at = modified_at(&page.join("dist/index.html"));
    if built_at.is_some() && built_at >= changed_at(&page) {
        println!("ui/dist is up to date.");
    } else {
        process::run(&mut workspace.npm(["run", "build"]))?;
    }
    within_budget(&page.join("dist"))
}

/// Adds up what `gzip -9` leaves of every built file.
fn within_budget(dist: &Path) -> Result {
    let mut bytes = 0;
    for file in files(dist)? {
        let packed = Command::new("gzip").arg("-9c").arg(&file).output();
        // Where there is no gzip, the budget is held by the other systems' runs.
        let Ok(packed) = packed else { return Ok(()) };
        bytes += packed.stdout.len();
    }
    println!("The page has {bytes} bytes, gzipped.");
    match over(bytes) {
        0 => Ok(()),
        over => Err(format!(
            "The page is {over} bytes over its budget of {BUDGET} bytes, gzipped: make room in ui/."
        )
        .into()),
    }
}

fn over(bytes: usize) -> usize {
    bytes.saturating_sub(BUDGET)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// The latest change to a file of the page, or to a folder's contents, apart from what is made there.
fn changed_at(page: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(page).ok()?.filter_map(|entry| entry.ok());
    entries
        .filter(|entry| entry.file_name() != "dist" && entry.file_name() != "node_modules")
        .filter_map(|entry| latest(&entry.path()))
        .max()
}

fn latest(path: &Path) -> Option<SystemTime> {
    let below = fs::read_dir(path).into_iter().flatten();
    below
        .filter_map(|entry| latest(&entry.ok()?.path()))
        .chain(modified_at(path))
        .max()
}

fn modified_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_fill_its_budget_and_no_more() {
        assert_eq!(over(BUDGET), 0);
        assert_eq!(over(BUDGET + 7), 7);
    }
}
