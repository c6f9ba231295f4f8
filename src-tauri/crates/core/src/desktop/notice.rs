//! One thing that a person is told.

use serde::{Deserialize, Serialize};

use crate::desktop::Event;
use crate::ids::ReleaseId;
use crate::time::At;
use crate::view::StepId;

/// One thing that a person is told: in the list of the window always, as a desktop notice if they want that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Names the change: the same change has the same key, on every look and after every start.
    pub key: String,
    /// What it is about.
    pub event: Event,
    /// Which release. Notices of one release replace each other on the desktop.
    pub release: ReleaseId,
    /// The step that it leads to.
    pub step: StepId,
    /// What is so: up to 40 characters.
    pub title: String,
    /// Which deploy and what next: up to 120 characters.
    pub body: String,
    /// When it was so.
    pub at: At,
    /// It goes to the desktop. `false` for what was over before Slipway could tell, and for what the person does not
    /// want to be told of.
    pub shows: bool,
}
