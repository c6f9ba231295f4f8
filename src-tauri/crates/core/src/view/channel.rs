//! What Slack does not let Slipway do for this release, and what is not told there yet.

use crate::action::Action;
use crate::problem::{Code, Problem};
use crate::rules::{Course, announcing, thread};
use crate::words::notice;
use serde::Serialize;
use ts_rs::TS;

/// A change that is not told in the announcement's thread, and that a person may tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Untold {
    /// Which change; the press is about this one.
    pub change: String,
    /// What is so, that nobody told, and what pressing does.
    pub problem: Problem,
}

impl Untold {
    pub(crate) fn draw(course: &Course<'_>) -> Option<Self> {
        let change = thread::offered(course)?;
        let refused = course.release.untold.as_ref();
        let refused = refused.filter(|(tried, _)| {
            matches!(tried, Action::TellChange { change: tried, .. } if *tried == change.key)
        });
        let means = match refused {
            Some((_, problem)) => format!("The thread in Slack does not say so. {}", problem.what),
            None => "The thread in Slack does not say so. The desktop that posted the message has not told it."
                .to_owned(),
        };
        let remedy =
            refused.map_or_else(String::new, |(_, problem)| format!("{} ", problem.remedy));
        let problem = Problem::new(
            Code::NotOffered,
            format!("{}.", notice::title(&change.what)),
            means,
            format!(
                "{remedy}Tell it in the thread; Slipway looks first whether it is there by now."
            ),
        );
        Some(Self {
            change: change.key,
            problem,
        })
    }
}

/// Why the message is not kept true, or cannot be: what happened, what it means, what to do.
pub(crate) fn trouble(course: &Course<'_>) -> Option<Problem> {
    let (facts, release) = (course.facts, course.release);
    let channel = format!("#{}", course.team.channel);
    if !facts.workspace.connected {
        return Some(Problem::new(
            Code::SignedOut,
            "Nobody is signed in to Slack.",
            "Slipway posts nothing, and sees no message.",
            format!(
                "Copy the message, post it in {channel} yourself and mark it as told, or sign in on Accounts."
            ),
        ));
    }
    let failing = facts.workspace.failing.as_ref();
    let failing = failing.or(facts.announcement.failing.as_ref());
    if let Some(failing) = failing {
        let stays =
            "The message in Slack stays as it is until then, and what changes is not told there.";
        return Some(Problem {
            means: stays.into(),
            ..failing.problem.clone()
        });
    }
    let workspace = facts.workspace.fresh()?;
    if !workspace.reads_back {
        return Some(Problem::new(
            Code::NotOffered,
            "A webhook can only post.",
            "Slipway cannot change its message later, reply in its thread, or see whether it is still there.",
            "Tell the team yourself what changes, or sign in to Slack with a bot token on Accounts.",
        ));
    }
    if workspace.archived {
        return Some(Problem::new(
            Code::Refused,
            format!("{channel} is archived."),
            "Nobody can post there: the message stays as it is, and what changes is not told.",
            "Unarchive the channel in Slack, or change slack.channel in the team file.",
        ));
    }
    if workspace.channel.is_none() {
        // Before it is posted, its own step says so.
        return course.settled(crate::view::StepId::Announce).then(|| {
            Problem::new(
                Code::NotInChannel,
                format!("Slipway’s bot is not in {channel} any more."),
                "The message stays as it is, and what changes is not told there.",
                format!(
                    "Send /invite @{} in {channel}.",
                    crate::text::line(&workspace.bot, 80)
                ),
            )
        });
    }
    if announcing::is_gone(course) {
        return Some(Problem::new(
            Code::Changed,
            format!("The message is not in {channel} any more."),
            "Somebody deleted it, or the channel is another one by now. Nobody is told of changes.",
            "Post it anew; it says how things are now.",
        ));
    }
    if let Some((Action::UpdateAnnouncement { .. }, problem)) = &release.stale_message {
        return Some(Problem {
            means: "The message says what was so before. What people must see is still told in its thread."
                .into(),
            ..problem.clone()
        });
    }
    let by_hand = release.announced.is_some() && facts.announcement.fresh() == Some(&None);
    by_hand.then(|| {
        Problem::new(
            Code::NotOffered,
            "The team was told another way.",
            "There is no message of Slipway’s that could be kept true, and no thread to tell changes in.",
            "Tell the team yourself what changes.",
        )
    })
}

/// The rail's word for it.
pub(crate) fn mark(course: &Course<'_>) -> Option<&'static str> {
    if course.finished() {
        return None;
    }
    if announcing::is_gone(course) {
        return Some("message is gone");
    }
    if thread::offered(course).is_some() {
        return Some("a change is not told");
    }
    None
}
