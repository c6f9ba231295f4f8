//! Text from outside is hostile until it has been cut and cleaned for where it goes.

/// At most `max` characters, with an ellipsis where something was cut. Control characters (other than line ends
/// and tabs) and invisible direction marks are dropped, so that a name cannot rearrange the line it stands in.
#[must_use]
pub fn cut(text: &str, max: usize) -> String {
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

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_characters_and_says_so() {
        assert_eq!(cut("Größe", 5), "Größe");
        assert_eq!(cut("Größer", 5), "Größ…");
        assert_eq!(cut("a\u{202e}b\u{1b}[31mc", 9), "ab[31mc");
        assert_eq!(line("first\nsecond", 20), "first");
    }
}
