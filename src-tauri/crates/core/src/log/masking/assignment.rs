//! `DB_PASSWORD=…`, `"secretAccessKey": "…"`, `--token …`, `mysql -p…`.

use std::ops::Range;

use super::value::{self, count, count_back, is_placeholder, is_quote, is_random};

/// How the names of secrets end, without what parts their words.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "accountkey",
    "authkey",
    "encryptionkey",
    "masterkey",
    "privatekey",
    "secretkey",
    "secretkeybase",
    "sharedkey",
    "signingkey",
];

/// Programs to which a password is handed over in one word with `-p`
/// (<https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html>).
const PROGRAMS: &[&str] = &[
    "mysql",
    "mysqladmin",
    "mysqldump",
    "mysqlimport",
    "mariadb",
    "mariadb-admin",
    "mariadb-dump",
    "sshpass",
];

/// No name is longer.
const LONGEST_NAME: usize = 100;

pub(super) fn find(line: &str, places: &mut Vec<Range<usize>>) {
    for (at, byte) in line.bytes().enumerate() {
        places.extend(match byte {
            b'=' | b':' => assigned(line, at),
            b' ' => handed_over(line, at).or_else(|| attached(line, at)),
            _ => None,
        });
    }
}

/// Of `name=value` and `name: value`; `at` is where the sign stands.
fn assigned(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let sign = bytes[at];
    let (before, after) = (at.checked_sub(1).map(|it| bytes[it]), bytes.get(at + 1));
    let compares =
        sign == b'=' && (matches!(before, Some(b'=' | b'!' | b'<' | b'>')) || after == Some(&b'='));
    if compares || sign == b':' && matches!(after, Some(b'=' | b':')) {
        return None;
    }
    let name = name_before(line, at)?;
    if !is_secret(&line[name.clone()]) {
        return None;
    }
    let mut start = at + 1;
    start += count(&bytes[start..], |byte| byte == b'>');
    let spaces = count(&bytes[start..], |byte| byte == b' ' || byte == b'\t');
    start += spaces;
    // Of an address the next parameter is none of it.
    let in_query = name
        .start
        .checked_sub(1)
        .is_some_and(|it| matches!(bytes[it], b'?' | b'&'));
    let until: &[u8] = if in_query { b"&;#" } else { b";" };
    let place = value::at(line, start, until);
    let text = line.get(place.clone()).unwrap_or_default();
    let quoted = place.start > start;
    if is_placeholder(line, &place) || sign == b'=' && spaces > 0 && text.starts_with('=') {
        return None;
    }
    // Tests that pass are counted, and `PASS: test_login` is one of them.
    let named = &line[name.clone()];
    if is_pass(named) && (is_count(text) || sign == b':' && named == "PASS") {
        return None;
    }
    let is_it = sign == b'='
        || quoted
        || is_random(text)
            && !(spaces == 0
                && name
                    .start
                    .checked_sub(1)
                    .is_some_and(|it| bytes[it] == b':'))
        || spaces > 0 && begins(line, name.start) && line[place.end..].trim().is_empty();
    is_it.then_some(place)
}

/// Of `--name value` and `ENV NAME value`; `at` is where the space stands.
fn handed_over(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let word = at - count_back(&bytes[..at], |byte| !byte.is_ascii_whitespace());
    let (name, before) = (&line[word..at], &line[..word]);
    let start = at + count(&bytes[at..], |byte| byte == b' ');
    let place = value::at(line, start, b"");
    let text = line.get(place.clone()).unwrap_or_default();
    let is_flag = name
        .strip_prefix("--")
        .is_some_and(|it| it.bytes().all(is_name) && is_secret(it));
    let is_it = match name {
        // `docker login -u AWS -p …`
        "-p" => before.trim_end().contains("login ") || runs(before, &["sshpass"]),
        "-u" | "--user" => {
            let (_, password) = text.split_once(':').filter(|_| before.contains("curl "))?;
            let place = place.end - password.len()..place.end;
            return (!is_placeholder(line, &place)).then_some(place);
        }
        _ if name.eq_ignore_ascii_case("by") => {
            let quoted = place.start > start;
            quoted && before.to_ascii_lowercase().contains("identified ")
        }
        _ => is_flag || before.ends_with("ENV ") && is_secret(name),
    };
    let is_option = text.starts_with('-') || text.contains("id=") || text.contains("src=");
    (is_it && !is_option && !is_placeholder(line, &place)).then_some(place)
}

/// Of `mysql -pvalue`; `at` is where the space stands.
fn attached(line: &str, at: usize) -> Option<Range<usize>> {
    let after = line[at + 1..].strip_prefix("-p")?;
    if after.starts_with(|c: char| c.is_whitespace()) || !runs(&line[..at], PROGRAMS) {
        return None;
    }
    let place = value::at(line, at + 3, b";");
    let text = line.get(place.clone())?;
    // `docker run --name mysql -p3306:3306`.
    let is_port = text.contains(':') && text.bytes().all(|it| it.is_ascii_digit() || it == b':');
    (!is_port && !is_placeholder(line, &place)).then_some(place)
}

/// One of these is run there.
fn runs(before: &str, programs: &[&str]) -> bool {
    let mut words = before.split(|c: char| c.is_whitespace() || matches!(c, ';' | '|' | '&' | '('));
    words.any(|word| {
        let name = word.rsplit('/').next().unwrap_or_default();
        programs.contains(&name.trim_matches(['"', '\'', '`']))
    })
}

/// The name in front of the sign, without quotes and brackets.
fn name_before(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let aside =
        |byte: u8| matches!(byte, b' ' | b']' | b'\\' | b'+' | b'?' | b':') || is_quote(byte);
    let end = at - count_back(&bytes[..at], aside);
    let start = end - count_back(&bytes[..end], is_name);
    (start < end && end - start <= LONGEST_NAME && at - end <= 8).then_some(start..end)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// What has such a name is a secret.
fn is_secret(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let bare: Vec<u8> = letters.map(|byte| byte.to_ascii_lowercase()).collect();
    // `PWD` and `OLDPWD` are folders.
    let short = bare.ends_with(b"pwd") && bare != b"pwd" && bare != b"oldpwd";
    short
        || name == "_auth"
        || is_pass(name)
        || NAMES.iter().any(|end| bare.ends_with(end.as_bytes()))
}

fn is_pass(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "pass" || name.ends_with("_pass")
}

/// So many of something.
fn is_count(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Nothing but the beginning of a list or of a step of Docker's stands before it, so what follows is its value and not
/// the rest of a sentence.
fn begins(line: &str, at: usize) -> bool {
    let before = line[..at].trim_end_matches(['"', '\'', '\\']);
    let before = before.trim_start_matches(|c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                ' ' | '\t' | '#' | '.' | '-' | '[' | ']' | ':' | '/' | 'T' | 'Z'
            )
    });
    before.trim_end().is_empty() || before.trim_end().ends_with(['{', ',', '|'])
}
