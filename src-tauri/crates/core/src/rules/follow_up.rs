//! What is sent without anybody asking again, as the follow-up of what a person did or of what was seen.

use crate::action::Action;
use crate::facts::{MergeMethod, Message};
use crate::problem::{Code, Problem};
use crate::release::Release;
use crate::rules::Situation;
use crate::rules::course::Course;
use crate::rules::lately::was_done_lately;
use crate::rules::thread;
use crate::view::{StepId, StepState};
use crate::words::{announcement, pull_request};

/// What may be done by itself now, in the order it is wanted: the release pull request after "no more", the one Slack
/// message kept true, what people must see in its thread. What has to wait holds up nothing behind it.
#[must_use]
pub fn follow_ups(situation: &Situation<'_>) -> Vec<Action> {
    let open = |release: &&Release| {
        !release.closed && release.pending.is_none() && release.opened.is_some()
    };
    let Some(release) = situation.release.filter(open) else {
        return Vec::new();
    };
    let course = Course::new(situation.team, situation.now, release, situation.facts);
    let pull = release_pull(&course).filter(|action| {
        may_open_again(release) && !was_done_lately(release, action, situation.now)
    });
    let message = true_message(&course).filter(|action| may_update_again(release, action));
    let told = thread::by_itself(&course);
    pull.into_iter().chain(message).chain(told).collect()
}

/// After a refusal a person opens it, once they read why.
fn may_open_again(release: &Release) -> bool {
    match &release.last_problem {
        Some((Action::OpenReleasePull { .. }, problem)) => comes_back(problem),
        Some(_) | None => true,
    }
}

/// After a refusal the message is left alone until it has other words.
fn may_update_again(release: &Release, action: &Action) -> bool {
    match &release.stale_message {
        Some((tried, problem)) => tried != action || comes_back(problem),
        None => true,
    }
}

/// The same may work later, without anybody changing anything.
pub(crate) fn comes_back(problem: &Problem) -> bool {
    match problem.code {
        Code::Unreachable | Code::Throttled | Code::Unknown | Code::Journal | Code::SignedOut => {
            true
        }
        Code::Input
        | Code::Changed
        | Code::NotOffered
        | Code::Forbidden
        | Code::NotInChannel
        | Code::Refused => false,
    }
}

/// The pull request from the branch into base, once "no more" was said and there is none.
pub(crate) fn release_pull(course: &Course<'_>) -> Option<Action> {
    let source = course.source()?;
    let wanted = course.release.no_more_pulls.is_some()
        && course.state(StepId::Etl) == StepState::Done
        && course.landed().is_none()
        && source.release_pull.is_none();
    let ahead = source
        .comparison
        .as_ref()
        .is_some_and(|comparison| comparison.ahead_by > 0);
    (wanted && ahead).then(|| open_release_pull(course))
}

/// The action that opens it.
pub(crate) fn open_release_pull(course: &Course<'_>) -> Action {
    Action::OpenReleasePull {
        head: course.release.id.to_string(),
        base: course.team.base.clone(),
        title: pull_request::title(course.release),
        body: pull_request::body(course),
    }
}

/// The message with its newest status line, when the last text that this desktop sent says something older.
fn true_message(course: &Course<'_>) -> Option<Action> {
    let last = last_sent(course.release)?;
    let message = reachable_message(course)?;
    let text = announcement::with_status(last, &announcement::status_line(course)?);
    (text != last).then(|| Action::UpdateAnnouncement {
        channel: message.channel.clone(),
        ts: message.ts.clone(),
        text,
    })
}

/// The message says what is so, or never will: it is gone, it was refused, or this desktop sent none.
pub(crate) fn message_is_settled(course: &Course<'_>) -> bool {
    let (Some(last), Some(status)) = (last_sent(course.release), announcement::status_line(course))
    else {
        return true;
    };
    let text = announcement::with_status(last, &status);
    let refused = course
        .release
        .stale_message
        .as_ref()
        .is_some_and(|(tried, problem)| {
            matches!(tried, Action::UpdateAnnouncement { text: tried, .. } if *tried == text)
                && !comes_back(problem)
        });
    text == last || refused || course.facts.announcement.fresh() == Some(&None)
}

/// The announcement, while the bot is in its channel and that is not archived.
pub(crate) fn reachable_message<'a>(course: &Course<'a>) -> Option<&'a Message> {
    let workspace = course.facts.workspace.fresh()?;
    workspace.channel.as_ref()?;
    course.facts.announcement.fresh()?.as_ref()
}

/// The announcement's text as this desktop sent it last.
pub(crate) fn last_sent(release: &Release) -> Option<&str> {
    release
        .done
        .iter()
        .rev()
        .find_map(|(_, action)| match action {
            Action::PostAnnouncement { text, .. } | Action::UpdateAnnouncement { text, .. } => {
                Some(text.as_str())
            }
            Action::CreateBranch { .. }
            | Action::MergePull { .. }
            | Action::OpenReleasePull { .. }
            | Action::MergeRelease { .. }
            | Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::StopExecution { .. }
            | Action::StartExecution { .. }
            | Action::RollBack { .. }
            | Action::EnableTransition { .. }
            | Action::PostResult { .. }
            | Action::TellChange { .. } => None,
        })
}

/// The method that keeps the branch's commits recognisable, if the repository allows it.
pub(crate) fn merge_method(course: &Course<'_>) -> MergeMethod {
    let allowed = course
        .facts
        .repository
        .stale()
        .map(|repository| repository.merge_methods.as_slice())
        .unwrap_or_default();
    [MergeMethod::Merge, MergeMethod::Squash, MergeMethod::Rebase]
        .into_iter()
        .find(|method| allowed.contains(method))
        .unwrap_or(MergeMethod::Merge)
}
