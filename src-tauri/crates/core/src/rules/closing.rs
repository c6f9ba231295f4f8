//! What becomes of Slipway when its window is closed.

use crate::view::Mode;

/// What becomes of Slipway when its window is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The window goes, and the icon in the tray stays: it keeps watching.
    Hide,
    /// The window goes to the task bar: it keeps watching.
    PutAside,
    /// The person is asked which.
    Ask,
    /// It ends.
    End,
}

/// What is known at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Practice or real.
    pub mode: Mode,
    /// Somebody shows the icon in the tray.
    pub tray: bool,
    /// The person answered before that it keeps watching.
    pub keep: bool,
    /// The question is on the screen.
    pub asked: bool,
    /// The window was in the task bar already.
    pub aside: bool,
}

/// What becomes of Slipway. Without a tray there must stay a way to end it: closing what is in the task bar already,
/// or closing again instead of an answer.
#[must_use]
pub fn closing(closed: Closed) -> Closing {
    match closed {
        Closed { tray: true, .. } => Closing::Hide,
        // Nothing happens in the practice world that anybody waits for.
        Closed {
            mode: Mode::Practice,
            ..
        }
        | Closed { asked: true, .. }
        | Closed { aside: true, .. } => Closing::End,
        Closed { keep: true, .. } => Closing::PutAside,
        Closed { keep: false, .. } => Closing::Ask,
    }
}
