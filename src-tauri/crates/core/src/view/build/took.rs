//! What earlier deploys took.

use crate::facts::{Execution, ExecutionStatus};
use crate::rules::Course;
use crate::rules::steps::approval;
use crate::view::Scene;
use crate::words;

/// What was longer ago says little about today.
const NEWEST: usize = 20;

/// What earlier deploys took from the approval to a good end. AWS tells it of none without another call, so it is taken
/// from the newest releases that were followed here and are over. Where nobody is asked, from the pipeline's own list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Took {
    /// Half of them took no longer, in seconds.
    pub(super) median: u32,
    /// Nine in ten of them took no longer, in seconds (the nearest rank).
    pub(super) ninth_decile: u32,
    of: usize,
}

impl Took {
    /// The deploys before this one.
    pub(super) fn before(scene: &Scene<'_>, course: &Course<'_>) -> Option<Self> {
        let others = scene.history.newest.iter();
        let followed = others
            .filter(|row| row.release != course.release.id)
            .filter_map(|row| row.built_in.map(i64::from));
        if approval::pipeline_asks(course) {
            return Self::of(followed.take(NEWEST).collect());
        }
        let executions = &course.facts.pipeline.stale()?.executions;
        let succeeded = |one: &&Execution| one.status == ExecutionStatus::Succeeded;
        let listed = executions
            .iter()
            .filter(succeeded)
            .map(|one| one.updated_at.seconds_since(one.started_at));
        Self::of(listed.take(NEWEST).collect())
    }

    fn of(mut took: Vec<i64>) -> Option<Self> {
        took.sort_unstable();
        let at = |rank: usize| u32::try_from(*took.get(rank)?).ok();
        let median = at(took.len() / 2).filter(|seconds| *seconds > 0)?;
        let ninth_decile = at((took.len() * 9).div_ceil(10).saturating_sub(1))?;
        Some(Self {
            median,
            ninth_decile: ninth_decile.max(median),
            of: took.len(),
        })
    }

    pub(super) fn words(self) -> String {
        format!("Compared with {}", words::count(self.of, "earlier deploy"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_nine_in_ten_of_them_took_no_longer() {
        type Row = (Vec<i64>, Option<(u32, u32)>);
        let rows: [Row; 7] = [
            (vec![], None),
            (vec![0], None),
            (vec![840], Some((840, 840))),
            (vec![900, 600], Some((900, 900))),
            (vec![600, 900, 700], Some((700, 900))),
            ((1..=10).map(|it| it * 60).collect(), Some((360, 540))),
            (
                (1..=20).rev().map(|it| it * 60).collect(),
                Some((660, 1080)),
            ),
        ];
        for (took, should) in rows {
            let is = Took::of(took.clone()).map(|it| (it.median, it.ninth_decile));
            assert_eq!(is, should, "{took:?}");
        }
    }
}
