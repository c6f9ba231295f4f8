//! Searching a log.

use std::io;
use std::sync::Arc;

use slipway_core::log::Reading;
use slipway_core::problem::{Code, Problem};

use crate::build_log::{Found, Spool};
use crate::engine::{Engine, Stage};

/// So many blocks are searched before what was found is told.
const AT_ONCE: u32 = 64;

impl Engine {
    /// Searches for what is looked for, whatever that is, as far as the log was read; then waits for more of either.
    pub(super) async fn search_log(self: Arc<Self>, number: u64) {
        let Some((spool, searchable)) =
            self.look_into_log(number, |log| (log.spool.clone(), log.searchable.clone()))
        else {
            return;
        };
        loop {
            let next = self.look_into_log(number, |log| {
                let hunt = log.hunt.as_ref()?;
                let more = hunt.found.searched < spool.lines();
                let goes = hunt.goes_from.filter(|_| hunt.found.lines > 0);
                let may_turn = !matches!(log.log.reading, Reading::Begins | Reading::Reads);
                let goes = goes.filter(|_| more || may_turn);
                (more || goes.is_some()).then(|| (hunt.number, hunt.found.clone(), hunt.goes_from))
            });
            let Some(next) = next else { return };
            let Some((hunt, found, goes_from)) = next else {
                tokio::select! {
                    () = self.reach(Stage::Stopping) => return,
                    () = searchable.notified() => continue,
                }
            };
            let from = spool.clone();
            let searched =
                tokio::task::spawn_blocking(move || search(&from, found, goes_from)).await;
            match searched {
                Ok(Ok((found, place))) => {
                    self.with_log_of(number, |log| log.note(hunt, found, place));
                }
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the log cannot be searched");
                    self.with_log_of(number, |log| log.look_for(None));
                }
                Err(_) => return,
            }
        }
    }

    /// Goes to the next line in which it was found, or to the one before.
    pub(super) async fn step(&self, forward: bool) -> Result<(), Problem> {
        let Some(steps) = self.state().log.as_ref().map(|log| log.steps.clone()) else {
            return Ok(());
        };
        let _one_at_a_time = steps.lock().await;
        let asked = {
            let state = self.state();
            state.log.as_ref().and_then(|log| {
                let hunt = log.hunt.as_ref()?;
                let current = log.log.search.as_ref()?.current.map(|(line, _)| line);
                let here = current.unwrap_or(log.log.first);
                Some((
                    log.number,
                    hunt.number,
                    hunt.found.clone(),
                    log.spool.clone(),
                    here,
                ))
            })
        };
        let Some((number, hunt, found, spool, here)) = asked else {
            return Ok(());
        };
        let next =
            tokio::task::spawn_blocking(move || found.next(&spool, Some(here), forward)).await;
        let next = next.map_err(|panic| not_searched(&panic.to_string()))?;
        let next = next.map_err(|error| not_searched(&error.to_string()))?;
        self.with_log_of(number, |log| {
            if let Some(place) = next
                && log.hunt.as_ref().is_some_and(|it| it.number == hunt)
            {
                log.go_to(place);
            }
        });
        Ok(())
    }
}

impl super::OpenLog {
    /// Takes in how far a search is, unless something else is looked for by now.
    fn note(&mut self, hunt: u64, found: Found, place: Option<(u32, u32)>) {
        let Some(it) = self.hunt.as_mut().filter(|it| it.number == hunt) else {
            return;
        };
        if let Some(search) = &mut self.log.search {
            search.searched = found.searched;
            search.found = found.lines;
        }
        it.found = found;
        if let Some(place) = place {
            it.goes_from = None;
            // Somebody who went on meanwhile is not taken back.
            if self
                .log
                .search
                .as_ref()
                .is_some_and(|it| it.current.is_none())
            {
                self.go_to(place);
            }
        }
    }
}

/// Searches on for a while. Gives the place to go to when that is known by now.
fn search(
    spool: &Spool,
    mut found: Found,
    goes_from: Option<u32>,
) -> io::Result<(Found, Option<(u32, u32)>)> {
    let mut blocks = 0;
    while found.searched < spool.lines() && blocks < AT_ONCE {
        found.search_on(spool)?;
        blocks += 1;
    }
    let place = match goes_from {
        Some(from) if found.lines > 0 => {
            let ahead = found.first_from(spool, from)?;
            // Nothing was left to search: past the end it goes on at the beginning.
            match ahead {
                None if blocks == 0 => found.next(spool, None, true)?,
                ahead => ahead,
            }
        }
        Some(_) | None => None,
    };
    Ok((found, place))
}

fn not_searched(raw: &str) -> Problem {
    Problem::new(
        Code::Unknown,
        "The log cannot be searched.",
        "What was read of it cannot be read back from the disk.",
        "Close the log and open it again.",
    )
    .with_raw(raw)
}
