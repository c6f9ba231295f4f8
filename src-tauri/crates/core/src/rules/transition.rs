//! Switching on again the way into a stage.

use crate::action::Action;
use crate::facts::Stage;
use crate::problem::Problem;
use crate::rules::decide::{Step, changed, not_offered, unseen};
use crate::rules::steps::{build, gate};
use crate::rules::{Course, Situation};
use crate::view::{StepId, StepState};

/// The stage that holds our execution up because the way into it is switched off, and the step that says so.
pub(crate) fn closed<'a>(course: &Course<'a>) -> Option<(StepId, &'a Stage)> {
    let blocked = |step: &StepId| course.state(*step) == StepState::Blocked;
    let step = [StepId::Approval, StepId::Build]
        .into_iter()
        .find(blocked)?;
    let stage = if step == StepId::Approval {
        gate::held_before(course)
    } else {
        build::held_before(course)
    };
    Some((step, stage?))
}

pub(crate) fn enable(
    situation: &Situation<'_>,
    course: &Course<'_>,
    (stage, reason): (&str, &str),
) -> Result<Step, Problem> {
    if course.facts.pipeline.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let (_, seen) = closed(course).ok_or_else(|| {
        not_offered("Nothing holds the deploy up: every way that it needs is switched on.")
    })?;
    if seen.name != stage {
        return Err(changed(
            "Another stage holds the deploy up by now.".into(),
            "Look at which one it is, then switch it on.",
        ));
    }
    if seen.disabled.as_deref() != Some(reason) {
        return Err(changed(
            "Somebody wrote down another reason for switching it off.".into(),
            "Read that one first.",
        ));
    }
    Ok(Step::Send(Action::EnableTransition {
        stage: stage.to_owned(),
    }))
}
