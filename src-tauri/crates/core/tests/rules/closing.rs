//! What becomes of Slipway when its window is closed.

use crate::table::check;
use slipway_core::rules::{Closed, Closing, closing};
use slipway_core::view::Mode;

#[test]
fn closing_the_window() {
    use Closing::{Ask, End, Hide, PutAside};
    let real = Closed {
        mode: Mode::Real,
        tray: false,
        keep: None,
        asked: false,
        aside: false,
    };
    let practice = Closed {
        mode: Mode::Practice,
        ..real
    };
    let keep = |keep| Closed {
        keep: Some(keep),
        ..real
    };
    let with_tray = |closed| Closed {
        tray: true,
        ..closed
    };
    let asked = |closed| Closed {
        asked: true,
        ..closed
    };
    let aside = |closed| Closed {
        aside: true,
        ..closed
    };
    let rows = [
        ("never asked", real, Ask),
        ("closed again instead of an answer", asked(real), End),
        ("answered: keep watching", keep(true), PutAside),
        ("answered: quit", keep(false), End),
        ("in the task bar already", aside(keep(true)), End),
        ("in the task bar, never asked", aside(real), End),
        ("practice", practice, End),
        ("a tray", with_tray(real), Hide),
        (
            "a tray, though quit was the answer without one",
            with_tray(keep(false)),
            Hide,
        ),
        (
            "a tray that came while it was asked",
            with_tray(asked(real)),
            Hide,
        ),
        ("practice with a tray", with_tray(practice), Hide),
    ];
    check(rows.map(|(row, closed, should)| (row.to_owned(), closing(closed), should)));
}
