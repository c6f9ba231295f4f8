//! What something may cost, and what it does.

use std::fmt;

/// One line of the table.
pub(crate) struct Budget {
    what: String,
    measured: f64,
    allowed: f64,
    unit: &'static str,
    note: String,
}

impl Budget {
    /// What was measured, and the most that it may be.
    pub(crate) fn new(what: &str, measured: f64, allowed: f64, unit: &'static str) -> Self {
        Self {
            what: what.to_owned(),
            measured,
            allowed,
            unit,
            note: String::new(),
        }
    }

    /// What else is worth knowing about it.
    pub(crate) fn note(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.measured <= self.allowed
    }

    /// How much of what is allowed was used; of nothing allowed, nothing or more than that.
    fn ratio(&self) -> f64 {
        match (self.measured, self.allowed) {
            (0.0, 0.0) => 0.0,
            (measured, allowed) => measured / allowed,
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = if self.is_kept() { "kept  " } else { "MISSED" };
        let Self {
            what,
            measured,
            allowed,
            unit,
            note,
        } = self;
        let (measured, allowed) = (format!("{measured:.2}"), format!("{allowed:.2} {unit}"));
        let ratio = self.ratio();
        write!(
            f,
            "{kept}  {what:58}{measured:>9} of {allowed:16}{ratio:>6.2}  {note}"
        )
    }
}

/// The value that this share of all is not above.
pub(crate) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let place = (share * last as f64).ceil();
    sorted.get(place as usize).copied().unwrap_or(f64::NAN)
}
