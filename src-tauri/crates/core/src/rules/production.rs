//! Whether a deploy that did not succeed can have changed production.

use crate::facts::{ActionState, Category, Stage};
use crate::ids::ExecutionId;
use crate::rules::course::Course;
use crate::time::At;

/// Nothing that deploys or invokes began in our execution. `None` until its runs were read; where they cannot be read
/// at all, only a pipeline that does neither is known to have changed nothing.
pub(crate) fn untouched(course: &Course<'_>) -> Option<bool> {
    let ours = course.execution()?;
    let stages = &course.facts.pipeline.stale()?.stages;
    let deploys = |action: &ActionState| action.category == Category::Deploy;
    match course.runs() {
        Some(runs) => {
            let ran = runs.iter().any(|run| run.category == Category::Deploy);
            let seen = |stage: &Stage| began(stage, &ours.id, ours.started_at);
            Some(!ran && !stages.iter().any(seen))
        }
        None if course.runs_are_hidden() => {
            let none = !stages.iter().flat_map(|stage| &stage.actions).any(deploys);
            Some(none)
        }
        None => None,
    }
}

/// The stage shows one that began since our execution did; the list of runs may lag behind it.
fn began(stage: &Stage, ours: &ExecutionId, since: At) -> bool {
    let began = |action: &ActionState| {
        action.category == Category::Deploy && action.changed_at.is_some_and(|at| at >= since)
    };
    stage.execution.as_ref() == Some(ours) && stage.actions.iter().any(began)
}
