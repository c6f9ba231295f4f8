//! Private keys, which go over several lines (<https://www.rfc-editor.org/rfc/rfc7468#section-2>).

use super::{MASK, mask};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const PRIVATE: &str = "PRIVATE KEY";

/// No key is longer, in lines.
const LONGEST: u32 = 400;

/// Masks the lines of one log, in their order.
#[derive(Debug, Default)]
pub struct Masker {
    /// Lines that may still belong to a private key.
    key_goes_on: u32,
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
        if let Some(ends) = line.find(END) {
            self.key_goes_on = 0;
            return with_end(&line, ends);
        }
        if !is_inside(&line) {
            self.key_goes_on = 0;
            return mask(line);
        }
        self.key_goes_on -= 1;
        masked(line)
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
                let rest = rest.trim();
                format!("{kept}{}", if rest.is_empty() { "" } else { MASK })
            }
        }
    }
}

/// Masks the last lines of a log: they may begin in the middle of a key.
pub fn mask_all(lines: &mut [String]) {
    let is_begin = |line: &String| line.contains(BEGIN) && line.contains(PRIVATE);
    let is_end = |line: &String| line.contains(END) && line.contains(PRIVATE);
    if let Some(end) = lines.iter().position(is_end)
        && !lines[..end].iter().any(is_begin)
    {
        let inside = lines[..end].iter_mut().rev();
        for line in inside.take_while(|line| is_inside(line)) {
            *line = masked(std::mem::take(line));
        }
    }
    let mut masker = Masker::default();
    for line in lines {
        *line = masker.mask(std::mem::take(line));
    }
}

fn masked(line: String) -> String {
    if line.trim().is_empty() {
        line
    } else {
        MASK.to_owned()
    }
}

fn with_end(line: &str, ends: usize) -> String {
    let (before, end) = line.split_at(ends);
    let before = if before.trim().is_empty() { "" } else { MASK };
    format!("{before}{}", mask(end.to_owned()))
}

/// Base64, one of the headers of older keys, or nothing; what a tool puts in front of a line does not count.
fn is_inside(line: &str) -> bool {
    let header = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"];
    if header.iter().any(|it| line.contains(it)) {
        return true;
    }
    let of_it =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\');
    let in_front = |word: &str| {
        word.bytes()
            .all(|byte| byte.is_ascii_digit() || b"#.:/-TZ".contains(&byte))
    };
    let mut words = line.split_ascii_whitespace().rev();
    words.next().unwrap_or_default().bytes().all(of_it) && words.all(in_front)
}
