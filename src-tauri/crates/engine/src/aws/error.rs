//! What can come back instead of an answer ("Common error types" of each API reference, and each operation's own).

use std::error::Error;
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_codepipeline::config::http::HttpResponse;
use aws_sdk_codepipeline::error::{ProvideErrorMetadata, SdkError};
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;
use slipway_core::text::cut;

use super::profile::PATIENCE;
use super::{AWS, Aws};
use crate::outcome::{self, Effect};

/// AWS does not say how long to wait.
const THROTTLED_FOR: Duration = Duration::from_secs(10);

/// A call to AWS that did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum AwsError {
    /// No connection, so nothing was sent.
    #[error("no connection: {0}")]
    NotSent(String),
    /// A profile gave no credentials, so nothing was sent.
    #[error("no credentials: {0}")]
    NoCredentials(String),
    /// A profile gives no credentials yet, so nothing was sent.
    #[error("no credentials yet: {0}")]
    NoCredentialsYet(String),
    /// The connection broke or time ran out after the request may have left.
    #[error("no answer: {0}")]
    Lost(String),
    /// An answer that is not AWS's own, or says that AWS itself failed.
    #[error("not understood: {0}")]
    Broken(String),
    /// A refusal with a code; `action` is the IAM action that the call needs.
    #[error("{code}: {message}")]
    Said {
        action: &'static str,
        code: String,
        message: String,
    },
}

impl Aws {
    /// Reads an error; a throttled call is remembered.
    pub(super) fn error<E>(
        &self,
        action: &'static str,
        error: SdkError<E, HttpResponse>,
    ) -> AwsError
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let error = AwsError::read(action, error);
        if error.is_throttled() {
            self.pause.wish(THROTTLED_FOR);
        }
        tracing::debug!(action, %error, "{AWS}");
        error
    }
}

impl AwsError {
    fn read<E>(action: &'static str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let words = chain(&error);
        match from_the_profile(&error) {
            Some(CredentialsError::ProviderTimedOut(_)) => return Self::NoCredentialsYet(words),
            Some(_) => return Self::NoCredentials(words),
            // Who waited behind another for the same credentials; the SDK's own error has no type that can be named.
            None if words.contains(WAITED) => return Self::NoCredentialsYet(words),
            None => {}
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "whatever kind the SDK adds: it may have been sent"
        )]
        match error {
            SdkError::ConstructionFailure(_) => Self::NotSent(words),
            SdkError::DispatchFailure(failure)
                if failure.is_user() || never_connected(&failure) =>
            {
                Self::NotSent(words)
            }
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) => Self::Lost(words),
            SdkError::ServiceError(refusal) => {
                let status = refusal.raw().status().as_u16();
                let message = cut(refusal.err().message().unwrap_or_default(), 1000);
                match refusal.err().code() {
                    Some(code) if status < 500 => Self::Said {
                        action,
                        code: cut(code, 100),
                        message,
                    },
                    code => Self::Broken(format!(
                        "status {status} {} {message}",
                        code.unwrap_or_default()
                    )),
                }
            }
            _ => Self::Broken(words),
        }
    }

    /// The code of a refusal.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Said { code, .. } => code,
            Self::NotSent(_)
            | Self::NoCredentials(_)
            | Self::NoCredentialsYet(_)
            | Self::Lost(_)
            | Self::Broken(_) => "",
        }
    }

    /// The IAM action that a refused call needs.
    pub(super) fn action(&self) -> Option<&'static str> {
        match self {
            Self::Said { action, .. } => Some(action),
            Self::NotSent(_)
            | Self::NoCredentials(_)
            | Self::NoCredentialsYet(_)
            | Self::Lost(_)
            | Self::Broken(_) => None,
        }
    }

    pub(super) fn is_denied(&self) -> bool {
        matches!(
            self.code(),
            "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "NotAuthorized"
        )
    }

    fn is_throttled(&self) -> bool {
        matches!(
            self.code(),
            "Throttling"
                | "ThrottlingException"
                | "ThrottledException"
                | "RequestThrottled"
                | "RequestThrottledException"
                | "RequestLimitExceeded"
                | "TooManyRequestsException"
                | "BandwidthLimitExceeded"
                | "SlowDown"
        )
    }

    /// The signature is right for another time (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>).
    fn is_about_the_clock(&self) -> bool {
        let Self::Said { code, message, .. } = self else {
            return false;
        };
        matches!(code.as_str(), "RequestTimeTooSkewed" | "RequestExpired")
            || message.starts_with("Signature expired")
            || message.starts_with("Signature not yet current")
    }

    fn is_about_the_sign_in(&self) -> bool {
        matches!(
            self.code(),
            "ExpiredToken"
                | "ExpiredTokenException"
                | "UnrecognizedClientException"
                | "InvalidClientTokenId"
                | "InvalidAccessKeyId"
                | "InvalidSignatureException"
                | "SignatureDoesNotMatch"
                | "IncompleteSignature"
                | "IncompleteSignatureException"
                | "MissingAuthenticationToken"
                | "MissingAuthenticationTokenException"
                | "AuthFailure"
        )
    }

    /// Whether a write that ended so may have had an effect. These refusals also come when our own first request was
    /// carried out and its reply was lost, or when somebody does the same at the same time.
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::Lost(_) | Self::Broken(_) => Effect::Possible,
            Self::NotSent(_) | Self::NoCredentials(_) | Self::NoCredentialsYet(_) => Effect::None,
            Self::Said { code, .. } => match code.as_str() {
                "ApprovalAlreadyCompletedException"
                | "InvalidApprovalTokenException"
                | "ConflictException"
                | "DuplicatedStopRequestException"
                | "ConcurrentModificationException" => Effect::Possible,
                _ => Effect::None,
            },
        }
    }

    /// The words for it, after trying to `doing` ("look at the pipeline", "retry the stage Build").
    pub(super) fn problem(&self, doing: &str, team: &Team) -> Problem {
        let raw = self.to_string();
        let Self::Said { action, code, .. } = self else {
            return match self {
                Self::NotSent(_) => outcome::unreachable(AWS, &raw),
                // Not an ended sign-in: the profile may give some at the next look.
                Self::NoCredentials(_) => Problem::new(
                    Code::Unreachable,
                    "Your AWS profile gives no credentials now.",
                    "Nothing was sent, and what is shown may be old.",
                    "Do what the profile needs, a sign-in on the command line for instance. Slipway tries again by itself.",
                )
                .with_raw(&raw),
                Self::NoCredentialsYet(_) => Problem::new(
                    Code::Unreachable,
                    format!(
                        "Your AWS profile gave no credentials within {} seconds.",
                        PATIENCE.as_secs()
                    ),
                    "Nothing was sent, and what is shown may be old. What the profile runs is not started a second time.",
                    "Do what it asks for. If its credential_process hangs, end it. Slipway tries again by itself.",
                )
                .with_raw(&raw),
                Self::Lost(_) | Self::Broken(_) | Self::Said { .. } => {
                    outcome::no_answer(AWS, &raw)
                }
            };
        };
        if self.is_throttled() {
            return outcome::throttled(AWS, THROTTLED_FOR, &raw);
        }
        if self.is_about_the_clock() {
            return Problem::new(
                Code::Unreachable,
                "AWS refuses this computer’s clock.",
                "It is five minutes off or more, so AWS takes no request from it; nothing was changed.",
                "Set the clock in the system’s settings. Slipway goes on by itself then.",
            )
            .with_raw(&raw);
        }
        if self.is_about_the_sign_in() {
            return sign_in(code, &raw);
        }
        if self.is_denied() {
            return Problem::new(
                Code::Forbidden,
                format!("You may not {doing}."),
                "Nothing was changed.",
                format!("Ask whoever manages AWS for the permission {action}."),
            )
            .with_raw(&raw);
        }
        let (pipeline, region) = (&team.pipeline, &team.region);
        match code.as_str() {
            "PipelineNotFoundException" => Problem::new(
                Code::Refused,
                format!("There is no pipeline {pipeline} in {region}."),
                "Slipway cannot follow the deploy.",
                "Check the account, and pipeline.region and pipeline.name in the team file.",
            ),
            "PipelineExecutionNotFoundException" => Problem::new(
                Code::Refused,
                format!("{pipeline} has no such execution."),
                "It may be older than AWS remembers.",
                "Look at the pipeline in the AWS console.",
            ),
            _ => Problem::new(
                Code::Refused,
                format!("AWS refuses to {doing}."),
                "Nothing was changed.",
                "Look at the pipeline in the AWS console.",
            ),
        }
        .with_raw(&raw)
    }
}

/// Which part of the sign-in AWS does not take ("Common Error Types" of each API reference).
fn sign_in(code: &str, raw: &str) -> Problem {
    let (what, remedy) = match code {
        "ExpiredToken" | "ExpiredTokenException" => (
            "Your AWS session has ended.",
            "Sign in again, or let the profile fetch new credentials.",
        ),
        "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "IncompleteSignatureException" => (
            "The secret access key does not belong to this access key ID.",
            "Copy both again. If they are right, set this computer's clock: AWS refuses a clock that is five minutes off.",
        ),
        _ => (
            "AWS does not know this access key.",
            "Copy the access key ID again. If it is right, the key was deleted or switched off: make a new one.",
        ),
    };
    outcome::signed_out_as(AWS, what, remedy, raw)
}

fn from_the_profile<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a CredentialsError> {
    let mut next = Some(error);
    while let Some(here) = next {
        if let Some(found) = here.downcast_ref() {
            return Some(found);
        }
        next = here.source();
    }
    None
}

fn never_connected(failure: &aws_smithy_runtime_api::client::result::DispatchFailure) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = failure.as_connector_error().map(|it| it as _);
    while let Some(here) = next {
        if here
            .downcast_ref::<hyper_util::client::legacy::Error>()
            .is_some_and(hyper_util::client::legacy::Error::is_connect)
        {
            return true;
        }
        next = here.source();
    }
    false
}

/// What the SDK's identity cache says when credentials are not there in time.
const WAITED: &str = "identity resolver timed out";

/// A `credential_process` may print anything before it fails, also what it should have kept to itself.
const PRINTED: &str = "Stderr:";

/// An error and what it comes from, without what another program printed.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        words = format!("{words}: {source}");
        next = source.source();
    }
    if let Some(printed) = words.find(PRINTED) {
        words.truncate(printed);
        words.push_str("What it printed is not shown; run it yourself to see that.");
    }
    cut(&words, 1000)
}
