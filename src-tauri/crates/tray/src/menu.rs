//! What its menu offers.

use slipway_core::ids::ReleaseId;
use slipway_core::view::{StepId, Tray};

/// What is asked for by the icon or its menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// The window.
    Open,
    /// The window, at what needs somebody.
    Review {
        /// The release.
        release: ReleaseId,
        /// Its step.
        step: StepId,
    },
    /// The end.
    Quit,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Words only: not every desktop shows a tooltip.
    Words(String),
    /// An entry.
    Entry(String, Ask),
    /// A rule between lines.
    Rule,
}

/// The menu, top to bottom.
pub(crate) fn lines(tray: &Tray) -> Vec<Line> {
    let needs = tray.needs.iter().map(|needs| {
        let (release, step) = (needs.release.clone(), needs.step);
        Line::Entry(needs.label.clone(), Ask::Review { release, step })
    });
    std::iter::once(Line::Words(tray.tooltip.clone()))
        .chain(needs)
        .chain([
            Line::Rule,
            Line::Entry("Open Slipway".to_owned(), Ask::Open),
            Line::Entry("Quit Slipway".to_owned(), Ask::Quit),
        ])
        .collect()
}
