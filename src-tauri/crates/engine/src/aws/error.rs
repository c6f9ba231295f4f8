//! What can come back instead of an answer ("Common error types" of each API reference, and each operation's own).

use std::error::Error;
use std::time::Duration;

use aws_sdk_codepipeline::config::http::HttpResponse;
use aws_sdk_codepipeline::error::{ProvideErrorMetadata, SdkError};
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;
use slipway_core::text::cut;

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
            Self::NotSent(_) | Self::Lost(_) | Self::Broken(_) => "",
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

    fn is_about_the_sign_in(&self) -> bool {
        matches!(
            self.code(),
            "ExpiredToken"
                | "ExpiredTokenException"
                | "RequestExpired"
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

    /// Whether a write that ended so may have had an effect. Three refusals also come when our own first request was
    /// carried out and its reply was lost, or when somebody does the same at the same time.
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::Lost(_) | Self::Broken(_) => Effect::Possible,
            Self::NotSent(_) => Effect::None,
            Self::Said { code, .. } => match code.as_str() {
                "ApprovalAlreadyCompletedException"
                | "InvalidApprovalTokenException"
                | "ConflictException"
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
                Self::Lost(_) | Self::Broken(_) | Self::Said { .. } => {
                    outcome::no_answer(AWS, &raw)
                }
            };
        };
        if self.is_throttled() {
            return outcome::throttled(AWS, THROTTLED_FOR, &raw);
        }
        if self.is_about_the_sign_in() {
            let remedy = match code.contains("Signature") {
                true => "Check this computer's clock, then sign in again.",
                false => "Sign in again, or save a new access key in Settings.",
            };
            return outcome::signed_out(AWS, remedy, &raw);
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
                "Check the account, the region and the name in Settings.",
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

fn chain(error: &(dyn Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        words = format!("{words}: {source}");
        next = source.source();
    }
    cut(&words, 1000)
}
