//! AWS: CodePipeline, and of CodeBuild, CloudWatch Logs and STS what belongs to one pipeline.
//!
//! A look costs one `GetPipelineState` while nothing moves; the other calls follow when it shows a change. Reads may be
//! repeated once by the SDK, writes never.

mod act;
mod build;
mod caller;
mod check;
mod convert;
mod declared;
mod error;
mod execution;
mod guard;
mod kept;
mod listens;
mod log;
mod one_at_a_time;
mod pipeline;
mod profile;
mod recent;
mod runs;
mod tokens;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_config::identity::IdentityCache;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_sdk_codepipeline::config::{Credentials, SharedCredentialsProvider};
use secrecy::ExposeSecret;
use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{ExecutionDetail, Pipeline};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::{self, Closeness};
use slipway_core::team::Team;
use slipway_core::time::At;

use crate::clock::{Clock, System};
use crate::endpoints::{AwsAccount, AwsKeys, Door, Endpoints};
use crate::outcome::{Heard, Pause};
use kept::Kept;
use listens::Listens;
use profile::Profile;

pub use log::{LogAnswer, LogPage};

const AWS: &str = "AWS";
const CONNECT: Duration = Duration::from_secs(5);
/// For the first byte of an answer. It does not count what a profile takes to give credentials.
const ANSWER: Duration = Duration::from_secs(10);
const OPERATION: Duration = Duration::from_secs(30);
/// Longer than a profile is waited for, so that it is told which of the two took too long.
const CREDENTIALS: Duration = Duration::from_secs(25);

/// One sign-in at AWS in one region. Cheap to share.
pub struct Aws {
    region: String,
    sts: aws_sdk_sts::Client,
    pipelines: aws_sdk_codepipeline::Client,
    /// Sends once.
    writes: aws_sdk_codepipeline::Client,
    builds: aws_sdk_codebuild::Client,
    logs: aws_sdk_cloudwatchlogs::Client,
    /// Whether the pipeline has a page in the console: not what is pretended on this computer.
    console: bool,
    /// Whether calls are counted by anybody.
    frugal: bool,
    pause: Pause,
    heard: Arc<Heard>,
    profile: Option<Profile>,
    kept: Mutex<Kept>,
    clock: Arc<dyn Clock>,
}

impl Aws {
    /// Clients for one sign-in in one region. Sends nothing yet.
    ///
    /// # Errors
    /// When an address is neither https nor on this computer, or the key is not usable.
    pub fn sign_in(
        endpoints: &Endpoints,
        region: &str,
        account: &AwsAccount,
    ) -> Result<Self, Problem> {
        match account {
            AwsAccount::Keys(keys) => Self::connect(endpoints, region, keys),
            AwsAccount::Profile(name) => {
                let door = door(endpoints.aws.as_deref())?;
                let files = endpoints.aws_files.as_ref();
                let profile = Profile::named(name, files, region, door);
                Self::open(endpoints, region, profile.provider(), Some(profile))
            }
        }
    }

    /// Clients for one access key in one region. Sends nothing yet. Neither the environment nor a profile is read, so
    /// that calls go nowhere but where the endpoints say; proxies are taken from the environment.
    ///
    /// # Errors
    /// When an address is neither https nor on this computer, or the key is not usable.
    pub fn connect(endpoints: &Endpoints, region: &str, keys: &AwsKeys) -> Result<Self, Problem> {
        let token = keys.session_token.as_ref().map(ExposeSecret::expose_secret);
        if !graphic(&keys.access_key_id)
            || !graphic(keys.secret_access_key.expose_secret())
            || !token.is_none_or(graphic)
        {
            return Err(unusable(
                "The AWS access key is not usable.",
                "Copy the key again; it has no spaces.",
            ));
        }
        let secret = keys.secret_access_key.expose_secret();
        let credentials = Credentials::new(
            &keys.access_key_id,
            secret,
            token.map(ToOwned::to_owned),
            None,
            "slipway",
        );
        let provider = SharedCredentialsProvider::new(credentials);
        Self::open(endpoints, region, provider, None)
    }

    fn open(
        endpoints: &Endpoints,
        region: &str,
        provider: SharedCredentialsProvider,
        profile: Option<Profile>,
    ) -> Result<Self, Problem> {
        let all = door(endpoints.aws.as_deref())?;
        let pipelines = door(endpoints.aws_codepipeline.as_deref())?.or_else(|| all.clone());
        if !graphic(region)
            || !region
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return Err(unusable(
                "The AWS region is not usable.",
                "Set a region such as us-east-2.",
            ));
        }
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .read_timeout(ANSWER)
            .operation_timeout(OPERATION)
            .build();
        // One for all clients: what a profile runs is run once for all of them.
        let identities = IdentityCache::lazy().load_timeout(CREDENTIALS).build();
        let config = |door: Option<&Door>| {
            let mut config = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(region.to_owned()))
                .credentials_provider(provider.clone())
                .identity_cache(identities.clone())
                .timeout_config(timeouts.clone())
                .retry_config(RetryConfig::standard().with_max_attempts(2));
            config.set_app_name(AppName::new("Slipway").ok());
            if let Some(door) = door {
                config.set_endpoint_url(Some(door.base().to_owned()));
                if door.base().starts_with("http://") {
                    // What stays on this computer does not go through a proxy.
                    config
                        .set_http_client(Some(aws_smithy_http_client::Builder::new().build_http()));
                }
            }
            config.build()
        };
        let others = config(all.as_ref());
        let own = config(pipelines.as_ref());
        let heard = Arc::<Heard>::default();
        let client = || {
            aws_sdk_codepipeline::config::Builder::from(&own).interceptor(Listens(heard.clone()))
        };
        let once = client().retry_config(RetryConfig::disabled()).build();
        Ok(Self {
            console: !pipelines
                .as_ref()
                .is_some_and(|door| door.base().starts_with("http://")),
            region: region.to_owned(),
            sts: aws_sdk_sts::Client::new(&others),
            pipelines: aws_sdk_codepipeline::Client::from_conf(client().build()),
            writes: aws_sdk_codepipeline::Client::from_conf(once),
            builds: aws_sdk_codebuild::Client::new(&others),
            logs: aws_sdk_cloudwatchlogs::Client::new(&others),
            frugal: !pipelines.is_some_and(|door| door.is_loopback()),
            pause: Pause::default(),
            heard,
            profile,
            kept: Mutex::default(),
            clock: Arc::new(System),
        })
    }

    /// The same, on another clock than this computer's.
    #[must_use]
    pub fn on(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    fn now(&self) -> Instant {
        self.clock.instant().into_std()
    }

    /// The same, asking a service on this computer no more than AWS itself, which counts.
    #[must_use]
    pub fn frugal(mut self) -> Self {
        self.frugal = true;
        self
    }

    /// Who we are there, and what we may do: each read that Slipway needs is tried once.
    ///
    /// # Errors
    /// When AWS does not know us, or cannot be asked. A permission that is missing is no error.
    pub async fn check(&self, team: &Team) -> Result<Standing, Problem> {
        check::read(self, team).await
    }

    /// The pipeline, its stages now and its recent executions (`GetCallerIdentity`, `GetPipeline`,
    /// `GetPipelineState`, `ListPipelineExecutions`).
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub async fn pipeline(&self, team: &Team) -> Result<Pipeline, Problem> {
        self.pipeline_since(team, None).await
    }

    /// The same, with all executions back to then, if there are more than the newest hundred.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub async fn pipeline_since(
        &self,
        team: &Team,
        since: Option<At>,
    ) -> Result<Pipeline, Problem> {
        pipeline::read(self, team, since).await
    }

    /// One execution with its action runs, its newest build and the end of that build's log
    /// (`ListActionExecutions`, `BatchGetBuilds`, `GetLogEvents`).
    ///
    /// # Errors
    /// When the execution or its runs cannot be read; a build or log that this key may not see is left out.
    pub async fn execution(
        &self,
        team: &Team,
        id: &ExecutionId,
    ) -> Result<ExecutionDetail, Problem> {
        self.execution_closely(team, id, rules::closeness(true))
            .await
    }

    /// The same; what was read of it lately is kept for so long.
    ///
    /// # Errors
    /// The same.
    pub async fn execution_closely(
        &self,
        team: &Team,
        id: &ExecutionId,
        closeness: Closeness,
    ) -> Result<ExecutionDetail, Problem> {
        execution::read(self, team, id, closeness).await
    }

    /// Sends one write, once.
    pub async fn act(&self, team: &Team, action: &Action) -> Outcome {
        act::send(self, team, action).await
    }

    /// How much longer AWS asked to be left alone, after a [`Throttled`](slipway_core::problem::Code::Throttled).
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        self.pause.left()
    }
}

impl Aws {
    /// What AWS's clock showed in its last answer, and when that arrived.
    pub(crate) fn time_there(&self) -> Option<(At, Instant)> {
        self.heard.last()
    }
}

fn door(address: Option<&str>) -> Result<Option<Door>, Problem> {
    address.map(|address| Door::to(AWS, address)).transpose()
}

fn graphic(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn unusable(what: &str, remedy: &str) -> Problem {
    Problem::new(
        Code::SignedOut,
        what,
        "Slipway cannot sign in to AWS.",
        remedy,
    )
}
