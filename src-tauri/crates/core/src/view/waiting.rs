//! What is going on at the gate while there is nothing to answer.

use crate::ids::Sha;
use crate::problem::Code;
use crate::rules::Course;
use crate::rules::steps::gate;
use crate::view::remedy::reason;
use crate::view::{StepId, StepState};

/// What is going on while there is no card, and why it does not go on.
pub(crate) fn at_the_gate(course: &Course<'_>) -> String {
    let pipeline = &course.team.pipeline;
    match course.state(StepId::Approval) {
        StepState::Later => {
            format!("After the merge {pipeline} starts by itself and asks for approval here.")
        }
        StepState::Waiting if gate::taken_by(course).is_some() => taken(course),
        StepState::Waiting => format!(
            "{pipeline} has not picked up the merge yet. That usually takes less than a minute."
        ),
        StepState::Working => {
            format!("{pipeline} fetches the merged commit. It asks for approval when it has it.")
        }
        StepState::Skipped => course.standing(StepId::Approval).note.clone(),
        StepState::Blocked => reason(course, StepId::Approval),
        StepState::Unknown => match hidden(course) {
            Some(why) => why,
            None => format!("{}.", course.standing(StepId::Approval).note),
        },
        StepState::Ready | StepState::Done | StepState::Failed | StepState::NotConnected => {
            format!("{}.", course.standing(StepId::Approval).note)
        }
    }
}

/// Which permission it takes to see what ran, when that is all that is missing.
fn hidden(course: &Course<'_>) -> Option<String> {
    course.facts.pipeline.fresh()?;
    let failing = course.facts.execution.failing.as_ref()?;
    let problem = &failing.problem;
    (problem.code == Code::Forbidden).then(|| format!("{} {}", problem.what, problem.remedy))
}

/// Somebody else's question comes first.
fn taken(course: &Course<'_>) -> String {
    let revision = gate::taken_by(course).and_then(|other| other.revisions.first());
    let what = revision.map_or_else(String::new, |revision| {
        let sha = revision.sha.as_ref().map_or("", Sha::short);
        let said = format!("{sha} {}", crate::text::line(&revision.summary, 120));
        format!(", {},", said.trim())
    });
    format!(
        "Another execution{what} came to the gate before this one. This one is asked about once that one is answered."
    )
}
