//! Title and body of the release pull request.

use crate::kind::Kind;
use crate::record::PushedCommit;
use crate::release::Release;
use crate::rules::Course;
use crate::text;

/// "Maintenance 2026-11-24", "Hotfix 2026-11-23: login-timeout".
#[must_use]
pub fn title(release: &Release) -> String {
    match (release.kind, &release.fix_name) {
        (Kind::Hotfix, Some(fix_name)) => format!("Hotfix {}: {fix_name}", release.date),
        (kind, _) => format!("{} {}", kind.word(), release.date),
    }
}

/// What it brings in. Titles come from outside and stay text.
#[must_use]
pub fn body(course: &Course<'_>) -> String {
    let base = &course.team.base;
    let mut body = format!(
        "Brings {} into {}.\n",
        code(course.release.id.as_str()),
        code(base)
    );
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
    let (total, pushed) = course.pushed();
    if total > 0 {
        body.push_str("\nPushed without a pull request:\n\n");
        body.push_str(&commits(course, total, &pushed));
    }
    body
}

/// Commits as a list in Markdown, and how many more there are.
pub(crate) fn commits(course: &Course<'_>, total: u32, named: &[PushedCommit]) -> String {
    let mut list = String::new();
    for commit in named {
        list.push_str(&format!("- {}\n", escape(&course.pushed_words(commit))));
    }
    let more = usize::try_from(total).unwrap_or(usize::MAX) - named.len();
    if more > 0 {
        list.push_str(&format!("- and {more} more\n"));
    }
    list
}

/// Keeps two characters apart without showing or breaking the line: GitHub looks for mentions, references and
/// addresses in the finished text, where a backslash is gone and has not helped.
const JOINER: char = '\u{2060}';

/// Text as text in GitHub's Markdown: no markup, no mention, no reference to (or closing of) an issue, no link.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// The same, at the end of what is there.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    let (mut copied, mut word_from) = (0, 0);
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            continue;
        }
        let word = &text[word_from..at];
        word_from = at + c.len_utf8();
        if is_markup(c) {
            out.push_str(&text[copied..at]);
            out.push('\\');
            copied = at;
        }
        let begins_link = match c {
            '@' | '#' => true,
            ':' => {
                let mut rest = text[word_from..].chars();
                rest.next()
                    .is_some_and(|next| !next.is_whitespace() && !next.is_numeric())
            }
            '-' => word.eq_ignore_ascii_case("gh"),
            '.' => word.eq_ignore_ascii_case("www"),
            _ => false,
        };
        if begins_link {
            out.push_str(&text[copied..word_from]);
            out.push(JOINER);
            copied = word_from;
        }
    }
    out.push_str(&text[copied..]);
}

fn is_markup(c: char) -> bool {
    matches!(
        c,
        '\\' | '`'
            | '*'
            | '_'
            | '{'
            | '}'
            | '['
            | ']'
            | '<'
            | '>'
            | '('
            | ')'
            | '#'
            | '+'
            | '!'
            | '|'
            | '~'
            | '&'
            | '$'
    )
}

/// Text as code in Markdown, whatever is in it.
#[must_use]
pub fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// The longest run of backticks in a text.
pub(crate) fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
