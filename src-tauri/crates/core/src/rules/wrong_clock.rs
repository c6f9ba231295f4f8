//! This computer's clock, held against those of the services.

/// A clock that is off by less does no harm. AWS refuses one that is five minutes off
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>). Seconds.
const OFF: i64 = 2 * 60;

/// How many seconds this computer's clock is ahead of the services', negative when it is behind, from how far ahead of
/// each it was seen to be. `None` while it is right, or when they do not agree that it is wrong: then one of theirs is,
/// or something in between answered.
#[must_use]
pub fn wrong_clock(ahead: impl Iterator<Item = i64> + Clone) -> Option<i64> {
    let (least, most) = (ahead.clone().min()?, ahead.max()?);
    if least >= OFF {
        Some(least)
    } else if most <= -OFF {
        Some(most)
    } else {
        None
    }
}
