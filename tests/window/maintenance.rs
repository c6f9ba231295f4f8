//! The weekly release, by the one button that each screen is about.

use crate::journey::{Hand, Journey};

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_release_from_home_to_report() {
    let mut journey = Journey::begin("maintenance", Hand::Mouse)
        .await
        .photographed();

    journey.walk_until_done("merge").await;
    journey.look_in_from_home().await;
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
