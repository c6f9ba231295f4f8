//! `https://name:password@host`, `postgres://…`, and addresses that are themselves a secret.

use std::ops::Range;

use super::value::{count, is_placeholder, is_quote};

/// Whoever knows what follows may post.
const HOOKS: &[&str] = &[
    "hooks.slack.com/services/",
    "hooks.slack.com/triggers/",
    "hooks.slack.com/workflows/",
];

/// A name that is longer is a token.
const LONGEST_NAME: usize = 30;

pub(super) fn find(line: &str, places: &mut Vec<Range<usize>>) {
    for (at, _) in line.match_indices("://") {
        places.extend(user(line, at));
    }
    if line.contains("hooks.slack.com/") {
        for hook in HOOKS {
            for (at, _) in line.match_indices(hook) {
                let start = at + hook.len();
                let length = count(&line.as_bytes()[start..], in_address);
                places.push(start..start + length);
            }
        }
    }
}

fn user(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let start = at + "://".len();
    let all = start + count(&bytes[start..], in_address);
    let authority = count(&bytes[start..all], |byte| {
        !matches!(byte, b'/' | b'?' | b'#')
    });
    let whole = &line[start..start + authority];
    let web = line[..at].ends_with("http") || line[..at].ends_with("https");
    let user = match whole.rfind('@') {
        Some(end) => &whole[..end],
        // A password that holds a slash, which it must not.
        None if !web => {
            let (name, rest) = whole.split_once(':')?;
            let port = rest.bytes().all(|byte| byte.is_ascii_digit());
            let end = line[start..all].rfind('@').filter(|_| !port)?;
            line[start..start + end]
                .get(..end)
                .filter(|it| it.len() > name.len())?
        }
        None => return None,
    };
    let secret = match user.split_once(':') {
        Some((_, password)) => password,
        None if user.len() > LONGEST_NAME => user,
        None => return None,
    };
    let end = start + user.len();
    let place = end - secret.len()..end;
    (!secret.is_empty() && !is_placeholder(line, &place)).then_some(place)
}

fn in_address(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !is_quote(byte) && !matches!(byte, b'<' | b'>' | b'\\' | b',')
}
