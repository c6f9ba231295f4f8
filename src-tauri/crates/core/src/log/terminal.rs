//! What a terminal would show of what a program wrote.

/// What is left of a line that was written over (`10 %\r50 %\r100 %`).
pub(super) fn as_shown(line: &str) -> &str {
    line.trim_end_matches('\r')
        .rsplit('\r')
        .next()
        .unwrap_or_default()
}

/// The text without ANSI escape sequences (ECMA-48: CSI, OSC, and those of two characters).
pub(super) fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => skip_control(&mut chars),
                Some(']' | 'P' | 'X' | '^' | '_') => skip_string(&mut chars),
                Some('(' | ')' | '#') => {
                    let _ = chars.next();
                }
                Some(_) | None => {}
            },
            // The same two in one character (C1).
            '\u{9b}' => skip_control(&mut chars),
            '\u{9d}' | '\u{90}' => skip_string(&mut chars),
            c => out.push(c),
        }
    }
    out
}

fn skip_control(chars: &mut std::str::Chars<'_>) {
    let _ = chars.find(|c| ('\u{40}'..='\u{7e}').contains(c));
}

fn skip_string(chars: &mut std::str::Chars<'_>) {
    let mut before = ' ';
    let _ = chars.find(|c| {
        let ends = matches!(*c, '\u{7}' | '\u{9c}') || (before == '\u{1b}' && *c == '\\');
        before = *c;
        ends
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_escape_sequences() {
        for (written, shown) in [
            ("\u{1b}[1;31mError\u{1b}[0m: no", "Error: no"),
            ("\u{1b}]0;title\u{7}a\u{1b}]8;;x\u{1b}\\b\u{1b}(Bc", "abc"),
            ("\u{1b}Pq#0;1\u{1b}\\a\u{9b}31mb\u{9d}0;t\u{9c}c", "abc"),
            ("cut off \u{1b}[", "cut off "),
            ("\u{1b}", ""),
        ] {
            assert_eq!(without_escapes(written), shown, "{written:?}");
        }
    }

    #[test]
    fn shows_what_a_progress_line_ends_with() {
        assert_eq!(as_shown("10 %\r50 %\r100 %\r"), "100 %");
        assert_eq!(as_shown("\r\r"), "");
    }
}
