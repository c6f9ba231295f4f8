//! What is sent again without asking anybody.

use slipway_core::action::Action;
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::{Code, Problem};
use slipway_core::release::{Pending, Release};
use slipway_core::rules::{Asked, again, wrong_clock};
use slipway_core::time::At;

const ASKED: At = At(1_000_000);

fn action(name: &str) -> Action {
    Action::CreateBranch {
        name: name.to_owned(),
        sha: "a".into(),
    }
}

fn asked(tries: usize, tried: i64) -> Asked {
    Asked {
        intent: Intent::Look,
        action: action("ours"),
        at: ASKED,
        tries,
        tried_at: ASKED.plus_seconds(tried),
    }
}

/// A release whose last action came to this.
fn failed(action: Action, code: Code) -> Release {
    let date = "2026-11-24".parse().expect("a date");
    let problem = Problem::new(code, "What", "Means", "Remedy");
    Release {
        last_problem: Some((action, problem)),
        ..Release::draft(ReleaseId::from("ours"), Kind::Maintenance, date, None)
    }
}

#[test]
fn only_what_passes_by_itself_is_sent_again() {
    for (code, sent) in [
        (Code::Unreachable, true),
        (Code::Throttled, true),
        (Code::Input, false),
        (Code::Changed, false),
        (Code::NotOffered, false),
        (Code::SignedOut, false),
        (Code::Forbidden, false),
        (Code::NotInChannel, false),
        (Code::Refused, false),
        (Code::Unknown, false),
        (Code::Journal, false),
    ] {
        let release = failed(action("ours"), code);
        assert_eq!(
            again(&asked(1, 0), &release, ASKED).is_some(),
            sent,
            "{code:?}"
        );
    }
}

#[test]
fn it_is_sent_again_later_each_time_and_not_for_ever() {
    let release = failed(action("ours"), Code::Unreachable);
    let due = |tries, tried| {
        let due = again(&asked(tries, tried), &release, ASKED.plus_seconds(tried))?;
        Some(due.seconds_since(ASKED))
    };
    assert_eq!(due(1, 0), Some(5));
    assert_eq!(due(2, 20), Some(35));
    assert_eq!(due(3, 60), Some(105));
    assert_eq!(due(4, 120), Some(180));
    assert_eq!(due(5, 180), None, "somebody else has to look at it by now");
    assert_eq!(
        due(2, 290),
        None,
        "nobody means it any more after five minutes"
    );
    let long_ago = again(&asked(1, 0), &release, ASKED.plus_seconds(301));
    assert_eq!(long_ago, None, "nor when this computer slept meanwhile");
    let set_back = again(&asked(1, 0), &release, ASKED.plus_seconds(-3600));
    assert_eq!(set_back, None, "nor when its clock was set back");
}

#[test]
fn nothing_is_sent_again_that_may_have_happened_or_was_not_asked_for() {
    let passing = failed(action("ours"), Code::Unreachable);
    let pending = Release {
        pending: Some(Pending {
            seq: ActionSeq(2),
            action: action("ours"),
            since: ASKED,
            unknown: None,
            doubted_at: ASKED,
        }),
        ..passing.clone()
    };
    let aside = Release {
        closed: true,
        ..passing.clone()
    };
    let fine = Release {
        last_problem: None,
        ..passing.clone()
    };
    let other = failed(action("another"), Code::Unreachable);
    assert!(again(&asked(1, 0), &passing, ASKED).is_some());
    for (what, release) in [
        ("pending", pending),
        ("aside", aside),
        ("fine", fine),
        ("other", other),
    ] {
        assert_eq!(again(&asked(1, 0), &release, ASKED), None, "{what}");
    }
}

#[test]
fn what_keeps_the_message_and_its_thread_true_changes_nothing_about_it() {
    let telling = Action::TellChange {
        channel: "C1".into(),
        thread: "1.1".into(),
        change: "held".to_owned(),
        text: "Held".to_owned(),
        broadcast: false,
    };
    let updating = Action::UpdateAnnouncement {
        channel: "C1".into(),
        ts: "1.1".into(),
        text: "Held".to_owned(),
    };
    let passing = failed(action("ours"), Code::Throttled);
    let due = again(&asked(1, 0), &passing, ASKED);
    assert!(due.is_some());
    let lost = Problem::new(Code::Unknown, "What", "Means", "Remedy");
    for (quiet, unknown, sent) in [
        (telling.clone(), None, due),
        (updating.clone(), None, due),
        (updating, Some(lost.clone()), due),
        // A person is asked what became of it.
        (telling, Some(lost), None),
    ] {
        let release = Release {
            pending: Some(Pending {
                seq: ActionSeq(2),
                action: quiet,
                since: ASKED,
                unknown,
                doubted_at: ASKED,
            }),
            ..passing.clone()
        };
        let again = again(&asked(1, 0), &release, ASKED);
        assert_eq!(again, sent, "{:?}", release.pending);
    }
}

#[test]
fn a_clock_is_wrong_when_all_services_say_so() {
    for (ahead, wrong) in [
        (&[][..], None),
        (&[0, 1, -1], None),
        (&[119], None),
        (&[120], Some(120)),
        (&[-120], Some(-120)),
        (&[420, 421, 419], Some(419)),
        (&[-420, -300], Some(-300)),
        (&[420, 0, 420], None),
        (&[420, -420], None),
    ] {
        assert_eq!(wrong_clock(ahead.iter().copied()), wrong, "{ahead:?}");
    }
}
