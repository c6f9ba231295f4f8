//! The lines that are shown at a time.

use std::io;

use slipway_core::facts::LogLine;

use super::Spool;

/// So many lines.
const LINES: u32 = 240;

/// And no more bytes than so many, unless one line alone has more.
const BYTES: usize = 64_000;

/// The lines around one, and the number of the first of them.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn around(spool: &Spool, line: u32) -> io::Result<(u32, Vec<LogLine>)> {
    let last = spool.lines().saturating_sub(1);
    let line = line.min(last);
    let mut first = line
        .saturating_sub(LINES / 2)
        .min(last.saturating_sub(LINES - 1));
    let mut lines = spool.read(first, LINES)?;
    let mut bytes: usize = lines.iter().map(|it| it.text.len()).sum();
    let mut from = 0;
    let mut at = usize::try_from(line - first).unwrap_or_default();
    // What is farther away goes first.
    while bytes > BYTES && lines.len() > from + 1 {
        let after = lines.len() - 1 - from;
        let gone = if at >= after - at {
            from += 1;
            first += 1;
            at -= 1;
            lines.get(from - 1).map(|it| it.text.len())
        } else {
            lines.pop().map(|it| it.text.len())
        };
        bytes -= gone.unwrap_or_default();
    }
    lines.drain(..from);
    Ok((first, lines))
}

#[cfg(test)]
mod tests {
    use slipway_core::time::At;

    use super::*;

    #[test]
    fn holds_the_line_that_was_asked_for_and_not_too_much() {
        let folder = tempfile::tempdir().expect("a folder");
        for (length, most) in [(10, 240), (2_000, 32), (100_000, 1)] {
            let spool = Spool::create(folder.path(), u64::MAX).expect("a file");
            assert_eq!(around(&spool, 7).expect("read"), (0, Vec::new()));
            let line = |_| LogLine {
                at: At(0),
                text: "x".repeat(length),
            };
            for total in [1, 100, 1_000] {
                let more: Vec<LogLine> = (spool.lines()..total).map(line).collect();
                spool.append(&more).expect("written");
                for asked in [0, 1, 500, 998, 999, u32::MAX] {
                    let (first, lines) = around(&spool, asked).expect("read");
                    let count = u32::try_from(lines.len()).expect("few");
                    let asked = asked.min(total - 1);
                    assert!(
                        (first..first + count).contains(&asked),
                        "{length} {total} {asked}"
                    );
                    assert!(count <= most.min(total));
                    assert!(count == total.min(most) || length > 10);
                }
            }
        }
    }
}
