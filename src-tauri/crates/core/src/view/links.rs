//! Addresses stay on this side of the window: the page gets an id, the engine keeps what it opens.

use crate::ids::LinkId;
use crate::view::LinkView;
use std::collections::BTreeMap;

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
