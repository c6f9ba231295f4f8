//! What a person is asked when looks do not tell what became of an action.

use crate::action::{Action, Answer};
use crate::text;

/// The question.
#[must_use]
pub fn question(action: &Action) -> String {
    match action {
        Action::CreateBranch { .. } => "Was the branch created?".to_owned(),
        Action::PostAnnouncement { .. } => "Was the message posted?".to_owned(),
        Action::UpdateAnnouncement { .. } => "Was the message changed?".to_owned(),
        Action::MergePull { number, .. } | Action::MergeRelease { number, .. } => {
            format!("Was {number} merged?")
        }
        Action::OpenReleasePull { .. } => "Was the pull request opened?".to_owned(),
        Action::AnswerApproval { answer, .. } => match answer {
            Answer::Approved => "Did your approval count?".to_owned(),
            Answer::Rejected => "Did your rejection count?".to_owned(),
        },
        Action::RetryStage { stage, .. } => {
            format!("Was {} started again?", text::line(stage, 100))
        }
        Action::StopExecution { abandon: true, .. } => "Was the deploy abandoned?".to_owned(),
        Action::StopExecution { .. } => "Was the deploy told to stop?".to_owned(),
        Action::StartExecution { .. } => "Was the pipeline started?".to_owned(),
        Action::RollBack { stage, .. } => {
            format!("Was {} rolled back?", text::line(stage, 100))
        }
        Action::EnableTransition { stage } => {
            format!("Was the way into {} switched on?", text::line(stage, 100))
        }
        Action::PostResult { .. } => "Was the result posted?".to_owned(),
        Action::TellChange { .. } => "Was the change told in the thread?".to_owned(),
    }
}

/// Where a person finds the answer.
#[must_use]
pub fn where_to_look(action: &Action, channel: &str) -> String {
    match action {
        Action::CreateBranch { name, .. } => {
            format!("Look for {} on GitHub.", text::line(name, 200))
        }
        Action::PostAnnouncement { .. } | Action::UpdateAnnouncement { .. } => {
            format!("Look in #{channel} whether it is there.")
        }
        Action::PostResult { .. } | Action::TellChange { .. } => {
            format!("Look in #{channel}, in the thread of the announcement.")
        }
        Action::MergePull { number, .. } | Action::MergeRelease { number, .. } => {
            format!("Look at {number} on GitHub.")
        }
        Action::OpenReleasePull { base, .. } => format!(
            "Look on GitHub for a pull request into {}.",
            text::line(base, 200)
        ),
        Action::AnswerApproval { gate, .. } => format!(
            "Look at the history of {} in the AWS console.",
            text::line(&gate.stage, 100)
        ),
        Action::StopExecution { .. } | Action::StartExecution { .. } | Action::RollBack { .. } => {
            "Look at the executions of the pipeline in the AWS console.".to_owned()
        }
        Action::EnableTransition { stage } => format!(
            "Look in the AWS console at the way into {}.",
            text::line(stage, 100)
        ),
        Action::RetryStage { stage, .. } => format!(
            "Look at the history of {} in the AWS console.",
            text::line(stage, 100)
        ),
    }
}
