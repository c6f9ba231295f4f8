//! Being brought to the window.

use serde::Serialize;
use ts_rs::TS;

use crate::ids::ReleaseId;
use crate::view::StepId;

/// A notice, the tray or a second start asked for the window: it comes to the front and shows this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Summons {
    /// Grows with each; the page follows each once.
    pub seq: u32,
    /// Which release; `None` for wherever the window is.
    pub release: Option<ReleaseId>,
    /// Which of its steps.
    pub step: Option<StepId>,
}
