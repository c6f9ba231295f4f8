//! Title and body of the release pull request.

use crate::kind::Kind;
use crate::release::Release;
use crate::rules::Course;
use crate::text;
use crate::words;

/// "Maintenance 2026-11-24", "Hotfix 2026-11-23: login-timeout".
#[must_use]
pub fn title(release: &Release) -> String {
    match (release.kind, &release.fix_name) {
        (Kind::Hotfix, Some(fix_name)) => format!("Hotfix {}: {fix_name}", release.date),
        (kind, _) => format!("{} {}", kind.word(), release.date),
    }
}

/// What it brings in. Titles come from outside: backslashes keep GitHub's Markdown from reading them as markup,
/// mentions and references.
#[must_use]
pub fn body(course: &Course<'_>) -> String {
    let base = &course.team.base;
    let mut body = format!("Brings `{}` into `{base}`.\n", course.release.id);
    let merged = course.merged_pulls();
    if !merged.is_empty() {
        body.push_str("\nPull requests in it:\n\n");
        for pull in merged.iter().take(100) {
            body.push_str(&format!(
                "- {} {}\n",
                pull.number,
                escape(&text::line(&pull.title, 200))
            ));
        }
        if merged.len() > 100 {
            body.push_str(&format!("- and {} more\n", merged.len() - 100));
        }
    }
    let direct = direct_commits(course);
    if direct > 0 {
        body.push_str(&format!(
            "\nAnd {} pushed directly.\n",
            words::count(direct, "commit")
        ));
    }
    body
}

/// Commits on the branch that no merged pull request explains, as far as their number tells.
fn direct_commits(course: &Course<'_>) -> usize {
    if course.merged_pulls().is_empty() {
        course
            .source()
            .and_then(|source| source.comparison.as_ref())
            .map_or(0, |comparison| {
                usize::try_from(comparison.ahead_by).unwrap_or(usize::MAX)
            })
    } else {
        0
    }
}

/// Text as text in GitHub's Markdown.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '@' => out.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '+'
            | '!' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
