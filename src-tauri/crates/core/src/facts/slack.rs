//! What was seen in Slack.

use crate::ids::{ChannelId, MessageTs};

/// The workspace that the sign-in belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its name (`auth.test`).
    pub team: String,
    /// The bot's user name there.
    pub bot: String,
    /// The team's channel; `None` when the bot cannot see it (not invited, or it does not exist).
    pub channel: Option<Channel>,
    /// The team's channel is there and archived; `channel` is `None` then.
    pub archived: bool,
    /// Messages can be found and changed again; a webhook can only post.
    pub reads_back: bool,
}

/// The channel that announcements go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id; names are ambiguous.
    pub id: ChannelId,
    /// Its name without `#`.
    pub name: String,
    /// Whether it is private.
    pub private: bool,
    /// How many people are in it, when told.
    pub members: Option<u32>,
}

impl Channel {
    /// Stands for the id where a webhook posts: Slack does not tell it which channel that is.
    pub const OF_A_WEBHOOK: &str = "webhook";
}

/// Our message in the channel, found by its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The channel.
    pub channel: ChannelId,
    /// The message's `ts`.
    pub ts: MessageTs,
    /// Its text as Slack holds it now.
    pub text: String,
    /// Its address.
    pub permalink: Option<String>,
    /// The result was posted in its thread.
    pub result_posted: bool,
    /// The changes that its thread tells, by the names that [`TellChange`](crate::action::Action::TellChange) gives them.
    pub told: Vec<String>,
}
