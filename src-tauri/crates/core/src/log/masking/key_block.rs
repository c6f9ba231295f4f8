//! Private keys, which go over several lines (<https://www.rfc-editor.org/rfc/rfc7468#section-2>).

use super::{MASK, mask};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const PRIVATE: &str = "PRIVATE KEY";

/// No key is longer, in lines.
const LONGEST: u32 = 400;

/// A word that is shorter may be one of anybody's, unless it stands right beside the lines of a key.
const LONG: usize = 16;

/// Lines of a key, one after the other, by which one is known that shows neither its beginning nor its end.
const RUN: usize = 5;

/// Such lines are so long: 64 characters of PEM, 70 of OpenSSH, 76 of MIME.
const FULL: std::ops::RangeInclusive<usize> = 64..=76;

/// Masks the lines of one log, in their order.
#[derive(Debug, Default)]
pub struct Masker {
    /// Lines that may still belong to a private key.
    key_goes_on: u32,
    /// The line before was one of a key's.
    beside: bool,
}

impl Masker {
    /// The next line, masked.
    pub fn mask(&mut self, line: String) -> String {
        if let Some(begins) = line.find(BEGIN).filter(|at| line[*at..].contains(PRIVATE)) {
            return self.begin(&line, begins);
        }
        if self.key_goes_on == 0 {
            return mask(line);
        }
        if let Some(ends) = line.find(END).filter(|at| line[*at..].contains(PRIVATE)) {
            self.key_goes_on = 0;
            return with_end(&line, ends);
        }
        // Others write in between: a line that is none of the key's does not end it.
        self.key_goes_on -= 1;
        masked(line, &mut self.beside)
    }

    fn begin(&mut self, line: &str, begins: usize) -> String {
        let head = line[begins..]
            .find(PRIVATE)
            .map_or(begins, |at| begins + at + PRIVATE.len());
        // `PRIVATE KEY-----`, or `PRIVATE KEY BLOCK-----` of PGP.
        let head = line[head..]
            .find("-----")
            .map_or(line.len(), |at| head + at + 5);
        let (kept, rest) = line.split_at(head);
        match rest.find(END) {
            Some(ends) => format!("{kept}{}", with_end(rest, ends)),
            None => {
                self.key_goes_on = LONGEST;
                self.beside = true;
                let rest = rest.trim();
                format!("{kept}{}", if rest.is_empty() { "" } else { MASK })
            }
        }
    }
}

/// Masks the last lines of a log: they may begin in the middle of a key, and end there.
pub fn mask_all(lines: &mut [String]) {
    let is_begin = |line: &String| line.contains(BEGIN) && line.contains(PRIVATE);
    let is_end = |line: &String| line.contains(END) && line.contains(PRIVATE);
    if let Some(end) = lines.iter().position(is_end)
        && !lines[..end].iter().any(is_begin)
    {
        let mut beside = true;
        for line in lines[..end].iter_mut().rev() {
            *line = masked(std::mem::take(line), &mut beside);
        }
    }
    mask_runs(lines);
    let mut masker = Masker::default();
    for line in lines {
        *line = masker.mask(std::mem::take(line));
    }
}

/// Masks what can only be a key although neither its beginning nor its end is there.
fn mask_runs(lines: &mut [String]) {
    let mut from = 0;
    while from < lines.len() {
        let run = lines[from..]
            .iter()
            .take_while(|line| is_full(line))
            .count();
        let to = from + run;
        let begun = from
            .checked_sub(1)
            .is_some_and(|it| lines[it].contains(BEGIN));
        // The last line of a certificate is shorter.
        let ended = lines[to..].iter().take(2).any(|line| line.contains(END));
        if run >= RUN && !begun && !ended {
            let mut beside = true;
            for line in lines[from..].iter_mut().take(run + 1) {
                *line = masked(std::mem::take(line), &mut beside);
            }
        }
        from = to + 1;
    }
}

/// Its last word is as long as a line of a key, and no digest.
fn is_full(line: &str) -> bool {
    let word = line
        .split_ascii_whitespace()
        .next_back()
        .unwrap_or_default();
    FULL.contains(&word.len())
        && is_base64(word)
        && word.bytes().any(|byte| byte.is_ascii_uppercase())
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// A line that may be one of a key's, masked from its first long word on; what a tool puts in front of it stays. `beside`:
/// whether the line next to it is one of a key's, then whether this is.
fn masked(line: String, beside: &mut bool) -> String {
    // Of older keys (<https://www.rfc-editor.org/rfc/rfc1421#section-4.6>).
    if ["Proc-Type:", "DEK-Info:"]
        .iter()
        .any(|it| line.contains(it))
    {
        return MASK.to_owned();
    }
    let Some(last) = line.split_ascii_whitespace().next_back() else {
        return line;
    };
    let start = line.trim_ascii_end().len() - last.len();
    let bare = line[..start].split_ascii_whitespace().all(is_number);
    let long = |word: &str| is_base64(word) && word.len() >= LONG;
    let is_it = long(last) || *beside && is_base64(last) && (bare || is_rest(last));
    if !is_it {
        *beside = false;
        return mask(line);
    }
    *beside = bare || long(last);
    let mut before = line[..start].split_ascii_whitespace();
    let first = before.find(|word| long(word));
    let from = first.and_then(|word| line.find(word)).unwrap_or(start);
    let kept = &line[..from];
    if kept.trim().is_empty() {
        return MASK.to_owned();
    }
    format!("{}{MASK}", mask(kept.to_owned()))
}

/// What a line of a key is made of; in a text within a text its ends are escaped, and it may stand in a list.
fn is_base64(word: &str) -> bool {
    let word = word.trim_matches(|c| matches!(c, '"' | '\'' | ','));
    let of_it =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\');
    !word.is_empty() && word.bytes().all(of_it)
}

/// What is left of a key for its last line, and no word that people write.
fn is_rest(word: &str) -> bool {
    word.len().is_multiple_of(4)
        && word
            .bytes()
            .any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'=')
}

/// A number, a time or the like.
fn is_number(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_digit() || b"#.:/-TZ".contains(&byte))
}

fn with_end(line: &str, ends: usize) -> String {
    let (before, end) = line.split_at(ends);
    let before = if before.trim().is_empty() { "" } else { MASK };
    format!("{before}{}", mask(end.to_owned()))
}
