//! A build that fails, on its screen.

use serde_json::{Value, json};

use crate::browser::{Button, handle};
use crate::journey::{Hand, Journey};
use crate::wait;

/// A failure, its kind on the card, and what is filled then.
fn failures() -> [(&'static str, Value, &'static str, &'static str); 2] {
    [
        (
            "no-free-slot",
            json!({"phase": "NONE", "message": "Error calling startBuild: Cannot have more than 20 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 5b1c)"}),
            "limit",
            "retry-stage",
        ),
        (
            "code",
            json!({"message": "Error while executing command: docker build --tag $REPOSITORY_URI:latest . Reason: exit status 1",
                "log": ["#8 [5/6] RUN python -m compileall -q etl", "#8 0.412 *** Error compiling 'etl/load.py'...", "#8 0.413 SyntaxError: invalid syntax"]}),
            "code",
            "start-hotfix",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_build_says_what_it_is_and_what_can_be_done() {
    let mut journey = Journey::begin("failed", Hand::Mouse).await;
    for (_, failure, ..) in failures() {
        journey.sim.order("build/fail", failure).await;
    }
    journey.walk_until_done("approval").await;
    for (picture, _, kind, filled) in failures() {
        let seen = wait::until(wait::LIMIT, async || {
            journey
                .sim
                .advance(std::time::Duration::from_secs(10))
                .await;
            let shown = journey.browser.attribute("failure-kind", "data-kind").await;
            let primary = journey.browser.primary().await?;
            (shown.as_deref() == Some(kind) && primary.action() == filled).then_some(())
        })
        .await;
        if seen.is_none() {
            journey
                .browser
                .fail(&format!("no card that says {kind}"))
                .await;
        }
        let card = journey
            .browser
            .text("[data-screen], main")
            .await
            .unwrap_or_default();
        for said in [
            "Production still runs",
            "codepipeline:RetryStageExecution",
            "Start a hotfix",
        ] {
            assert!(card.contains(said), "{said} is missing: {card}");
        }
        if filled == "retry-stage" {
            journey.browser.click_when_usable("action-remind-10").await;
            let said = wait::until(wait::LIMIT, async || {
                journey.browser.text(&handle("reminder")).await
            });
            let said = said.await.expect("the card says when");
            assert!(said.starts_with("Slipway reminds you at "), "{said}");
        }
        journey.picture(picture).await;
        if filled == "retry-stage" {
            journey.press(Button::plain("action-retry-stage")).await;
        }
    }
    journey.browser.click(&handle("action-start-hotfix")).await;
    journey.browser.await_screen("hotfix").await;
    let name = journey.browser.typed("field-fix-name").await;
    assert_eq!(name.as_deref(), Some("fix-docker-build"));
}
