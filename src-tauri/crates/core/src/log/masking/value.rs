//! What follows a secret's name, and whether it is one.

use std::ops::Range;

/// The value that begins there, without its quotes and without what follows it. `until`: what ends it beside a space.
pub(super) fn at(line: &str, start: usize, until: &[u8]) -> Range<usize> {
    let bytes = line.as_bytes();
    // In a text within a text the quotes are escaped.
    let escapes = count(&bytes[start..], |byte| byte == b'\\');
    let quote = bytes.get(start + escapes).copied();
    if let Some(quote) = quote.filter(|it| is_quote(*it)) {
        let from = start + escapes + 1;
        let mut to = from;
        while let Some(byte) = bytes.get(to) {
            let escaped = to > from && bytes[to - 1] == b'\\';
            if *byte == quote && (escapes > 0 || !escaped) {
                break;
            }
            to += 1;
        }
        let slashes = if escapes > 0 && to < bytes.len() {
            count_back(&bytes[from..to], |byte| byte == b'\\')
        } else {
            0
        };
        return from..to - slashes;
    }
    let ends = |byte: u8| byte.is_ascii_whitespace() || is_quote(byte) || until.contains(&byte);
    let length = count(&bytes[start..], |byte| !ends(byte));
    let value = &bytes[start..start + length];
    let after = count_back(value, |byte| {
        matches!(byte, b',' | b')' | b'}' | b']' | b'\\')
    });
    start..start + length - after
}

/// It stands for a value, or says something about one.
pub(super) fn is_placeholder(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "true",
        "false",
        "null",
        "none",
        "nil",
        "undefined",
        "yes",
        "no",
        "unset",
        "empty",
        "required",
        "redacted",
        "hidden",
        "masked",
    ];
    let value = value.trim();
    let refers = value.starts_with(['$', '<'])
        || value.starts_with("[masked")
        || value.starts_with("{{")
        || value.starts_with('%') && value.ends_with('%');
    let blanked = value.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'-'));
    refers
        || blanked
        || value.contains('(')
        || WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// No word that people write.
pub(super) fn is_random(value: &str) -> bool {
    value.len() >= 6
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        || value.len() >= 20 && !value.contains(['/', '.', ' '])
}

pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// How many bytes at the beginning are so.
pub(super) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is(**byte)).count()
}

/// How many bytes at the end are so.
pub(super) fn count_back(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().rev().take_while(|byte| is(**byte)).count()
}
