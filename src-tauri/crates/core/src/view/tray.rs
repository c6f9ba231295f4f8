//! The icon in the tray.

use serde::Serialize;
use ts_rs::TS;

use crate::ids::ReleaseId;
use crate::view::{Scene, StepId};

/// The icon in the tray: a shape, the same in words, and what its menu leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tray {
    /// The shape.
    pub glyph: Glyph,
    /// The same in words: "A deploy waits for your approval".
    pub tooltip: String,
    /// The menu's entry for what needs you: "Review maintenance-2026-11-24".
    pub needs: Option<TrayItem>,
}

/// The four shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Glyph {
    /// Hull in outline, at rest on the slip.
    Idle,
    /// Hull filled and afloat.
    Running,
    /// Tall mast with a flag raised.
    NeedsYou,
    /// A cross above the hull.
    Failed,
}

/// An entry of the menu that leads to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrayItem {
    /// What it says.
    pub label: String,
    /// The release.
    pub release: ReleaseId,
    /// The step.
    pub step: StepId,
}

impl Tray {
    pub(crate) fn draw(_scene: &Scene<'_>) -> Self {
        Self {
            glyph: Glyph::Idle,
            tooltip: "Slipway: nothing needs you".to_owned(),
            needs: None,
        }
    }
}
