//! A build that fails, on its screen.

use serde_json::{Value, json};

use crate::browser::{Button, handle};
use crate::journey::{Hand, Journey};
use crate::wait;

/// A failure, its kind on the card, and what is filled then. Of every kind that a build can fail with; what people decide,
/// and what expires, has pictures of its own.
fn failures() -> [(&'static str, Value, &'static str, &'static str); 8] {
    let cannot_start = |words: &str, code: &str| {
        format!(
            "Error calling startBuild: {words} (Service: AWSCodeBuild; Status Code: 400; Error Code: {code}; Request ID: 5b1c)"
        )
    };
    let no_slot = cannot_start(
        "Cannot have more than 20 active builds for the account",
        "AccountLimitExceededException",
    );
    let no_project = cannot_start(
        "Project cannot be found: arn:aws:codebuild:us-east-2:418295017734:project/etl",
        "ResourceNotFoundException",
    );
    [
        (
            "no-free-slot",
            json!({"phase": "NONE", "message": no_slot}),
            "limit",
            "retry-stage",
        ),
        (
            "missing",
            json!({"phase": "NONE", "message": no_project}),
            "missing",
            "retry-stage",
        ),
        (
            "permission",
            json!({"phase": "POST_BUILD", "message": "Error while executing command: docker push $REPOSITORY_URI:latest. Reason: exit status 1",
                "log": ["The push refers to repository [etl]", "no basic auth credentials"]}),
            "permission",
            "retry-stage",
        ),
        (
            "network",
            json!({"ends": "FAULT", "phase": "PROVISIONING", "code": "INTERNAL_SERVICE_ERROR", "message": "CodeBuild is experiencing an issue"}),
            "network",
            "retry-stage",
        ),
        (
            "image",
            json!({"phase": "PROVISIONING", "code": "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", "message": "Unable to pull the image"}),
            "image",
            "retry-stage",
        ),
        (
            "configuration",
            json!({"phase": "NONE", "error_code": "ConfigurationError", "message": "The action configuration is wrong"}),
            "configuration",
            "retry-stage",
        ),
        (
            "unknown",
            json!({"phase": "NONE", "message": "The moon is full"}),
            "unknown",
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
            // What ran is read a moment after the failure was seen.
            let means = journey.browser.text("[data-screen], main").await?;
            let is_read = means.contains("Production still runs");
            (is_read && shown.as_deref() == Some(kind) && primary.action() == filled).then_some(())
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
        if picture == "no-free-slot" {
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
    journey.browser.click_when_usable("action-roll-back").await;
    let asked = journey.browser.text(".dlg__in").await;
    let asked = asked.expect("it asks");
    for said in ["Roll Build back?", "docker-production", "not out then"] {
        assert!(asked.contains(said), "{said} is missing: {asked}");
    }
    journey.picture("roll-back").await;
    journey.browser.click(&handle("cancel")).await;
    journey.browser.click(&handle("action-start-hotfix")).await;
    journey.browser.await_screen("hotfix").await;
    let name = journey.browser.typed("field-fix-name").await;
    assert_eq!(name.as_deref(), Some("fix-docker-build"));
}
