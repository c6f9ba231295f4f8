//! The screen of sign-ins.

use serde::Serialize;
use ts_rs::TS;

use crate::account::KeychainTrouble;
use crate::problem::Problem;
use crate::service::Service;
use crate::time::At;
use crate::view::{Check, LinkView, Links, Scene, Tone};

/// What Slipway is signed in to, and what you can do there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountsScreen {
    /// This computer's keychain.
    pub keychain: KeychainView,
    /// GitHub, AWS, Slack, in this order.
    pub services: Vec<AccountView>,
    /// The team's channel, `#production-deployment`: where a bot has to be invited.
    pub channel: String,
    /// When what is shown was last checked; `None` before that and while nobody is signed in.
    pub checked_at: Option<At>,
    /// A check is under way.
    pub checking: bool,
}

/// This computer's keychain, as a row and, when nothing works without it, as a screen of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainView {
    /// "Unlocked", "Locked", "Not used", "Sign-ins are kept in memory".
    pub word: String,
    /// One sentence under it.
    pub text: String,
    /// Colour and shape.
    pub tone: Tone,
    /// It is being opened and may wait for somebody to unlock it.
    pub opening: bool,
    /// Why it does not do what it was asked.
    pub trouble: Option<KeychainTrouble>,
    /// What to say about that.
    pub problem: Option<Problem>,
    /// Nothing works without it: the whole window says so (`screen-keychain`), until it opens or the person agrees to
    /// go on with sign-ins in memory.
    pub covers: bool,
    /// `use-memory` is offered.
    pub can_use_memory: bool,
}

/// One service's sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Which service.
    pub service: Service,
    /// "GitHub".
    pub name: String,
    /// "jun-park, gitMLS/etl"; "Not connected".
    pub who: String,
    /// Somebody is signed in.
    pub signed_in: bool,
    /// Right end of the row: "3 of 3 permissions", "1 missing, 1 unknown", "Not connected".
    pub word: String,
    /// Colour and shape of that.
    pub tone: Tone,
    /// Facts about the sign-in: who it is, account and region, kept where, since when.
    pub rows: Vec<Check>,
    /// What can be done with it.
    pub abilities: Vec<Ability>,
    /// What is wrong with the sign-in as a whole.
    pub problem: Option<Problem>,
    /// Where its secret is sent, and to nobody else: `https://api.github.com`.
    pub origin: String,
    /// That is not the service's own address: it stays visible on every screen.
    pub elsewhere: bool,
}

/// One thing that can be done with a sign-in, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ability {
    /// "Approve".
    pub label: String,
    /// "Answer a waiting approval".
    pub text: String,
    /// Whether it can be done.
    pub answer: Answer,
    /// The permission, action or scope that is missing, exactly as the service calls it; empty when nothing is.
    pub missing: String,
    /// What else there is to say: "AWS does not say before you try.", "Invite the bot: /invite @slipway".
    pub note: String,
    /// A text for whoever can give the permission, to copy; empty when there is nothing to ask for.
    pub request: String,
    /// Where it is given, when that is a page.
    pub link: Option<LinkView>,
}

/// Whether something can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The service does not say before it is tried, or could not be asked.
    Unknown,
}

impl AccountsScreen {
    pub(crate) fn draw(scene: &Scene<'_>, links: &mut Links) -> Self {
        let used = scene.accounts.services.values();
        let used = used.filter(|account| account.hold.is_used());
        let checks = used.map(|account| Some(account.checked.as_ref()?.at));
        Self {
            keychain: KeychainView::draw(scene),
            services: Service::ALL
                .map(|service| AccountView::draw(scene, service, links))
                .into(),
            channel: format!("#{}", scene.team.channel),
            checked_at: checks.min().flatten(),
            checking: scene.accounts.checking,
        }
    }
}
