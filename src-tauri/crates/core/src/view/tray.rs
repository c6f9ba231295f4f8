//! The icon in the tray.

use serde::Serialize;
use ts_rs::TS;

use crate::ids::ReleaseId;
use crate::rules::Course;
use crate::text::{cut, line};
use crate::view::{Mode, Scene, StepId, StepState};
use crate::words::step_title;

/// A tray's tooltip is one line, and some systems cut it.
const TOOLTIP: usize = 120;
const NAME: usize = 48;

/// The icon in the tray: a shape, the same in words, and what its menu leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tray {
    /// The shape.
    pub glyph: Glyph,
    /// The same in words: "maintenance-2026-11-24 waits for your approval".
    pub tooltip: String,
    /// The menu's entry for what needs you: "Review maintenance-2026-11-24".
    pub needs: Option<TrayItem>,
}

/// The four shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Glyph {
    /// Hull in outline, at rest on the slip.
    Idle,
    /// Hull filled and afloat.
    Running,
    /// Tall mast with a flag raised.
    NeedsYou,
    /// A cross above the hull.
    Failed,
}

/// An entry of the menu that leads to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrayItem {
    /// What it says.
    pub label: String,
    /// The release.
    pub release: ReleaseId,
    /// The step.
    pub step: StepId,
}

impl Tray {
    /// What needs a person comes before what failed, that before what moves: an approval runs out of time, a failure
    /// does not.
    pub(crate) fn draw(scene: &Scene<'_>) -> Self {
        let courses = scene
            .releases
            .iter()
            .map(|(release, facts)| Course::new(scene.team, scene.now, release, facts));
        let courses: Vec<Course<'_>> = courses.filter(|course| !course.finished()).collect();
        let most_urgent = courses.iter().min_by_key(|course| urgency(course));
        let (glyph, text, needs) = match (&scene.trouble, most_urgent) {
            (Some(trouble), _) => (Glyph::NeedsYou, trouble.what.clone(), None),
            (None, None) => (Glyph::Idle, "Slipway: nothing needs you".to_owned(), None),
            (None, Some(course)) => of_release(course),
        };
        let text = match scene.mode {
            Mode::Practice => format!("Practice: {text}"),
            Mode::Real => text,
        };
        Self {
            glyph,
            tooltip: cut(&text, TOOLTIP),
            needs,
        }
    }
}

/// How soon somebody has to look at it; less is sooner. Of equals the newest release comes first.
fn urgency(course: &Course<'_>) -> u8 {
    let step = course.current();
    match (glyph(course), step) {
        (Glyph::NeedsYou, StepId::Approval) => 0,
        (Glyph::Failed, _) => 1,
        (Glyph::NeedsYou, _) => 2,
        (Glyph::Running, _) => 3,
        (Glyph::Idle, _) => 4,
    }
}

fn glyph(course: &Course<'_>) -> Glyph {
    let step = course.current();
    match course.state(step) {
        StepState::Ready | StepState::Blocked => Glyph::NeedsYou,
        StepState::Failed => Glyph::Failed,
        StepState::Working => Glyph::Running,
        // The merge is done, and the pipeline picks it up by itself.
        StepState::Waiting if step == StepId::Approval => Glyph::Running,
        StepState::Waiting
        | StepState::Later
        | StepState::Unknown
        | StepState::NotConnected
        | StepState::Done
        | StepState::Skipped => Glyph::Idle,
    }
}

fn of_release(course: &Course<'_>) -> (Glyph, String, Option<TrayItem>) {
    let (glyph, step) = (glyph(course), course.current());
    let name = line(course.release.id.as_str(), NAME);
    let note = &course.standing(step).note;
    let asks = step == StepId::Approval && course.state(step) == StepState::Ready;
    let text = match (glyph, step) {
        (Glyph::NeedsYou, _) if asks => format!("{name} waits for your approval"),
        (Glyph::NeedsYou, _) if course.state(step) == StepState::Ready => {
            let title = step_title(step, course.release.kind, &course.team.base);
            format!("{name} needs you: {}", lower(&title))
        }
        (Glyph::Running, StepId::Build) => format!("{name} is being built"),
        (Glyph::NeedsYou | Glyph::Failed | Glyph::Running | Glyph::Idle, _) => {
            format!("{name}: {}", lower(note))
        }
    };
    let needs_somebody = matches!(glyph, Glyph::NeedsYou | Glyph::Failed);
    let needs = needs_somebody.then(|| TrayItem {
        label: format!("{} {name}", if asks { "Review" } else { "Open" }),
        release: course.release.id.clone(),
        step,
    });
    (glyph, text, needs)
}

/// In the middle of a sentence: a first capital goes, that of a name in capitals stays.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let rest = chars.as_str();
    if rest.starts_with(|second: char| second.is_uppercase()) {
        return text.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}
