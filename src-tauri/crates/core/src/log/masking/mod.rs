//! What looks like a secret in a log is masked before it is kept or shown. CodeBuild masks only what it was told is one.
//!
//! One line in the [`RULES`], one kind of secret: with an example, and lines that look like it and are left alone.
//! Rather one word too many is masked than one secret too few, but what people read a log for stays: commits, digests,
//! versions, paths, and words about passwords.

mod address;
mod assignment;
mod header;
mod key_block;
mod long;
mod table;
mod token;
mod value;

use std::ops::Range;

pub use key_block::{Masker, mask_all};
pub use table::{RULES, Rule};

/// What stands in a secret's place.
pub const MASK: &str = "[masked]";

/// A finder: adds the places, in bytes, of what is to be masked in a line.
type Find = fn(&str, &mut Vec<Range<usize>>);

/// A line of its own, masked. Private keys go over several lines: for those there is a [`Masker`].
#[must_use]
pub fn mask(line: String) -> String {
    let mut places = Vec::new();
    for rule in RULES {
        (rule.find)(&line, &mut places);
    }
    places.retain(|place| !place.is_empty());
    if places.is_empty() {
        return line;
    }
    places.sort_by_key(|place| (place.start, place.end));
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for place in places {
        if place.end <= at {
            continue;
        }
        let between = line.get(at..place.start).unwrap_or_default();
        let goes_on = at > 0 && place.start <= at;
        out.push_str(between);
        if !goes_on {
            out.push_str(MASK);
        }
        at = place.end;
    }
    out.push_str(line.get(at..).unwrap_or_default());
    out
}
