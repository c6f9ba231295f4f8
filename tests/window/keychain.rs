//! A keychain that does not do what it is asked: what the window says, and how it goes on without being started again.

use crate::browser::handle;
use crate::desktop::Desktop;
use crate::journey::Journey;
use crate::keyring::{Keyring, plant, unplant, witness};
use crate::services::Services;

/// Signed in everywhere, with the secrets in the keychain.
struct Kept {
    journey: Journey,
    services: Services,
    keyring: Keyring,
}

impl Kept {
    async fn begin(name: &str) -> Self {
        let mut desktop = Desktop::start().await;
        let keyring = Keyring::start(&desktop).await;
        let services = Services::start(&mut desktop).await;
        let journey = Journey::begin_real(desktop, &services, name).await;
        journey.sign_in(&services).await;
        Self {
            journey,
            services,
            keyring,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_one_is_unlocked_without_a_new_start() {
    let kept = Kept::begin("keychain-locked").await;
    let (mut journey, services) = (kept.journey, kept.services);
    drop(kept.keyring);
    let keyring = Keyring::start_locked(&journey.desktop).await;
    journey.restart().await;
    journey.await_covered("locked").await;
    assert_eq!(
        services.sent_after(&journey).await,
        0,
        "nobody is asked without it"
    );

    keyring.unlock(&journey.desktop).await;
    journey.await_signed_in().await;
    assert_eq!(witness(&journey.desktop), services.items().into());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_after_the_app_is_opened_without_a_new_start() {
    let kept = Kept::begin("keychain-absent").await;
    let (mut journey, services) = (kept.journey, kept.services);
    drop(kept.keyring);
    journey.restart().await;
    journey.await_covered("absent").await;

    let _keyring = Keyring::start(&journey.desktop).await;
    journey.await_signed_in().await;
    assert_eq!(witness(&journey.desktop), services.items().into());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_items_of_one_name_are_not_guessed_between() {
    let kept = Kept::begin("keychain-ambiguous").await;
    let (mut journey, services) = (kept.journey, kept.services);
    let [_, (name, _), _] = services.items();
    plant(&journey.desktop, &name);
    journey.restart().await;
    journey.await_covered("ambiguous").await;
    let said = journey.browser.text(&handle("screen-keychain")).await;
    assert!(
        said.as_ref().is_some_and(|said| said.contains(&name)),
        "the item is named: {said:?}"
    );

    unplant(&journey.desktop, &name);
    journey
        .browser
        .click_when_usable("action-open-keychain")
        .await;
    journey.await_signed_in().await;
    assert_eq!(witness(&journey.desktop), services.items().into());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_bus_sign_ins_are_kept_in_memory_once_that_is_agreed_to() {
    let mut desktop = Desktop::start_without_bus().await;
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "keychain-no-bus").await;
    journey.go("accounts").await;
    let token = [("field-github-token", &services.secrets.github_token)];
    journey.enter("github", &token).await;
    journey.await_state("keychain", "absent").await;
    journey.picture("no-bus").await;
    journey.await_account("github", "signed-out").await;

    journey.browser.click_when_usable("action-use-memory").await;
    journey.browser.await_screen("dialog-use-memory").await;
    journey.picture("use-memory").await;
    journey.browser.confirm().await;
    journey.await_state("keychain", "memory").await;
    // What was typed is still there.
    let again = "action-sign-in-github";
    journey.browser.click_when_usable(again).await;
    journey.await_account("github", "signed-in").await;
    journey.sign_in_to("aws", &services).await;
    journey.sign_in_to("slack", &services).await;

    // It was agreed to for this run only.
    journey.restart().await;
    journey.go("accounts").await;
    journey.await_account("github", "signed-out").await;

    // A bus that comes later is found, and the keychain on it.
    journey.desktop.start_bus();
    let _keyring = Keyring::start(&journey.desktop).await;
    journey.sign_in(&services).await;
    assert_eq!(witness(&journey.desktop), services.items().into());
}

impl Journey {
    /// Waits until the whole window is about the keychain, and keeps a picture of it.
    async fn await_covered(&mut self, state: &str) {
        self.await_state("screen-keychain", state).await;
        self.picture(&format!("keychain-{state}")).await;
    }

    /// Nothing covers the window any more, and every service knows who this is.
    async fn await_signed_in(&self) {
        self.browser.await_screen("home").await;
        self.go("accounts").await;
        for service in crate::accounts::SERVICES {
            self.await_account(service, "signed-in").await;
        }
        self.await_state("keychain", "open").await;
    }
}

impl Services {
    /// How many requests came since the app was started anew, once it has looked.
    async fn sent_after(&self, journey: &Journey) -> usize {
        let before = self.sim.requests().len();
        journey.browser.look().await;
        self.sim.requests().len() - before
    }
}
