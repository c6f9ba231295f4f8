//! How often AWS is asked for a log.

use crate::view::Mode;

/// New lines are looked for this often at most, in seconds.
const FOLLOWS: u32 = 20;
/// And in practice, where nobody counts.
const FOLLOWS_IN_PRACTICE: u32 = 1;
/// And this often at least, while calls are left. Whoever has read it so lately needs not ask for its end besides.
const RARELY: u32 = 40;
/// Calls an hour while the pipeline runs. With a look every ten seconds (360), the build (180), the actions (60) and the
/// executions (12) at most 792.
const RUNNING: u32 = 180;
/// The same when nothing runs and the pipeline costs 60.
const ENDED: u32 = 700;
const HOUR: u32 = 3_600;

/// What AWS was asked for a log within the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calls {
    /// All of them.
    pub all: u32,
    /// Those after which there was more to read.
    pub pages: u32,
    /// How long ago the oldest was, in seconds.
    pub oldest: u32,
}

/// How long to wait before AWS is asked again, in seconds. What is there already is read at once; then the calls that are
/// left for the hour are spread over it.
#[must_use]
pub fn pause(mode: Mode, running: bool, more: bool, calls: Calls) -> u32 {
    if mode == Mode::Practice {
        return if more { 0 } else { FOLLOWS_IN_PRACTICE };
    }
    let most = if running { RUNNING } else { ENDED };
    if calls.all >= most {
        return HOUR.saturating_sub(calls.oldest).max(1);
    }
    if more {
        return 0;
    }
    let left = most.saturating_sub(calls.pages).max(1);
    HOUR.div_ceil(left).clamp(FOLLOWS, RARELY)
}
