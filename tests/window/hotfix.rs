//! A hotfix: the same walk, begun with a name.

use crate::browser::Button;
use crate::journey::{Hand, Journey};

#[tokio::test(flavor = "multi_thread")]
async fn hotfix_release_from_home_to_report() {
    let mut journey = Journey::begin("hotfix", Hand::Mouse).await.photographed();

    // On Home a hotfix is the other choice, next to the one that the screen is about.
    journey.press(Button::plain("action-start-hotfix")).await;
    journey.browser.await_screen("hotfix").await;
    journey.fill("field-fix-name", "login-timeout").await;
    journey.walk_until_done("build").await;
    let clicks = journey.pressed().len();
    println!(
        "{clicks} clicks from Home to the finished build: {:?}",
        journey.pressed()
    );
    assert!(
        clicks <= 10,
        "{clicks} clicks are too many: {:?}",
        journey.pressed()
    );

    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;
}
