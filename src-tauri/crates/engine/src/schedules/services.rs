//! The pretended services behind the engine's ports: what is asked is answered out of the world, after a while, unless
//! something goes wrong.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::Value;
use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{
    Channel, ExecutionDetail, Lineage, Message, Outgoing, Pipeline, Relation, Repository, Source,
    Workspace,
};
use slipway_core::ids::{ExecutionId, ReleaseId, Sha};
use slipway_core::problem::{Code, Problem};
use slipway_core::release::Release;
use slipway_core::rules::Closeness;
use slipway_core::team::{FoundTeamFile, Team, TeamFileContent};
use slipway_core::time::At;
use slipway_sim::Service;
use slipway_sim::world::World;

use super::mutant::Mutant;
use super::seen::{github, pipeline, slack};
use super::stage::Stage;
use super::weather::{ReadFate, WriteFate};
use super::wire::problem;
use crate::ports::{Asked, Chat, Delivery, Forge};

/// What is on its way arrives at most this late after its sender gave up (milliseconds). With the lag of a replica it
/// is less than the time for which "it is not there" does not count.
const LATEST: u64 = 10_000;
/// An engine gives a reply up after a minute (milliseconds).
const GIVEN_UP: u64 = 60_000;

/// Neither GitHub nor AWS is told which release an action is for.
static NONE: ReleaseId = ReleaseId(String::new());

/// All three services on one stage.
#[derive(Clone)]
pub(super) struct Services(pub(super) Arc<Stage>);

impl Services {
    async fn look<T: Clone + Send + 'static>(
        &self,
        service: Service,
        what: String,
        see: impl FnOnce(&World) -> Result<T, Problem> + Send,
    ) -> Result<T, Problem> {
        let stage = &self.0;
        let again = stage.sent_again();
        stage.point().await;
        stage.wait_a_little().await;
        let fate = stage.with(|inner| {
            inner.tally.reads += 1;
            inner.tally.of_aws += u64::from(service == Service::Aws);
            let fate = inner.weather.read(&mut inner.rng);
            inner.tell(|| format!("{fate:?}: {what}"));
            fate
        });
        let answer = match fate {
            ReadFate::Unreachable => Err(failed(Code::Unreachable)),
            ReadFate::Throttled => Err(failed(Code::Throttled)),
            ReadFate::Silence => std::future::pending().await,
            ReadFate::Answered | ReadFate::Stale => stage.with(|inner| {
                if inner.world.expired.contains(&service) {
                    return Err(failed(Code::SignedOut));
                }
                let blind = inner.is_blind(!again.is_empty());
                let lags = fate == ReadFate::Stale;
                if (blind || lags)
                    && let Some((answer, basis)) = inner.told_before::<T>(&what, !blind)
                {
                    // A mutant that does not look has seen nothing.
                    if !blind {
                        inner.promises.reads.saw(service, basis, &again);
                    }
                    return Ok(answer);
                }
                let answer = see(&inner.world)?;
                inner.keep(&what, &answer);
                let basis = inner.promises.basis(&inner.world);
                inner.promises.reads.saw(service, basis, &again);
                Ok(answer)
            }),
        };
        stage.wait_a_little().await;
        stage.point().await;
        answer
    }

    async fn tell(&self, service: Service, release: &ReleaseId, action: &Action) -> Outcome {
        let stage = &self.0;
        let again = stage.sent_again();
        let begun = stage.clock.in_the_world();
        stage.point().await;
        stage.with(|inner| {
            inner.looking_into = false;
            let promises = &mut inner.promises;
            promises.is_sent(&inner.world, service, (release, action), &again);
        });
        stage.wait_a_little().await;
        stage.point().await;
        let fate = stage.with(|inner| {
            let fate = inner.weather.write(&mut inner.rng);
            inner.tally.sent(action, fate);
            inner.tell(|| format!("{fate:?}: {action:?}"));
            fate
        });
        let expired = stage.with(|inner| inner.world.expired.contains(&service));
        let unknown = || Outcome::Unknown {
            problem: failed(Code::Unknown),
        };
        let refused = |code| Outcome::NotDone {
            problem: failed(code),
        };
        let outcome = match fate {
            _ if expired => refused(Code::SignedOut),
            WriteFate::Answered => stage.with(|inner| inner.take_effect(release, action).outcome),
            WriteFate::Lost => {
                stage.with(|inner| inner.take_effect(release, action));
                unknown()
            }
            WriteFate::Reset => unknown(),
            WriteFate::Refused => refused(Code::Refused),
            WriteFate::Throttled => refused(Code::Throttled),
            WriteFate::Late | WriteFate::Silence => {
                let is_silent = fate == WriteFate::Silence;
                let now = stage.clock.in_the_world();
                stage.with(|inner| {
                    let until = if is_silent { GIVEN_UP + LATEST } else { LATEST };
                    let after = inner.rng.u64(1..until);
                    let mut then = now.0 + i64::try_from(after).unwrap_or(0);
                    if is_silent {
                        // Its sender waits from the beginning.
                        then = then.min(begun.0 + i64::try_from(until).unwrap_or(0));
                    }
                    inner.arrive_later(At(then), release, action);
                });
                if is_silent {
                    std::future::pending::<()>().await;
                }
                unknown()
            }
            WriteFate::Lie => {
                stage.with(|inner| inner.promises.is_claimed(release, action));
                Outcome::Done
            }
        };
        stage.point().await;
        stage.wait_a_little().await;
        stage.point().await;
        match outcome {
            Outcome::Unknown { problem }
                if stage.with(|inner| inner.mutant) == Some(Mutant::NoLookUp) =>
            {
                Outcome::NotDone { problem }
            }
            outcome @ (Outcome::Done | Outcome::NotDone { .. } | Outcome::Unknown { .. }) => {
                outcome
            }
        }
    }
}

impl Forge for Services {
    fn check<'a>(&'a self, _team: &'a Team) -> Asked<'a, Standing> {
        nobody_asks()
    }

    fn repository<'a>(&'a self, _team: &'a Team) -> Asked<'a, Repository> {
        let see = |world: &World| Ok(github::repository(world));
        Box::pin(self.look(Service::Github, "repository".to_owned(), see))
    }

    fn source<'a>(&'a self, _team: &'a Team, release: &'a Release) -> Asked<'a, Source> {
        let what = format!("source {}", release.id);
        let see = |world: &World| Ok(github::source(world, release));
        Box::pin(self.look(Service::Github, what, see))
    }

    fn lineage<'a>(&'a self, ours: &'a Sha, revisions: &'a [Sha]) -> Asked<'a, Vec<Lineage>> {
        let what = format!("lineage {ours} {revisions:?}");
        let see = |world: &World| Ok(github::lineage(world, ours, revisions));
        Box::pin(async move {
            let mut lineage = self.look(Service::Github, what, see).await?;
            let mutant = self.0.with(|inner| inner.mutant);
            if mutant == Some(Mutant::AnyExecutionIsOurs) {
                for it in &mut lineage {
                    it.relation = Relation::Descendant(Vec::new());
                }
            }
            Ok(lineage)
        })
    }

    fn outgoing<'a>(&'a self, live: &'a Sha, commit: &'a Sha) -> Asked<'a, Option<Outgoing>> {
        let what = format!("outgoing {live} {commit}");
        let see = |world: &World| Ok(github::outgoing(world, live, commit));
        Box::pin(self.look(Service::Github, what, see))
    }

    fn team_file<'a>(&'a self, team: &'a Team, commit: &'a Sha) -> Asked<'a, FoundTeamFile> {
        let found = FoundTeamFile {
            repository: team.repository.clone(),
            commit: commit.clone(),
            content: TeamFileContent::Absent,
        };
        let what = format!("team file {commit}");
        Box::pin(self.look(Service::Github, what, |_| Ok(found)))
    }

    fn act<'a>(&'a self, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.tell(Service::Github, &NONE, action))
    }

    fn pause_left(&self) -> Option<Duration> {
        None
    }
}

impl Chat for Services {
    fn reads_back(&self) -> bool {
        true
    }

    fn check<'a>(&'a self, _team: &'a Team) -> Asked<'a, Standing> {
        nobody_asks()
    }

    fn workspace<'a>(&'a self, _team: &'a Team) -> Asked<'a, Workspace> {
        let see = |world: &World| Ok(slack::workspace(world));
        Box::pin(self.look(Service::Slack, "workspace".to_owned(), see))
    }

    fn announcement<'a>(
        &'a self,
        _channel: &'a Channel,
        release: &'a ReleaseId,
        _since: At,
    ) -> Asked<'a, Option<Message>> {
        let what = format!("announcement {release}");
        let see = |world: &World| Ok(slack::announcement(world, release));
        Box::pin(self.look(Service::Slack, what, see))
    }

    fn act<'a>(&'a self, release: &'a ReleaseId, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.tell(Service::Slack, release, action))
    }

    fn pause_left(&self) -> Option<Duration> {
        None
    }
}

impl Delivery for Services {
    fn check<'a>(&'a self, _team: &'a Team) -> Asked<'a, Standing> {
        nobody_asks()
    }

    fn pipeline<'a>(&'a self, _team: &'a Team, _since: Option<At>) -> Asked<'a, Pipeline> {
        let see = |world: &World| Ok(pipeline::pipeline(world));
        Box::pin(self.look(Service::Aws, "pipeline".to_owned(), see))
    }

    fn execution<'a>(
        &'a self,
        _team: &'a Team,
        id: &'a ExecutionId,
        _closeness: Closeness,
    ) -> Asked<'a, ExecutionDetail> {
        let what = format!("execution {id}");
        let see = |world: &World| pipeline::detail(world, id).ok_or(failed(Code::Refused));
        Box::pin(self.look(Service::Aws, what, see))
    }

    fn act<'a>(&'a self, _team: &'a Team, action: &'a Action) -> BoxFuture<'a, Outcome> {
        Box::pin(self.tell(Service::Aws, &NONE, action))
    }

    fn pause_left(&self) -> Option<Duration> {
        None
    }
}

fn nobody_asks<'a>() -> Asked<'a, Standing> {
    Box::pin(std::future::ready(Err(failed(Code::NotOffered))))
}

fn failed(code: Code) -> Problem {
    problem(code, &Value::Null)
}
