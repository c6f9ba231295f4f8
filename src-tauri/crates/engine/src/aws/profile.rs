//! A profile of the AWS configuration files: `credential_process`, static keys, and roles taken on from either.
//!
//! The SDK's own provider reads it, so what ends is fetched anew by itself. Profiles whose tokens the SDK would keep in
//! plain files are refused
//! (<https://docs.aws.amazon.com/sdkref/latest/guide/understanding-sso.html>: `~/.aws/sso/cache`).

use std::time::Duration;

use aws_config::Region;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use slipway_core::problem::{Code, Problem};
use slipway_core::text::{cut, line};

use super::error::{AwsError, chain};
use super::guard::Guard;
use super::one_at_a_time::OneAtATime;
use crate::endpoints::{AwsFiles, Door};

/// How long a call waits for credentials. What gives them goes on after that, and the next call waits for the same.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// Roles that are taken on one from the other.
const CHAIN: usize = 8;
/// Settings whose tokens end up in plain files.
const PLAIN: [&str; 3] = ["sso_session", "sso_start_url", "login_session"];

/// A profile, and where its credentials come from.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    name: String,
    files: EnvConfigFiles,
    provider: SharedCredentialsProvider,
}

impl Profile {
    pub(super) fn named(
        name: &str,
        files: Option<&AwsFiles>,
        region: &str,
        door: Option<Door>,
    ) -> Self {
        let files = match files {
            Some(files) => EnvConfigFiles::builder()
                .with_file(EnvConfigFileKind::Config, &files.config)
                .with_file(EnvConfigFileKind::Credentials, &files.credentials)
                .build(),
            None => EnvConfigFiles::default(),
        };
        let config = ProviderConfig::without_region()
            .with_region(Some(Region::new(region.to_owned())))
            .with_http_client(Guard::of(door));
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&config)
            .profile_name(name)
            .profile_files(files.clone())
            .build();
        Self {
            name: name.to_owned(),
            files,
            provider: SharedCredentialsProvider::new(OneAtATime::new(provider, PATIENCE)),
        }
    }

    pub(super) fn provider(&self) -> SharedCredentialsProvider {
        self.provider.clone()
    }

    /// Reads the files, and tells whether the profile takes on a role.
    ///
    /// # Errors
    /// Which of the many things is wrong with them.
    pub(super) async fn check(&self) -> Result<bool, Problem> {
        let name = line(&self.name, 200);
        let set = self.read().await?;
        if set.is_empty() {
            return Err(problem(
                "There is no AWS configuration on this computer.",
                format!("~/.aws/config and ~/.aws/credentials hold no profile, so {name} is none."),
                "Make the profile with the AWS command line (aws configure), or use an access key.",
            ));
        }
        let mut here = self.name.as_str();
        let mut takes_a_role = false;
        for _ in 0..CHAIN {
            let Some(profile) = set.get_profile(here) else {
                return Err(self.missing(here, &set));
            };
            if let Some(setting) = PLAIN.iter().find(|key| profile.get(key).is_some()) {
                return Err(kept_in_plain(&name, setting));
            }
            takes_a_role |= profile.get("role_arn").is_some();
            match profile.get("source_profile") {
                Some(next) if next != here => here = next,
                Some(_) | None => break,
            }
        }
        Ok(takes_a_role)
    }

    /// Why it gave no credentials, when that is what went wrong.
    pub(super) fn trouble(&self, error: &AwsError, takes_a_role: bool) -> Option<Problem> {
        let name = line(&self.name, 200);
        match error {
            AwsError::NoCredentials(raw) => Some(no_credentials(&name, takes_a_role, raw)),
            AwsError::NoCredentialsYet(raw) => Some(not_yet(&name, raw)),
            AwsError::NotSent(_)
            | AwsError::Lost(_)
            | AwsError::Broken(_)
            | AwsError::Said { .. } => None,
        }
    }

    async fn read(&self) -> Result<ProfileSet, Problem> {
        let (disk, environment) = Default::default();
        let name = Some(self.name.clone().into());
        let read = aws_config::profile::load(&disk, &environment, &self.files, name).await;
        read.map_err(|error| {
            problem(
                "Your AWS configuration cannot be read.",
                "Slipway does not know what the profile says.".to_owned(),
                "Correct ~/.aws/config or ~/.aws/credentials, then sign in again.",
            )
            .with_raw(&chain(&error))
        })
    }

    fn missing(&self, wanted: &str, set: &ProfileSet) -> Problem {
        let mut known: Vec<&str> = set.profiles().collect();
        known.sort_unstable();
        let known = cut(&known.join(", "), 300);
        let wanted = line(wanted, 200);
        let what = match wanted == self.name {
            true => format!("Your AWS configuration has no profile {wanted}."),
            false => format!(
                "The profile {} builds on the profile {wanted}, which is not there.",
                line(&self.name, 200)
            ),
        };
        problem(
            &what,
            format!("It has: {known}."),
            "Check the name, or make the profile.",
        )
    }
}

fn kept_in_plain(name: &str, setting: &str) -> Problem {
    problem(
        &format!(
            "The profile {name} ({setting}) would keep its sign-in unencrypted in a file, so Slipway does not use it."
        ),
        "Slipway keeps sign-ins in the keychain and nowhere else.".to_owned(),
        "Use a profile with credential_process, role_arn or keys, or an access key.",
    )
}

fn no_credentials(name: &str, takes_a_role: bool, raw: &str) -> Problem {
    let problem = if raw.contains("not AWS’s") {
        problem(
            &format!("The profile {name} leads to an address that is not AWS’s."),
            "Nothing was sent there.".to_owned(),
            "Remove endpoint_url from the profile; where AWS is, is set for Slipway as a whole.",
        )
    } else if raw.contains("external process") {
        problem(
            &format!("The credential_process of the profile {name} does not give credentials."),
            "Slipway cannot sign in to AWS with it.".to_owned(),
            "Run the command of credential_process yourself, put right what it complains about, then sign in again.",
        )
    } else if takes_a_role {
        problem(
            &format!("AWS does not let the profile {name} take on its role."),
            "Slipway cannot sign in to AWS with it.".to_owned(),
            "Check role_arn, and ask whoever manages AWS for sts:AssumeRole on it.",
        )
    } else {
        problem(
            &format!("The profile {name} holds no credentials."),
            "Slipway cannot sign in to AWS with it.".to_owned(),
            "Give it credential_process, role_arn or keys, or use an access key.",
        )
    };
    problem.with_raw(raw)
}

fn not_yet(name: &str, raw: &str) -> Problem {
    Problem::new(
        Code::Unreachable,
        format!(
            "The profile {name} gave no credentials within {} seconds.",
            PATIENCE.as_secs()
        ),
        "Slipway cannot see AWS before it does. Its credential_process may still be running.",
        "Do what it asks for, then sign in again. If it hangs, end it first.",
    )
    .with_raw(raw)
}

fn problem(what: &str, means: String, remedy: &str) -> Problem {
    Problem::new(Code::SignedOut, what, means, remedy)
}
