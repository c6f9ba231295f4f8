//! When a sight was looked at, and when it is due again.

use std::time::Duration;

use slipway_core::problem::Code;
use slipway_core::rules;
use tokio::time::Instant;

/// Failed looks are repeated after two seconds, then after twice as long each time, up to this.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(60);

/// One sight's past looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timing {
    /// Reads under way.
    pub(crate) reading: u32,
    /// The number of the read that the facts come from; a read that began earlier and ended later is dropped.
    pub(crate) shown: u64,
    /// When the last one ended.
    ended_at: Option<Instant>,
    failures: u32,
    /// Why the last one failed.
    failure: Option<Code>,
    /// Keeps many desktops from looking in step.
    wobble: f64,
}

impl Timing {
    pub(crate) fn begin(&mut self) {
        self.reading += 1;
    }

    pub(crate) fn end(&mut self, now: Instant, failure: Option<Code>) {
        self.reading = self.reading.saturating_sub(1);
        self.ended_at = Some(now);
        self.failures = match failure {
            None => 0,
            Some(_) => self.failures.saturating_add(1),
        };
        self.failure = failure;
        self.wobble = fastrand::f64();
    }

    /// What was seen does not count any more: it is due at once.
    pub(crate) fn begin_anew(&mut self) {
        self.ended_at = None;
        self.failures = 0;
        self.failure = None;
    }

    /// The same, but not for what was seen after that.
    pub(crate) fn begin_anew_unless_since(&mut self, then: Option<Instant>) {
        if self.failures > 0 || self.ended_at < then {
            self.begin_anew();
        }
    }

    /// The last look failed, and the next one may not.
    pub(crate) fn missed(&self) -> bool {
        self.failure.is_some_and(rules::is_passing)
    }

    /// When it is due, if it is looked at this often; `None` stands for at once.
    pub(crate) fn due(&self, every: Duration) -> Option<Instant> {
        let ended_at = self.ended_at?;
        let pause = if self.failures == 0 {
            every
        } else {
            back_off(self.failures)
        };
        // Between nine and eleven tenths.
        Some(ended_at + pause.mul_f64(0.9 + self.wobble * 0.2))
    }
}

/// The pause before another attempt.
pub(crate) fn back_off(failures: u32) -> Duration {
    let seconds = 1_u64.checked_shl(failures.min(16)).unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(LONGEST_BACK_OFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_again_after_the_pause_give_or_take_a_tenth() {
        let now = Instant::now();
        let mut timing = Timing::default();
        assert_eq!(
            timing.due(Duration::from_secs(10)),
            None,
            "what was never looked at is due at once"
        );

        timing.begin();
        timing.end(now, None);
        let due = timing.due(Duration::from_secs(10)).expect("a time");
        assert!(
            (9_000..=11_000).contains(&(due - now).as_millis()),
            "{:?}",
            due - now
        );
    }

    #[test]
    fn begins_anew_with_what_was_seen_longer_ago_or_failed() {
        let now = Instant::now();
        let then = now.checked_sub(Duration::from_secs(5));
        let seconds = Duration::from_secs;
        for (ago, failure, at_once) in [
            (6, None, true),
            (4, None, false),
            (4, Some(Code::Unreachable), true),
        ] {
            let mut timing = Timing::default();
            timing.end(now.checked_sub(seconds(ago)).expect("a time"), failure);
            timing.begin_anew_unless_since(then);
            assert_eq!(
                timing.due(seconds(60)).is_none(),
                at_once,
                "{ago} {failure:?}"
            );
        }
    }

    #[test]
    fn backs_off_twice_as_long_each_time_until_a_look_succeeds() {
        assert_eq!(
            [1, 2, 3, 5, 6, 40].map(|failures| back_off(failures).as_secs()),
            [2, 4, 8, 32, 60, 60]
        );

        let now = Instant::now();
        let mut timing = Timing::default();
        for _ in 0..4 {
            timing.end(now, Some(Code::Unreachable));
        }
        assert!(timing.due(Duration::ZERO).expect("a time") - now > Duration::from_secs(14));
        timing.end(now, None);
        assert_eq!(timing.due(Duration::ZERO), Some(now));
    }
}
