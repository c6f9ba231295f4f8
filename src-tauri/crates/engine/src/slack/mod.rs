//! Slack through its Web API with a bot's token, or through an incoming webhook, which can only post.
//!
//! `chat.postMessage` knows no idempotency, so every message carries the release in its metadata: that is how it is
//! found again, on whichever desktop it was posted.

mod act;
mod announcement;
mod api;
mod check;
mod error;
mod webhook;
mod workspace;

use std::time::{Duration, Instant};

use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{Channel, Message, Workspace};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::time::At;

use crate::endpoints::{Door, Endpoints, SlackAccount};
use api::Api;
use webhook::Webhook;
pub(crate) use webhook::is_webhook_of;

const SLACK: &str = "Slack";
/// `event_type` of an announcement's metadata; its payload is `{"release": …}`.
const RELEASE_EVENT: &str = "slipway_release";
/// `event_type` of a result's metadata, in the announcement's thread.
const RESULT_EVENT: &str = "slipway_result";
/// `event_type` of a change's metadata, in the announcement's thread; its payload is `{"release": …, "change": …}`.
const CHANGE_EVENT: &str = "slipway_change";

/// One sign-in at Slack. Cheap to share.
pub struct Slack(Way);

enum Way {
    Bot(Api),
    Webhook(Webhook),
}

impl Slack {
    /// A client for a bot's token or a webhook. Sends nothing yet.
    ///
    /// # Errors
    /// When the address is neither https nor on this computer, or the secret is not usable.
    pub fn connect(endpoints: &Endpoints, account: &SlackAccount) -> Result<Self, Problem> {
        let door = Door::to(SLACK, &endpoints.slack_api)?;
        Ok(Self(match account {
            SlackAccount::Bot(token) => Way::Bot(Api::open(door, token)?),
            SlackAccount::Webhook(address) => Way::Webhook(Webhook::open(&door, address)?),
        }))
    }

    /// Whether messages can be found and changed again. A webhook cannot: a post whose reply was lost stays unknown.
    #[must_use]
    pub fn reads_back(&self) -> bool {
        matches!(self.0, Way::Bot(_))
    }

    /// Who we are there, and what we may do in the team's channel. A webhook is sent a message without words, which
    /// Slack refuses in one way while the webhook works and in others when it does not; nothing is posted.
    ///
    /// # Errors
    /// When Slack does not take the sign-in, or cannot be asked. A scope that is missing is no error.
    pub async fn check(&self, team: &Team) -> Result<Standing, Problem> {
        match &self.0 {
            Way::Bot(api) => check::read(api, team).await,
            Way::Webhook(webhook) => webhook.check().await.map(|()| check::of_webhook()),
        }
    }

    /// The workspace and the team's channel (`auth.test`, `users.conversations`, `conversations.list`,
    /// `conversations.info`). Of a webhook's channel nothing is known but what the settings say.
    ///
    /// # Errors
    /// When Slack cannot be read, or the token lacks the scope to list channels.
    pub async fn workspace(&self, team: &Team) -> Result<Workspace, Problem> {
        match &self.0 {
            Way::Bot(api) => workspace::read(api, team).await,
            Way::Webhook(_) => Ok(webhook::workspace(team)),
        }
    }

    /// This release's message in the channel, found by its metadata (`conversations.history`,
    /// `conversations.replies`, `chat.getPermalink`); the first one when there are several.
    ///
    /// # Errors
    /// When the channel cannot be read. Always for a webhook.
    pub async fn announcement(
        &self,
        channel: &Channel,
        release: &ReleaseId,
        since: At,
    ) -> Result<Option<Message>, Problem> {
        match &self.0 {
            Way::Bot(api) => announcement::read(api, channel, release, since).await,
            Way::Webhook(_) => Err(webhook::cannot_read_back()),
        }
    }

    /// Sends one write of a release, once (`chat.postMessage`, `chat.update`, or the webhook).
    pub async fn act(&self, release: &ReleaseId, action: &Action) -> Outcome {
        match &self.0 {
            Way::Bot(api) => act::send(api, release, action).await,
            Way::Webhook(webhook) => webhook.send(action).await,
        }
    }

    /// How much longer Slack asked to be left alone, after a [`Throttled`](slipway_core::problem::Code::Throttled).
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        match &self.0 {
            Way::Bot(api) => api.pause.left(),
            Way::Webhook(webhook) => webhook.pause.left(),
        }
    }

    /// What Slack's clock showed in its last answer, and when that arrived.
    pub(crate) fn time_there(&self) -> Option<(At, Instant)> {
        match &self.0 {
            Way::Bot(api) => api.heard.last(),
            Way::Webhook(_) => None,
        }
    }
}
