//! Our clients by themselves, in front of a world: what no release comes to.

use std::time::Instant;

use slipway_core::action::{Action, Gate};
use slipway_core::facts::Category;
use slipway_core::ids::{ReleaseId, Sha};
use slipway_core::kind::Kind;
use slipway_core::release::Release;
use slipway_core::team::Team;
use slipway_core::time::At;
use slipway_engine::aws::Aws;
use slipway_engine::endpoints::{AwsKeys, Endpoints, SlackAccount};
use slipway_engine::github::GitHub;
use slipway_engine::slack::Slack;
use slipway_sim::{Service, Sim};

use crate::stage::{PATIENCE, Stage};

pub(crate) const BRANCH: &str = "maintenance-2031-01-07";

/// One sign-in each.
pub(crate) struct Clients {
    pub(crate) github: GitHub,
    pub(crate) slack: Slack,
    pub(crate) webhook: Slack,
    pub(crate) aws: Aws,
    pub(crate) team: Team,
    release: Release,
}

impl Clients {
    pub(crate) fn at(stage: &Stage) -> Self {
        let at = stage.sim.endpoints();
        let endpoints = Endpoints {
            github_api: at.github.clone(),
            slack_api: format!("{}/api", at.slack),
            aws: Some(at.aws.clone()),
            ..Endpoints::default()
        };
        let team = Team::default();
        let sign_in = Sim::credentials();
        let hook = format!("{}{}", at.slack, sign_in.slack_webhook_path);
        let slack =
            |account: SlackAccount| Slack::connect(&endpoints, &account).expect("it connects");
        let keys = AwsKeys {
            access_key_id: sign_in.aws_access_key_id,
            secret_access_key: sign_in.aws_secret_access_key.into(),
            session_token: None,
        };
        let date = "2031-01-07".parse().expect("a date");
        Self {
            github: GitHub::connect(&endpoints, &sign_in.github_token.into()).expect("connects"),
            slack: slack(SlackAccount::Bot(sign_in.slack_bot_token.into())),
            webhook: slack(SlackAccount::Webhook(hook.into())),
            aws: Aws::connect(&endpoints, &team.region, &keys).expect("it connects"),
            team,
            release: Release::draft(ReleaseId::from(BRANCH), Kind::Maintenance, date, None),
        }
    }

    /// A release of which only the branch's name is known.
    pub(crate) fn release(&self) -> &Release {
        &self.release
    }

    /// Has each of them look at all it can look at. What they make of it is other tests' business.
    pub(crate) async fn look(&self) {
        for service in [Service::Github, Service::Slack, Service::Aws] {
            self.look_at(service).await;
        }
    }

    pub(crate) async fn look_at(&self, service: Service) {
        match service {
            Service::Github => {
                let _ = self.github.check(&self.team).await;
                let repository = self.github.repository(&self.team).await;
                if let Ok(base) = repository.map(|it| it.base) {
                    let _ = self.github.team_file(&self.team, &base.sha).await;
                }
                let _ = self.github.source(&self.team, &self.release).await;
            }
            Service::Slack => {
                let _ = self.webhook.check(&self.team).await;
                let _ = self.slack.check(&self.team).await;
                let workspace = self.slack.workspace(&self.team).await;
                if let Ok(Some(channel)) = workspace.map(|it| it.channel) {
                    let id = &self.release.id;
                    let _ = self.slack.announcement(&channel, id, At(0)).await;
                }
            }
            Service::Aws => {
                let _ = self.aws.check(&self.team).await;
                let pipeline = self.aws.pipeline(&self.team).await;
                let executions = pipeline.map(|it| it.executions).unwrap_or_default();
                for execution in executions.iter().take(3) {
                    let _ = self.aws.execution(&self.team, &execution.id).await;
                }
            }
        }
    }

    /// What waits at the gate, once something does.
    pub(crate) async fn waiting_gate(&self) -> Gate {
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < PATIENCE, "nothing waits at the gate");
            let seen = self.aws.pipeline(&self.team).await;
            let stages = seen.expect("the pipeline is seen").stages;
            for stage in stages {
                let waits = stage
                    .actions
                    .iter()
                    .find(|it| it.category == Category::Approval && it.token.is_some());
                if let (Some(action), Some(execution)) = (waits, &stage.execution) {
                    return Gate {
                        stage: stage.name.clone(),
                        action: action.name.clone(),
                        execution: execution.clone(),
                        token: action.token.clone().expect("a token"),
                        commit: Sha(String::new()),
                    };
                }
            }
        }
    }

    /// Sends each of these to the service that it is for. What comes of it is other tests' business.
    pub(crate) async fn send(&self, actions: &[Action]) {
        for action in actions {
            match receiver(action) {
                Service::Github => self.github.act(action).await,
                Service::Slack => self.slack.act(&self.release.id, action).await,
                Service::Aws => self.aws.act(&self.team, action).await,
            };
        }
    }
}

/// Whose business an action is.
pub(crate) fn receiver(action: &Action) -> Service {
    match action {
        Action::CreateBranch { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. } => Service::Github,
        Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. } => Service::Slack,
        Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::StopExecution { .. }
        | Action::StartExecution { .. }
        | Action::EnableTransition { .. }
        | Action::RollBack { .. } => Service::Aws,
    }
}
