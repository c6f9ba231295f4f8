//! What is said in the announcement's thread. The first line says what is so.

use crate::rules::notices::{Change, What};
use crate::rules::{Course, failure, production};
use crate::text;
use crate::words::announcement::escape;
use crate::words::{notice, report};

/// A change, in Slack's markup. Names and comments come from outside and stay text.
#[must_use]
pub(crate) fn reply(course: &Course<'_>, change: &Change<'_>) -> String {
    let said = |text: &str, most| escape(&text::line(text, most));
    let at = |at| format!("{} {}", course.clock().at(at), course.clock().zone());
    let release = said(course.release.id.as_str(), 200);
    let mut lines = vec![format!("*{}*", escape(&title(&change.what)))];
    match &change.what {
        What::Asks { until } => {
            let until = format!("{} {}", course.clock().full(*until), course.clock().zone());
            let brought = brought(course);
            lines.push(format!("{release}{brought}. Nothing goes out before somebody says yes; without an answer it expires {until}."));
        }
        What::Again { run } => {
            let stage = run.map_or_else(|| "It".to_owned(), |run| said(&run.stage, 60));
            lines.push(format!(
                "{stage} was started again {}, after it did not go well. How it ends is told here.",
                at(change.at)
            ));
        }
        What::Succeeded => lines.push(format!(
            "{release} is live since {}{}.",
            at(change.at),
            brought(course)
        )),
        What::Failed { run } => {
            let stage = run.map_or_else(|| "It".to_owned(), |run| said(&run.stage, 60));
            let what = match run {
                Some(run) if failure::never_began(run) => "could not start",
                Some(_) | None => "failed",
            };
            lines.push(format!("{stage} {what} {}.", at(change.at)));
        }
        What::Rejected { comment, .. } if !comment.trim().is_empty() => {
            lines.push(format!("“{}”", said(comment, 300)));
        }
        What::Rejected { .. } => lines.push("No reason was given.".to_owned()),
        What::Expired { after } => {
            lines.push(format!("Nobody answered in {}.", notice::waited(*after)));
        }
        What::TurnedDown => {
            lines.push("It was rejected, or nobody answered in time.".to_owned());
        }
        What::Stopped => lines.push("Somebody stopped it in AWS.".to_owned()),
        What::Cancelled => lines.push("The pipeline was edited while it ran.".to_owned()),
        What::RolledBack { .. } => lines.push(format!(
            "Production runs it again since {}. {release} is not out.",
            at(change.at)
        )),
        What::StillAsks { .. }
        | What::ExpiresSoon { .. }
        | What::StillFailed { .. }
        | What::Approved { .. }
        | What::Began => {}
    }
    lines.extend(what_of_production(course, &change.what).map(str::to_owned));
    lines.join("\n")
}

fn title(what: &What<'_>) -> String {
    match what {
        What::Asks { .. } => "Waiting for approval".to_owned(),
        What::Expired { .. } => "The approval expired".to_owned(),
        What::StillAsks { .. }
        | What::ExpiresSoon { .. }
        | What::Approved { .. }
        | What::Began
        | What::Again { .. }
        | What::Succeeded
        | What::Failed { .. }
        | What::StillFailed { .. }
        | What::Rejected { .. }
        | What::TurnedDown
        | What::Stopped
        | What::Cancelled
        | What::RolledBack { .. } => notice::title(what),
    }
}

/// ", with 2 pull requests"; nothing where nobody saw what it brings.
fn brought(course: &Course<'_>) -> String {
    if report::merged(course) == 0 && course.pushed().0 == 0 {
        return String::new();
    }
    format!(", with {}", report::brought(course))
}

/// What runs there now, where it did not go well; nothing while that cannot be seen.
fn what_of_production(course: &Course<'_>, what: &What<'_>) -> Option<&'static str> {
    match what {
        What::Failed { .. }
        | What::Rejected { .. }
        | What::Expired { .. }
        | What::TurnedDown
        | What::Stopped
        | What::Cancelled => Some(if production::untouched(course)? {
            "Production is unchanged."
        } else {
            "Production may have changed in part."
        }),
        What::Asks { .. }
        | What::StillAsks { .. }
        | What::ExpiresSoon { .. }
        | What::StillFailed { .. }
        | What::Approved { .. }
        | What::Began
        | What::Again { .. }
        | What::Succeeded
        | What::RolledBack { .. } => None,
    }
}
