//! Being told once more of a failure.

use crate::ids::ExecutionId;
use crate::rules::{Course, remind};
use serde::Serialize;
use ts_rs::TS;

/// What the card says about being told once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reminding {
    /// The execution that failed.
    pub execution: ExecutionId,
    /// In how many minutes a person can be reminded.
    pub minutes: Vec<u32>,
    /// "Slipway reminds you at 8:06 pm Pacific."; empty while no reminder is set.
    pub text: String,
}

impl Reminding {
    pub(super) fn draw(course: &Course<'_>) -> Option<Self> {
        let (execution, _) = remind::failed(course)?;
        let clock = course.clock();
        let text = remind::waiting(course).map(|reminder| {
            format!(
                "Slipway reminds you at {} {}.",
                clock.at(reminder.at),
                clock.zone()
            )
        });
        Some(Self {
            execution: execution.clone(),
            minutes: remind::MINUTES.to_vec(),
            text: text.unwrap_or_default(),
        })
    }
}
