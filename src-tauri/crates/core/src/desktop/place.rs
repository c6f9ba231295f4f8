//! Where a notice is on the desktop.

use serde::{Deserialize, Serialize};

/// Where a notice is on the desktop. It is kept, so that a start after an end without warning finds what is still shown
/// and nobody answers any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Which running notification service, as no other is called: the id of its bus and its unique name there,
    /// `6b9e…:1.42`.
    pub service: String,
    /// What that service calls the notice. It gives none twice.
    /// <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>
    pub id: u32,
}
