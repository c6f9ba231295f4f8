//! Desktop notices of a release, shown by a real daemon, by one that goes, and by one that never answers.

use std::collections::BTreeSet;

use crate::browser::handle;
use crate::desktop::Desktop;
use crate::journey::Journey;
use crate::keyring::Keyring;
use crate::notices::{Dunst, Hung, Monitor};
use crate::services::Services;
use crate::wait;

#[tokio::test(flavor = "multi_thread")]
async fn each_change_once_also_over_a_new_start_and_a_click_opens_its_step() {
    let mut desktop = Desktop::start().await;
    let _keyring = Keyring::start(&desktop).await;
    let dunst = Dunst::start(&desktop).await;
    let monitor = Monitor::start(&desktop);
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "told").await;
    journey.sign_in(&services).await;
    journey.start_maintenance().await;
    journey.walk_until_done("merge").await;
    journey.await_told(&monitor, 1).await;

    journey.go("home").await;
    dunst.click(&journey.desktop);
    journey.browser.await_screen("approval").await;

    journey.restart().await;
    journey.go_on().await;
    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;

    let events = journey.events().await;
    assert_eq!(events, ["approval-needed", "building", "succeeded"]);
    journey.await_told(&monitor, events.len()).await;
    journey.restart().await;
    journey.browser.await_screen("home").await;
    journey.browser.look().await;
    assert_eq!(journey.events().await, events, "nothing is told again");
    let told = monitor.notices();
    let titles: BTreeSet<&str> = told.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(
        (told.len(), titles.len()),
        (events.len(), events.len()),
        "{told:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_that_dies_never_answers_or_comes_back_holds_nothing_up() {
    let mut desktop = Desktop::start().await;
    let _keyring = Keyring::start(&desktop).await;
    let dunst = Dunst::start(&desktop).await;
    let monitor = Monitor::start(&desktop);
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "told-nobody").await;
    journey.sign_in(&services).await;
    journey.start_maintenance().await;
    journey.walk_until_done("merge").await;
    journey.await_told(&monitor, 1).await;
    drop(dunst);
    let hung = Hung::start(&journey.desktop).await;
    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;
    let events = journey.events().await;
    assert_eq!(events, ["approval-needed", "building", "succeeded"]);
    hung.end().await;

    // The test notice says what became of it: first that there is nobody, then that it is shown.
    journey.go("settings").await;
    let nobody = journey.test_notice(None).await;
    let _dunst = Dunst::start(&journey.desktop).await;
    // What is so now is made up for, and nothing of what came before it.
    journey.await_told(&monitor, 2).await;
    journey.test_notice(Some(&nobody)).await;
    journey.await_told(&monitor, 3).await;
    let told: Vec<String> = monitor.notices().into_iter().map(|it| it.title).collect();
    assert!(told[1].contains("Deployed to production"), "{told:?}");
}

impl Journey {
    async fn await_told(&self, monitor: &Monitor, times: usize) {
        let told = wait::until(wait::LIMIT, async || {
            (monitor.notices().len() >= times).then_some(())
        });
        if told.await.is_none() {
            let what = format!("told {:?}, and not {times} times", monitor.notices());
            self.browser.fail(&what).await;
        }
        assert_eq!(monitor.notices().len(), times, "{:?}", monitor.notices());
    }

    /// What the window lists, oldest first.
    async fn events(&self) -> Vec<String> {
        self.go("notices").await;
        let listed = self.browser.run(
            "return [...document.querySelectorAll('[data-testid=\"notice\"]')].map((it) => it.dataset.event).reverse();",
        );
        listed.await
    }

    /// Asks for a test notice, and waits for what is said of it, which is not what was said before.
    async fn test_notice(&self, before: Option<&str>) -> String {
        self.browser.click_when_usable("action-test-notice").await;
        let said = wait::until(wait::LIMIT, async || {
            let said = self.browser.text(&handle("test-notice")).await?;
            (!said.is_empty() && Some(said.as_str()) != before).then_some(said)
        });
        match said.await {
            Some(said) => said,
            None => {
                self.browser
                    .fail("nothing is said of the test notice")
                    .await
            }
        }
    }
}
