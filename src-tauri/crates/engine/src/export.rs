//! A file for a person: in the folder for downloads, under a name that was not taken, whole or not at all.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use slipway_core::problem::{Code, Problem};
use slipway_core::view::Mode;
use tempfile::{Builder, TempPath};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

/// A disk that takes longer for a moment's work does not answer.
const LIMIT: Duration = Duration::from_secs(60);
/// So many files of one name are enough.
const SAME_NAME: u32 = 1000;

/// A file that is being written. It has no name of its own before it is whole, however Slipway ends meanwhile; given up, it
/// is gone.
#[derive(Debug)]
pub(crate) struct Export {
    file: File,
    part: TempPath,
    folder: PathBuf,
    name: String,
}

impl Export {
    /// Begins what becomes `slipway-<name>.json` there, or `-2`, `-3` where that is taken. Nothing is ever overwritten.
    ///
    /// # Errors
    /// Why there can be no such file.
    pub(crate) async fn begin(folder: &Path, mode: Mode, name: &str) -> Result<Self, Problem> {
        let practice = match mode {
            Mode::Practice => "practice-",
            Mode::Real => "",
        };
        let name: String = name.chars().map(plain).take(150).collect();
        let name = format!("slipway-{practice}{name}");
        let begun = within(Self::create(folder.to_owned(), name)).await;
        begun.map_err(|error| refused(folder, &error))
    }

    async fn create(folder: PathBuf, name: String) -> io::Result<Self> {
        let begun = spawn_blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let (file, part) = part_in(&folder)?.into_parts();
            let file = File::from_std(file);
            Ok(Self {
                file,
                part,
                folder,
                name,
            })
        });
        begun.await?
    }

    /// Writes more.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(crate) async fn write(&mut self, text: &str) -> Result<(), Problem> {
        let written = within(self.file.write_all(text.as_bytes())).await;
        written.map_err(|error| refused(&self.folder, &error))
    }

    /// It is whole, and on the disk: it gets its name. Tells where it is.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(crate) async fn finish(self) -> Result<PathBuf, Problem> {
        let Self {
            mut file,
            part,
            folder,
            name,
        } = self;
        let there = folder.clone();
        let kept = async {
            file.flush().await?;
            file.sync_all().await?;
            spawn_blocking(move || keep(part, &there, &name)).await?
        };
        let kept = within(kept).await;
        kept.map_err(|error| refused(&folder, &error))
    }
}

/// A file that says by its name that it is not whole, and may be read by whom a file of this person may be.
fn part_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut part = Builder::new();
    part.prefix(".slipway-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        part.permissions(std::fs::Permissions::from_mode(0o666));
    }
    part.tempfile_in(folder)
}

/// Gives it the first name that is free.
fn keep(part: TempPath, folder: &Path, name: &str) -> io::Result<PathBuf> {
    let mut part = part;
    for number in 1..=SAME_NAME {
        let path = match number {
            1 => folder.join(format!("{name}.json")),
            _ => folder.join(format!("{name}-{number}.json")),
        };
        match part.persist_noclobber(&path) {
            Ok(()) => return Ok(path),
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => part = taken.path,
            Err(failed) => return Err(failed.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

async fn within<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let done = tokio::time::timeout(LIMIT, work).await;
    done.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// Branch names may hold what no file name may.
fn plain(c: char) -> char {
    if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
        c
    } else {
        '-'
    }
}

fn refused(folder: &Path, error: &io::Error) -> Problem {
    let folder = folder.display();
    let kind = error.kind();
    let (what, remedy) = if matches!(
        kind,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    ) {
        (
            format!("The disk is full, so nothing could be saved in {folder}."),
            "Make some room, then save it again.",
        )
    } else if matches!(
        kind,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    ) {
        (
            format!("Slipway may not write in {folder}."),
            "Allow writing there, then save it again. Or copy it as Markdown.",
        )
    } else {
        (
            format!("It could not be saved in {folder}."),
            "Look at that folder, then save it again. Or copy it as Markdown.",
        )
    };
    Problem::new(
        Code::NotOffered,
        what,
        "There is no file. Nothing else has changed.",
        remedy,
    )
    .with_raw(&error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn begun(folder: &Path) -> Export {
        let begun = Export::begin(folder, Mode::Real, "a/b").await;
        begun.expect("it begins")
    }

    fn names(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder).expect("the folder");
        let name = |file: io::Result<std::fs::DirEntry>| {
            let file = file.expect("a file");
            file.file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = files.map(name).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn nothing_has_its_name_before_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("new");
        let mut export = begun(&folder).await;
        export.write("half").await.expect("written");
        let parts = names(&folder);
        assert!(
            matches!(parts.as_slice(), [part] if part.ends_with(".part")),
            "{parts:?}"
        );
        export.write(" and half").await.expect("written");
        let path = export.finish().await.expect("kept");
        assert_eq!(names(&folder), ["slipway-a-b.json"]);
        assert_eq!(
            std::fs::read_to_string(path).expect("read"),
            "half and half"
        );
    }

    #[tokio::test]
    async fn given_up_it_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut export = begun(folder.path()).await;
        export.write("half").await.expect("written");
        drop(export);
        assert!(names(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn what_took_the_name_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first = begun(folder.path()).await;
        let second = begun(folder.path()).await;
        first.write("first").await.expect("written");
        let theirs = folder.path().join("slipway-a-b.json");
        std::fs::write(&theirs, "theirs").expect("written");
        let first = first.finish().await.expect("kept");
        let second = second.finish().await.expect("kept");
        assert_eq!(first, folder.path().join("slipway-a-b-2.json"));
        assert_eq!(second, folder.path().join("slipway-a-b-3.json"));
        let read = |path: &Path| std::fs::read_to_string(path).expect("read");
        assert_eq!(
            (read(&theirs).as_str(), read(&first).as_str()),
            ("theirs", "first")
        );
    }
}
