//! The result of a release for Slack.

use crate::rules::Course;
use crate::text;
use crate::view::StepId;
use crate::words::announcement::escape;
use crate::words::report::{brought, merged, rows};

/// The result in Slack's markup.
#[must_use]
pub fn slack(course: &Course<'_>, note: &str) -> String {
    let release = course.release;
    let at = course.standing(StepId::Build).since;
    let when = at
        .map(|at| format!(" at {} {}", course.clock().time(at), course.clock().zone()))
        .unwrap_or_default();
    let commit = course
        .landed()
        .map(|landed| format!(", commit {}", landed.sha.short()))
        .unwrap_or_default();
    let brought = match merged(course) {
        0 => "pushed directly".to_owned(),
        _ => brought(course),
    };
    let mut lines = vec![
        format!("*Deployed to production{when}*"),
        format!(
            "{}, {brought}{commit}",
            escape(&text::line(release.id.as_str(), 200))
        ),
    ];
    for row in rows(course).iter().filter(|row| row.state.is_settled()) {
        let who = if row.who.is_empty() {
            String::new()
        } else {
            format!(", {}", escape(&text::line(&row.who, 80)))
        };
        lines.push(format!(
            "• {}: {}{who}",
            escape(&row.step),
            escape(&text::line(&row.result, 200))
        ));
    }
    if !note.trim().is_empty() {
        lines.push(format!("\n{}", escape(&text::cut(note.trim(), 1000))));
    }
    lines.join("\n")
}
