//! Showing the lines of a log.

use std::sync::Arc;
use std::time::Duration;

use crate::build_log::around;
use crate::engine::log::open::Wanted;
use crate::engine::{Engine, Stage};

/// Nobody sees more of a log that is being read.
const FRAME: Duration = Duration::from_millis(100);

impl Engine {
    /// Shows what is wanted as often as it changes, but not faster than anybody sees.
    pub(super) async fn paint_log(self: Arc<Self>, number: u64) {
        let Some((spool, changed)) =
            self.look_into_log(number, |log| (log.spool.clone(), log.changed.clone()))
        else {
            return;
        };
        loop {
            tokio::select! {
                () = self.reach(Stage::Stopping) => return,
                () = changed.notified() => {}
            }
            let Some(wanted) = self.look_into_log(number, |log| log.wanted) else {
                return;
            };
            let line = match wanted {
                Wanted::End => u32::MAX,
                Wanted::Line(line) => line,
            };
            let from = spool.clone();
            let read = tokio::task::spawn_blocking(move || (from.lines(), around(&from, line)));
            let shown = read.await;
            let is_open = {
                let mut state = self.state();
                let log = state.log.as_mut().filter(|log| log.number == number);
                match (log, shown) {
                    (Some(log), Ok((total, Ok((first, lines))))) if log.wanted == wanted => {
                        log.log.total = total;
                        log.log.first = first;
                        log.log.lines = lines;
                        true
                    }
                    (Some(_), Ok((_, Err(error)))) => {
                        tracing::warn!(%error, "the lines of the log cannot be read back");
                        true
                    }
                    (Some(_), Err(_) | Ok((_, Ok(_)))) => true,
                    (None, _) => false,
                }
            };
            if !is_open {
                return;
            }
            self.publish();
            let clock = &self.settings.clock;
            clock.sleep_until(clock.instant() + FRAME).await;
        }
    }
}
