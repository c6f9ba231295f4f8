//! Whatever is told.

use super::said;
use proptest::prelude::*;
use slipway_core::facts::BuildStatus;
use slipway_core::rules::failure::{Diagnosis, Signs, rules};

fn text() -> impl Strategy<Value = String> {
    let known: Vec<&'static str> = rules().map(|rule| rule.example).collect();
    prop_oneof![
        ".{0,400}",
        "(?s).{0,2000}",
        proptest::sample::select(known.clone()).prop_map(str::to_owned),
        (proptest::sample::select(known), "(?s).{0,20}")
            .prop_map(|(known, more)| format!("Build terminated with state: FAILED. Phase: BUILD, Code: X, Message: {more}{known}\n{more}")),
    ]
}

proptest! {
    #[test]
    fn is_read_the_same_twice_and_shown_in_its_own_words(
        code in text(), message in text(), phase in text(), phase_code in text(), phase_message in text(),
        lines in proptest::collection::vec(text(), 0..60),
        command in any::<bool>(), stopped in any::<bool>(), answered in any::<Option<bool>>(), fault in any::<bool>(),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let log = said(&lines);
        let signs = Signs {
            code: &code,
            message: &message,
            phase: &phase,
            phase_code: if command { "COMMAND_EXECUTION_ERROR" } else { &phase_code },
            phase_message: &phase_message,
            build: fault.then_some(BuildStatus::Fault),
            log: &log,
            answered,
            stopped,
        }
        .told_in_words();
        let found = Diagnosis::of(&signs);
        prop_assert_eq!(&found, &Diagnosis::of(&signs));
        prop_assert!(found.quote.chars().count() <= 300);
        prop_assert!(slipway_core::text::is_plain(&found.quote));
        let shown = found.quote.trim_end_matches('…');
        let own = [message.as_str(), &phase_message];
        let is_own = |text: &str| slipway_core::text::cut(text, usize::MAX).contains(shown);
        prop_assert!(own.into_iter().chain(lines).any(is_own), "{:?}", found.quote);
    }
}
