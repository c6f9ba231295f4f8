//! A file for a person: in the folder for downloads, under a name that was not taken, whole or not at all.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use slipway_core::problem::{Code, Problem};
use slipway_core::view::Mode;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// A disk that takes longer for a moment's work does not answer.
const LIMIT: Duration = Duration::from_secs(60);
/// So many files of one name are enough.
const SAME_NAME: u32 = 1000;

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Export {
    file: File,
    path: PathBuf,
}

impl Export {
    /// Begins `slipway-<name>.json` there, or `-2`, `-3` where that is taken. Nothing is ever overwritten.
    ///
    /// # Errors
    /// Why there can be no such file.
    pub(crate) async fn begin(folder: &Path, mode: Mode, name: &str) -> Result<Self, Problem> {
        let practice = match mode {
            Mode::Practice => "practice-",
            Mode::Real => "",
        };
        let name: String = name.chars().map(plain).take(150).collect();
        let begun = within(Self::create(folder, &format!("slipway-{practice}{name}"))).await;
        begun.map_err(|error| refused(folder, &error))
    }

    async fn create(folder: &Path, name: &str) -> io::Result<Self> {
        tokio::fs::create_dir_all(folder).await?;
        for number in 1..=SAME_NAME {
            let path = match number {
                1 => folder.join(format!("{name}.json")),
                _ => folder.join(format!("{name}-{number}.json")),
            };
            match OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
                .await
            {
                Ok(file) => return Ok(Self { file, path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Writes more. When it fails, the file is gone.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(crate) async fn write(&mut self, text: &str) -> Result<(), Problem> {
        let written = within(self.file.write_all(text.as_bytes())).await;
        self.check(written).await
    }

    /// It is whole, and on the disk. Tells where it is.
    ///
    /// # Errors
    /// Why it could not be written; then it is gone.
    pub(crate) async fn finish(mut self) -> Result<PathBuf, Problem> {
        let kept = async {
            self.file.flush().await?;
            self.file.sync_all().await
        };
        let kept = within(kept).await;
        self.check(kept).await?;
        Ok(self.path)
    }

    /// Half a file is worse than none.
    pub(crate) async fn give_up(&self) {
        if let Err(error) = tokio::fs::remove_file(&self.path).await {
            tracing::warn!(%error, path = %self.path.display(), "half a file stays there");
        }
    }

    async fn check(&self, done: io::Result<()>) -> Result<(), Problem> {
        let Err(error) = done else { return Ok(()) };
        self.give_up().await;
        let folder = self.path.parent().unwrap_or(&self.path);
        Err(refused(folder, &error))
    }
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
