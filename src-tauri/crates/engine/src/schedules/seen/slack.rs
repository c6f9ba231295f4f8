//! Slack.

use serde_json::Value;
use slipway_core::facts::{Channel, Message, Workspace};
use slipway_core::ids::{ChannelId, MessageTs, ReleaseId};
use slipway_sim::world::{Channel as PretendedChannel, Message as Pretended, World};

pub(in crate::schedules) const RELEASE: &str = "slipway_release";
pub(in crate::schedules) const CHANGE: &str = "slipway_change";
pub(in crate::schedules) const RESULT: &str = "slipway_result";

pub(in crate::schedules) fn workspace(world: &World) -> Workspace {
    let channel = Channel {
        id: ChannelId::from(PretendedChannel::ID),
        name: PretendedChannel::NAME.to_owned(),
        private: true,
        members: Some(4),
    };
    Workspace {
        archived: world.channel.is_archived,
        team: "gitMLS".to_owned(),
        bot: "slipway".to_owned(),
        channel: world.channel.bot_is_member.then_some(channel),
        reads_back: true,
    }
}

pub(in crate::schedules) fn announcement(world: &World, release: &ReleaseId) -> Option<Message> {
    let messages = &world.channel.messages;
    let is_root = |it: &&Pretended| it.thread_ts.is_none() && is(it, RELEASE, release);
    let found = messages.iter().find(is_root)?;
    let thread = |it: &&Pretended| it.thread_ts.as_ref() == Some(&found.ts);
    let mut replies = messages.iter();
    Some(Message {
        channel: ChannelId::from(PretendedChannel::ID),
        ts: MessageTs(found.ts.clone()),
        text: found.text.clone(),
        permalink: None,
        result_posted: replies
            .any(|it| it.thread_ts.as_ref() == Some(&found.ts) && is(it, RESULT, release)),
        told: messages.iter().filter(thread).filter_map(change).collect(),
    })
}

/// The change that a message tells.
pub(in crate::schedules) fn change(message: &Pretended) -> Option<String> {
    let metadata = message.metadata.as_ref()?;
    let change = metadata["event_payload"]["change"].as_str()?;
    (metadata["event_type"] == CHANGE).then(|| change.to_owned())
}

/// A message of ours about that release.
pub(in crate::schedules) fn is(message: &Pretended, event: &str, release: &ReleaseId) -> bool {
    let told = |metadata: &Value| {
        metadata["event_type"] == event && metadata["event_payload"]["release"] == release.as_str()
    };
    message.metadata.as_ref().is_some_and(told)
}
