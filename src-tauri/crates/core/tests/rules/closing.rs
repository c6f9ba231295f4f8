//! What becomes of Slipway when its window is closed.

use crate::table::check;
use slipway_core::desktop::{Desktop, DesktopEntry, DesktopRecord, Preference};
use slipway_core::rules::{Closed, Closing, closing};
use slipway_core::time::At;
use slipway_core::view::Mode;

#[test]
fn closing_the_window() {
    use Closing::{Ask, End, Hide, PutAside};
    let real = Closed {
        mode: Mode::Real,
        tray: false,
        keep: false,
        asked: false,
        aside: false,
    };
    let practice = Closed {
        mode: Mode::Practice,
        ..real
    };
    let keep = Closed { keep: true, ..real };
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
        ("never asked, or quit was the answer", real, Ask),
        ("closed again instead of an answer", asked(real), End),
        ("answered: keep watching", keep, PutAside),
        ("in the task bar already", aside(keep), End),
        ("in the task bar, never asked", aside(real), End),
        ("practice", practice, End),
        ("a tray", with_tray(real), Hide),
        ("a tray, and keep watching", with_tray(keep), Hide),
        (
            "a tray that came while it was asked",
            with_tray(asked(real)),
            Hide,
        ),
        ("practice with a tray", with_tray(practice), Hide),
    ];
    check(rows.map(|(row, closed, should)| (row.to_owned(), closing(closed), should)));
}

#[test]
fn quit_was_never_an_answer_for_good() {
    let mut desktop = Desktop::default();
    for keep in [true, false] {
        let preference = Preference::KeepWatching { keep };
        desktop.apply(&DesktopEntry {
            at: At(1),
            record: DesktopRecord::Prefers { preference },
        });
        assert_eq!(desktop.preferences.keep_watching, keep);
    }
}
