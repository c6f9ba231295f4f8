//! Where data is kept.

use std::ffi::OsString;
use std::path::PathBuf;

use directories::ProjectDirs;
use slipway_core::view::Mode;

/// The data folder of a mode; each mode has its own. `None` when there is no home folder and none is named.
pub(crate) fn data(mode: Mode) -> Option<PathBuf> {
    let home = home()?;
    Some(match mode {
        Mode::Real => home,
        Mode::Practice => home.join("practice"),
    })
}

/// The folder that the environment names.
pub(crate) fn named() -> Option<OsString> {
    std::env::var_os("SLIPWAY_HOME").filter(|it| !it.is_empty())
}

fn home() -> Option<PathBuf> {
    if let Some(named) = named() {
        return std::path::absolute(named).ok();
    }
    Some(
        ProjectDirs::from("app", "", "Slipway")?
            .data_local_dir()
            .to_owned(),
    )
}
