//! A pretended world with the real clients in front of it.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use slipway_core::action::{Action, Outcome};
use slipway_core::ids::{ReleaseId, Sha};
use slipway_core::kind::Kind;
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::team::Team;
use slipway_engine::aws::Aws;
use slipway_engine::endpoints::{AwsKeys, Endpoints, SlackAccount};
use slipway_engine::github::GitHub;
use slipway_engine::slack::Slack;
use slipway_sim::{LoggedRequest, Options, Sim};

pub(crate) const BRANCH: &str = "maintenance-2026-11-24";

pub(crate) struct Stage {
    pub(crate) sim: Sim,
    pub(crate) team: Team,
    http: reqwest::Client,
}

impl Stage {
    /// A Tuesday afternoon in Los Angeles.
    pub(crate) async fn set() -> Self {
        let start = Some("2026-11-24T20:00:00Z".parse().expect("a time"));
        let sim = Sim::start(Options {
            start,
            ..Options::default()
        })
        .await
        .expect("it listens");
        let stage = Self {
            sim,
            team: Team::default(),
            http: reqwest::Client::new(),
        };
        stage.order("/story", json!({"etl_pulls": 0})).await;
        stage
    }

    pub(crate) fn endpoints(&self) -> Endpoints {
        let at = self.sim.endpoints();
        Endpoints {
            github_api: at.github.clone(),
            slack_api: format!("{}/api", at.slack),
            aws: Some(at.aws.clone()),
            ..Endpoints::default()
        }
    }

    pub(crate) fn github(&self) -> GitHub {
        let token = SecretString::from(Sim::credentials().github_token);
        GitHub::connect(&self.endpoints(), &token).expect("connects")
    }

    /// A client that has looked at the repository, as a write wants it.
    pub(crate) async fn github_that_looked(&self) -> GitHub {
        let github = self.github();
        github.repository(&self.team).await.expect("is seen");
        github
    }

    pub(crate) fn slack(&self) -> Slack {
        let token = SecretString::from(Sim::credentials().slack_bot_token);
        Slack::connect(&self.endpoints(), &SlackAccount::Bot(token)).expect("connects")
    }

    pub(crate) fn webhook(&self) -> Slack {
        let address = format!(
            "{}{}",
            self.sim.endpoints().slack,
            Sim::credentials().slack_webhook_path
        );
        Slack::connect(&self.endpoints(), &SlackAccount::Webhook(address.into())).expect("connects")
    }

    pub(crate) fn aws(&self) -> Aws {
        self.aws_with(&self.endpoints(), &Sim::credentials().aws_access_key_id)
    }

    pub(crate) fn aws_with(&self, endpoints: &Endpoints, key: &str) -> Aws {
        let keys = AwsKeys {
            access_key_id: key.to_owned(),
            secret_access_key: Sim::credentials().aws_secret_access_key.into(),
            session_token: None,
        };
        Aws::connect(endpoints, &self.team.region, &keys).expect("connects")
    }

    /// Has something happen in the world.
    pub(crate) async fn order(&self, path: &str, body: Value) -> Value {
        self.control(Method::POST, path, body).await
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Value {
        let at = self.sim.endpoints();
        let request = self
            .http
            .request(method, format!("{}{path}", at.control))
            .bearer_auth(&at.control_token);
        let answer = request.json(&body).send().await.expect("control answers");
        let status = answer.status();
        let body: Value = answer.json().await.expect("control speaks JSON");
        assert!(status.is_success(), "{path}: {body}");
        body
    }

    /// Has one request go wrong.
    pub(crate) async fn fault(&self, operation: &str, mut fault: Value) {
        fault["operation"] = json!(operation);
        self.order("/faults", fault).await;
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    /// The requests that were made for one operation.
    pub(crate) fn asked(&self, operation: &str) -> Vec<Arc<LoggedRequest>> {
        self.sim
            .requests()
            .into_iter()
            .filter(|it| it.operation == operation)
            .collect()
    }

    pub(crate) fn branch(&self, name: &str) -> Option<Sha> {
        self.sim
            .with_world(|world| world.repository.branches.get(name).cloned().map(Sha))
    }

    pub(crate) fn head(&self, name: &str) -> Sha {
        self.branch(name).expect("there is such a branch")
    }

    pub(crate) fn parents(&self, commit: &Sha) -> Vec<Sha> {
        self.sim.with_world(|world| {
            let parents = &world.repository.commits[commit.as_str()].parents;
            parents.iter().cloned().map(Sha).collect()
        })
    }

    /// Cuts the release's branch off master, as Tomás.
    pub(crate) async fn cut_branch(&self) -> Sha {
        self.order("/branches", json!({"name": BRANCH})).await;
        self.head(BRANCH)
    }

    /// Priya's pull request into the release's branch.
    pub(crate) async fn open_pull(&self, title: &str) -> u32 {
        let made = self
            .order("/pulls", json!({"base": BRANCH, "title": title}))
            .await;
        u32::try_from(made["number"].as_u64().expect("a number")).expect("a small one")
    }

    pub(crate) async fn push(&self, branch: &str, message: &str) -> Sha {
        let made = self
            .order("/push", json!({"branch": branch, "message": message}))
            .await;
        Sha::from(made["sha"].as_str().expect("a commit"))
    }
}

/// The release without anything in its journal.
pub(crate) fn release() -> Release {
    release_named(BRANCH)
}

pub(crate) fn release_named(branch: &str) -> Release {
    let date = "2026-11-24".parse().expect("a date");
    Release::draft(ReleaseId::from(branch), Kind::Maintenance, date, None)
}

pub(crate) fn create(name: &str, sha: &Sha) -> Action {
    Action::CreateBranch {
        name: name.to_owned(),
        sha: sha.clone(),
    }
}

pub(crate) fn not_done(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::NotDone { problem } => problem,
        Outcome::Done | Outcome::Unknown { .. } => panic!("{outcome:?}"),
    }
}

pub(crate) fn unknown(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::Unknown { problem } => problem,
        Outcome::Done | Outcome::NotDone { .. } => panic!("{outcome:?}"),
    }
}
