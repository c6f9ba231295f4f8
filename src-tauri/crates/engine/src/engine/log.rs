//! The log of a build that a person has opened: read as a whole while it is open, and thrown away after.
//!
//! Three tasks belong to it: one [reads](self::read), one [searches](self::search), one [paints](self::paint) what is shown. They
//! meet in the state and in the [`Spool`], and end when it is closed.

mod open;
mod paint;
mod read;
mod search;

use std::sync::Arc;

use slipway_core::facts::LogStream;
use slipway_core::ids::ReleaseId;
use slipway_core::log::{BuildLog, LogWish, Needle};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::{self, Course};

use crate::build_log::Spool;
use crate::engine::{Engine, Stage};
use crate::sight::Sight;
pub(super) use open::OpenLog;
use open::Wanted;

impl Engine {
    /// Does what a person asks for in front of a log.
    pub(super) async fn carry_out_log(self: Arc<Self>, wish: LogWish) -> Result<(), Problem> {
        self.reach(Stage::Running).await;
        match wish {
            LogWish::Watch { release } => self.watch(release),
            LogWish::Open { release } => return self.open_log(&release).await,
            LogWish::Close => {
                self.state().log = None;
                self.publish();
            }
            LogWish::Show { line } => self.with_log(|log| log.want(Wanted::Line(line))),
            LogWish::Follow { on } => self.with_log(|log| log.follow(on)),
            LogWish::Search { text } => self.with_log(|log| log.look_for(Needle::new(&text))),
            LogWish::Step { forward } => return self.step(forward).await,
            LogWish::ReadOn => self.with_log(|log| log.read_on.notify_one()),
        }
        Ok(())
    }

    /// What a person has begun to see is read at once.
    fn watch(&self, release: Option<ReleaseId>) {
        let mut state = self.state();
        if let Some(release) = &release
            && let Some(timing) = state.timings.get_mut(&Sight::Execution(release.clone()))
        {
            timing.begin_anew();
        }
        state.watched = release;
        drop(state);
        self.wake.notify_one();
    }

    async fn open_log(self: Arc<Self>, release: &ReleaseId) -> Result<(), Problem> {
        let (build, stream) = self.log_of(release).ok_or_else(no_log)?;
        let (folder, most) = (self.settings.data_dir.clone(), self.settings.log_limit);
        let made = tokio::task::spawn_blocking(move || Spool::create(&folder, most)).await;
        let spool = made
            .map_err(|panic| not_kept(&panic.to_string()))?
            .map_err(|error| not_kept(&error.to_string()))?;
        let number = {
            let mut state = self.state();
            state.logs += 1;
            let log = BuildLog::of(release.clone(), build);
            state.log = Some(OpenLog::new(state.logs, log, Arc::new(spool)));
            state.logs
        };
        let tasks = [
            tokio::spawn(self.clone().read_log(number, stream)),
            tokio::spawn(self.clone().search_log(number)),
            tokio::spawn(self.clone().paint_log(number)),
        ];
        if !self.with_log_of(number, |log| log.keep(&tasks)) {
            tasks.iter().for_each(tokio::task::JoinHandle::abort);
        }
        self.publish();
        Ok(())
    }

    fn log_of(&self, release: &ReleaseId) -> Option<(String, LogStream)> {
        let state = self.state();
        let tracked = state.releases.get(release)?;
        let now = self.settings.clock.now();
        let course = Course::new(&state.team, now, &tracked.release, &tracked.facts);
        let (build, stream) = rules::log_of(&course)?;
        Some((build.id.clone(), stream.clone()))
    }

    /// Changes the log that is open, if one is.
    fn with_log(&self, change: impl FnOnce(&mut OpenLog)) {
        if let Some(log) = &mut self.state().log {
            change(log);
            log.changed.notify_one();
        }
    }

    /// Changes the log if it is the one that was opened as that; tells whether it is.
    fn with_log_of(&self, number: u64, change: impl FnOnce(&mut OpenLog)) -> bool {
        let mut state = self.state();
        let log = state.log.as_mut().filter(|log| log.number == number);
        let Some(log) = log else { return false };
        change(log);
        log.changed.notify_one();
        true
    }

    /// What it has in common with its tasks, while it is open.
    fn look_into_log<T>(&self, number: u64, take: impl FnOnce(&OpenLog) -> T) -> Option<T> {
        let state = self.state();
        let log = state.log.as_ref().filter(|log| log.number == number);
        log.map(take)
    }
}

fn no_log() -> Problem {
    Problem::new(
        Code::NotOffered,
        "There is no log to show yet.",
        "The build has not begun, or Slipway may not see it.",
        "Wait until the build machine runs, then try again.",
    )
}

fn not_kept(raw: &str) -> Problem {
    Problem::new(
        Code::Journal,
        "The log cannot be kept on this computer.",
        "Slipway keeps a long log in a file while it is open, and that file cannot be written.",
        "Make some room on the disk, then try again. Open in AWS shows the log, too.",
    )
    .with_raw(raw)
}
