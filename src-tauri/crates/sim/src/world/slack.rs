use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::World;

/// The channel `production-deployment`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Channel {
    /// Whether the bot was invited.
    pub bot_is_member: bool,
    /// Whether it was archived.
    pub is_archived: bool,
    /// Whether everybody can see it.
    #[serde(default)]
    pub is_public: bool,
    /// All messages, thread replies included, oldest first.
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its identity in the channel: seconds, a dot and six digits.
    pub ts: String,
    /// Its text.
    pub text: String,
    /// Its blocks, as sent.
    pub blocks: Option<Value>,
    /// Its metadata, as sent.
    pub metadata: Option<Value>,
    /// The message that it replies to.
    pub thread_ts: Option<String>,
    /// Whether the reply is shown in the channel, too.
    pub reply_broadcast: bool,
    /// Whether it came through the incoming webhook, which cannot edit.
    pub by_webhook: bool,
    /// `ts` of the last edit.
    pub edited_ts: Option<String>,
}

impl Channel {
    /// The channel's id.
    pub const ID: &str = "C00SIMDEPLOY";
    /// The channel's name.
    pub const NAME: &str = "production-deployment";
    pub(crate) const TEAM_ID: &str = "T00SIMTEAM";
    pub(crate) const BOT_USER_ID: &str = "U00SIMBOT";
    pub(crate) const BOT_ID: &str = "B00SIMBOT";
    pub(crate) const APP_ID: &str = "A00SIMAPP";

    pub(crate) fn empty() -> Channel {
        Channel {
            bot_is_member: true,
            is_archived: false,
            is_public: false,
            messages: Vec::new(),
        }
    }

    /// The message with that identity.
    pub fn message(&self, ts: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.ts == ts)
    }

    /// A `ts` that no message has yet.
    pub(crate) fn next_ts(&self, now: Timestamp) -> String {
        let mut micros = now.as_microsecond();
        loop {
            let ts = format!(
                "{}.{:06}",
                micros.div_euclid(1_000_000),
                micros.rem_euclid(1_000_000)
            );
            if self.messages.last().is_none_or(|last| last.ts < ts) {
                return ts;
            }
            micros += 1;
        }
    }
}

impl World {
    /// Puts a message into the channel; colleagues read it. Returns its `ts`.
    pub(crate) fn post(&mut self, mut message: Message) -> String {
        message.ts = self.channel.next_ts(self.now);
        let (ts, text) = (message.ts.clone(), message.text.clone());
        let shown = message.blocks.as_ref().map(words).unwrap_or_default();
        self.channel.messages.push(message);
        self.colleagues_read(&format!("{text}\n{shown}"));
        ts
    }
}

/// All the strings in a structure.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("\n"),
        Value::Object(members) => members.values().map(words).collect::<Vec<_>>().join("\n"),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}
