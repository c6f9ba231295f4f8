//! Tokens that begin so that everybody sees what they are.

use std::ops::Range;

use super::value::count;

/// How one kind of token begins and goes on.
struct Kind {
    begins: &'static str,
    /// What it is made of.
    of: fn(u8) -> bool,
    /// How much of that follows at least.
    least: usize,
}

const fn kind(begins: &'static str, of: fn(u8) -> bool, least: usize) -> Kind {
    Kind { begins, of, least }
}

const KINDS: &[Kind] = &[
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    kind("AKIA", capital, 16),
    kind("ASIA", capital, 16),
    kind("ABIA", capital, 16),
    kind("ACCA", capital, 16),
    // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
    kind("ghp_", word, 30),
    kind("gho_", word, 30),
    kind("ghu_", word, 30),
    kind("ghr_", word, 30),
    kind("ghs_", dotted, 30),
    kind("github_pat_", word, 22),
    // https://docs.slack.dev/authentication/tokens
    kind("xoxa-", dotted, 10),
    kind("xoxb-", dotted, 10),
    kind("xoxe-", dotted, 10),
    kind("xoxe.", dotted, 10),
    kind("xoxp-", dotted, 10),
    kind("xoxr-", dotted, 10),
    kind("xoxs-", dotted, 10),
    kind("xapp-", dotted, 10),
    // https://docs.docker.com/security/access-tokens/
    kind("dckr_pat_", dotted, 20),
    // https://docs.npmjs.com/about-access-tokens
    kind("npm_", letter_or_digit, 36),
    // https://pypi.org/help/#apitoken
    kind("pypi-", dotted, 50),
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    kind("glpat-", dotted, 20),
    // A JSON web token: `{"` in base64url, and two dots (https://www.rfc-editor.org/rfc/rfc7519#section-3.1).
    kind("eyJ", dotted, 30),
];

pub(super) fn find(line: &str, places: &mut Vec<Range<usize>>) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = matches!(bytes[at], b'A' | b'd' | b'e' | b'g' | b'n' | b'p' | b'x');
        if begins && (at == 0 || !letter_or_digit(bytes[at - 1])) {
            let length = length(&bytes[at..]);
            if length > 0 {
                places.push(at..at + length);
                at += length;
                continue;
            }
        }
        at += 1;
    }
}

/// Of the token that begins here; 0 when none does.
fn length(bytes: &[u8]) -> usize {
    let found = KINDS.iter().find_map(|kind| {
        let rest = bytes.strip_prefix(kind.begins.as_bytes())?;
        let length = count(rest, kind.of);
        let dots = rest[..length].iter().filter(|byte| **byte == b'.').count();
        let is_it = length >= kind.least && (kind.begins != "eyJ" || dots >= 2);
        is_it.then_some(kind.begins.len() + length)
    });
    found.unwrap_or_default()
}

fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn dotted(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
