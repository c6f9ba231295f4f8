//! A build's log (`GetLogEvents`): its end, and all of it page by page.
//!
//! Pages hold up to 10,000 events or 1 MB and may hold none. The token of the end comes back as it was sent; it stands for
//! a day (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>).

use std::time::Duration;

use aws_sdk_cloudwatchlogs::types::OutputLogEvent;
use slipway_core::facts::{LogLine, LogStream};
use slipway_core::log;
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::time::At;

use super::Aws;
use super::error::AwsError;
use super::kept::Tail;

const LINES: usize = 40;
const LENGTH: usize = 500;

/// Who reads the whole log knows its end, too: it is not asked for a second time.
const READ_LATELY: Duration = Duration::from_secs(45);

/// What CloudWatch has of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogAnswer {
    /// The next of it.
    Page(LogPage),
    /// There is no such log (yet, or any more).
    NotThere,
    /// The token is too old: it can only be read from its beginning.
    TokenTooOld,
}

/// Some events of a log, none perhaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPage {
    /// In their order: when, and what was written, as it was written.
    pub events: Vec<(At, String)>,
    /// What comes after them. When it is what was asked for, nothing does yet.
    pub next: Option<String>,
}

impl Aws {
    /// The page after a token's, or the first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn log_page(
        &self,
        team: &Team,
        stream: &LogStream,
        token: Option<&str>,
    ) -> Result<LogAnswer, Problem> {
        let call = self
            .logs
            .get_log_events()
            .log_group_name(&stream.group)
            .log_stream_name(&stream.name)
            .start_from_head(true)
            .set_next_token(token.map(ToOwned::to_owned));
        let answer = match call.send().await {
            Ok(answer) => answer,
            Err(error) => {
                let error = self.error("logs:GetLogEvents", error);
                return match error.code() {
                    "ResourceNotFoundException" => Ok(LogAnswer::NotThere),
                    "InvalidParameterException" if token.is_some() => Ok(LogAnswer::TokenTooOld),
                    _ => Err(error.problem("read the build's log", team)),
                };
            }
        };
        self.keep_tail(stream, answer.events());
        let next = answer.next_forward_token().map(ToOwned::to_owned);
        let events = answer.events.unwrap_or_default().into_iter();
        let events = events.map(|event| {
            let at = At(event.timestamp.unwrap_or_default());
            (at, event.message.unwrap_or_default())
        });
        Ok(LogAnswer::Page(LogPage {
            events: events.collect(),
            next,
        }))
    }

    fn keep_tail(&self, stream: &LogStream, events: &[OutputLogEvent]) {
        let lines = lines(events);
        let mut kept = self.kept();
        let known = kept.tail.take().filter(|tail| tail.stream == *stream);
        let mut tail = known.map(|tail| tail.lines).unwrap_or_default();
        tail.extend(lines);
        tail.drain(..tail.len().saturating_sub(LINES));
        kept.tail = Some(Tail {
            stream: stream.clone(),
            lines: tail,
            read_at: self.now(),
        });
    }

    /// The last lines, if somebody has just read the log to them.
    pub(super) fn tail_read_lately(&self, stream: &LogStream) -> Option<Vec<LogLine>> {
        let kept = self.kept();
        let tail = kept.tail.as_ref()?;
        let lately = self.now().saturating_duration_since(tail.read_at) < READ_LATELY;
        (lately && tail.stream == *stream).then(|| tail.lines.clone())
    }
}

/// The last lines, oldest first (`GetLogEvents` gives the newest events when not told otherwise). A stream that does not
/// exist yet has none.
pub(super) async fn tail(aws: &Aws, stream: &LogStream) -> Result<Vec<LogLine>, AwsError> {
    let limit = i32::try_from(LINES).unwrap_or(i32::MAX);
    let call = aws
        .logs
        .get_log_events()
        .log_group_name(&stream.group)
        .log_stream_name(&stream.name);
    match call.start_from_head(false).limit(limit).send().await {
        Ok(answer) => Ok(lines(answer.events())),
        Err(error) => {
            let error = aws.error("logs:GetLogEvents", error);
            if error.code() == "ResourceNotFoundException" {
                Ok(Vec::new())
            } else {
                Err(error)
            }
        }
    }
}

/// The last lines of these events.
fn lines(events: &[OutputLogEvent]) -> Vec<LogLine> {
    let last = events.len().saturating_sub(LINES);
    let events: Vec<(At, &str)> = events
        .iter()
        .skip(last)
        .map(|event| {
            let at = At(event.timestamp().unwrap_or_default());
            (at, event.message().unwrap_or_default())
        })
        .collect();
    let mut lines: Vec<LogLine> = log::tail(&events, LENGTH)
        .into_iter()
        .map(|(at, text)| LogLine { at, text })
        .collect();
    lines.drain(..lines.len().saturating_sub(LINES));
    lines
}
