//! What may be declared about database changes.

use crate::declaration::{Declaration, StatementRun};
use crate::problem::Problem;
use crate::rules::Course;
use crate::rules::answer::whole;
use crate::rules::decide::{Step, declare, input, not_offered};
use crate::view::StepId;

/// The most characters a statement may have.
const MAX_SQL: usize = 100_000;

pub(crate) fn none(course: &Course<'_>) -> Result<Step, Problem> {
    open(course)?;
    if !course.release.statements.is_empty() {
        return Err(not_offered(
            "Statements are written down. Remove them first, or record that they ran.",
        ));
    }
    if !course.settled(StepId::Etl) {
        return Err(not_offered("After the pull requests."));
    }
    Ok(declare(Declaration::NoDatabase))
}

pub(crate) fn add(course: &Course<'_>, sql: &str) -> Result<Step, Problem> {
    open(course)?;
    let sql = sql.trim();
    if sql.is_empty() {
        return Err(input("The statement is empty.", "Type or paste the SQL."));
    }
    if sql.chars().count() > MAX_SQL {
        return Err(input(
            "The statement is too long.",
            "Use at most 100,000 characters, or add it in parts.",
        ));
    }
    Ok(declare(Declaration::StatementAdded {
        sql: sql.to_owned(),
    }))
}

pub(crate) fn remove(course: &Course<'_>, number: u32) -> Result<Step, Problem> {
    open(course)?;
    match course
        .release
        .statements
        .iter()
        .find(|statement| statement.number == number)
    {
        Some(statement) if statement.run.is_none() => {
            Ok(declare(Declaration::StatementRemoved { number }))
        }
        Some(_) => Err(not_offered(
            "This statement ran. What happened stays in the report.",
        )),
        None => Err(not_offered("This statement was removed already.")),
    }
}

pub(crate) fn record(
    course: &Course<'_>,
    number: u32,
    run: &StatementRun,
) -> Result<Step, Problem> {
    let statement = course
        .release
        .statements
        .iter()
        .find(|statement| statement.number == number);
    if statement.is_none_or(|statement| statement.run.is_some()) {
        return Err(not_offered("This statement is recorded already."));
    }
    if run.by.trim().is_empty() {
        return Err(input(
            "Who ran it is missing.",
            "Give the name of who ran the statement.",
        ));
    }
    if run.result.trim().is_empty() {
        return Err(input(
            "The result is missing.",
            "Say what the database answered, such as 12,482 rows.",
        ));
    }
    if run.at > course.now.plus_seconds(300) {
        return Err(input(
            "That time has not come yet.",
            "Give the time when it ran.",
        ));
    }
    let run = StatementRun {
        by: whole(&run.by, "The name", 500)?,
        at: run.at,
        result: whole(&run.result, "The result", 500)?,
    };
    Ok(declare(Declaration::StatementRan { number, run }))
}

pub(crate) fn without(course: &Course<'_>, reason: &str) -> Result<Step, Problem> {
    open(course)?;
    if course.settled(StepId::Database) || !course.settled(StepId::Etl) {
        return Err(not_offered(
            "The database step does not hold anything up now.",
        ));
    }
    let reason = whole(reason, "The reason", 500)?;
    if reason.is_empty() {
        return Err(input(
            "The reason is missing.",
            "Say why the merge cannot wait. It goes into the report.",
        ));
    }
    Ok(declare(Declaration::WithoutDatabase { reason }))
}

/// The release has not landed: what is declared now can still be about it.
fn open(course: &Course<'_>) -> Result<(), Problem> {
    if !course.settled(StepId::Branch) {
        return Err(not_offered("After the branch."));
    }
    if course.landed().is_some() {
        return Err(not_offered("The release is merged already."));
    }
    Ok(())
}
