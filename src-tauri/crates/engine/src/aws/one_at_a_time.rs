//! Credentials that may take long: a `credential_process` can wait for a person, or for ever.

use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, Result, future};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Asks another provider, never twice at a time. Who does not get an answer in time goes away without it; the question
/// stays open, and the next one who comes waits for the same answer.
#[derive(Debug)]
pub(super) struct OneAtATime<P> {
    provider: Arc<P>,
    patience: Duration,
    asked: Mutex<Option<JoinHandle<Result>>>,
}

impl<P: ProvideCredentials + 'static> OneAtATime<P> {
    pub(super) fn new(provider: P, patience: Duration) -> Self {
        Self {
            provider: Arc::new(provider),
            patience,
            asked: Mutex::default(),
        }
    }

    async fn credentials(&self) -> Result {
        tokio::time::timeout(self.patience, self.answer())
            .await
            .unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(self.patience)))
    }

    async fn answer(&self) -> std::result::Result<Credentials, CredentialsError> {
        let mut asked = self.asked.lock().await;
        let answer = asked
            .get_or_insert_with(|| {
                let provider = self.provider.clone();
                tokio::spawn(async move { provider.provide_credentials().await })
            })
            .await;
        *asked = None;
        answer.map_err(CredentialsError::unhandled)?
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for OneAtATime<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}
