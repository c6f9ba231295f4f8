//! What is looked for in a log.

use serde::Serialize;
use ts_rs::TS;

/// More than this is not looked for, in characters.
pub const LONGEST_NEEDLE: usize = 200;

/// More places than this are not marked in one line.
const MARKS: usize = 50;

/// A plain text that is looked for, in capital and small letters alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    text: String,
    folded: Vec<char>,
}

/// A place in a line where the text stands, in UTF-16 units, as the page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Where it begins.
    pub from: u32,
    /// Where it has ended.
    pub to: u32,
}

impl Needle {
    /// The text as typed, cut; `None` when there is none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = crate::text::cut(text.trim_end_matches(['\r', '\n']), usize::MAX);
        let text: String = text.chars().take(LONGEST_NEEDLE).collect();
        let folded: Vec<char> = text.chars().map(fold).collect();
        (!folded.is_empty()).then_some(Self { text, folded })
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// It stands in this line.
    #[must_use]
    pub fn is_in(&self, line: &str) -> bool {
        self.find(line, 0).is_some()
    }

    /// Where it stands in this line.
    #[must_use]
    pub fn marks(&self, line: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (mut at, mut units) = (0, 0);
        while marks.len() < MARKS
            && let Some((from, to)) = self.find(line, at)
        {
            units += utf16(&line[at..from]);
            let end = units + utf16(&line[from..to]);
            marks.push(Mark {
                from: units,
                to: end,
            });
            (at, units) = (to, end);
        }
        marks
    }

    /// The first place from there on, in bytes.
    fn find(&self, line: &str, from: usize) -> Option<(usize, usize)> {
        if self.text.is_ascii() {
            let (bytes, text) = (line.as_bytes(), self.text.as_bytes());
            let first = text.first()?;
            let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
            let last = bytes.len().checked_sub(text.len())?;
            let mut at = from;
            while at <= last {
                let begins = |byte: &u8| *byte == small || *byte == capital;
                at += bytes[at..=last].iter().position(begins)?;
                if bytes[at..at + text.len()].eq_ignore_ascii_case(text) {
                    return Some((at, at + text.len()));
                }
                at += 1;
            }
            return None;
        }
        let rest = line.get(from..)?;
        rest.char_indices().find_map(|(at, _)| {
            let mut end = from + at;
            let mut chars = line[end..].chars();
            for wanted in &self.folded {
                let c = chars.next().filter(|c| fold(*c) == *wanted)?;
                end += c.len_utf8();
            }
            Some((from + at, end))
        })
    }
}

/// The small letter; letters that have several stay as they are.
fn fold(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => c,
    }
}

fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_whatever_its_letters_are_and_wherever_it_stands() {
        type Row = (&'static str, &'static str, &'static [(u32, u32)]);
        let rows: [Row; 9] = [
            ("error", "ERROR: an error", &[(0, 5), (10, 15)]),
            ("Error", "no errors", &[(3, 8)]),
            ("aa", "aaaa", &[(0, 2), (2, 4)]),
            ("größe", "die GRÖSSE, die GRÖßE", &[(16, 21)]),
            ("b", "🐛 b", &[(3, 4)]),
            ("🐛", "a 🐛", &[(2, 4)]),
            ("abc", "ab", &[]),
            ("x", "", &[]),
            (".*", "a.*b", &[(1, 3)]),
        ];
        for (text, line, places) in rows {
            let needle = Needle::new(text).expect("a text");
            let marks = needle.marks(line);
            let found: Vec<(u32, u32)> = marks.iter().map(|it| (it.from, it.to)).collect();
            assert_eq!(found, places, "{text:?} in {line:?}");
            assert_eq!(needle.is_in(line), !places.is_empty());
        }
    }

    #[test]
    fn nothing_is_not_looked_for_and_too_much_is_cut() {
        assert_eq!(Needle::new(""), None);
        assert_eq!(Needle::new("\u{202e}\n"), None);
        let long = Needle::new(&"é".repeat(LONGEST_NEEDLE + 1)).expect("a text");
        assert_eq!(long.text().chars().count(), LONGEST_NEEDLE);
        let line = "a".repeat(1_000);
        assert_eq!(Needle::new("a").expect("a text").marks(&line).len(), MARKS);
    }
}
