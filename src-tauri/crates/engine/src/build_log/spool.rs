//! The lines of a log in a file that nobody else sees: it has no name (and is gone with this process, however that ends),
//! and is for its owner only.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use slipway_core::facts::LogLine;
use slipway_core::time::At;

/// Where every so many lines begin is remembered: eight bytes for each.
pub(crate) const BLOCK: u32 = 256;

/// A line begins with its time, in so many hexadecimal digits of milliseconds.
const TIME: usize = 12;

/// Some of a log's lines, in a file.
#[derive(Debug)]
pub(crate) struct Spool(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    file: File,
    /// No more than so many bytes are written.
    most: u64,
    size: u64,
    lines: u32,
    /// Where each block begins.
    blocks: Vec<u64>,
}

/// Whether lines were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// They were.
    Taken,
    /// There is no room for them; none of them was taken.
    Full,
}

impl Spool {
    /// An empty one, whose file is in this folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub(crate) fn create(folder: &Path, most: u64) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let file = tempfile::tempfile_in(folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
        Ok(Self(Mutex::new(Inner {
            file,
            most,
            size: 0,
            lines: 0,
            blocks: Vec::new(),
        })))
    }

    /// Adds lines at the end, all or none of them.
    ///
    /// # Errors
    /// When they cannot be written, a full disk for instance.
    pub(crate) fn append(&self, lines: &[LogLine]) -> io::Result<Room> {
        let mut inner = self.inner();
        let mut text = Vec::new();
        let mut blocks = Vec::new();
        let (mut number, size) = (inner.lines, inner.size);
        for line in lines {
            if number.is_multiple_of(BLOCK) {
                blocks.push(size + as_size(text.len()));
            }
            // 48 bits reach for nine thousand years.
            let time = line.at.0.clamp(0, (1 << 48) - 1);
            let text_of_it = line.text.replace('\n', " ");
            writeln!(text, "{time:0width$x}{text_of_it}", width = TIME)?;
            number = number.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        }
        if size + as_size(text.len()) > inner.most {
            return Ok(Room::Full);
        }
        inner.file.seek(SeekFrom::Start(size))?;
        if let Err(error) = inner.file.write_all(&text) {
            // What was written of it goes; where that fails, too, it is written over.
            let _ = inner.file.set_len(size);
            return Err(error);
        }
        inner.size = size + as_size(text.len());
        inner.lines = number;
        inner.blocks.extend(blocks);
        Ok(Room::Taken)
    }

    /// Begins anew.
    ///
    /// # Errors
    /// When the file cannot be emptied.
    pub(crate) fn clear(&self) -> io::Result<()> {
        let mut inner = self.inner();
        inner.file.set_len(0)?;
        inner.size = 0;
        inner.lines = 0;
        inner.blocks.clear();
        Ok(())
    }

    /// How many lines there are.
    pub(crate) fn lines(&self) -> u32 {
        self.inner().lines
    }

    /// So many lines from one on, or those that there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn read(&self, first: u32, count: u32) -> io::Result<Vec<LogLine>> {
        let end = first.saturating_add(count).min(self.lines());
        let mut lines = Vec::new();
        for block in first / BLOCK..end.div_ceil(BLOCK) {
            let begins = block * BLOCK;
            self.each_in(block, |offset, at, text| {
                if (first..end).contains(&(begins + offset)) {
                    lines.push(LogLine {
                        at,
                        text: text.to_owned(),
                    });
                }
            })?;
        }
        Ok(lines)
    }

    /// Each line of a block: its place in it, its time, its text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn each_in(
        &self,
        block: u32,
        mut take: impl FnMut(u32, At, &str),
    ) -> io::Result<()> {
        let bytes = self.inner().block(block)?;
        let text = String::from_utf8_lossy(&bytes);
        for (offset, line) in (0_u32..).zip(text.lines()) {
            let (time, line) = line.split_at_checked(TIME).unwrap_or(("", line));
            let at = i64::from_str_radix(time, 16).unwrap_or_default();
            take(offset, At(at), line);
        }
        Ok(())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn block(&mut self, number: u32) -> io::Result<Vec<u8>> {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let Some(begin) = self.blocks.get(at).copied() else {
            return Ok(Vec::new());
        };
        let end = self.blocks.get(at + 1).copied().unwrap_or(self.size);
        let length = usize::try_from(end - begin).unwrap_or_default();
        let mut bytes = vec![0; length];
        self.file.seek(SeekFrom::Start(begin))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn as_size(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(from: u32, to: u32) -> Vec<LogLine> {
        let line = |number: u32| LogLine {
            at: At(i64::from(number)),
            text: format!("line {number} é"),
        };
        (from..to).map(line).collect()
    }

    fn spool(most: u64) -> (tempfile::TempDir, Spool) {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::create(&folder.path().join("new"), most).expect("a file");
        (folder, spool)
    }

    #[test]
    fn gives_back_what_it_took_wherever_that_is() {
        let (_folder, spool) = spool(u64::MAX);
        assert_eq!(spool.read(0, 10).expect("read"), []);
        let mut at = 0;
        for count in [1, 254, 1, 1, 600, 0, 143] {
            spool.append(&lines(at, at + count)).expect("written");
            at += count;
        }
        assert_eq!(spool.lines(), 1_000);
        for (first, count) in [
            (0, 1),
            (0, 1_000),
            (250, 20),
            (511, 2),
            (900, 500),
            (999, 1),
        ] {
            let read = spool.read(first, count).expect("read");
            assert_eq!(
                read,
                lines(first, (first + count).min(1_000)),
                "{first} {count}"
            );
        }
        assert_eq!(spool.read(1_000, 5).expect("read"), []);
        spool.clear().expect("emptied");
        spool.append(&lines(7, 9)).expect("written");
        assert_eq!(spool.read(0, 9).expect("read"), lines(7, 9));
    }

    #[test]
    fn takes_all_or_nothing_and_no_more_than_it_may() {
        let (_folder, spool) = spool(100);
        assert_eq!(spool.append(&lines(0, 4)).expect("written"), Room::Taken);
        assert_eq!(spool.append(&lines(4, 6)).expect("no failure"), Room::Full);
        assert_eq!(spool.read(0, 9).expect("read"), lines(0, 4));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn has_no_name_and_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;

        let (folder, spool) = spool(u64::MAX);
        spool.append(&lines(0, 1)).expect("written");
        let file = spool.inner().file.metadata().expect("it is there");
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        let named = std::fs::read_dir(folder.path().join("new")).expect("a folder");
        assert_eq!(named.count(), 0);
    }
}
