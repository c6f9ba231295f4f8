//! The installers: made, and tried in a fresh Debian.

mod fresh_debian;

use std::fs;
use std::path::{Path, PathBuf};

use crate::packages::{self, BUILD};
use crate::process::{self, Result};
use crate::workspace::Workspace;
use crate::{Consent, page, tools};

/// Builds what is shipped, puts it into a `.deb` and an `.rpm`, and says where they are; with `check` it then installs
/// them where nothing else is.
pub(crate) fn make(consent: Consent, check: bool) -> Result {
    if !cfg!(target_os = "linux") {
        return Err("this makes Linux packages. On other systems `npm run tauri build` in ui/ makes the installer.".into());
    }
    let workspace = Workspace::open(consent)?;
    packages::install(BUILD, consent)?;
    tools::require_for_building()?;
    page::install(&workspace)?;
    page::build(&workspace)?;
    process::run(&mut workspace.cargo([
        "build",
        "--release",
        "--locked",
        "--package",
        "slipway",
        "--bin",
        "slipway",
    ]))?;

    let bundles = workspace.target().join("release").join("bundle");
    // Those of an earlier version would be taken for what was made now.
    if bundles.exists() {
        fs::remove_dir_all(&bundles)?;
    }
    process::run(&mut workspace.tauri(["bundle", "--ci", "--bundles", "deb,rpm"]))?;
    let deb = only(&bundles.join("deb"), "deb")?;
    let rpm = only(&bundles.join("rpm"), "rpm")?;
    println!("\n{}\n{}", deb.display(), rpm.display());
    if check {
        fresh_debian::check(&workspace, consent, &deb, &rpm)?;
    }
    Ok(())
}

/// The one file with this ending in a folder.
fn only(folder: &Path, ending: &str) -> Result<PathBuf> {
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut found = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|own| own == ending));
    match (found.next(), found.next()) {
        (Some(file), None) => Ok(file),
        _ => Err(format!("{} should hold one .{ending} file.", folder.display()).into()),
    }
}
