//! The connected services.

use std::sync::Arc;
use std::time::{Duration, Instant};

use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{
    Channel, ExecutionDetail, Facts, LogStream, Message, Pipeline, Repository, Source, Workspace,
};
use slipway_core::ids::{ExecutionId, ReleaseId, Sha};
use slipway_core::problem::{Code, Problem};
use slipway_core::release::Release;
use slipway_core::rules::{self, Closeness};
use slipway_core::team::{FoundTeamFile, Team};
use slipway_core::time::At;
use slipway_core::view::Mode;

use crate::aws::{Aws, LogAnswer};
use crate::endpoints::Accounts;
use crate::github::GitHub;
use crate::ports::{Chat, Delivery, Forge};
use crate::settings::Settings;
use crate::sight::Sight;
use crate::slack::Slack;
use slipway_core::service::Service;

/// A look that takes longer has failed.
pub(crate) const LOOK_LIMIT: Duration = Duration::from_secs(30);

/// The services that somebody is signed in to.
#[derive(Default, Clone)]
pub(crate) struct World {
    pub(crate) team: Arc<Team>,
    pub(crate) github: Client<dyn Forge>,
    pub(crate) slack: Client<dyn Chat>,
    pub(crate) aws: Client<dyn Delivery>,
}

/// `None` while nobody is signed in; an error when the settings for it are not usable.
pub(crate) type Client<T> = Option<Result<Arc<T>, Problem>>;

/// What to read, with everything that is needed for it.
#[derive(Debug)]
pub(crate) enum Question {
    Repository,
    Workspace,
    /// With its executions back to then, if there are more than the newest.
    Pipeline {
        since: Option<At>,
    },
    Source {
        release: Box<Release>,
        facts: Box<Facts>,
    },
    Announcement {
        channel: Channel,
        release: ReleaseId,
        since: At,
    },
    Execution {
        id: ExecutionId,
        closeness: Closeness,
    },
    TeamFile {
        commit: Sha,
    },
}

/// What was seen, or why not.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "an answer is moved into the facts as soon as it is there"
)]
pub(crate) enum Answer {
    Repository(Result<Repository, Problem>),
    Workspace(Result<Workspace, Problem>),
    Pipeline(Result<Pipeline, Problem>),
    Source(Result<Source, Problem>),
    Announcement(Result<Option<Message>, Problem>),
    Execution(Result<ExecutionDetail, Problem>),
    TeamFile(Result<FoundTeamFile, Problem>),
}

impl Answer {
    /// The answer to a question that could not even be asked.
    pub(crate) fn failed(sight: &Sight, problem: Problem) -> Self {
        match sight {
            Sight::Repository => Self::Repository(Err(problem)),
            Sight::Workspace => Self::Workspace(Err(problem)),
            Sight::Pipeline => Self::Pipeline(Err(problem)),
            Sight::Source(_) => Self::Source(Err(problem)),
            Sight::Announcement(_) => Self::Announcement(Err(problem)),
            Sight::Execution(_) => Self::Execution(Err(problem)),
            Sight::TeamFile => Self::TeamFile(Err(problem)),
        }
    }

    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Repository(result) => result.as_ref().err(),
            Self::Workspace(result) => result.as_ref().err(),
            Self::Pipeline(result) => result.as_ref().err(),
            Self::Source(result) => result.as_ref().err(),
            Self::Announcement(result) => result.as_ref().err(),
            Self::Execution(result) => result.as_ref().err(),
            Self::TeamFile(result) => result.as_ref().err(),
        }
    }
}

impl World {
    /// Prepares the clients. Needs a Tokio runtime; sends nothing.
    pub(crate) fn connect(settings: &Settings, accounts: &Accounts, team: Arc<Team>) -> Self {
        let endpoints = &settings.endpoints;
        let aws = |account| {
            let aws = Aws::sign_in(endpoints, &team.region, account)?.on(settings.clock.clone());
            Ok(match settings.mode {
                Mode::Practice => aws,
                Mode::Real => aws.frugal(),
            })
        };
        Self {
            github: accounts
                .github
                .as_ref()
                .map(|token| Ok(Arc::new(GitHub::connect(endpoints, token)?) as _)),
            slack: accounts
                .slack
                .as_ref()
                .map(|account| Ok(Arc::new(Slack::connect(endpoints, account)?) as _)),
            aws: accounts
                .aws
                .as_ref()
                .map(|account| aws(account).map(|aws| Arc::new(aws) as _)),
            team,
        }
    }

    /// The same, with another one's client for a service, or without any.
    pub(crate) fn with(&self, service: Service, from: Option<&Self>) -> Self {
        let mut world = self.clone();
        match service {
            Service::GitHub => world.github = from.and_then(|from| from.github.clone()),
            Service::Slack => world.slack = from.and_then(|from| from.slack.clone()),
            Service::Aws => world.aws = from.and_then(|from| from.aws.clone()),
        }
        world
    }

    /// Who we are at a service, and what we may do there.
    pub(crate) async fn check(&self, service: Service) -> Result<Standing, Problem> {
        let asked = async {
            match service {
                Service::GitHub => client(&self.github)?.check(&self.team).await,
                Service::Slack => client(&self.slack)?.check(&self.team).await,
                Service::Aws => client(&self.aws)?.check(&self.team).await,
            }
        };
        tokio::time::timeout(LOOK_LIMIT, asked)
            .await
            .unwrap_or_else(|_| Err(takes_too_long()))
    }

    /// Somebody is signed in there.
    pub(crate) fn connected(&self, service: Service) -> bool {
        match service {
            Service::GitHub => self.github.is_some(),
            Service::Slack => self.slack.is_some(),
            Service::Aws => self.aws.is_some(),
        }
    }

    /// It can be looked at with this sign-in.
    pub(crate) fn shows(&self, sight: &Sight) -> bool {
        match sight {
            Sight::Announcement(_) => client(&self.slack).is_ok_and(Chat::reads_back),
            Sight::Repository
            | Sight::Workspace
            | Sight::Pipeline
            | Sight::TeamFile
            | Sight::Source(_)
            | Sight::Execution(_) => self.connected(sight.service()),
        }
    }

    /// How much longer a service asks to be left alone.
    pub(crate) fn pause(&self, service: Service) -> Option<Duration> {
        match service {
            Service::GitHub => client(&self.github).ok()?.pause_left(),
            Service::Slack => client(&self.slack).ok()?.pause_left(),
            Service::Aws => client(&self.aws).ok()?.pause_left(),
        }
    }

    /// What a service's clock showed in its last answer, and when that arrived.
    pub(crate) fn time_there(&self, service: Service) -> Option<(At, Instant)> {
        match service {
            Service::GitHub => client(&self.github).ok()?.time_there(),
            Service::Slack => client(&self.slack).ok()?.time_there(),
            Service::Aws => client(&self.aws).ok()?.time_there(),
        }
    }

    /// Reads.
    pub(crate) async fn ask(&self, question: Question) -> Answer {
        match question {
            Question::Repository => Answer::Repository(
                async { client(&self.github)?.repository(&self.team).await }.await,
            ),
            Question::Workspace => {
                Answer::Workspace(async { client(&self.slack)?.workspace(&self.team).await }.await)
            }
            Question::Pipeline { since } => Answer::Pipeline(
                async { client(&self.aws)?.pipeline(&self.team, since).await }.await,
            ),
            Question::Source { release, facts } => {
                Answer::Source(self.source(&release, *facts).await)
            }
            Question::Announcement {
                channel,
                release,
                since,
            } => {
                let look = async {
                    let slack = client(&self.slack)?;
                    slack.announcement(&channel, &release, since).await
                };
                Answer::Announcement(look.await)
            }
            Question::Execution { id, closeness } => {
                let look = async {
                    let aws = client(&self.aws)?;
                    aws.execution(&self.team, &id, closeness).await
                };
                Answer::Execution(look.await)
            }
            Question::TeamFile { commit } => Answer::TeamFile(
                async { client(&self.github)?.team_file(&self.team, &commit).await }.await,
            ),
        }
    }

    /// The page of a log after a token's, or the first.
    pub(crate) async fn log_page(
        &self,
        stream: &LogStream,
        token: Option<&str>,
    ) -> Result<LogAnswer, Problem> {
        client(&self.aws)?.log_page(&self.team, stream, token).await
    }

    /// Sends. It is on the disk already.
    pub(crate) async fn act(&self, release: &ReleaseId, action: &Action) -> Outcome {
        let service = Service::of(action);
        let sent = async {
            match service {
                Service::GitHub => Ok(client(&self.github)?.act(action).await),
                Service::Slack => Ok(client(&self.slack)?.act(release, action).await),
                Service::Aws => Ok(client(&self.aws)?.act(&self.team, action).await),
            }
        };
        match sent.await {
            Ok(outcome) => outcome,
            Err(problem) => Outcome::NotDone { problem },
        }
    }

    /// The branch and its pull requests, how the pipeline's revisions relate to our commit, and what goes out. Two commits stay as
    /// they are to each other, so what is known about the same commit is kept.
    async fn source(&self, release: &Release, mut facts: Facts) -> Result<Source, Problem> {
        let github = client(&self.github)?;
        let mut source = github.source(&self.team, release).await?;
        let ours = source.landed.as_ref().map(|landed| landed.sha.clone());
        let known = facts.source.last.take().map(|seen| seen.value);
        if let Some(known) =
            known.filter(|known| known.landed.as_ref().map(|landed| &landed.sha) == ours.as_ref())
        {
            source.lineage = known.lineage;
            source.outgoing = known.outgoing;
        }
        let Some(ours) = ours else { return Ok(source) };
        facts.source.update(Ok(source.clone()), At(0));
        let revisions = rules::revisions_to_relate(release, &facts);
        if !revisions.is_empty() {
            source
                .lineage
                .extend(github.lineage(&ours, &revisions).await?);
            facts.source.update(Ok(source.clone()), At(0));
        }
        if let Some((live, commit)) = rules::outgoing_to_compare(release, &facts) {
            // It is worth saying, and nothing else waits for it.
            match github.outgoing(&live, &commit).await {
                Ok(outgoing) => source.outgoing = outgoing,
                Err(problem) => tracing::warn!(%problem, raw = problem.raw, "not compared"),
            }
        }
        Ok(source)
    }
}

pub(crate) fn takes_too_long() -> Problem {
    Problem::new(
        Code::Unreachable,
        "The answer takes too long.",
        "What is shown may be old.",
        "Wait; Slipway looks again by itself.",
    )
}

fn client<T: ?Sized>(client: &Client<T>) -> Result<&T, Problem> {
    match client {
        Some(Ok(client)) => Ok(client.as_ref()),
        Some(Err(problem)) => Err(problem.clone()),
        None => Err(nobody()),
    }
}

fn nobody() -> Problem {
    Problem::new(
        Code::SignedOut,
        "Nobody is signed in there.",
        "Nothing was sent.",
        "Sign in first.",
    )
}
