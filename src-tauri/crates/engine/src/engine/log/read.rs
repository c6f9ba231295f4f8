//! Reading a log, from its beginning to its end and on.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::facts::{LogLine, LogStream};
use slipway_core::ids::ReleaseId;
use slipway_core::log::{Calls, Cleaner, Reading, pause};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::{self, Course};
use slipway_core::service::Service;
use slipway_core::time::At;
use tokio::time::Instant;

use crate::aws::{LogAnswer, LogPage};
use crate::build_log::{Room, Spool};
use crate::clock::within;
use crate::engine::{Engine, Stage};
use crate::timing::back_off;
use crate::world::{LOOK_LIMIT, takes_too_long};

/// Calls are counted for so long.
const HOUR: Duration = Duration::from_secs(3_600);

/// A log that is not there once its build has ended is looked for so long: its first lines may be on their way.
const COMES: Duration = Duration::from_secs(60);

/// Somebody who signed in elsewhere is noticed this soon.
const GLANCE: Duration = Duration::from_secs(2);

/// The one who reads.
struct Reader {
    number: u64,
    release: ReleaseId,
    build: String,
    stream: LogStream,
    spool: Arc<Spool>,
    most: u64,
    /// What comes after what was read.
    token: Option<String>,
    cleaner: Cleaner,
    bytes: u64,
    failures: u32,
    /// Since when AWS has none of it although its build has ended.
    missing_since: Option<Instant>,
}

/// What comes next.
enum Next {
    /// Another page, after that long.
    Page(Duration),
    /// Nothing, until a person asks for it or signs in.
    Ask,
    /// Nothing.
    End,
}

impl Engine {
    /// Reads a log for as long as it is open.
    pub(super) async fn read_log(self: Arc<Self>, number: u64, stream: LogStream) {
        let begun = self.look_into_log(number, |log| {
            let shown = &log.log;
            let read_on = log.read_on.clone();
            (
                shown.release.clone(),
                shown.build.clone(),
                log.spool.clone(),
                read_on,
            )
        });
        let Some((release, build, spool, read_on)) = begun else {
            return;
        };
        let mut reader = Reader {
            number,
            release,
            build,
            stream,
            spool,
            most: self.settings.log_limit,
            token: None,
            cleaner: Cleaner::default(),
            bytes: 0,
            failures: 0,
            missing_since: None,
        };
        loop {
            let clock = &self.settings.clock;
            let next = reader.read_on(&self).await;
            let wait = match next {
                Next::End => return,
                Next::Page(wait) if wait.is_zero() => continue,
                Next::Page(wait) => Some(clock.instant() + wait),
                Next::Ask => None,
            };
            tokio::select! {
                () = self.reach(Stage::Stopping) => return,
                () = read_on.notified() => {}
                () = self.until_then_or_sign_in(wait) => {}
            }
        }
    }

    async fn until_then_or_sign_in(&self, then: Option<Instant>) {
        let clock = &self.settings.clock;
        if let Some(then) = then {
            return clock.sleep_until(then).await;
        }
        let signed_in = self.state().sign_in_number(Service::Aws);
        while self.state().sign_in_number(Service::Aws) == signed_in {
            clock.sleep_until(clock.instant() + GLANCE).await;
        }
    }

    /// How the build stands whose log it is, as far as was seen.
    fn build_of(&self, reader: &Reader, asked_at: At) -> (bool, bool) {
        let state = self.state();
        let Some(tracked) = state.releases.get(&reader.release) else {
            return (false, false);
        };
        let now = self.settings.clock.now();
        let course = Course::new(&state.team, now, &tracked.release, &tracked.facts);
        let building = rules::is_building(&course, &reader.build);
        (building, rules::is_whole(&course, &reader.build, asked_at))
    }
}

impl Reader {
    /// Asks for one page, and takes in what came.
    async fn read_on(&mut self, engine: &Engine) -> Next {
        let clock = &engine.settings.clock;
        let now = clock.instant();
        engine
            .state()
            .log_calls
            .retain(|(at, _)| now.saturating_duration_since(*at) < HOUR);
        let (building, _) = engine.build_of(self, clock.now());
        let rest = pause(engine.settings.mode, building, true, calls(engine, now));
        if rest > 0 {
            let until = clock.now().plus_seconds(rest.into());
            return self.tell(engine, Reading::Rests { until }, Next::Page(seconds(rest)));
        }
        let asked_at = clock.now();
        // Before it is sent: who closes the log meanwhile has asked all the same.
        engine.state().log_calls.push_back((now, false));
        let world = engine.state().world.clone();
        let asked = world.log_page(&self.stream, self.token.as_deref());
        let answer = within(&**clock, LOOK_LIMIT, asked).await;
        let answer = answer.unwrap_or_else(|| Err(takes_too_long()));
        match answer {
            Ok(LogAnswer::Page(page)) => {
                self.failures = 0;
                self.take(engine, page, asked_at).await
            }
            Ok(LogAnswer::NotThere) => {
                if self.bytes > 0 {
                    return self.tell(engine, Reading::Deleted, Next::Ask);
                }
                let known = self.missing_since.filter(|_| !building);
                let since = *self.missing_since.insert(known.unwrap_or(now));
                if now.saturating_duration_since(since) < COMES {
                    return self.tell(engine, Reading::NotThere, self.later(engine));
                }
                self.tell(engine, Reading::Missing, Next::Ask)
            }
            Ok(LogAnswer::TokenTooOld) => self.begin_anew(engine),
            Err(problem) => self.fail(engine, problem),
        }
    }

    async fn take(&mut self, engine: &Engine, page: LogPage, asked_at: At) -> Next {
        let more = page.next != self.token && page.next.is_some();
        self.missing_since = None;
        if let Some((_, had_more)) = engine.state().log_calls.back_mut() {
            *had_more = more;
        }
        let size: usize = page.events.iter().map(|(_, text)| text.len()).sum();
        let (spool, mut cleaner) = (self.spool.clone(), std::mem::take(&mut self.cleaner));
        let kept = tokio::task::spawn_blocking(move || {
            let mut lines = Vec::new();
            for (at, text) in page.events {
                let cleaned = cleaner.lines(&text).into_iter();
                lines.extend(cleaned.map(|text| LogLine { at, text }));
            }
            (spool.append(&lines), cleaner)
        });
        let room = match kept.await {
            Ok((room, cleaner)) => {
                self.cleaner = cleaner;
                room
            }
            Err(panic) => Err(std::io::Error::other(panic.to_string())),
        };
        match room {
            Ok(Room::Taken) => {}
            Ok(Room::Full) => {
                let most = self.most;
                return self.tell(engine, Reading::Full { most }, Next::End);
            }
            // The page is asked for once more then.
            Err(error) => {
                let problem = super::not_kept(&error.to_string());
                return self.tell(engine, Reading::Stopped { problem }, Next::Ask);
            }
        }
        self.bytes += u64::try_from(size).unwrap_or_default();
        self.token = page.next.or(self.token.take());
        if more {
            return self.tell(engine, Reading::Reads, Next::Page(Duration::ZERO));
        }
        let (_, whole) = engine.build_of(self, asked_at);
        if whole {
            return self.tell(engine, Reading::Whole, Next::End);
        }
        self.tell(engine, Reading::Follows, self.later(engine))
    }

    /// A token stands for a day; a computer may sleep longer.
    fn begin_anew(&mut self, engine: &Engine) -> Next {
        self.token = None;
        self.bytes = 0;
        self.cleaner = Cleaner::default();
        if let Err(error) = self.spool.clear() {
            let problem = super::not_kept(&error.to_string());
            return self.tell(engine, Reading::Stopped { problem }, Next::Ask);
        }
        engine.with_log_of(self.number, super::OpenLog::search_anew);
        self.tell(engine, Reading::Begins, Next::Page(Duration::ZERO))
    }

    fn fail(&mut self, engine: &Engine, problem: Problem) -> Next {
        tracing::warn!(%problem, raw = problem.raw, "the log could not be read");
        if !matches!(problem.code, Code::Unreachable | Code::Throttled) {
            return self.tell(engine, Reading::Stopped { problem }, Next::Ask);
        }
        self.failures = self.failures.saturating_add(1);
        let alone = engine.state().world.pause(Service::Aws);
        let wait = back_off(self.failures).max(alone.unwrap_or_default());
        let clock = &engine.settings.clock;
        let ahead = i64::try_from(wait.as_secs()).unwrap_or_default();
        let until = clock.now().plus_seconds(ahead);
        self.tell(engine, Reading::Waits { problem, until }, Next::Page(wait))
    }

    fn tell(&self, engine: &Engine, reading: Reading, next: Next) -> Next {
        let (bytes, total) = (self.bytes, self.spool.lines());
        let open = engine.with_log_of(self.number, |log| {
            log.log.reading = reading;
            log.log.bytes = bytes;
            log.log.total = total;
            log.searchable.notify_one();
        });
        if open { next } else { Next::End }
    }

    fn later(&self, engine: &Engine) -> Next {
        let clock = &engine.settings.clock;
        let (building, _) = engine.build_of(self, clock.now());
        let calls = calls(engine, clock.instant());
        Next::Page(seconds(pause(engine.settings.mode, building, false, calls)))
    }
}

/// What AWS was asked for logs within the hour.
fn calls(engine: &Engine, now: Instant) -> Calls {
    let state = engine.state();
    let made = &state.log_calls;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let oldest = made
        .front()
        .map(|(at, _)| now.saturating_duration_since(*at));
    let oldest = oldest.unwrap_or_default().as_secs();
    Calls {
        all: count(made.len()),
        pages: count(made.iter().filter(|(_, more)| *more).count()),
        oldest: u32::try_from(oldest).unwrap_or(u32::MAX),
    }
}

fn seconds(n: u32) -> Duration {
    Duration::from_secs(n.into())
}
