//! The settings: the team's, to read, and this person's, to change.

use serde::Serialize;
use ts_rs::TS;

use crate::desktop::Event;
use crate::problem::Problem;
use crate::rules::{ForgettingTeam, TeamChange, WaitingTeam};
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
    /// What it means to forget the file that this person chose; `None` when they chose none.
    pub forgetting: Option<TeamForgetting>,
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
    /// It is a file that this person chose themselves.
    pub chosen: bool,
    /// "Not now" was said to it: it waits without being offered.
    pub declined: bool,
    /// Every change, old and new.
    pub changes: Vec<TeamChangeView>,
}

/// What it means to forget the file that this person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamForgetting {
    /// Names exactly what was shown; sent back with the yes.
    pub id: String,
    /// "The built-in settings are in use again. 2 values change."
    pub text: String,
    /// Every change, old and new.
    pub changes: Vec<TeamChangeView>,
}

/// One change of the team's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamChangeView {
    /// What it is: "Slack channel".
    pub label: String,
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
            offer: scene
                .team_files
                .waiting(scene.team)
                .map(|waiting| TeamOffer::draw(scene, waiting)),
            forgetting: scene
                .team_files
                .forgetting(scene.team)
                .map(TeamForgetting::draw),
            problem: scene.team_files.problem().cloned(),
            notices: Event::ALL.into_iter().map(switch).collect(),
            test: scene.tested.map(words::notice::tested),
            start_at_login: scene.start_at_login,
            offer_login: offers_login(scene),
        }
    }
}

impl TeamOffer {
    fn draw(scene: &Scene<'_>, waiting: WaitingTeam) -> Self {
        Self {
            declined: is_declined(scene, &waiting),
            id: waiting.id,
            source: waiting.source.words(),
            chosen: waiting.source == TeamSource::File,
            changes: changes(waiting.changes),
        }
    }
}

impl TeamForgetting {
    fn draw(forgetting: ForgettingTeam) -> Self {
        Self {
            text: after(&forgetting),
            id: forgetting.id,
            changes: changes(forgetting.changes),
        }
    }
}

fn after(forgetting: &ForgettingTeam) -> String {
    if !forgetting.in_use {
        return "It is not in use. The settings in use stay as they are.".to_owned();
    }
    let back = match &forgetting.source {
        Some(source) => format!("{} is in use again.", source.words()),
        None => "The built-in settings are in use again.".to_owned(),
    };
    match forgetting.changes.len() {
        0 => format!("{back} No value changes."),
        1 => format!("{back} 1 value changes."),
        count => format!("{back} {count} values change."),
    }
}

/// "Not now" was said to exactly these changes.
pub(super) fn is_declined(scene: &Scene<'_>, waiting: &WaitingTeam) -> bool {
    scene.desktop.declined_team.as_ref() == Some(&waiting.key)
}

fn changes(changes: Vec<TeamChange>) -> Vec<TeamChangeView> {
    let change = |change: TeamChange| TeamChangeView {
        label: words::team::label(change.key).to_owned(),
        key: change.key.to_owned(),
        old: change.old,
        new: change.new,
    };
    changes.into_iter().map(change).collect()
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
        Event::MaintenanceSoon => "A maintenance window opens soon",
        Event::ApprovalNeeded => "An approval is needed",
        Event::Building => "A deploy was approved and builds",
        Event::Succeeded => "A deploy is in production",
        Event::Failed => "A deploy failed",
        Event::Rejected => "A deploy was rejected",
        Event::Expired => "An approval expired",
        Event::Stopped => "A deploy was stopped",
        Event::RolledBack => "A deploy was rolled back",
    }
}
