//! Where in the text of a team file a key stands, and which key stands in a place.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// No key of ours is deeper (`people`, its number, the key); what nests further is not looked into.
const DEPTH: usize = 3;

/// The keys of a text with their places.
pub(super) struct Places(Vec<Place>);

/// One key, with the place of its name and that of its value.
pub(super) struct Place {
    /// The key with dots, as the file has it; all entries of a list have the list's.
    pub(super) key: String,
    /// Where its line is.
    pub(super) start: usize,
    path: String,
    name: Range<usize>,
    value: Range<usize>,
}

impl Places {
    /// Of a text that was taken apart.
    pub(super) fn of(table: &DeTable<'_>) -> Self {
        let mut places = Self(Vec::new());
        places.table("", "", table, DEPTH);
        places
    }

    /// A key, entries of a list by number: `people.0.name`.
    pub(super) fn of_path(&self, path: &str) -> Option<&Place> {
        self.0.iter().find(|place| place.path == path)
    }

    /// The key whose name stands there.
    pub(super) fn named_at(&self, at: usize) -> Option<&Place> {
        self.0.iter().find(|place| place.name.contains(&at))
    }

    /// The innermost key whose value stands there.
    pub(super) fn valued_at(&self, at: usize) -> Option<&Place> {
        self.0
            .iter()
            .filter(|place| place.value.contains(&at) || place.value.start == at)
            .max_by_key(|place| place.path.matches('.').count())
    }

    fn table(&mut self, path: &str, key: &str, table: &DeTable<'_>, depth: usize) {
        for (name, value) in table {
            self.value(
                join(path, name.get_ref()),
                join(key, name.get_ref()),
                name.span(),
                value,
                depth,
            );
        }
    }

    fn value(
        &mut self,
        path: String,
        key: String,
        name: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        depth: usize,
    ) {
        if let Some(depth) = depth.checked_sub(1) {
            match value.get_ref() {
                DeValue::Table(table) => self.table(&path, &key, table, depth),
                DeValue::Array(entries) => {
                    for (number, entry) in entries.iter().enumerate() {
                        let path = join(&path, &number.to_string());
                        let start = entry.span().start;
                        // An entry has no name of its own.
                        self.value(path, key.clone(), start..start, entry, depth);
                    }
                }
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_) => {}
            }
        }
        self.0.push(Place {
            key,
            start: name.start,
            path,
            name,
            value: value.span(),
        });
    }
}

fn join(within: &str, name: &str) -> String {
    if within.is_empty() {
        name.to_owned()
    } else {
        format!("{within}.{name}")
    }
}
