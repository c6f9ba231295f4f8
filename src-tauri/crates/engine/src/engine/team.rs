//! The team's settings: which are in use, and how others come into use.

use std::sync::Arc;

use slipway_core::desktop::DesktopRecord;
use slipway_core::facts::Look;
use slipway_core::ids::Sha;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use slipway_core::team::{AgreedTeam, Team, TeamSource};
use slipway_core::view::Mode;

use crate::engine::state::State;
use crate::engine::{Engine, slot};
use crate::settings::Settings;
use crate::sight::Sight;

impl Engine {
    /// Takes in a team file that a person chose: what need not wait for a yes is in use when this returns.
    pub(super) async fn import_team(self: &Arc<Self>, text: &str) -> Result<(), Problem> {
        self.not_in_practice()?;
        let _one_at_a_time = self.team_changes.lock().await;
        self.state().team_files.import(text)?;
        self.publish();
        let at_once = self.state().at_once();
        match at_once {
            Some(team) => self.change_team(DesktopRecord::AgreedTeam { team }).await,
            None => Ok(()),
        }
    }

    /// Puts the settings into use that a person has seen. They are looked at again first.
    pub(super) async fn agree_team(self: &Arc<Self>, offer: &str) -> Result<(), Problem> {
        self.not_in_practice()?;
        if self.state().waits_for_repository() {
            self.read_now([Sight::Repository, Sight::TeamFile]).await;
        }
        let _one_at_a_time = self.team_changes.lock().await;
        let team = {
            let state = self.state();
            let agreed = state.team_files.agree(&state.team, offer)?;
            state.may_move(agreed.team().ok().as_ref())?;
            agreed
        };
        self.change_team(DesktopRecord::AgreedTeam { team }).await
    }

    /// Offers settings no more that a person has seen and does not want now. They wait on.
    pub(super) async fn decline_team(&self, offer: &str) -> Result<(), Problem> {
        self.not_in_practice()?;
        let _one_at_a_time = self.team_changes.lock().await;
        let declined = {
            let state = self.state();
            state.team_files.decline(&state.team, offer)?
        };
        self.record_desktop(declined).await
    }

    /// Forgets the file that a person chose, after they have seen what changes. What comes instead is looked at again
    /// first.
    pub(super) async fn forget_team(self: &Arc<Self>, offer: &str) -> Result<(), Problem> {
        self.not_in_practice()?;
        if self.state().goes_back_to_repository() {
            self.read_now([Sight::Repository, Sight::TeamFile]).await;
        }
        let _one_at_a_time = self.team_changes.lock().await;
        let forgotten = {
            let state = self.state();
            let forgotten = state.team_files.forget(&state.team, offer)?;
            if let Some(DesktopRecord::ForgotTeam { back }) = &forgotten {
                let back = back.as_ref().map(AgreedTeam::team).transpose();
                let back = back.map(|team| team.unwrap_or_else(|| self.settings.team.clone()));
                state.may_move(back.ok().as_ref())?;
            }
            forgotten
        };
        if let Some(forgotten) = forgotten {
            self.record_desktop(forgotten).await?;
        }
        self.state().team_files.drop_imported();
        self.publish();
        self.settle_team().await;
        Ok(())
    }

    /// Takes up what the repository's file changes by itself, unless something is being sent right now.
    pub(super) async fn take_up_team_file(&self) {
        if self.settings.mode == Mode::Practice {
            return;
        }
        let Ok(_one_at_a_time) = self.team_changes.try_lock() else {
            return;
        };
        let at_once = {
            let state = self.state();
            state.at_once().filter(|_| state.slots.is_empty())
        };
        if let Some(team) = at_once {
            // Trouble with the journal is on screen, and the next look tries again.
            let _ = self
                .record_desktop(DesktopRecord::AgreedTeam { team })
                .await;
        }
        self.try_agreed_team();
    }

    /// Writes settings down and puts them into use. What is being sent is waited for: it goes where it was decided.
    async fn change_team(&self, record: DesktopRecord) -> Result<(), Problem> {
        self.record_desktop(record).await?;
        self.settle_team().await;
        Ok(())
    }

    async fn settle_team(&self) {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if self.try_agreed_team() {
                return;
            }
            freed.await;
        }
    }

    /// Puts into use what was agreed to; not while something is being sent.
    fn try_agreed_team(&self) -> bool {
        {
            let mut state = self.state();
            if state.agreed == state.desktop.team {
                return true;
            }
            if !state.slots.is_empty() {
                return false;
            }
            state.use_agreed_team(&self.settings);
        }
        self.publish();
        // What is not checked any more is checked, and what is kept for these settings is read.
        self.recalled.notify_one();
        self.wake.notify_one();
        true
    }

    fn not_in_practice(&self) -> Result<(), Problem> {
        match self.settings.mode {
            Mode::Real => Ok(()),
            Mode::Practice => Err(Problem::new(
                Code::NotOffered,
                "Practice uses the built-in settings.",
                "Nothing was changed.",
                "Change the team's settings in Slipway itself, outside of practice.",
            )),
        }
    }
}

impl State {
    /// Puts into use what was agreed to, and begins all looks anew: what was seen of another repository, pipeline or
    /// channel is not shown any more.
    pub(super) fn use_agreed_team(&mut self, settings: &Settings) {
        if settings.mode == Mode::Practice {
            return;
        }
        self.agreed = self.desktop.team.clone();
        let team = self.team_files.put_in_use(
            self.agreed.as_ref(),
            self.desktop.team_before.as_ref(),
            &settings.team,
        );
        if team == *self.team {
            return;
        }
        let before = std::mem::replace(&mut self.team, Arc::new(team));
        tracing::info!(source = ?self.team_files.source(), "the team's settings changed");
        self.reconnect(settings);
        self.look_anew(&before);
    }

    fn look_anew(&mut self, before: &Team) {
        let team = self.team.clone();
        let [repository, pipeline, channel] =
            [Service::GitHub, Service::Aws, Service::Slack].map(|it| moves(it, before, &team));
        for facts in self.facts_mut() {
            if repository {
                forget(&mut facts.repository);
                forget(&mut facts.source);
            }
            if pipeline {
                forget(&mut facts.pipeline);
            }
            if repository || pipeline {
                forget(&mut facts.execution);
            }
            if channel {
                forget(&mut facts.workspace);
                forget(&mut facts.announcement);
            }
        }
        if repository {
            self.team_files.look_anew();
        }
        for (service, account) in &mut self.accounts.services {
            if moves(*service, before, &team) {
                account.checked = None;
                account.tried.clear();
            }
        }
        for tracked in self.releases.values_mut() {
            tracked.look_anew();
        }
        for timing in self.timings.values_mut() {
            timing.begin_anew();
        }
    }

    /// Settings that lead elsewhere wait until it is known what became of everything that was sent.
    fn may_move(&self, team: Option<&Team>) -> Result<(), Problem> {
        let stays = team.is_some_and(|team| {
            let mut services = Service::ALL.iter();
            services.all(|service| !moves(*service, &self.team, team))
        });
        let undecided = Service::ALL.into_iter().find(|it| self.is_undecided(*it));
        match undecided {
            Some(service) if !stays => Err(slot::undecided(service)),
            Some(_) | None => Ok(()),
        }
    }

    /// The commit at which the team file was not read yet.
    pub(super) fn team_file_wanted(&self) -> Option<Sha> {
        let base = &self.shared.repository.fresh()?.base.sha;
        let read = self.team_files.found().map(|found| &found.commit);
        (read != Some(base)).then(|| base.clone())
    }

    /// Nothing, while what was agreed to before is not in use yet.
    fn at_once(&self) -> Option<AgreedTeam> {
        if self.agreed != self.desktop.team {
            return None;
        }
        self.team_files.at_once(&self.team)
    }

    fn goes_back_to_repository(&self) -> bool {
        let forgetting = self.team_files.forgetting(&self.team);
        forgetting.is_some_and(|it| it.in_use && it.source.is_some())
    }

    fn waits_for_repository(&self) -> bool {
        let waiting = self.team_files.waiting(&self.team);
        waiting.is_some_and(|waiting| matches!(waiting.source, TeamSource::Repository { .. }))
    }
}

/// The repository, pipeline or channel is another one.
fn moves(service: Service, before: &Team, after: &Team) -> bool {
    match service {
        Service::GitHub => (&before.repository, &before.base) != (&after.repository, &after.base),
        Service::Aws => (&before.region, &before.pipeline) != (&after.region, &after.pipeline),
        Service::Slack => before.channel != after.channel,
    }
}

fn forget<T>(look: &mut Look<T>) {
    let connected = look.connected;
    *look = Look {
        connected,
        ..Look::default()
    };
}
