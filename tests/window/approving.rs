//! The question at the gate in everything that can be so there, for people to look at; and how far it is from the notice to
//! the answer.

use std::time::Duration;

use serde_json::json;

use crate::browser::handle;
use crate::desktop::Desktop;
use crate::journey::{Hand, Journey};
use crate::keyring::Keyring;
use crate::notices::{Dunst, Monitor};
use crate::services::Services;
use crate::wait;

/// Nobody approves what they started, and the sim's caller and the one who makes branches are one person.
const STRICT: &str = r#"
[approval]
forbid_own = true

[[people]]
name = "Dana Whitfield"
github = "dana-whitfield"
aws = "arn:aws:sts::*:assumed-role/*/dana.whitfield"
does = ["approver"]

[[people]]
name = "Marcus Oyelaran"
github = "marcus-oyelaran"
aws = "arn:aws:sts::*:assumed-role/*/marcus.oyelaran"
does = ["approver"]
"#;

/// The longest comment beside a name of this length, with signs of more than one byte in it. A ship counts twice.
fn longest() -> String {
    let mut comment = "Größe geprüft 🚢 ".repeat(28);
    comment.push_str("ü5 z!");
    comment
}

/// Practice, with a release that is merged.
async fn merged(name: &str, pulls: u32) -> Journey {
    let mut journey = Journey::begin(name, Hand::Mouse).await;
    journey
        .sim
        .order("story", json!({"etl_pulls": pulls}))
        .await;
    journey.walk_until_done("merge").await;
    journey
}

/// Waits until the screen of the approval says it, with the world going on.
async fn says(journey: &Journey, wanted: &str) {
    let said = wait::until(wait::LIMIT, async || {
        let screen = journey.browser.text(&handle("screen-approval")).await?;
        if screen.contains(wanted) {
            return Some(());
        }
        journey.let_time_pass().await;
        None
    });
    if said.await.is_none() {
        let what = format!("the approval never says {wanted:?}");
        journey.browser.fail(&what).await;
    }
}

/// Waits until it can be answered, with the world going on.
async fn asks(journey: &Journey) {
    let asked = wait::until(wait::LIMIT, async || {
        let button = journey.browser.primary().await;
        if button.is_some_and(|button| button.action() == "approve") {
            return Some(());
        }
        journey.let_time_pass().await;
        None
    });
    if asked.await.is_none() {
        journey.browser.fail("it can never be approved").await;
    }
}

async fn open_approval(journey: &Journey) {
    journey.browser.click(&handle("step-approval")).await;
    journey.browser.await_screen("approval").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_notice_to_a_yes_that_is_seen_it_takes_three_clicks() {
    let desktop = Desktop::start().await;
    let dunst = Dunst::start(&desktop).await;
    let monitor = Monitor::start(&desktop);
    let mut journey = Journey::begin_on(desktop, "approving-clicks", Hand::Mouse).await;
    journey.walk_until_done("merge").await;
    journey.go("home").await;
    let asked = wait::until(wait::LIMIT, async || {
        journey.sim.advance(Duration::from_secs(5)).await;
        let notices = monitor.notices();
        let asks = |it: &crate::notices::Notified| it.title.contains("approval");
        notices.iter().any(asks).then_some(())
    });
    asked.await.expect("it is told");

    let mut clicks = 0;
    dunst.click(&journey.desktop);
    clicks += 1;
    journey.browser.await_screen("approval").await;
    let asks = || async {
        let button = journey.browser.primary().await?;
        (button.action() == "approve").then_some(())
    };
    wait::until(wait::LIMIT, asks)
        .await
        .expect("it can be approved");
    journey.picture("exactly-ours").await;
    journey.browser.click_when_usable("action-approve").await;
    clicks += 1;
    journey.picture("question").await;
    journey.browser.confirm().await;
    clicks += 1;
    let seen = wait::until(wait::LIMIT, async || {
        let state = journey.browser.state("approval").await;
        (state.as_deref() == Some("done")).then_some(())
    });
    seen.await.expect("approved, seen in AWS");
    println!("{clicks} clicks from the notice to approved, seen in AWS");
    assert!(clicks <= 3);
    open_approval(&journey).await;
    journey.picture("approved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifteen_pull_requests_and_a_long_comment() {
    let mut journey = merged("approving-many", 15).await;
    asks(&journey).await;
    says(&journey, "15 pull requests go to production").await;
    journey.picture("fifteen").await;
    journey.browser.click(&handle("field-comment")).await;
    journey.browser.write(&longest()).await;
    journey.picture("long-comment").await;
    journey.browser.click_when_usable("action-approve").await;
    journey.picture("long-comment-question").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_one_behind_then_what_else_it_brings() {
    let mut journey = merged("approving-others", 1).await;
    asks(&journey).await;
    let push = json!({"branch": "master", "message": "Turn the cache off"});
    journey.sim.order("push", push).await;
    says(&journey, "A newer execution. Rejecting lets it in.").await;
    journey.picture("newer-behind").await;
    let no = json!({"status": "Rejected", "summary": "The newer one has it all"});
    journey.sim.order("approval/answer", no).await;
    says(&journey, "Turn the cache off").await;
    journey.picture("more-than-ours").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers_in_time_and_it_is_offered_again() {
    let mut journey = merged("approving-expired", 1).await;
    asks(&journey).await;
    journey
        .sim
        .advance(Duration::from_secs(7 * 86_400 + 60))
        .await;
    says(&journey, "Expired").await;
    journey.picture("expired").await;
    journey
        .browser
        .click_when_usable("action-retry-stage")
        .await;
    says(&journey, "The deploy was offered again").await;
    journey.picture("offered-again").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_says_no_first() {
    let mut journey = merged("approving-rejected", 1).await;
    asks(&journey).await;
    let no = json!({"status": "Rejected", "summary": "The feed is down"});
    journey.sim.order("approval/answer", no).await;
    says(&journey, "The feed is down").await;
    journey.picture("rejected-by-another").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn side_by_side_and_without_the_permission() {
    let mut journey = Journey::begin("approving-parallel", Hand::Mouse).await;
    journey
        .sim
        .order("pipeline", json!({"mode": "PARALLEL"}))
        .await;
    journey.walk_until_done("merge").await;
    asks(&journey).await;
    journey.picture("parallel").await;
    let denied = json!({"denied": ["codepipeline:PutApprovalResult"]});
    journey.sim.order("permissions", denied).await;
    journey.browser.click_when_usable("action-approve").await;
    journey.browser.confirm().await;
    says(&journey, "lacks codepipeline:PutApprovalResult").await;
    journey.picture("no-permission").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_names_no_commit() {
    let mut journey = Journey::begin("approving-image", Hand::Mouse).await;
    journey
        .sim
        .order("pipeline", json!({"source": "ecr"}))
        .await;
    journey.walk_until_done("merge").await;
    open_approval(&journey).await;
    says(&journey, "names no commit").await;
    journey.picture("no-commit").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_build_stands_in_the_way() {
    let mut journey = Journey::begin("approving-older", Hand::Mouse).await;
    journey.sim.order("executions", json!({})).await;
    journey.walk_until_done("merge").await;
    open_approval(&journey).await;
    says(&journey, "came to the gate before this one").await;
    journey.picture("older-build").await;
    let no = json!({"status": "Rejected", "summary": "Long forgotten"});
    journey.sim.order("approval/answer", no).await;
    asks(&journey).await;
    journey.picture("then-ours").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotfix_carries_a_release_that_never_went_out() {
    let mut journey = merged("approving-earlier", 1).await;
    asks(&journey).await;
    let no = json!({"status": "Rejected", "summary": "Next week"});
    journey.sim.order("approval/answer", no).await;
    says(&journey, "Next week").await;
    journey.go("home").await;
    journey
        .browser
        .click_when_usable("action-start-hotfix")
        .await;
    journey.browser.await_screen("hotfix").await;
    journey.fill("field-fix-name", "login-timeout").await;
    journey.walk_until_done("merge").await;
    asks(&journey).await;
    says(&journey, "merged before and never released").await;
    journey.picture("earlier-release-inside").await;
    journey.browser.click_when_usable("action-approve").await;
    journey.picture("earlier-release-question").await;
}

/// Presses yes, and has a colleague answer after Slipway looked for the last time and before its answer arrives.
async fn answered_meanwhile(journey: &Journey, answer: &str) {
    asks(journey).await;
    journey.browser.click_when_usable("action-approve").await;
    let park = json!({"operation": "codepipeline:PutApprovalResult", "kind": "park"});
    journey.sim.order("faults", park).await;
    journey.browser.confirm().await;
    let held = wait::until(wait::LIMIT, async || {
        let faults = journey.sim.get("faults").await;
        let held = faults["held"].as_array()?;
        (!held.is_empty()).then_some(())
    });
    held.await.expect("the answer is under way");
    let theirs = json!({"status": answer, "summary": "From the console"});
    journey.sim.order("approval/answer", theirs).await;
    journey.sim.restore_network().await;
}

async fn answers_that_counted(journey: &Journey) -> usize {
    let requests = journey.sim.requests().await;
    let answers = requests
        .iter()
        .filter(|it| it.operation == "codepipeline:PutApprovalResult");
    answers.filter(|it| it.effect).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_say_yes() {
    let mut journey = merged("approving-both", 1).await;
    answered_meanwhile(&journey, "Approved").await;
    let done = wait::until(wait::LIMIT, async || {
        let state = journey.browser.state("approval").await;
        (state.as_deref() == Some("done")).then_some(())
    });
    done.await.expect("it is a yes for both");
    open_approval(&journey).await;
    says(&journey, "marcus.oyelaran").await;
    journey.picture("same-answer").await;
    assert_eq!(answers_that_counted(&journey).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_says_yes_where_another_said_no() {
    let mut journey = merged("approving-opposite", 1).await;
    answered_meanwhile(&journey, "Rejected").await;
    let loud = "rejected it before your approval arrived.";
    let said = wait::until(wait::LIMIT, async || {
        let page = journey.browser.text("main").await?;
        page.contains(loud).then_some(())
    });
    said.await.expect("it is said loudly");
    journey.picture("opposite-answer").await;
    assert_eq!(answers_that_counted(&journey).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn their_own_release_is_refused_where_the_team_says_so() {
    let mut desktop = Desktop::start().await;
    let _keyring = Keyring::start(&desktop).await;
    let services = Services::start(&mut desktop).await;
    let file = json!({"path": ".slipway.toml", "text": STRICT});
    let mut journey = Journey::begin_real(desktop, &services, "approving-own").await;
    journey.sim.order("files", file).await;
    journey.browser.await_screen("home").await;
    journey.sign_in(&services).await;
    journey.go("settings").await;
    journey.browser.click_when_usable("action-agree-team").await;
    journey.start_maintenance().await;
    journey.walk_until_done("merge").await;
    open_approval(&journey).await;
    says(&journey, "You started this release").await;
    journey.picture("own-refused").await;
    let yes = json!({"status": "Approved", "summary": "Counted again"});
    journey.sim.order("approval/answer", yes).await;
    let done = wait::until(wait::LIMIT, async || {
        journey.let_time_pass().await;
        let state = journey.browser.state("approval").await;
        (state.as_deref() == Some("done")).then_some(())
    });
    done.await.expect("somebody else may");
    open_approval(&journey).await;
    says(&journey, "marcus.oyelaran").await;
    journey.picture("approved-by-another").await;
    assert_eq!(answers_that_counted(&journey).await, 0);
}
