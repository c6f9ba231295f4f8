//! The workspace and the team's channel.

use serde::Deserialize;
use slipway_core::facts::{Channel, Workspace};
use slipway_core::ids::ChannelId;
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::line;

use super::api::{Api, More};
use super::error::SlackError;

/// A workspace can have tens of thousands of channels; the one that matters is looked for among the bot's own first.
const PAGES: usize = 100;
const BOTH: &str = "private_channel,public_channel";
const KINDS: [&str; 2] = ["private_channel", "public_channel"];

#[derive(Deserialize)]
pub(super) struct WhoJson {
    #[serde(default)]
    pub(super) team: String,
    #[serde(default)]
    pub(super) user: String,
}

#[derive(Deserialize)]
struct ChannelsJson {
    #[serde(default)]
    channels: Vec<ChannelJson>,
    #[serde(default)]
    response_metadata: More,
}

#[derive(Deserialize)]
struct InfoJson {
    channel: ChannelJson,
}

#[derive(Deserialize)]
pub(super) struct ChannelJson {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    pub(super) is_private: bool,
    #[serde(default)]
    pub(super) is_archived: bool,
    /// Of a public channel that the bot was not invited to.
    pub(super) is_member: Option<bool>,
    num_members: Option<u32>,
}

pub(super) async fn read(api: &Api, team: &Team) -> Result<Workspace, Problem> {
    let problem = |error: SlackError| error.problem("look for the channel", None, &api.names());
    let who: WhoJson = api.read("auth.test", &[]).await.map_err(problem)?;
    let bot = line(&who.user, 80);
    api.remember(|names| names.bot = Some(bot.clone()));
    let channel = find(api, &team.channel).await.map_err(problem)?;
    if let Some(channel) = &channel {
        api.remember(|names| names.channel = Some((channel.name.clone(), channel.id.0.clone())));
    }
    let archived = match channel {
        Some(_) => false,
        None => find_even_archived(api, &team.channel)
            .await
            .map_err(problem)?
            .is_some_and(|found| found.is_archived),
    };
    Ok(Workspace {
        team: line(&who.team, 80),
        bot,
        channel,
        archived,
        reads_back: true,
    })
}

/// The channel of that name, also when it is archived.
pub(super) async fn find_even_archived(
    api: &Api,
    name: &str,
) -> Result<Option<ChannelJson>, SlackError> {
    search_all(api, name, "false").await
}

async fn find(api: &Api, name: &str) -> Result<Option<Channel>, SlackError> {
    if let Some((_, id)) = api.names().channel.filter(|(known, _)| known == name) {
        match info(api, &id).await {
            Ok(found) if found.name == name && !found.is_archived => {
                return Ok(Some(found.into_fact()));
            }
            Ok(_) | Err(SlackError::Said { .. }) => api.remember(|names| names.channel = None),
            Err(error) => return Err(error),
        }
    }
    let Some(found) = search_all(api, name, "true").await? else {
        return Ok(None);
    };
    let members = info(api, &found.id)
        .await
        .ok()
        .and_then(|info| info.num_members);
    Ok(Some(
        ChannelJson {
            num_members: members.or(found.num_members),
            ..found
        }
        .into_fact(),
    ))
}

/// The bot's own channels first, then all that it may see. A token that lacks the scope for one kind is refused when it
/// asks for both, so each is asked for alone then; one that has neither is told of the private kind's.
async fn search_all(
    api: &Api,
    name: &str,
    exclude_archived: &str,
) -> Result<Option<ChannelJson>, SlackError> {
    let search = |method, types| search(api, method, types, name, exclude_archived);
    let mut kinds = vec![BOTH];
    let mut refused = None;
    match search("users.conversations", BOTH).await {
        Ok(Some(found)) => return Ok(Some(found)),
        Ok(None) => {}
        Err(error) if error.is_missing_scope() => {
            kinds.clear();
            for kind in KINDS {
                match search("users.conversations", kind).await {
                    Ok(Some(found)) => return Ok(Some(found)),
                    Ok(None) => kinds.push(kind),
                    Err(error) if error.is_missing_scope() => {
                        refused.get_or_insert(error);
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Err(error @ SlackError::Said { .. }) if !error.is_about_the_sign_in() => {
            refused = Some(error);
        }
        Err(error) => return Err(error),
    }
    let mut listed = false;
    for kind in kinds {
        match search("conversations.list", kind).await {
            Ok(Some(found)) => return Ok(Some(found)),
            Ok(None) => listed = true,
            Err(error) if error.is_missing_scope() => {}
            Err(error) => return Err(error),
        }
    }
    match refused {
        Some(error) if !listed => Err(error),
        Some(_) | None => Ok(None),
    }
}

async fn search(
    api: &Api,
    method: &str,
    types: &str,
    name: &str,
    exclude_archived: &str,
) -> Result<Option<ChannelJson>, SlackError> {
    let mut cursor = String::new();
    for _ in 0..PAGES {
        let arguments = [
            ("types", types),
            ("exclude_archived", exclude_archived),
            ("limit", "1000"),
            ("cursor", cursor.as_str()),
        ];
        let page: ChannelsJson = api.read(method, &arguments).await?;
        if let Some(found) = page
            .channels
            .into_iter()
            .find(|channel| channel.name == name)
        {
            return Ok(Some(found));
        }
        cursor = page.response_metadata.next_cursor;
        if cursor.is_empty() {
            return Ok(None);
        }
    }
    Err(SlackError::Broken(format!(
        "more than {PAGES} pages of channels"
    )))
}

async fn info(api: &Api, id: &str) -> Result<ChannelJson, SlackError> {
    let arguments = [("channel", id), ("include_num_members", "true")];
    Ok(api
        .read::<InfoJson>("conversations.info", &arguments)
        .await?
        .channel)
}

impl ChannelJson {
    fn into_fact(self) -> Channel {
        Channel {
            id: ChannelId(self.id),
            name: line(&self.name, 80),
            private: self.is_private,
            members: self.num_members,
        }
    }
}
