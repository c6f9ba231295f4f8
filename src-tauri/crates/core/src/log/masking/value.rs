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
pub(super) fn is_placeholder(line: &str, place: &Range<usize>) -> bool {
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
    let value = line.get(place.clone()).unwrap_or_default().trim();
    let before = place.start.checked_sub(1).map(|it| line.as_bytes()[it]);
    let quote = before.filter(|byte| is_quote(*byte));
    let refers = match quote {
        // In single quotes a shell takes every sign for itself.
        Some(b'\'') => is_template(value),
        Some(_) => is_template(value) || is_variable(value) || is_run(value),
        None => {
            let rest = &line[place.start..];
            is_template(value) || is_variable(value) || is_run(rest) || is_call(rest)
        }
    };
    let blanked = value.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'-'));
    refers || blanked || WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// `<your-token>`, `{{ token }}`, `%TOKEN%`, or what was masked already.
fn is_template(value: &str) -> bool {
    let between = |begin: &str, end: &str| {
        let inner = value.strip_prefix(begin)?.strip_suffix(end)?;
        (!inner.is_empty()).then_some(inner)
    };
    let named = between("<", ">").is_some_and(|it| {
        it.bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'))
    });
    // `${{ … }}` of GitHub's, too; it ends at its first space where it is not quoted.
    let filled = value.strip_prefix('$').unwrap_or(value).strip_prefix("{{");
    let filled = filled.is_some_and(|it| {
        it.trim_end_matches('}')
            .bytes()
            .all(|byte| is_word(byte) || matches!(byte, b' ' | b'.' | b'-'))
    });
    let windows = between("%", "%").is_some_and(|it| it.bytes().all(is_word));
    named || filled || windows || value.contains("[masked")
}

/// `$NAME` or `${NAME}`; where it is not quoted, its last bracket may be cut off.
fn is_variable(value: &str) -> bool {
    let Some(rest) = value.strip_prefix('$') else {
        return false;
    };
    let name = rest.strip_prefix('{').unwrap_or(rest);
    let name = name.strip_suffix('}').unwrap_or(name);
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    name.as_bytes().first().is_some_and(begins) && name.bytes().all(is_word)
}

/// `$(aws ssm get-parameter …)`, to its end.
fn is_run(rest: &str) -> bool {
    rest.starts_with("$(") && is_closed(rest, 1)
}

/// `lexer.next()`, to its end.
fn is_call(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let name = count(bytes, |byte| is_word(byte) || matches!(byte, b'.' | b':'));
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    bytes.first().is_some_and(begins) && bytes.get(name) == Some(&b'(') && is_closed(rest, name)
}

/// The bracket that opens there is closed, and with it the value ends; or it goes on in the next line.
fn is_closed(rest: &str, at: usize) -> bool {
    let mut open = 0_u32;
    for (length, byte) in rest.bytes().enumerate().skip(at) {
        match byte {
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            let after = rest.as_bytes().get(length + 1);
            return after.is_none_or(|it| {
                it.is_ascii_whitespace() || is_quote(*it) || b";,&|)]}.[".contains(it)
            });
        }
    }
    rest[at + 1..].trim().is_empty()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
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
