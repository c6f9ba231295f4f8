//! Forty characters that are no commit.

use std::ops::Range;

/// The length of an AWS secret access key.
const LENGTH: usize = 40;

pub(super) fn find(line: &str, places: &mut Vec<Range<usize>>) {
    let bytes = line.as_bytes();
    let mut start = None;
    for at in 0..=bytes.len() {
        let inside = bytes.get(at).is_some_and(|byte| is_of_it(*byte));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let closes = bytes.get(at) != Some(&b'=');
                if at - from == LENGTH && closes && is_key(&bytes[from..at]) {
                    places.push(from..at);
                }
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
}

fn is_of_it(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+')
}

/// Capital and small letters and digits by turns, and no path.
fn is_key(text: &[u8]) -> bool {
    let number = |is: fn(&u8) -> bool| text.iter().filter(|it| is(it)).count();
    number(u8::is_ascii_uppercase) >= 4
        && number(u8::is_ascii_lowercase) >= 4
        && number(u8::is_ascii_digit) >= 1
        && number(|byte| *byte == b'/') <= 4
        && text[0] != b'/'
}
