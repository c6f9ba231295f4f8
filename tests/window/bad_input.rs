//! What cannot be done is said in one plain sentence, where it was asked for, and nothing that was typed is lost.

use serde_json::json;

use crate::browser::{Browser, Button, handle};
use crate::desktop::Desktop;
use crate::disk::Disk;
use crate::journey::{Hand, Journey};
use crate::wait;

const NAME: &str = "login-timeout";

#[tokio::test(flavor = "multi_thread")]
async fn a_fix_name_that_cannot_be_used_or_is_taken() {
    let journey = form("bad-name").await;
    for (typed, said) in [
        ("", "Give the fix a name, such as login-timeout."),
        ("---", "Use letters or digits, such as login-timeout."),
    ] {
        journey.fill_anew("field-fix-name", typed).await;
        if !typed.is_empty() {
            journey.await_text(".verdict .err", said).await;
        }
        assert_eq!(journey.browser.primary().await, None, "{typed:?}");
        assert_eq!(journey.typed().await, typed);
    }

    journey.fill_anew("field-fix-name", NAME).await;
    journey
        .await_text(".verdict .okay", "This name is free.")
        .await;
    let branch = journey.browser.text(&handle("branch-name")).await;
    let branch = branch.expect("the name is shown");
    journey
        .sim
        .order("branches", json!({ "name": branch }))
        .await;
    journey
        .sim
        .order(
            "push",
            json!({ "branch": branch, "message": "Mend something" }),
        )
        .await;
    // Whether the click or the next look comes first, the other one is left alone.
    journey.browser.click(&handle("action-create-branch")).await;
    journey
        .await_text(
            ".verdict .err",
            "This name is taken on that day. Use another one, such as login-timeout-2.",
        )
        .await;
    assert_eq!(journey.typed().await, NAME);
    assert_eq!(
        journey.branches_cut().await,
        0,
        "the other one is left alone"
    );

    journey.fill_anew("field-fix-name", "login-timeout-2").await;
    journey.create().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_exists_at_another_commit() {
    let journey = Journey::begin("other-commit", Hand::Mouse).await;
    journey.press_when_ready("action-start-maintenance").await;
    journey.browser.await_screen("branch").await;
    let branch = journey.await_some(&handle("branch-name")).await;
    journey
        .sim
        .order("branches", json!({ "name": branch }))
        .await;
    journey
        .sim
        .order(
            "push",
            json!({ "branch": branch, "message": "Mend something" }),
        )
        .await;

    let said = "This branch exists already, at ";
    journey.await_containing("main", said).await;
    assert_eq!(journey.branches_cut().await, 0);
    journey.press_when_ready("action-adopt-branch").await;
    journey.await_done("branch").await;
    assert_eq!(journey.branches_cut().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_network() {
    let journey = form("no-network").await;
    journey.fill_anew("field-fix-name", NAME).await;
    journey
        .await_text(".verdict .okay", "This name is free.")
        .await;
    journey.sim.cut_network().await;
    let said = "GitHub does not answer.";
    journey.await_containing(&handle("waterline"), said).await;
    assert_eq!(journey.browser.primary().await, None);
    assert_eq!(journey.typed().await, NAME);

    journey.sim.restore_network().await;
    journey.create().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk() {
    if let Some(why) = Disk::missing() {
        return println!("skipped: a disk of its own cannot be mounted here: {why}");
    }
    let mut desktop = Desktop::start().await;
    desktop.mount_disk();
    let mut journey = Journey::begin_on(desktop, "disk", Hand::Mouse).await;
    open_form(&mut journey).await;
    journey.fill_anew("field-fix-name", NAME).await;
    journey
        .await_text(".verdict .okay", "This name is free.")
        .await;

    journey.desktop.disk().fill();
    journey.press_when_ready("action-create-branch").await;
    let said = "The disk is full, so Slipway cannot keep its journal.";
    journey.await_text(&problem(), said).await;
    assert_eq!(journey.typed().await, NAME);
    assert_eq!(journey.branches_cut().await, 0, "nothing was sent");

    journey.desktop.disk().empty();
    journey.create().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_data_folder() {
    if let Some(why) = Disk::missing() {
        return println!("skipped: a disk of its own cannot be mounted here: {why}");
    }
    let mut desktop = Desktop::start().await;
    desktop.mount_disk();
    desktop.disk().lock();
    let browser = Browser::start(&desktop).await;
    let said = wait::until(wait::LIMIT, async || browser.text(&problem()).await).await;
    let said = said.expect("it is said");
    assert!(
        said.starts_with("Slipway cannot write to its data folder "),
        "{said}"
    );
}

/// The hotfix form, empty.
async fn form(name: &str) -> Journey {
    let mut journey = Journey::begin(name, Hand::Mouse).await;
    open_form(&mut journey).await;
    journey
}

async fn open_form(journey: &mut Journey) {
    journey.press(Button::plain("action-start-hotfix")).await;
    journey.browser.await_screen("hotfix").await;
}

/// The sentence of a notice of trouble.
fn problem() -> String {
    format!("{} h2", handle("problem"))
}

impl Journey {
    async fn typed(&self) -> String {
        let typed = self.browser.typed("field-fix-name").await;
        typed.expect("the form is still there")
    }

    /// Types over what is there.
    async fn fill_anew(&self, field: &str, text: &str) {
        self.browser.click(&handle(field)).await;
        self.browser.clear().await;
        self.browser.write(text).await;
    }

    async fn await_text(&self, css: &str, text: &str) {
        let shown = wait::until(wait::LIMIT, async || {
            let shown = self.browser.text(css).await;
            (shown.as_deref() == Some(text)).then_some(())
        });
        if shown.await.is_none() {
            self.browser.fail(&format!("never said: {text}")).await;
        }
    }

    async fn await_some(&self, css: &str) -> String {
        match wait::until(wait::LIMIT, async || self.browser.text(css).await).await {
            Some(text) => text,
            None => self.browser.fail(&format!("nothing at {css}")).await,
        }
    }

    async fn await_done(&self, step: &str) {
        let done = wait::until(wait::LIMIT, async || {
            (self.browser.state(step).await.as_deref() == Some("done")).then_some(())
        });
        if done.await.is_none() {
            self.browser.fail(&format!("{step} was never done")).await;
        }
    }

    async fn await_containing(&self, css: &str, text: &str) {
        let shown = wait::until(wait::LIMIT, async || {
            let shown = self.browser.text(css).await;
            shown.filter(|shown| shown.contains(text))
        });
        if shown.await.is_none() {
            self.browser.fail(&format!("never said: {text}")).await;
        }
    }

    /// Presses the screen's one button, which has to be this, as soon as it can be pressed.
    async fn press_when_ready(&self, action: &str) {
        let ready = wait::until(wait::LIMIT, async || {
            let button = self.browser.primary().await;
            button.filter(|button| button.testid == action)
        });
        match ready.await {
            Some(button) => self.browser.click(&button.css()).await,
            None => self.browser.fail(&format!("never ready: {action}")).await,
        }
    }

    /// Presses the button of the form; now it works.
    async fn create(&self) {
        self.press_when_ready("action-create-branch").await;
        self.await_done("branch").await;
        assert_eq!(self.branches_cut().await, 1);
    }

    async fn branches_cut(&self) -> usize {
        let requests = self.sim.requests().await;
        requests
            .iter()
            .filter(|it| it.operation == "git/create-ref" && it.effect)
            .count()
    }
}
