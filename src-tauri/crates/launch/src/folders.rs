//! Where data is kept.

use std::ffi::OsString;
use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};
use slipway_core::view::Mode;

/// The data folder of a mode; each mode has its own. `None` when there is no home folder and none is named.
pub(crate) fn data(mode: Mode) -> Option<PathBuf> {
    let home = home()?;
    Some(match mode {
        Mode::Real => home,
        Mode::Practice => home.join("practice"),
    })
}

/// Where a person finds files that they asked for: the system's folder for downloads. Below the data folder where there is
/// none.
pub(crate) fn downloads(data: &Path) -> PathBuf {
    let dirs = UserDirs::new();
    let known = dirs.as_ref().map(|dirs| {
        let usual = || dirs.home_dir().join("Downloads");
        dirs.download_dir().map_or_else(usual, Path::to_owned)
    });
    known.unwrap_or_else(|| data.join("saved"))
}

/// Makes the folder where there is none. What is typed into comments and reasons, and the log, are for the person who
/// sits here, not for everybody on this computer.
pub(crate) fn make(data: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_made_is_for_its_owner_only() {
        let home = tempfile::tempdir().expect("a folder");
        let data = home.path().join("slipway/practice");
        super::make(&data).expect("made");
        super::make(&data).expect("it is there already");
        for folder in [home.path().join("slipway"), data] {
            let mode = std::fs::metadata(&folder)
                .expect("made")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
    }
}
