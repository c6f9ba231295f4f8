//! Merge the ETL pull request: done when the branch holds work and a person declared "no more", or "none this time".

use crate::action::Action;
use crate::facts::{Mergeability, Pull, PullState, Verdict};
use crate::kind::Kind;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::view::{StepId, StepState};
use crate::words::count;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if let Some((mark, _)) = &course.release.no_etl
        && !course.holds_work()
    {
        return Standing {
            state: StepState::Skipped,
            note: "Skipped, none this time".into(),
            since: Some(mark.at),
        };
    }
    if let Some(mark) = &course.release.no_more_pulls
        && course.holds_work()
    {
        let merged = course.merged_pulls().len();
        let what = if merged == 0 {
            "pushed directly".to_owned()
        } else {
            format!("{merged} merged")
        };
        let note = format!("Done {}, {what}", clock.at(mark.at));
        return Standing {
            state: StepState::Done,
            note,
            since: Some(mark.at),
        };
    }
    if course.landed().is_some() {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if !course.settled(StepId::Branch) {
        return Standing::later("the branch");
    }
    if !course.settled(StepId::Announce) {
        return Standing::later("the team is told");
    }
    if let Some(unseen) = Standing::unseen(&clock, &course.facts.source, "GitHub") {
        return unseen;
    }
    if matches!(&course.release.pending, Some(pending) if matches!(pending.action, Action::MergePull { .. }))
    {
        return Standing::new(StepState::Working, "Merging");
    }
    if course.branch_is_gone() {
        return Standing::new(StepState::Blocked, "The branch was deleted");
    }
    let open = course.open_pulls();
    let told = course.standing(StepId::Announce).since;
    match open.iter().filter(|pull| obstacle(pull).is_none()).count() {
        0 if open.is_empty() && course.holds_work() => {
            Standing::new(StepState::Ready, "Ready, say when no more come")
        }
        0 if open.is_empty() => {
            Standing::new(StepState::Waiting, waiting_for(course.release.kind)).since(told)
        }
        0 => {
            let (_, obstacle) = open
                .iter()
                .find_map(|pull| Some((pull, obstacle(pull)?)))
                .unzip();
            Standing::new(
                StepState::Waiting,
                obstacle.map_or_else(String::new, |obstacle| obstacle.word),
            )
            .since(told)
        }
        ready => Standing::new(StepState::Ready, format!("Ready, {ready} can be merged")),
    }
}

fn waiting_for(kind: Kind) -> &'static str {
    match kind {
        Kind::Maintenance => "Waiting for the ETL team",
        Kind::Hotfix => "Waiting for the fix",
    }
}

/// Why a pull request cannot be merged now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obstacle {
    /// Waits by itself, or needs somebody.
    pub(crate) state: StepState,
    /// Two or three words.
    pub(crate) word: String,
}

/// What stands in the way of merging an open pull request; `None` when GitHub would merge it and nothing is red.
pub(crate) fn obstacle(pull: &Pull) -> Option<Obstacle> {
    let blocked = |word: &str| {
        Some(Obstacle {
            state: StepState::Blocked,
            word: word.to_owned(),
        })
    };
    let waiting = |word: &str| {
        Some(Obstacle {
            state: StepState::Waiting,
            word: word.to_owned(),
        })
    };
    if pull.state != PullState::Open {
        return blocked("Not open any more");
    }
    if pull.draft {
        return waiting("Still a draft");
    }
    if pull.mergeability == Mergeability::Conflict {
        return blocked("Conflicts with the branch");
    }
    if !pull.checks.failed.is_empty() {
        return blocked(&format!(
            "{} failed",
            count(pull.checks.failed.len(), "check")
        ));
    }
    if !pull.checks.pending.is_empty() {
        return waiting("Waiting for checks");
    }
    if pull
        .reviews
        .iter()
        .any(|review| review.verdict == Verdict::ChangesRequested)
    {
        return blocked("Changes requested");
    }
    match pull.mergeability {
        Mergeability::Clean => None,
        Mergeability::Computing => waiting("GitHub is checking it"),
        Mergeability::Behind => blocked("Behind its base branch"),
        Mergeability::Blocked => waiting("Waiting for a review"),
        Mergeability::Conflict => blocked("Conflicts with the branch"),
    }
}
