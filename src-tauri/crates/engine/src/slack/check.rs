//! Who a bot is in Slack, and what it may do in the team's channel.

use slipway_core::account::{Allowed, Finding, Identity, Power, Standing};
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;
use slipway_core::text::line;

use super::api::Api;
use super::error::SlackError;
use super::workspace::{self, ChannelJson, WhoJson};

/// What keeps us from the channel.
enum Place {
    /// Nothing; it is private.
    Here { private: bool },
    /// Something, in words, and the scope when that is it.
    Barred {
        missing: String,
        problem: Box<Problem>,
    },
}

pub(super) async fn read(api: &Api, team: &Team) -> Result<Standing, Problem> {
    let problem = |error: &SlackError| error.problem("say who it is", None, &api.names());
    let who: Result<(WhoJson, Option<String>), _> = api.read_with_scopes("auth.test", &[]).await;
    let (who, scopes) = who.map_err(|error| problem(&error))?;
    let bot = line(&who.user, 80);
    api.remember(|names| names.bot = Some(bot.clone()));
    let scopes: Option<Vec<String>> =
        scopes.map(|it| it.split(',').map(|it| it.trim().to_owned()).collect());
    let place = place(api, team, &bot).await?;
    let has = |scope: &str| {
        scopes
            .as_ref()
            .is_none_or(|scopes| scopes.iter().any(|it| it == scope))
    };
    let (private, barred) = match &place {
        Place::Here { private } => (*private, None),
        Place::Barred { missing, problem } => (true, Some((missing, problem))),
    };
    let allowed = |scope: &str| match barred {
        _ if !has(scope) => Allowed::No {
            missing: scope.to_owned(),
            note: String::new(),
        },
        None => Allowed::Yes,
        Some((missing, problem)) => Allowed::No {
            missing: missing.clone(),
            note: problem.remedy.clone(),
        },
    };
    let history = if private {
        "groups:history"
    } else {
        "channels:history"
    };
    let findings = [
        (Power::SlackPost, allowed("chat:write")),
        (Power::SlackFollow, allowed(history)),
    ];
    Ok(Standing {
        identity: Identity::SlackBot {
            team: line(&who.team, 80),
            bot,
        },
        ends: None,
        findings: findings
            .map(|(power, allowed)| Finding { power, allowed })
            .into(),
        problem: match place {
            Place::Here { .. } => None,
            Place::Barred { problem, .. } => Some(*problem),
        },
        page: None,
    })
}

async fn place(api: &Api, team: &Team, bot: &str) -> Result<Place, Problem> {
    let name = &team.channel;
    let barred = |missing: &str, problem: Problem| Place::Barred {
        missing: missing.to_owned(),
        problem: Box::new(problem),
    };
    match workspace::find_even_archived(api, name).await {
        Ok(Some(ChannelJson {
            is_archived: true, ..
        })) => Ok(barred(
            "",
            Problem::new(
                Code::Refused,
                format!("#{name} is archived."),
                "Nothing can be posted there.",
                "Unarchive it in Slack, or change slack.channel in the team file.",
            ),
        )),
        Ok(Some(channel)) if channel.is_member == Some(false) => {
            Ok(barred("", not_in(name, bot, "")))
        }
        Ok(Some(channel)) => Ok(Place::Here {
            private: channel.is_private,
        }),
        Ok(None) => Ok(barred("", not_in(name, bot, "channel_not_found"))),
        Err(error) if error.is_missing_scope() => {
            let missing = error.needed().unwrap_or("groups:read").to_owned();
            Ok(barred(
                &missing,
                error.problem("look for the channel", None, &api.names()),
            ))
        }
        Err(error @ SlackError::Said { .. }) if !error.is_about_the_sign_in() => Ok(barred(
            "",
            error.problem("look for the channel", None, &api.names()),
        )),
        Err(error) => Err(error.problem("look for the channel", None, &api.names())),
    }
}

/// A private channel does not exist to who is not in it.
fn not_in(channel: &str, bot: &str, raw: &str) -> Problem {
    Problem::new(
        Code::NotInChannel,
        format!("The bot is not in #{channel}."),
        "It can neither post nor read there, and sees a private channel only from inside.",
        format!("Invite the bot: in #{channel}, type /invite @{bot}"),
    )
    .with_raw(raw)
}

/// A webhook can post into its channel, and nothing else.
pub(super) fn of_webhook() -> Standing {
    let findings = [
        (Power::SlackPost, Allowed::Yes),
        (
            Power::SlackFollow,
            Allowed::No {
                missing: String::new(),
                note: "A webhook only posts: the announcement stays as it was posted, and a post whose answer is lost is not looked up. A bot token does both."
                    .to_owned(),
            },
        ),
    ];
    Standing {
        identity: Identity::SlackWebhook,
        ends: None,
        findings: findings
            .map(|(power, allowed)| Finding { power, allowed })
            .into(),
        problem: None,
        page: None,
    }
}
