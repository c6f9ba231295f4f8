//! The forms that a secret may hide in.

use std::path::Path;

/// A secret in every form that is searched for.
pub(crate) struct Needle {
    /// What it is, for whoever reads of a find.
    name: &'static str,
    forms: Vec<(&'static str, Vec<u8>)>,
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Needle {
    pub(crate) fn new(name: &'static str, secret: &str) -> Self {
        let bytes = secret.as_bytes();
        let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
        let wide = |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect();
        let hex = |digit: &str| -> Vec<u8> {
            let each = bytes.iter().map(|it| match digit {
                "X" => format!("{it:02X}"),
                _ => format!("{it:02x}"),
            });
            each.collect::<String>().into_bytes()
        };
        let mut forms = vec![
            ("plain", bytes.to_vec()),
            ("backwards", reversed),
            ("UTF-16, little end first", wide(u16::to_le_bytes)),
            ("UTF-16, big end first", wide(u16::to_be_bytes)),
            ("hex", hex("x")),
            ("hex, capitals", hex("X")),
            (
                "a URL's escapes",
                escaped(bytes, |it| it.is_ascii_alphanumeric()),
            ),
            ("a URL's escapes, all of it", escaped(bytes, |_| false)),
            (
                "JSON's escape of /",
                secret.replace('/', "\\/").into_bytes(),
            ),
        ];
        for (name, alphabet) in [("base64", STANDARD), ("base64, for URLs", URL_SAFE)] {
            for before in 0..3 {
                forms.push((name, base64(bytes, before, alphabet)));
            }
        }
        // The first form that fits names a find.
        let mut seen = Vec::new();
        forms.retain(|(_, form)| {
            let new = !seen.contains(form);
            seen.push(form.clone());
            new
        });
        Self { name, forms }
    }

    /// The forms that are in there.
    pub(crate) fn found_in(&self, hay: &[u8]) -> Vec<&'static str> {
        let forms = self.forms.iter();
        let found = forms.filter(|(_, form)| contains(hay, form));
        found.map(|(name, _)| *name).collect()
    }

    pub(crate) fn forms(&self) -> &[(&'static str, Vec<u8>)] {
        &self.forms
    }
}

/// Where was looked, how much there was, and what was found.
#[derive(Default)]
pub(crate) struct Search {
    pub(crate) places: Vec<(String, usize)>,
    pub(crate) found: Vec<String>,
}

impl Search {
    pub(crate) fn look(&mut self, place: &str, hay: &[u8], needles: &[Needle]) {
        self.places.push((place.to_owned(), hay.len()));
        for needle in needles {
            for form in needle.found_in(hay) {
                self.found
                    .push(format!("{} in {place}, {form}", needle.name));
            }
        }
    }

    /// Every file below a folder, and their names.
    pub(crate) fn look_below(&mut self, place: &str, folder: &Path, needles: &[Needle]) {
        let mut hay = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder can be read") {
                let path = entry.expect("an entry").path();
                hay.extend_from_slice(path.as_os_str().as_encoded_bytes());
                let Ok(kind) = path.symlink_metadata() else {
                    continue;
                };
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    // One that went in the meantime holds nothing any more.
                    hay.extend(std::fs::read(&path).unwrap_or_default());
                }
            }
        }
        self.look(place, &hay, needles);
    }
}

pub(crate) fn contains(hay: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(hay, needle).is_some()
}

fn escaped(bytes: &[u8], stays: impl Fn(&u8) -> bool) -> Vec<u8> {
    let each = bytes.iter().map(|it| match stays(it) {
        true => char::from(*it).to_string(),
        false => format!("%{it:02X}"),
    });
    each.collect::<String>().into_bytes()
}

/// What is the same in the base64 of every text that has `before` bytes, or three more, in front of these: the digits
/// that hold nothing of what is around.
fn base64(bytes: &[u8], before: usize, alphabet: &[u8; 64]) -> Vec<u8> {
    let padded: Vec<u8> = vec![0; before].into_iter().chain(bytes.to_vec()).collect();
    let bit = |at: usize| padded[at / 8] >> (7 - at % 8) & 1;
    let digit = |at: usize| (0..6).fold(0, |value, it| value << 1 | bit(at * 6 + it));
    let first = (before * 8).div_ceil(6);
    let end = padded.len() * 8 / 6;
    (first..end)
        .map(|at| alphabet[usize::from(digit(at))])
        .collect()
}

#[test]
fn every_form_is_found() {
    let secret = "xoxb-7/Ää+secret-of-this-test";
    let needle = Needle::new("it", secret);
    for (name, form) in needle.forms() {
        let hay = [b"before ", form.as_slice(), b" after"].concat();
        assert!(needle.found_in(&hay).contains(name), "{name}");
    }
    assert_eq!(needle.found_in(b"xoxb-7/secret"), Vec::<&str>::new());
    // Made elsewhere, from `Basic x:<the secret>`, `..<the secret>` and the secret alone.
    for (text, made) in [
        ("alone", "eG94Yi03L8OEw6Qrc2VjcmV0LW9mLXRoaXMtdGVzdA=="),
        ("one before", "OnhveGItNy/DhMOkK3NlY3JldC1vZi10aGlzLXRlc3Q="),
        ("two before", "eDp4b3hiLTcvw4TDpCtzZWNyZXQtb2YtdGhpcy10ZXN0"),
    ] {
        assert_eq!(needle.found_in(made.as_bytes()), ["base64"], "{text}");
    }
}
