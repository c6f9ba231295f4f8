//! Signing in and out, as a person does it.

use crate::browser::handle;
use crate::journey::Journey;
use crate::services::Services;
use crate::wait;

pub(crate) const SERVICES: [&str; 3] = ["github", "aws", "slack"];

impl Journey {
    /// Types every account in, and waits until the services have said who that is.
    pub(crate) async fn sign_in(&self, services: &Services) {
        for service in SERVICES {
            self.sign_in_to(service, services).await;
        }
    }

    pub(crate) async fn sign_in_to(&self, service: &str, services: &Services) {
        let secrets = &services.secrets;
        let fields = match service {
            "github" => vec![("field-github-token", &secrets.github_token)],
            "aws" => vec![
                ("field-aws-access-key-id", &secrets.aws_access_key_id),
                (
                    "field-aws-secret-access-key",
                    &secrets.aws_secret_access_key,
                ),
            ],
            _ => vec![("field-slack-token", &secrets.slack_bot_token)],
        };
        self.go("accounts").await;
        self.enter(service, &fields).await;
        self.await_account(service, "signed-in").await;
    }

    /// Fills the form of one service and sends it.
    pub(crate) async fn enter(&self, service: &str, fields: &[(&str, &String)]) {
        self.unfold(service).await;
        for (field, text) in fields {
            self.browser.click(&handle(field)).await;
            self.browser.write(text).await;
        }
        let button = handle(&format!("action-sign-in-{service}"));
        self.browser.click(&button).await;
    }

    /// Signs out of everything.
    pub(crate) async fn sign_out(&self) {
        self.go("accounts").await;
        for service in SERVICES {
            self.unfold(service).await;
            let button = handle(&format!("action-sign-out-{service}"));
            self.browser.click(&button).await;
            self.browser.await_screen("dialog-sign-out").await;
            self.browser.confirm().await;
            self.await_account(service, "signed-out").await;
        }
    }

    /// Waits for a sign-in to be so, on the screen of accounts.
    pub(crate) async fn await_account(&self, service: &str, state: &str) {
        self.await_state(&format!("account-{service}"), state).await;
    }

    /// Waits for what carries a handle to be in a state.
    pub(crate) async fn await_state(&self, testid: &str, state: &str) {
        let reached = wait::until(wait::LIMIT, async || {
            let shown = self.browser.attribute(testid, "data-state").await;
            (shown.as_deref() == Some(state)).then_some(())
        });
        if reached.await.is_none() {
            let shown = self.browser.attribute(testid, "data-state").await;
            let what = format!("{testid} is {shown:?} and never {state:?}");
            self.browser.fail(&what).await;
        }
    }

    async fn unfold(&self, service: &str) {
        if !self
            .browser
            .is_unfolded(&format!("account-{service}"))
            .await
        {
            let fold = handle(&format!("fold-{service}"));
            self.browser.click(&fold).await;
        }
    }
}
