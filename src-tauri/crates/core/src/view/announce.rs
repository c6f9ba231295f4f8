//! Tell the team.

use crate::problem::Problem;
use crate::rules::{Course, announcing};
use crate::view::channel::trouble;
use crate::view::{LinkView, Links, StepId, StepState, Untold};
use crate::words::announcement;
use serde::Serialize;
use ts_rs::TS;

/// Tell the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnnounceScreen {
    /// The message to begin with (plain text, editable).
    pub suggestion: String,
    /// The line that Slipway adds and keeps up to date ("Step 2 of 8. Waiting for pull requests.").
    pub status_line: String,
    /// `#production-deployment`.
    pub channel: String,
    /// "#production-deployment is private. 14 people will see it."
    pub audience: String,
    /// The bot's name as the preview shows it.
    pub bot: String,
    /// The message as it stands in Slack, once posted.
    pub posted: Option<String>,
    /// When it was posted or declared, and by whom, in words.
    pub settled: String,
    /// Its address.
    pub link: Option<LinkView>,
    /// `post-announcement` is possible.
    pub can_post: bool,
    /// `declare-announced` and `copy-announcement` are possible.
    pub can_declare: bool,
    /// It was posted and is gone: posting posts it anew.
    pub anew: bool,
    /// Why the message is not kept true, or cannot be.
    pub trouble: Option<Problem>,
    /// `tell-change` is possible.
    pub tell: Option<Untold>,
}

impl AnnounceScreen {
    pub(crate) fn draw(course: &Course<'_>, links: &mut Links) -> Self {
        let workspace = course.facts.workspace.stale();
        let channel = workspace.and_then(|workspace| workspace.channel.as_ref());
        let message = course.facts.announcement.stale().and_then(Option::as_ref);
        let name = format!("#{}", course.team.channel);
        let audience = match channel {
            Some(channel) => {
                let private = if channel.private {
                    format!("{name} is private.")
                } else {
                    format!("{name} is public.")
                };
                match channel.members {
                    Some(members) => format!("{private} {} will see it.", people(members)),
                    None => private,
                }
            }
            None => format!("Slipway does not see {name}."),
        };
        let state = course.state(StepId::Announce);
        let settled = state.is_settled();
        let announcement = course.facts.announcement.fresh();
        let may_be_there = match workspace {
            Some(workspace) if !workspace.reads_back => false,
            Some(_) | None => announcement.is_none_or(Option::is_some),
        };
        let anew = announcing::is_gone(course) && !course.finished();
        let can_post = (anew || matches!(state, StepState::Ready | StepState::Failed))
            && !may_be_there
            && channel.is_some();
        Self {
            suggestion: announcement::suggestion(course.team, course.release),
            status_line: announcement::status_line(course)
                .unwrap_or_else(|| announcement::first_status(course.release.kind)),
            channel: name,
            audience,
            bot: workspace.map_or_else(
                || "Slipway".to_owned(),
                |workspace| crate::text::line(&workspace.bot, 80),
            ),
            posted: message.map(|message| crate::text::cut(&message.text, announcement::MAX)),
            settled: if settled {
                course.standing(StepId::Announce).note.clone()
            } else {
                String::new()
            },
            link: message.and_then(|message| {
                let permalink = message.permalink.as_deref()?;
                Some(links.add(
                    format!("message:{}", course.release.id),
                    "Open in Slack",
                    permalink,
                ))
            }),
            can_post,
            anew,
            trouble: trouble(course),
            tell: Untold::draw(course),
            can_declare: !settled && !matches!(state, StepState::Later | StepState::Working),
        }
    }
}

fn people(members: u32) -> String {
    if members == 1 {
        "1 person".to_owned()
    } else {
        format!("{members} people")
    }
}
