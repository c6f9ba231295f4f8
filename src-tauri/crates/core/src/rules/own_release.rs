//! Whether who would approve a release is who started it.

use crate::record::Milestone;
use crate::rules::Course;
use crate::team::{Duty, Person};

/// Who would approve it, held against who started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    /// The same person.
    Yes,
    /// Somebody else.
    No,
    /// The team does not list who the caller of AWS is, or several may be, or nobody knows who started it.
    CannotTell,
}

/// The team's list joins the caller that AWS shows with a GitHub login. Nothing else does: a sign-in to GitHub on the
/// same desktop may be anybody's.
pub(crate) fn own(course: &Course<'_>) -> Own {
    let (Some(starter), Some(caller)) = (starter(course), caller(course)) else {
        return Own::CannotTell;
    };
    match &caller.github {
        Some(_) if caller.has_login(starter) => Own::Yes,
        Some(_) => Own::No,
        None => Own::CannotTell,
    }
}

/// The team lets nobody approve what they started, and this is theirs.
pub(crate) fn is_refused(course: &Course<'_>) -> bool {
    course.team.forbid_own && own(course) == Own::Yes
}

/// Who of the team may be asked for an answer instead, in the order of the list.
pub(crate) fn others<'a>(course: &Course<'a>) -> Vec<&'a Person> {
    let arn = arn(course);
    let refused = |person: &Person| {
        course.team.forbid_own && starter(course).is_some_and(|starter| person.has_login(starter))
    };
    let people = course.team.people.iter();
    people
        .filter(|person| person.does.contains(&Duty::Approver))
        .filter(|person| !person.is_caller(arn) && !refused(person))
        .collect()
}

/// The login of who made the branch.
fn starter<'a>(course: &Course<'a>) -> Option<&'a str> {
    let noted = course.release.milestones.iter().find_map(|milestone| {
        if let Milestone::Branch { by, .. } = milestone {
            by.as_deref()
        } else {
            None
        }
    });
    let seen = || {
        course
            .facts
            .source
            .stale()?
            .branch
            .as_ref()?
            .created_by
            .as_deref()
    };
    noted.or_else(seen)
}

fn caller<'a>(course: &Course<'a>) -> Option<&'a Person> {
    let arn = arn(course);
    let mut people = course.team.people.iter();
    let mut callers = people.by_ref().filter(|person| person.is_caller(arn));
    // A pattern that fits several says nothing of any of them.
    let only = callers.next();
    only.filter(|_| callers.next().is_none())
}

fn arn<'a>(course: &Course<'a>) -> &'a str {
    let pipeline = course.facts.pipeline.stale();
    pipeline.map_or("", |pipeline| &pipeline.caller_arn)
}
