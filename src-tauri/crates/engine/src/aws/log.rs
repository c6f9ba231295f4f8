//! The end of a build's log (`GetLogEvents`, which gives the newest events first when not told otherwise).

use slipway_core::facts::LogLine;
use slipway_core::text::cut;
use slipway_core::time::At;

use super::Aws;
use super::error::AwsError;

const LINES: usize = 40;
const LENGTH: usize = 500;

/// The last lines, oldest first. A stream that does not exist yet has none.
pub(super) async fn tail(aws: &Aws, group: &str, stream: &str) -> Result<Vec<LogLine>, AwsError> {
    let limit = i32::try_from(LINES).unwrap_or(i32::MAX);
    let call = aws
        .logs
        .get_log_events()
        .log_group_name(group)
        .log_stream_name(stream);
    let answer = match call.start_from_head(false).limit(limit).send().await {
        Ok(answer) => answer,
        Err(error) => {
            let error = aws.error("logs:GetLogEvents", error);
            return if error.code() == "ResourceNotFoundException" {
                Ok(Vec::new())
            } else {
                Err(error)
            };
        }
    };
    let mut lines: Vec<LogLine> = Vec::new();
    for event in answer.events() {
        let at = At(event.timestamp().unwrap_or_default());
        let text = without_escapes(event.message().unwrap_or_default());
        lines.extend(text.trim_end().lines().map(|line| LogLine {
            at,
            text: cut(as_shown(line), LENGTH),
        }));
    }
    lines.drain(..lines.len().saturating_sub(LINES));
    Ok(lines)
}

/// What a terminal would show of a line that was written over.
fn as_shown(line: &str) -> &str {
    line.trim_end_matches('\r')
        .rsplit('\r')
        .next()
        .unwrap_or_default()
}

/// The text without ANSI escape sequences (ECMA-48: CSI, OSC, and those of two characters).
fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('[') => {
                let _ = chars.find(|c| ('\u{40}'..='\u{7e}').contains(c));
            }
            Some(']') => {
                let mut before = ' ';
                let _ = chars.find(|c| {
                    let ends = *c == '\u{7}' || (before == '\u{1b}' && *c == '\\');
                    before = *c;
                    ends
                });
            }
            Some('(' | ')' | '#') => {
                let _ = chars.next();
            }
            Some(_) | None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_escape_sequences() {
        assert_eq!(
            without_escapes("\u{1b}[1;31mError\u{1b}[0m: no"),
            "Error: no"
        );
        assert_eq!(
            without_escapes("\u{1b}]0;title\u{7}a\u{1b}]8;;x\u{1b}\\b\u{1b}(Bc"),
            "abc"
        );
        assert_eq!(without_escapes("cut off \u{1b}["), "cut off ");
    }

    #[test]
    fn shows_what_a_progress_line_ends_with() {
        assert_eq!(as_shown("10 %\r50 %\r100 %\r"), "100 %");
    }
}
