//! The report as Markdown, to copy.

use crate::history::PastRelease;
use crate::record::Milestone;
use crate::rules::Course;
use crate::text;
use crate::words::report::{lines, note, rows};
use crate::words::{self, history, links, pull_request};

/// The whole report as Markdown.
#[must_use]
pub fn markdown(course: &Course<'_>) -> String {
    let release = course.release;
    let mut report = format!("# {} {}\n\n", release.kind.word(), release.date);
    let branch = pull_request::code(release.id.as_str());
    report.push_str(&format!(
        "{}Branch {branch}. Times are {}.\n\n",
        ended(course),
        course.clock().zone()
    ));
    report.push_str("| Step | Who | Started | Took | Result |\n| --- | --- | --- | --- | --- |\n");
    for row in rows(course) {
        let cells = [&row.step, &row.who, &row.started, &row.took, &row.result]
            .map(|cell| pull_request::escape(&text::line(cell, 300)));
        report.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    let pulls: Vec<String> = release.milestones.iter().filter_map(pull_line).collect();
    if !pulls.is_empty() {
        report.push_str(&format!("\n## Pull requests\n\n{}\n", pulls.join("\n")));
    }
    report.push_str(&list("Approval", &lines::answers(course)));
    report.push_str(&list("Answers that were lost", &lines::lost(course)));
    report.push_str(&list(lines::CONTROLLED, &lines::controlled(course)));
    let (total, commits) = course.pushed();
    if total > 0 {
        report.push_str("\n## Pushed without a pull request\n\n");
        report.push_str(&pull_request::commits(course, total, &commits));
    }
    if !release.statements.is_empty() {
        report.push_str("\n## Database changes\n");
        for statement in &release.statements {
            let run = lines::ran(course, statement);
            report.push_str(&format!("\n{}. ", statement.number));
            pull_request::push_escaped(&mut report, &text::line(&run, 400));
            report.push_str("\n\n");
            push_fenced(&mut report, &statement.sql);
            report.push('\n');
        }
    }
    let links = links::addresses(course);
    if !links.is_empty() {
        let links = links.iter().map(|(label, at)| format!("- {label}: {at}"));
        let links: Vec<String> = links.collect();
        report.push_str(&format!("\n## Links\n\n{}\n", links.join("\n")));
    }
    if let Some(note) = note(course) {
        let lines: Vec<String> = note.lines().map(pull_request::escape).collect();
        report.push_str(&format!("\n## Note for the team\n\n{}\n", lines.join("\n")));
    }
    report
}

/// "Deployed Tue 24 Nov, 8:08 pm, in 1 h 6 min. ", once it is over.
fn ended(course: &Course<'_>) -> String {
    let Some(row) = PastRelease::of(course.release) else {
        return String::new();
    };
    format!(
        "{} {}, in {}. ",
        history::result(&row),
        course.clock().full(row.ended),
        words::duration(row.took())
    )
}

/// A list with its heading; nothing when there is nothing in it.
fn list(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines = lines
        .iter()
        .map(|line| format!("- {}", pull_request::escape(line)));
    let lines: Vec<String> = lines.collect();
    format!("\n## {heading}\n\n{}\n", lines.join("\n"))
}

fn pull_line(milestone: &Milestone) -> Option<String> {
    let Milestone::PullMerged {
        number,
        title,
        author,
        ..
    } = milestone
    else {
        return None;
    };
    Some(format!(
        "- {number} {}, {}",
        pull_request::escape(&text::line(title, 200)),
        pull_request::escape(&text::line(author, 80))
    ))
}

/// A code block that the text in it cannot end.
fn push_fenced(report: &mut String, sql: &str) {
    let sql = text::cut(sql.trim(), 4000);
    let fence = "`".repeat(pull_request::longest_run(&sql).max(2) + 1);
    for part in [&fence, "sql\n", &sql, "\n", &fence] {
        report.push_str(part);
    }
}
