//! Addresses stay on this side of the window: the page gets an id, the engine keeps what it opens.

use crate::ids::LinkId;
use crate::view::LinkView;
use std::collections::BTreeMap;

/// A branch name or another text as part of an address: whatever is not plainly a name is percent-encoded.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The addresses behind a view's links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links(BTreeMap<LinkId, String>);

impl Links {
    /// Gives a link for an address. The id is made of what it names, so the same link keeps its id from view to view.
    pub(crate) fn add(
        &mut self,
        id: impl Into<String>,
        label: impl Into<String>,
        address: &str,
    ) -> LinkView {
        let id = LinkId(id.into());
        self.0.insert(id.clone(), address.to_owned());
        LinkView {
            id,
            label: label.into(),
        }
    }

    /// The address behind an id.
    #[must_use]
    pub fn address(&self, id: &LinkId) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}
