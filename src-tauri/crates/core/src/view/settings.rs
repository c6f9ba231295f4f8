//! The settings: the team's, to read, and this person's, to change.

use serde::Serialize;
use ts_rs::TS;

use crate::desktop::Event;
use crate::problem::Problem;
use crate::rules::{TeamChange, WaitingTeam};
use crate::team::TeamSource;
use crate::view::{Check, Scene, Tone};
use crate::words;

/// The team's settings, to read, and this person's, to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsScreen {
    /// "Built in", ".slipway.toml in gitMLS/etl at 4f2c91a", "A file that you chose".
    pub source: String,
    /// The team's settings, in words.
    pub rows: Vec<Check>,
    /// They as a team file, to copy.
    pub toml: String,
    /// A team file that was read and holds changes which wait for a yes.
    pub offer: Option<TeamOffer>,
    /// Why the team file that was found is not used.
    pub problem: Option<Problem>,
    /// A switch per event.
    pub notices: Vec<NoticeSwitch>,
    /// What the last test notice showed: sent to which notification service, or why not. Empty before the first.
    pub test: Option<TestView>,
    /// Start at login: whether it is on; `None` where this system does not tell.
    pub start_at_login: Option<bool>,
    /// Start at login was never offered; it is offered once.
    pub offer_login: bool,
}

/// What became of a test notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestView {
    /// "Test notice".
    pub label: String,
    /// Who took it, or why nobody did.
    pub text: String,
    /// Colour and shape.
    pub tone: Tone,
    /// The service's own words, if it refused it; empty otherwise.
    pub raw: String,
}

/// Team settings that wait for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamOffer {
    /// Names exactly what was shown; sent back with the yes.
    pub id: String,
    /// ".slipway.toml in gitMLS/etl at 4f2c91a".
    pub source: String,
    /// Every change, old and new.
    pub changes: Vec<TeamChangeView>,
}

/// One change of the team's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamChangeView {
    /// The key in the team file.
    pub key: String,
    /// What is in use.
    pub old: String,
    /// What it becomes.
    pub new: String,
}

/// One event's switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeSwitch {
    /// Which event.
    pub event: Event,
    /// "An approval is needed".
    pub label: String,
    /// On.
    pub on: bool,
}

impl SettingsScreen {
    pub(crate) fn draw(scene: &Scene<'_>) -> Self {
        let muted = &scene.desktop.preferences.muted;
        let switch = |event: Event| NoticeSwitch {
            event,
            label: event_label(event).to_owned(),
            on: !muted.contains(&event),
        };
        let rows = words::team::rows(scene.team, scene.now).into_iter();
        Self {
            source: source(scene),
            rows: rows
                .map(|(label, text)| Check {
                    label,
                    text,
                    tone: Tone::Quiet,
                })
                .collect(),
            toml: scene.team.to_toml(),
            offer: scene.team_files.waiting(scene.team).map(TeamOffer::draw),
            problem: scene.team_files.problem().cloned(),
            notices: Event::ALL.into_iter().map(switch).collect(),
            test: scene.tested.map(words::notice::tested),
            start_at_login: scene.start_at_login,
            offer_login: offers_login(scene),
        }
    }
}

impl TeamOffer {
    fn draw(waiting: WaitingTeam) -> Self {
        let change = |change: TeamChange| TeamChangeView {
            key: change.key.to_owned(),
            old: change.old,
            new: change.new,
        };
        Self {
            id: waiting.id,
            source: waiting.source.words(),
            changes: waiting.changes.into_iter().map(change).collect(),
        }
    }
}

fn source(scene: &Scene<'_>) -> String {
    let files = scene.team_files;
    let words = files
        .source()
        .map_or_else(|| "Built in".to_owned(), TeamSource::words);
    if files.is_gone() {
        format!("{words}; it is not on {} any more", scene.team.base)
    } else {
        words
    }
}

/// Once: to somebody who is signed in to something, and has never answered.
fn offers_login(scene: &Scene<'_>) -> bool {
    let desktop = scene.desktop;
    scene.start_at_login == Some(false)
        && !desktop.accounts.is_empty()
        && !desktop.preferences.login_offered
}

fn event_label(event: Event) -> &'static str {
    match event {
        Event::ApprovalNeeded => "An approval is needed",
        Event::Building => "A deploy was approved and builds",
        Event::Succeeded => "A deploy is in production",
        Event::Failed => "A deploy failed",
        Event::Rejected => "A deploy was rejected",
        Event::Expired => "An approval expired",
        Event::Stopped => "A deploy was stopped",
    }
}
