//! Making views.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use slipway_core::ids::LinkId;
use slipway_core::problem::{Code, Problem};
use slipway_core::rules;
use slipway_core::view::{self, Mode, Scene, View};
use tokio::sync::watch;

use crate::engine::Engine;
use crate::engine::state::{Holder, State};
use crate::links::may_open;
use crate::settings::Settings;

impl Engine {
    /// Shows what is known now, if anybody looks.
    pub(super) fn publish(&self) {
        if self.views.receiver_count() > 0 {
            self.show();
        }
    }

    fn show(&self) {
        let mut state = self.state();
        let made = panic::catch_unwind(AssertUnwindSafe(|| view(&self.settings, &mut state)));
        let view = made.unwrap_or_else(|_| {
            tracing::error!("a view could not be made");
            View {
                rev: state.rev,
                trouble: Some(broken()),
                ..View::clone(&self.views.borrow())
            }
        });
        // Sent under the lock, so that views come in their order.
        self.views.send_replace(Arc::new(view));
    }

    /// What to show from now on, beginning with what is known now.
    pub(crate) fn views(&self) -> watch::Receiver<Arc<View>> {
        let views = self.views.subscribe();
        self.show();
        views
    }

    /// The address behind a link of the newest view.
    pub(crate) fn resolve_link(&self, link: &LinkId) -> Option<String> {
        let state = self.state();
        let address = state.links.address(link)?;
        let allowed = may_open(address, self.settings.mode);
        if !allowed {
            tracing::warn!(%link, address, "this address is not opened");
        }
        allowed.then(|| address.to_owned())
    }
}

/// The next view; the state remembers the addresses behind its links.
pub(super) fn view(settings: &Settings, state: &mut State) -> View {
    state.rev = state.rev.wrapping_add(1);
    let team = state.team.clone();
    let open = state.open();
    let sending = state
        .slots
        .iter()
        .filter(|(_, holder)| **holder == Holder::Person);
    let now = settings.clock.now();
    let again = open
        .iter()
        .filter(|tracked| state.is_sent_again(tracked, now));
    let viewed = view::view(&Scene {
        rev: state.rev,
        mode: settings.mode,
        now,
        zone: &settings.zone,
        team: &team,
        team_files: &state.team_files,
        // Whether its branch exists already is told by the repository's branches.
        draft: state.draft.as_ref().map(|draft| (draft, &state.shared)),
        releases: open
            .iter()
            .map(|tracked| (&tracked.release, &tracked.facts))
            .collect(),
        history: &state.history,
        shared: &state.shared,
        sending: sending.map(|(release, _)| release.clone()).collect(),
        again: again.map(|tracked| tracked.release.id.clone()).collect(),
        wrong_clock: (settings.mode == Mode::Real)
            .then(|| rules::wrong_clock(state.clocks.values().copied()))
            .flatten(),
        looking: state.looking(),
        accounts: &state.accounts,
        desktop: &state.desktop,
        tested: state.tested.as_ref(),
        summons: state.summons.clone(),
        closing: state.closing,
        start_at_login: state.start_at_login,
        log: state.log.as_ref().map(|open| &open.log),
        trouble: state.trouble(),
    });
    state.links = viewed.links;
    viewed.view
}

fn broken() -> Problem {
    Problem::new(
        Code::Unknown,
        "Slipway cannot show what it sees.",
        "The screen is as it was before; nothing was sent because of this.",
        "Start Slipway again. If it stays so, report it with the log.",
    )
}
