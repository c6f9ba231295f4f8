//! Text from outside is hostile until it has been cut and cleaned for where it goes.

/// At most `max` characters, with an ellipsis where something was cut. Control characters (other than line ends
/// and tabs) and invisible direction marks are dropped, so that a name cannot rearrange the line it stands in.
#[must_use]
pub fn cut(text: &str, max: usize) -> String {
    // Nearly all text is like this, and it is done with everything that is shown.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.len() <= max && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut clean = text.chars().filter(|c| !is_hostile(*c));
    let mut out: String = clean.by_ref().take(max).collect();
    if clean.next().is_some() {
        out.pop();
        out.push('…');
    }
    out
}

/// The first line, cut.
#[must_use]
pub fn line(text: &str, max: usize) -> String {
    cut(text.lines().next().unwrap_or_default().trim(), max)
}

/// Nothing in it is invisible or rearranges a line.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(is_hostile)
}

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        for hidden in [
            '\u{0}',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200f}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2069}',
            '\u{206a}',
            '\u{feff}',
            '\u{fff9}',
            '\u{e0041}',
        ] {
            assert_eq!(
                cut(&format!("a{hidden}b"), 9),
                "ab",
                "{}",
                hidden.escape_unicode()
            );
            assert!(!is_plain(&format!("a{hidden}b")));
        }
        assert!(is_plain("Größe 修复 🐛\tand\nmore"));
    }

    #[test]
    fn nothing_of_something_too_long_is_an_ellipsis() {
        assert_eq!(cut("abc", 1), "…");
        assert_eq!(cut("", 0), "");
        assert_eq!(line("", 5), "");
        assert_eq!(line("  padded  ", 20), "padded");
    }

    #[test]
    fn cuts_by_characters_and_says_so() {
        assert_eq!(cut("Größe", 5), "Größe");
        assert_eq!(cut("Größer", 5), "Größ…");
        assert_eq!(cut("a\u{202e}b\u{1b}[31mc", 9), "ab[31mc");
        assert_eq!(line("first\nsecond", 20), "first");
    }
}
