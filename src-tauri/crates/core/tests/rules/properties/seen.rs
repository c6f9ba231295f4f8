//! What a world shows: what the parts of a story depend on.

use crate::world::{EXECUTION, World};

pub(super) fn has_gate(world: &World) -> bool {
    let pipeline = world.facts.pipeline.stale();
    pipeline.is_some_and(|it| it.stages.iter().any(|stage| stage.name == "Approval"))
}

pub(super) fn sees_pipeline(world: &World) -> bool {
    world.facts.pipeline.last.is_some()
}

pub(super) fn sees_source(world: &World) -> bool {
    world.facts.source.last.is_some()
}

pub(super) fn has_branch(world: &World) -> bool {
    world
        .facts
        .source
        .stale()
        .is_some_and(|source| source.branch.is_some())
}

pub(super) fn pulls(world: &World) -> u32 {
    u32::try_from(world.facts.source.stale().unwrap().pulls.len()).unwrap()
}

pub(super) fn message(world: &World) -> bool {
    world
        .facts
        .announcement
        .stale()
        .is_some_and(Option::is_some)
}

pub(super) fn has_ours(world: &World) -> bool {
    let pipeline = world.facts.pipeline.stale();
    let listed =
        pipeline.is_some_and(|it| it.executions.iter().any(|it| it.id.as_str() == EXECUTION));
    listed && world.facts.execution.last.is_some()
}

pub(super) fn is_asked(world: &World) -> bool {
    let detail = world.facts.execution.stale().and_then(Option::as_ref);
    let asked = detail
        .and_then(|detail| detail.runs.last())
        .is_some_and(|run| run.stage == "Approval");
    has_ours(world) && has_gate(world) && asked
}

pub(super) fn is_building(world: &World) -> bool {
    let detail = world.facts.execution.stale().and_then(Option::as_ref);
    let built =
        detail.is_some_and(|detail| detail.runs.iter().any(|run| run.stage == "docker-build"));
    has_ours(world) && built
}
