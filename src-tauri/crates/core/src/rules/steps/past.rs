//! Where the steps of a release that is over stand, told by its records alone: nothing is looked at any more, and what was
//! not seen to happen did not happen as far as anybody knows.

use crate::action::Action;
use crate::history::{Ending, PastResult};
use crate::record::Milestone;
use crate::release::Mark;
use crate::rules::course::Course;
use crate::rules::roll_back;
use crate::rules::standing::Standing;
use crate::rules::steps::{announce, approval, branch, build, database, etl, finish, merge};
use crate::time::At;
use crate::view::{StepId, StepState};
use crate::words::count;

pub(crate) fn standing(course: &Course<'_>, step: StepId) -> Standing {
    if ended_without_work(course) && step as usize >= StepId::Merge as usize {
        return Standing::new(StepState::Skipped, "Skipped, nothing to release");
    }
    let seen = match step {
        StepId::Branch => branch::standing(course),
        StepId::Announce => announce(course),
        StepId::Etl => etl::standing(course),
        StepId::Database => database::standing(course),
        StepId::Merge => merge::standing(course),
        StepId::Approval => approval(course),
        StepId::Build => build(course),
        StepId::Finish => finish(course),
    };
    match seen.state {
        StepState::Done | StepState::Skipped => seen,
        StepState::Failed if is_told(step) => seen,
        StepState::Ready
        | StepState::Waiting
        | StepState::Working
        | StepState::Blocked
        | StepState::Failed
        | StepState::Later
        | StepState::Unknown
        | StepState::NotConnected => not_done(course, step),
    }
}

/// The records tell that it was tried and did not work. Of the other steps they tell only what was done.
fn is_told(step: StepId) -> bool {
    matches!(step, StepId::Approval | StepId::Build)
}

fn ended_without_work(course: &Course<'_>) -> bool {
    Ending::of(course.release).is_some_and(|it| it.result == PastResult::NothingToDeploy)
}

fn not_done(course: &Course<'_>, step: StepId) -> Standing {
    let release = course.release;
    let left = release.statements.iter().filter(|it| it.run.is_none());
    let left = left.count();
    let note = match step {
        StepId::Database if left > 0 => {
            format!("{} not recorded", count(left, "change"))
        }
        StepId::Etl if course.holds_work() => "Not closed".to_owned(),
        StepId::Finish if course.settled(StepId::Build) => "Not shared".to_owned(),
        StepId::Branch
        | StepId::Announce
        | StepId::Etl
        | StepId::Database
        | StepId::Merge
        | StepId::Approval
        | StepId::Build
        | StepId::Finish => "Not reached".to_owned(),
    };
    Standing::new(StepState::Later, note)
}

/// Also where the sign-in of that time could not find the message again.
fn announce(course: &Course<'_>) -> Standing {
    let posted = |action: &Action| matches!(action, Action::PostAnnouncement { .. });
    let mut done = course.release.done.iter();
    match done.find(|(_, action)| posted(action)) {
        Some((mark, _)) if course.release.announced.is_none() => done_by(course, mark),
        Some(_) | None => announce::standing(course),
    }
}

fn approval(course: &Course<'_>) -> Standing {
    let seen = approval::standing(course);
    if seen.state.is_settled() {
        return seen;
    }
    let answers = course.release.milestones.iter().rev();
    let mut answers = answers.filter_map(|it| {
        if let Milestone::ApprovalAnswered {
            approved, by, at, ..
        } = it
        {
            Some((*approved, by.as_deref(), *at))
        } else {
            None
        }
    });
    let clock = course.clock();
    match answers.next() {
        Some((true, by, at)) => Standing::done(&clock, at, by),
        Some((false, by, at)) => {
            let note = match by {
                Some(by) => format!("Rejected {}, {by}", clock.at(at)),
                None => format!("Expired {}", clock.at(at)),
            };
            failed(&note, at)
        }
        // It ended before anybody was asked.
        None => broken_off(course, "The execution failed").unwrap_or(seen),
    }
}

fn build(course: &Course<'_>) -> Standing {
    let seen = build::standing(course);
    if seen.state.is_settled() || !course.settled(StepId::Approval) {
        return seen;
    }
    broken_off(course, "The build failed").unwrap_or(seen)
}

fn broken_off(course: &Course<'_>, what: &str) -> Option<Standing> {
    let ending = Ending::of(course.release)?;
    match ending.result {
        PastResult::Failed => Some(failed(what, ending.at)),
        PastResult::Stopped => Some(failed("Stopped by somebody", ending.at)),
        PastResult::RolledBack => {
            let note = roll_back::noted_words(course.release)?;
            Some(failed(&note, ending.at))
        }
        PastResult::Deployed
        | PastResult::Rejected
        | PastResult::Expired
        | PastResult::PutAside
        | PastResult::NothingToDeploy => None,
    }
}

fn failed(note: &str, at: At) -> Standing {
    Standing::new(StepState::Failed, note).since(Some(at))
}

/// Somebody else's desktop may have posted the result: then it was seen.
fn finish(course: &Course<'_>) -> Standing {
    let seen = finish::standing(course);
    let noted = course.release.milestones.iter().find_map(|it| {
        if let Milestone::Finished { at } = it {
            Some(*at)
        } else {
            None
        }
    });
    match noted {
        Some(at) if seen.state == StepState::Ready => Standing::done(&course.clock(), at, None),
        Some(_) | None => seen,
    }
}

fn done_by(course: &Course<'_>, mark: &Mark) -> Standing {
    Standing::done(&course.clock(), mark.at, Some(&mark.by))
}
