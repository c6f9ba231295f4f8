//! `Authorization: Bearer …`.

use std::ops::Range;

use super::value::{self, count, count_back, is_placeholder, is_quote, is_random};

pub(super) fn find(line: &str, places: &mut Vec<Range<usize>>) {
    let bytes = line.as_bytes();
    for (at, byte) in line.bytes().enumerate() {
        places.extend(match byte {
            b':' | b'=' => authorization(line, at),
            b' ' => {
                let word = at - count_back(&bytes[..at], |byte| byte.is_ascii_alphabetic());
                let bears = line[word..at].eq_ignore_ascii_case("bearer");
                let place = value::at(line, after_spaces(line, at), b",");
                let token = line.get(place.clone()).unwrap_or_default();
                let is_it = bears && is_random(token) && !token.contains('=');
                (is_it && !is_placeholder(line, &place)).then_some(place)
            }
            _ => None,
        });
    }
}

/// What stands behind `Authorization:`, without its scheme.
fn authorization(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let end = at
        - count_back(&bytes[..at], |byte| {
            is_quote(byte) || byte == b'\\' || byte == b' '
        });
    let start = end - count_back(&bytes[..end], |byte| byte.is_ascii_alphabetic());
    if !line[start..end].eq_ignore_ascii_case("authorization") {
        return None;
    }
    let from = after_spaces(line, at + 1);
    let from = from + count(&bytes[from..], |byte| is_quote(byte) || byte == b'\\');
    let rest = count(&bytes[from..], |byte| !is_quote(byte) && byte != b'\\');
    let rest = line.get(from..from + rest)?;
    let secret = match rest.split_once(' ') {
        Some((_, secret)) if !secret.trim().is_empty() => secret.trim_start(),
        _ => rest,
    };
    let end = from + rest.trim_end().len();
    let start = from + rest.len() - secret.len();
    (start < end && !is_placeholder(line, &(start..end))).then_some(start..end)
}

fn after_spaces(line: &str, at: usize) -> usize {
    at + count(&line.as_bytes()[at..], |byte| byte == b' ')
}
