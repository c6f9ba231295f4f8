//! The ports: what an engine reaches the outside through. Behind them are the adapters and the file of the journal; a
//! test puts a world in memory there, so that the engine itself can be run on a clock that goes as fast as it thinks.

mod adapters;
mod journal;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{
    Channel, ExecutionDetail, Lineage, LogStream, Message, Outgoing, Pipeline, Repository, Source,
    Workspace,
};
use slipway_core::ids::{ExecutionId, ReleaseId, Sha};
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::rules::Closeness;
use slipway_core::team::{FoundTeamFile, Team};
use slipway_core::time::At;

use crate::aws::LogAnswer;
use crate::endpoints::Accounts;
use crate::settings::Settings;
use crate::world::World;
#[cfg(test)]
pub(crate) use journal::Found;
pub(crate) use journal::{Book, File, Shelf};

/// What an engine is given beside its settings.
pub(crate) struct Ports {
    /// Makes the clients of a sign-in.
    pub(crate) connect: Connect,
    /// Where the journal is kept.
    pub(crate) shelf: Box<dyn Shelf>,
}

/// Makes the clients of a sign-in for a team. Needs a Tokio runtime; sends nothing.
#[derive(Clone)]
pub(crate) struct Connect(Arc<MakeClients>);

type MakeClients = dyn Fn(&Settings, &Accounts, Arc<Team>) -> World + Send + Sync;

/// What comes of a read.
pub(crate) type Asked<'a, T> = BoxFuture<'a, Result<T, Problem>>;

/// What GitHub is asked and told.
pub(crate) trait Forge: Send + Sync {
    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing>;
    fn repository<'a>(&'a self, team: &'a Team) -> Asked<'a, Repository>;
    /// Without its lineage, and without what goes out.
    fn source<'a>(&'a self, team: &'a Team, release: &'a Release) -> Asked<'a, Source>;
    fn lineage<'a>(&'a self, ours: &'a Sha, revisions: &'a [Sha]) -> Asked<'a, Vec<Lineage>>;
    fn outgoing<'a>(&'a self, live: &'a Sha, commit: &'a Sha) -> Asked<'a, Option<Outgoing>>;
    fn team_file<'a>(&'a self, team: &'a Team, commit: &'a Sha) -> Asked<'a, FoundTeamFile>;
    /// Sends once.
    fn act<'a>(&'a self, action: &'a Action) -> BoxFuture<'a, Outcome>;
    /// How much longer it asks to be left alone.
    fn pause_left(&self) -> Option<Duration>;
    /// What its clock showed in its last answer, and when that arrived.
    fn time_there(&self) -> Option<(At, Instant)> {
        None
    }
}

/// What Slack is asked and told.
pub(crate) trait Chat: Send + Sync {
    /// Messages can be found again.
    fn reads_back(&self) -> bool;
    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing>;
    fn workspace<'a>(&'a self, team: &'a Team) -> Asked<'a, Workspace>;
    fn announcement<'a>(
        &'a self,
        channel: &'a Channel,
        release: &'a ReleaseId,
        since: At,
    ) -> Asked<'a, Option<Message>>;
    /// Sends once.
    fn act<'a>(&'a self, release: &'a ReleaseId, action: &'a Action) -> BoxFuture<'a, Outcome>;
    /// How much longer it asks to be left alone.
    fn pause_left(&self) -> Option<Duration>;
    /// What its clock showed in its last answer, and when that arrived.
    fn time_there(&self) -> Option<(At, Instant)> {
        None
    }
}

/// What AWS is asked and told.
pub(crate) trait Delivery: Send + Sync {
    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing>;
    /// With its executions back to then, if there are more than the newest.
    fn pipeline<'a>(&'a self, team: &'a Team, since: Option<At>) -> Asked<'a, Pipeline>;
    fn execution<'a>(
        &'a self,
        team: &'a Team,
        id: &'a ExecutionId,
        closeness: Closeness,
    ) -> Asked<'a, ExecutionDetail>;
    /// The page of a log after a token's, or the first.
    fn log_page<'a>(
        &'a self,
        _team: &'a Team,
        _stream: &'a LogStream,
        _token: Option<&'a str>,
    ) -> Asked<'a, LogAnswer> {
        Box::pin(std::future::ready(Ok(LogAnswer::NotThere)))
    }
    /// Sends once.
    fn act<'a>(&'a self, team: &'a Team, action: &'a Action) -> BoxFuture<'a, Outcome>;
    /// How much longer it asks to be left alone.
    fn pause_left(&self) -> Option<Duration>;
    /// What its clock showed in its last answer, and when that arrived.
    fn time_there(&self) -> Option<(At, Instant)> {
        None
    }
}

impl Connect {
    /// Clients of another kind than the adapters.
    #[cfg(test)]
    pub(crate) fn to(
        connect: impl Fn(&Settings, &Accounts, Arc<Team>) -> World + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(connect))
    }

    pub(crate) fn clients(
        &self,
        settings: &Settings,
        accounts: &Accounts,
        team: Arc<Team>,
    ) -> World {
        (self.0)(settings, accounts, team)
    }
}

impl Default for Connect {
    fn default() -> Self {
        Self(Arc::new(World::connect))
    }
}
