//! Slipways that are wrong, to see that it is noticed. Each is made in front of the ports, out of an engine that is
//! right: nothing of it is in the program.

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mutant {
    /// It does not look again before it sends: what it reads for a person's wish is what it read last.
    NoSecondRead,
    /// It does not look while it sends by itself again what was turned down: what it reads then is what it read last.
    NoReadBeforeSendingAgain,
    /// It does not look up what became of a request whose answer was lost: it takes it for one that failed.
    NoLookUp,
    /// It takes every execution for its own: every commit comes from ours.
    AnyExecutionIsOurs,
}

impl Mutant {
    pub(super) const ALL: [Self; 4] = [
        Self::NoSecondRead,
        Self::NoReadBeforeSendingAgain,
        Self::NoLookUp,
        Self::AnyExecutionIsOurs,
    ];

    /// What it does wrong, in the words of the promise that it breaks.
    pub(super) fn breaks(self) -> &'static str {
        match self {
            Self::NoSecondRead => "is sent on nothing seen",
            Self::NoReadBeforeSendingAgain => "is sent again on nothing seen",
            Self::NoLookUp => "twice",
            Self::AnyExecutionIsOurs => "carries no release of ours",
        }
    }
}
