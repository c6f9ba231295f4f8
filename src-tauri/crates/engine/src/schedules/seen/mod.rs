//! The pretended world as core's facts, as the adapters would read it.

pub(super) mod github;
pub(super) mod pipeline;
pub(super) mod slack;

use jiff::Timestamp;
use slipway_core::ids::Sha;
use slipway_core::time::At;

pub(super) fn at(time: Timestamp) -> At {
    At(time.as_millisecond())
}

pub(super) fn sha(text: &str) -> Sha {
    Sha::from(text)
}
