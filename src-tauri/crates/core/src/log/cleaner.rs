//! From what a build wrote to the lines that are shown.

use super::masking::{Masker, mask_all};
use super::terminal::{as_shown, without_escapes};
use crate::text::cut;

/// What is kept of a line, in characters: some programs write a megabyte without an end.
pub const LONGEST_LINE: usize = 2_000;

/// Cleans one log, from its beginning on: escape sequences and control characters go, what looks like a secret is masked,
/// and what is too long is cut.
#[derive(Debug, Default)]
pub struct Cleaner {
    masker: Masker,
}

impl Cleaner {
    /// The lines of the next event. It has one, or several, or (a blank one) is one itself.
    pub fn lines(&mut self, message: &str) -> Vec<String> {
        let masked = split(message).into_iter().map(|it| self.masker.mask(it));
        masked.map(|line| cut(&line, LONGEST_LINE)).collect()
    }
}

/// The lines of the last events of a log, whose beginning is not known, cut to so many characters.
#[must_use]
pub fn tail<T: Copy>(events: &[(T, &str)], length: usize) -> Vec<(T, String)> {
    let mut at = Vec::new();
    let mut lines = Vec::new();
    for (when, message) in events {
        for line in split(message) {
            at.push(*when);
            lines.push(line);
        }
    }
    mask_all(&mut lines);
    let lines = lines.iter().map(|line| cut(line, length));
    at.into_iter().zip(lines).collect()
}

/// The lines as they are shown, unmasked and uncut.
fn split(message: &str) -> Vec<String> {
    let text = without_escapes(message);
    let text = text.trim_end();
    if text.is_empty() {
        return vec![String::new()];
    }
    let lines = text.lines().map(|line| cut(as_shown(line), usize::MAX));
    lines.collect()
}
