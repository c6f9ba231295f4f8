//! The page in `ui/`: its packages, and the built files that the app embeds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::process::{self, Result};
use crate::workspace::Workspace;

/// What the window loads at its start may have, gzipped, in bytes: Home, its styles, and all that these import.
const AT_START: usize = 60_000;

/// What everything may have together with the screens that are loaded when they are opened.
const WHOLE: usize = 100_000;

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

/// Adds up what `gzip -9` leaves of the built files.
fn within_budget(dist: &Path) -> Result {
    let at_start = at_start(dist)?;
    let (mut first, mut whole) = (0, 0);
    for file in files(dist)? {
        let packed = Command::new("gzip").arg("-9c").arg(&file).output();
        // Where there is no gzip, the budget is held by the other systems' runs.
        let Ok(packed) = packed else { return Ok(()) };
        whole += packed.stdout.len();
        if at_start.contains(&file) {
            first += packed.stdout.len();
        }
    }
    println!("The window loads {first} bytes at its start, gzipped, and {whole} in all.");
    for (part, bytes, budget) in [
        ("What the window loads at its start", first, AT_START),
        ("The whole page", whole, WHOLE),
    ] {
        let over = over(bytes, budget);
        if over > 0 {
            return Err(format!(
                "{part} is {over} bytes over its budget of {budget} bytes, gzipped: make room in ui/."
            )
            .into());
        }
    }
    Ok(())
}

fn over(bytes: usize, budget: usize) -> usize {
    bytes.saturating_sub(budget)
}

/// The start page, what it names, and what these import, except by `import(…)`, which waits until it is asked for.
fn at_start(dist: &Path) -> Result<BTreeSet<PathBuf>> {
    let all = files(dist)?;
    let mut found = BTreeSet::new();
    let mut next = vec![dist.join("index.html")];
    while let Some(file) = next.pop() {
        let text = fs::read_to_string(&file)?;
        let named = all.iter().filter(|other| names(&text, other));
        next.extend(named.filter(|other| !found.contains(*other)).cloned());
        found.insert(file);
    }
    Ok(found)
}

/// The text has that file's name in quotes, other than for a later `import(…)`.
fn names(text: &str, file: &Path) -> bool {
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    text.match_indices(name).any(|(at, _)| {
        let before = &text[..at];
        let quote = before.rfind(['"', '\'', '`']).unwrap_or(0);
        !before[..quote].trim_end().ends_with("import(")
    })
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
        assert_eq!(over(AT_START, AT_START), 0);
        assert_eq!(over(WHOLE + 7, WHOLE), 7);
    }

    #[test]
    fn what_is_imported_at_once_is_loaded_at_the_start_and_what_is_imported_later_is_not() {
        let script = r#"import{a}from"./states-1.js";const b=()=>import("./Accounts-2.js"),c=()=>import( `./Run-3.js`);"#;
        for (name, is_named) in [
            ("states-1.js", true),
            ("Accounts-2.js", false),
            ("Run-3.js", false),
            ("Other-4.js", false),
        ] {
            assert_eq!(names(script, Path::new(name)), is_named, "{name}");
        }
        let page = r#"<script type="module" crossorigin src="/assets/index-5.js"></script>"#;
        assert!(names(page, Path::new("dist/assets/index-5.js")));
    }
}
