//! Tables: every row is checked, and all that differ are shown together.

use crate::world::World;
use slipway_core::view::StepId;
use std::fmt::Debug;

/// Fails with every row whose result is not the expected one.
pub(crate) fn check<T: PartialEq + Debug>(rows: impl IntoIterator<Item = (String, T, T)>) {
    let mut wrong = String::new();
    for (row, is, should) in rows {
        if is != should {
            wrong.push_str(&format!("\n  {row}\n     is: {is:?}\n should: {should:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n");
}

/// Rows of one step: a situation, and "state | note" as the rail says it.
pub(crate) fn step(step: StepId, rows: Vec<(&str, World, &str)>) {
    check(rows.into_iter().map(|(row, world, should)| {
        (
            format!("{step:?}: {row}"),
            world.says(step),
            should.to_owned(),
        )
    }));
}
