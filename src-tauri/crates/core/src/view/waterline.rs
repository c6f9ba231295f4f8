//! The strip at the top.

use crate::facts::{Failing, Look, Seen};
use crate::problem::Code;
use crate::rules::{Course, SourceId, watched};
use crate::time::At;
use crate::view::{Mode, Scene, Tone};
use crate::words::{self, Clock};
use serde::Serialize;
use ts_rs::TS;

/// How fresh the facts are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Waterline {
    /// Colour and shape.
    pub tone: Tone,
    /// First word, bold: "Live", "Not connected", "AWS".
    pub word: String,
    /// The rest of the sentence, without the age.
    pub text: String,
    /// When the oldest of the shown facts was seen; the page adds "4 s ago".
    pub seen_at: Option<At>,
    /// A look is under way.
    pub looking: bool,
    /// Services that are not at their own address: "GitHub at http://127.0.0.1:4000". Shown on every screen.
    pub elsewhere: Vec<String>,
}

impl Waterline {
    /// Draws it from the looks that all screens share and those of the releases in progress.
    pub(crate) fn draw(scene: &Scene<'_>) -> Self {
        Self {
            elsewhere: elsewhere(scene),
            ..Self::of_the_looks(scene)
        }
    }

    fn of_the_looks(scene: &Scene<'_>) -> Self {
        let services = services(scene);
        let connected: Vec<&Service> = services
            .iter()
            .filter(|service| service.connected)
            .collect();
        if connected.is_empty() {
            return Self {
                tone: Tone::Quiet,
                word: "Not connected".into(),
                text: "Slipway has not looked at anything yet".into(),
                seen_at: None,
                looking: scene.looking,
                elsewhere: Vec::new(),
            };
        }
        if let Some(ahead) = scene.wrong_clock {
            return wrong_clock(scene, ahead);
        }
        if let Some(service) = connected.iter().find(|service| service.failing.is_some()) {
            return failing(scene, service);
        }
        let names: Vec<&str> = connected.iter().map(|service| service.name).collect();
        let Some(seen_at) = connected
            .iter()
            .map(|service| service.seen_at)
            .min()
            .flatten()
        else {
            let text = format!("Reading {}", words::list(&names));
            return Self {
                tone: Tone::Quiet,
                word: "Looking".into(),
                text,
                seen_at: None,
                looking: scene.looking,
                elsewhere: Vec::new(),
            };
        };
        Self {
            tone: Tone::Good,
            word: match scene.mode {
                Mode::Practice => "Practice deploy.".into(),
                Mode::Real => "Live".into(),
            },
            text: match scene.mode {
                Mode::Practice => {
                    "Nothing leaves this computer: no branch, no message, no release.".into()
                }
                Mode::Real => format!("{} checked", words::list(&names)),
            },
            seen_at: Some(seen_at),
            looking: scene.looking,
            elsewhere: Vec::new(),
        }
    }
}

/// In practice nothing is anywhere else: it says so on every screen already.
fn elsewhere(scene: &Scene<'_>) -> Vec<String> {
    if scene.mode == Mode::Practice {
        return Vec::new();
    }
    let mut elsewhere = Vec::new();
    for (service, account) in &scene.accounts.services {
        let name = service.name();
        if account.elsewhere {
            elsewhere.push(format!("{name} at {}", account.origin));
        }
        if let Some(pages) = &account.pages {
            elsewhere.push(format!("{name}’s pages at {pages}"));
        }
    }
    elsewhere
}

struct Service {
    name: &'static str,
    connected: bool,
    seen_at: Option<At>,
    failing: Option<Failing>,
}

impl Service {
    fn new<T>(name: &'static str, look: &Look<T>) -> Self {
        let seen_at = look.last.as_ref().map(|seen: &Seen<T>| seen.at);
        Self {
            name,
            connected: look.connected,
            seen_at,
            failing: look.failing.clone(),
        }
    }

    fn and<T>(mut self, look: &Look<T>) -> Self {
        if self.failing.is_none() {
            self.failing = look.failing.clone();
        }
        self
    }
}

fn services(scene: &Scene<'_>) -> Vec<Service> {
    let mut github = Service::new("GitHub", &scene.shared.repository);
    let mut aws = Service::new("AWS", &scene.shared.pipeline);
    let mut slack = Service::new("Slack", &scene.shared.workspace);
    for (release, facts) in &scene.releases {
        let watched = watched(&Course::new(scene.team, scene.now, release, facts));
        // A look that is not repeated any more stays as it was, also when it failed.
        if watched.contains(&SourceId::Source) {
            github = github.and(&facts.source);
            aws = aws.and(&facts.execution);
        }
        if watched.contains(&SourceId::Announcement) {
            slack = slack.and(&facts.announcement);
        }
    }
    vec![github, aws, slack]
}

/// It comes first: a service may refuse us because of it.
fn wrong_clock(scene: &Scene<'_>, ahead: i64) -> Waterline {
    let minutes = usize::try_from((ahead.unsigned_abs() + 30) / 60).unwrap_or(usize::MAX);
    let off = words::count(minutes, "minute");
    let way = if ahead > 0 { "fast" } else { "slow" };
    Waterline {
        tone: Tone::Bad,
        word: "This computer’s clock".to_owned(),
        text: format!(
            "is {off} {way}. Times shown here are wrong, and AWS refuses a clock that is five minutes off. Set it in the system’s settings."
        ),
        seen_at: None,
        looking: scene.looking,
        elsewhere: Vec::new(),
    }
}

fn failing(scene: &Scene<'_>, service: &Service) -> Waterline {
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let code = service.failing.as_ref().map(|failing| failing.problem.code);
    let what = match code {
        Some(Code::SignedOut) => "does not accept the sign-in.",
        Some(Code::Throttled) => "asks to slow down.",
        Some(Code::Forbidden) => "does not allow a look.",
        Some(_) | None => "does not answer.",
    };
    let age = match service.seen_at {
        Some(at) => format!(" Facts below are from {}.", clock.at(at)),
        None => " Nothing was seen there yet.".to_owned(),
    };
    Waterline {
        tone: if code == Some(Code::SignedOut) {
            Tone::Bad
        } else {
            Tone::Wait
        },
        word: service.name.to_owned(),
        text: format!("{what}{age}"),
        seen_at: None,
        looking: scene.looking,
        elsewhere: Vec::new(),
    }
}
