//! The adapters, behind the ports.

use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{
    Channel, ExecutionDetail, Lineage, LogStream, Message, Outgoing, Pipeline, Repository, Source,
    Workspace,
};
use slipway_core::ids::{ExecutionId, ReleaseId, Sha};
use slipway_core::release::Release;
use slipway_core::rules::Closeness;
use slipway_core::team::{FoundTeamFile, Team};
use slipway_core::time::At;

use super::{Asked, Chat, Delivery, Forge};
use crate::aws::{Aws, LogAnswer};
use crate::github::GitHub;
use crate::slack::Slack;

impl Forge for GitHub {
    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing> {
        Box::pin(self.check(team))
    }

    fn repository<'a>(&'a self, team: &'a Team) -> Asked<'a, Repository> {
        Box::pin(self.repository(team))
    }

    fn source<'a>(&'a self, team: &'a Team, release: &'a Release) -> Asked<'a, Source> {
        Box::pin(self.source(team, release))
    }

    fn lineage<'a>(&'a self, ours: &'a Sha, revisions: &'a [Sha]) -> Asked<'a, Vec<Lineage>> {
        Box::pin(self.lineage(ours, revisions))
    }

    fn outgoing<'a>(&'a self, live: &'a Sha, commit: &'a Sha) -> Asked<'a, Option<Outgoing>> {
        Box::pin(self.outgoing(live, commit))
    }

    fn team_file<'a>(&'a self, team: &'a Team, commit: &'a Sha) -> Asked<'a, FoundTeamFile> {
        Box::pin(self.team_file(team, commit))
    }

    fn act<'a>(&'a self, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.act(action))
    }

    fn pause_left(&self) -> Option<Duration> {
        self.pause_left()
    }

    fn time_there(&self) -> Option<(At, Instant)> {
        self.time_there()
    }
}

impl Chat for Slack {
    fn reads_back(&self) -> bool {
        self.reads_back()
    }

    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing> {
        Box::pin(self.check(team))
    }

    fn workspace<'a>(&'a self, team: &'a Team) -> Asked<'a, Workspace> {
        Box::pin(self.workspace(team))
    }

    fn announcement<'a>(
        &'a self,
        channel: &'a Channel,
        release: &'a ReleaseId,
        since: At,
    ) -> Asked<'a, Option<Message>> {
        Box::pin(self.announcement(channel, release, since))
    }

    fn act<'a>(&'a self, release: &'a ReleaseId, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.act(release, action))
    }

    fn pause_left(&self) -> Option<Duration> {
        self.pause_left()
    }

    fn time_there(&self) -> Option<(At, Instant)> {
        self.time_there()
    }
}

impl Delivery for Aws {
    fn check<'a>(&'a self, team: &'a Team) -> Asked<'a, Standing> {
        Box::pin(self.check(team))
    }

    fn pipeline<'a>(&'a self, team: &'a Team, since: Option<At>) -> Asked<'a, Pipeline> {
        Box::pin(self.pipeline_since(team, since))
    }

    fn execution<'a>(
        &'a self,
        team: &'a Team,
        id: &'a ExecutionId,
        closeness: Closeness,
    ) -> Asked<'a, ExecutionDetail> {
        Box::pin(self.execution_closely(team, id, closeness))
    }

    fn log_page<'a>(
        &'a self,
        team: &'a Team,
        stream: &'a LogStream,
        token: Option<&'a str>,
    ) -> Asked<'a, LogAnswer> {
        Box::pin(self.log_page(team, stream, token))
    }

    fn act<'a>(&'a self, team: &'a Team, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.act(team, action))
    }

    fn pause_left(&self) -> Option<Duration> {
        self.pause_left()
    }

    fn time_there(&self) -> Option<(At, Instant)> {
        self.time_there()
    }
}
