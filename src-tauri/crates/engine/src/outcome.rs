//! What the adapters share: how a failed call is told, and whether a write may have had an effect.

mod heard;
mod pause;

use std::time::Duration;

use slipway_core::action::Outcome;
use slipway_core::problem::{Code, Problem};

pub(crate) use heard::Heard;
pub(crate) use pause::Pause;

/// Whether a write that failed may have had an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It was refused, or never left this computer.
    None,
    /// Its answer was lost or cannot be read.
    Possible,
}

/// What came of a write that failed.
pub(crate) fn failed(effect: Effect, problem: Problem) -> Outcome {
    match effect {
        Effect::None => Outcome::NotDone { problem },
        Effect::Possible => Outcome::Unknown { problem },
    }
}

/// An action that belongs to another service.
pub(crate) fn not_ours(service: &str) -> Outcome {
    let problem = Problem::new(
        Code::NotOffered,
        format!("{service} cannot do this."),
        "Nothing was sent.",
        "Look at the step again.",
    );
    Outcome::NotDone { problem }
}

/// No connection could be made, so nothing was sent.
pub(crate) fn unreachable(service: &str, raw: &str) -> Problem {
    Problem::new(
        Code::Unreachable,
        format!("{service} cannot be reached."),
        "Nothing was sent, and what is shown may be old.",
        "Check your network or VPN.",
    )
    .with_raw(raw)
}

/// The answer to a look did not arrive, or was not one.
pub(crate) fn no_answer(service: &str, raw: &str) -> Problem {
    Problem::new(
        Code::Unreachable,
        format!("{service} gives no usable answer."),
        "What is shown may be old.",
        "Wait; Slipway looks again by itself.",
    )
    .with_raw(raw)
}

/// A write whose answer did not arrive.
pub(crate) fn lost(service: &str, doing: &str, raw: &str) -> Problem {
    Problem::new(
        Code::Unknown,
        format!("{service} did not say whether it could {doing}."),
        "It may have happened.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
    .with_raw(raw)
}

/// The service wants to be left alone for a while.
pub(crate) fn throttled(service: &str, wait: Duration, raw: &str) -> Problem {
    let means = "Slipway reads it less often until then; nothing was changed.";
    let remedy = format!(
        "Wait {}. Slipway looks again by itself then.",
        in_words(wait)
    );
    Problem::new(
        Code::Throttled,
        format!("{service} asks to slow down."),
        means,
        remedy,
    )
    .with_raw(raw)
}

/// The sign-in is not accepted; `what` says which of the wrongs it is.
pub(crate) fn signed_out_as(service: &str, what: &str, remedy: &str, raw: &str) -> Problem {
    Problem::new(
        Code::SignedOut,
        what,
        format!("Slipway cannot read {service} with this sign-in; nothing was changed."),
        remedy,
    )
    .with_raw(raw)
}

fn in_words(wait: Duration) -> String {
    match wait.as_secs().max(1) {
        1 => "1 second".to_owned(),
        seconds @ 2..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_waits_in_words() {
        assert_eq!(in_words(Duration::ZERO), "1 second");
        assert_eq!(in_words(Duration::from_secs(42)), "42 seconds");
        assert_eq!(in_words(Duration::from_secs(601)), "11 minutes");
    }
}
