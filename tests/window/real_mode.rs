//! The team's services instead of practice: signed in by hand, a whole release, signed out.

use std::collections::BTreeMap;

use crate::desktop::Desktop;
use crate::journey::Journey;
use crate::keyring::{Keyring, witness};
use crate::services::Services;

#[tokio::test(flavor = "multi_thread")]
async fn a_release_with_the_accounts_in_the_keychain() {
    let mut desktop = Desktop::start().await;
    let _keyring = Keyring::start(&desktop).await;
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "real").await;
    assert_eq!(witness(&journey.desktop), BTreeMap::new());
    journey.browser.await_screen("home").await;
    journey.picture("home").await;

    journey.sign_in(&services).await;
    let kept = BTreeMap::from(services.items());
    assert_eq!(witness(&journey.desktop), kept, "kept, and nothing else");
    journey.picture("accounts").await;

    journey.start_maintenance().await;
    journey.walk_until_done("merge").await;
    journey.restart().await;
    journey.go_on().await;
    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;
    assert_eq!(witness(&journey.desktop), kept, "unchanged");
    for place in ["notices", "settings"] {
        journey.go(place).await;
        journey.picture(place).await;
    }

    journey.sign_out().await;
    journey.picture("accounts-signed-out").await;
    assert_eq!(witness(&journey.desktop), BTreeMap::new(), "all gone");
    let asked = services.sim.requests().len();
    journey.restart().await;
    journey.browser.await_screen("home").await;
    journey.go("accounts").await;
    journey.await_account("github", "signed-out").await;
    journey.browser.look().await;
    assert_eq!(services.sim.requests().len(), asked, "nobody is asked");
}

impl Journey {
    /// Opens the form of the next maintenance, whichever day it is.
    pub(crate) async fn start_maintenance(&self) {
        self.go("home").await;
        self.browser
            .click_when_usable("action-start-maintenance")
            .await;
        self.browser.await_screen("branch").await;
    }

    /// Opens the release that is under way.
    pub(crate) async fn go_on(&self) {
        self.browser.await_screen("home").await;
        self.browser.click("[data-testid^=\"open-\"]").await;
    }
}
