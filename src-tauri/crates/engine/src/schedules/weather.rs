//! How much goes wrong in one schedule, and what.

use fastrand::Rng;

/// How likely trouble is; out of a thousand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weather {
    /// For a read.
    pub(super) read: u32,
    /// For a write.
    pub(super) write: u32,
    /// For an entry of the journal.
    pub(super) disk: u32,
    /// For a step of the world: somebody else does something.
    pub(super) others: u32,
    /// For a step: the program is killed soon.
    pub(super) crash: u32,
    /// For a step: the computer sleeps, or its clock is set.
    pub(super) clock: u32,
}

/// What becomes of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadFate {
    Answered,
    /// No answer that can be used.
    Unreachable,
    Throttled,
    /// Nothing comes.
    Silence,
    /// What was so a few seconds ago.
    Stale,
}

/// What becomes of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WriteFate {
    Answered,
    /// It takes effect, and the answer is lost.
    Lost,
    /// The connection ends before it takes effect.
    Reset,
    /// It is refused, whatever it is.
    Refused,
    Throttled,
    /// Nothing comes, and it takes effect.
    Silence,
    /// The connection ends, and it takes effect a while later.
    Late,
    /// It is said to have worked, and nothing happened.
    Lie,
}

impl WriteFate {
    pub(super) const TROUBLE: [Self; 7] = [
        Self::Lost,
        Self::Reset,
        Self::Refused,
        Self::Throttled,
        Self::Silence,
        Self::Late,
        Self::Lie,
    ];
}

impl Weather {
    /// From calm to a storm, each kind of trouble by itself.
    pub(super) fn any(rng: &mut Rng) -> Self {
        let mut degree = |degrees: [u32; 4]| degrees[rng.usize(..degrees.len())];
        Self {
            read: degree([0, 10, 40, 150]),
            write: degree([0, 100, 300, 600]),
            disk: degree([0, 0, 0, 15]),
            others: degree([0, 100, 250, 450]),
            crash: degree([0, 0, 40, 120]),
            clock: degree([0, 0, 30, 100]),
        }
    }

    pub(super) fn read(self, rng: &mut Rng) -> ReadFate {
        if rng.u32(..1000) >= self.read {
            return ReadFate::Answered;
        }
        match rng.u32(..8) {
            0..3 => ReadFate::Unreachable,
            3 => ReadFate::Throttled,
            4 => ReadFate::Silence,
            _ => ReadFate::Stale,
        }
    }

    pub(super) fn write(self, rng: &mut Rng) -> WriteFate {
        if rng.u32(..1000) >= self.write {
            return WriteFate::Answered;
        }
        WriteFate::TROUBLE[rng.usize(..WriteFate::TROUBLE.len())]
    }
}
