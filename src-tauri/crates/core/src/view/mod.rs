//! What the window shows. Every sentence that depends on facts is worded here, where it is tested; the page draws it.
//! Instants go as [`At`] so that ages can tick on screen without a new view.

mod ability;
mod account;
mod accounts;
mod announce;
mod approval;
mod branch;
mod build;
mod carried;
mod channel;
mod control;
mod database;
mod draw;
mod etl;
mod failure;
mod finish;
mod history;
mod home;
mod keychain;
mod lately;
mod links;
mod log;
mod merge;
mod notice;
mod outgoing;
mod past;
mod pushed;
mod release;
mod remedy;
mod resources;
mod scene;
mod settings;
mod step;
mod tray;
mod undecided;
mod waiting;
mod waterline;
mod who_can;

pub use accounts::{Ability, AccountView, AccountsScreen, Answer, KeychainView};
pub use announce::AnnounceScreen;
pub use approval::{ApprovalCard, ApprovalScreen};
pub use branch::{BranchName, BranchScreen, NameVerdict};
pub use build::{BuildScreen, LogView, StageView};
pub use channel::Untold;
pub use control::{Control, RollBackControl, StartControl, StopControl, TransitionControl};
pub use database::DatabaseScreen;
pub use draw::view;
pub use etl::{EtlScreen, PullView};
pub use failure::{Failure, Remedy, RemedyId, Reminding};
pub use finish::{FinishScreen, ReportRow};
pub use history::{HistoryMonth, HistoryRow, HistoryScreen, ResultChoice};
pub use home::{Found, Home, InProgress, NextMaintenance, PipelineStrip, Recent, StripPhase};
pub use links::Links;
pub(crate) use links::encoded;
pub use log::{LogLineView, LogPlace, LogScreen, LogSearch};
pub use merge::MergeScreen;
pub use notice::NoticeView;
pub use past::{PastLine, PastScreen, PastSection};
pub use release::ReleaseView;
pub use scene::{Scene, Viewed};
pub use settings::{
    NoticeSwitch, SettingsScreen, TeamChangeView, TeamForgetting, TeamOffer, TestView,
};
pub use step::{Check, StepId, StepState, StepView, Tone};
pub use tray::{Glyph, Tray, TrayItem};
pub use undecided::Undecided;
pub use waterline::Waterline;
pub use who_can::WhoCan;

use crate::desktop::Summons;
use crate::ids::LinkId;
use crate::problem::Problem;
use crate::time::At;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything on screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with each view; the page drops older ones.
    pub rev: u32,
    /// Practice or real.
    pub mode: Mode,
    /// The engine's clock when this view was made.
    pub now: At,
    /// This computer's time zone (IANA name).
    pub zone: String,
    /// The team's time zone (IANA name).
    pub team_zone: String,
    /// What people call its clock: "Pacific".
    pub team_clock: String,
    /// The strip at the top.
    pub waterline: Waterline,
    /// Who sits here; `None` before any look at GitHub.
    pub person: Option<Person>,
    /// The start screen.
    pub home: Home,
    /// A release without a branch yet, while its form is open.
    pub draft: Option<ReleaseView>,
    /// Releases in progress, newest first, each with all its screens.
    pub releases: Vec<ReleaseView>,
    /// What is over, while somebody looks at it.
    pub history: Option<HistoryScreen>,
    /// What was told, newest first.
    pub notices: Vec<NoticeView>,
    /// Sign-ins.
    pub accounts: AccountsScreen,
    /// Settings.
    pub settings: SettingsScreen,
    /// The icon in the tray.
    pub tray: Tray,
    /// The newest time that something asked for the window.
    pub summons: Option<Summons>,
    /// The log of a build, while it is open over that build's screen.
    pub log: Option<LogScreen>,
    /// Closing the window is asked about (`dialog-closing`): there is no tray to find Slipway in again.
    pub closing: bool,
    /// The whole program cannot do its work (journal unusable): shown above everything.
    pub trouble: Option<Problem>,
}

/// Which world this process works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// The embedded simulation: nothing leaves this computer.
    Practice,
    /// The team's accounts.
    Real,
}

impl Mode {
    /// The program's name in this world, for the window and the tray.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Practice => "Slipway \u{2013} practice",
            Self::Real => "Slipway",
        }
    }
}

/// Somebody, as the window names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Display name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Second line: login, role or account.
    pub detail: String,
}

/// A link that the engine can open; the page never holds the address it would open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// What to ask for. The address itself, prefixed by its kind, is known to the engine only by this id.
    pub id: LinkId,
    /// What it says.
    pub label: String,
}
