//! Which cells a run plays.

/// All of them with `--long` or when some are asked for by name (`SLIPWAY_CELL`). An ordinary run plays one in `share`, counted
/// along rows and columns, so that it meets every row and every fault.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    only: String,
    share: usize,
}

impl Part {
    pub(crate) fn of(share: usize) -> Self {
        let only = std::env::var("SLIPWAY_CELL").unwrap_or_default();
        let long = std::env::var_os("SLIPWAY_LONG").is_some();
        let share = if long || !only.is_empty() { 1 } else { share };
        Self { only, share }
    }

    pub(crate) fn plays(&self, name: &str, row: usize, column: usize) -> bool {
        name.contains(&self.only) && (row + column).is_multiple_of(self.share)
    }
}
