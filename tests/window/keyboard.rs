//! A release without a mouse.

use crate::journey::{Hand, Journey};

#[tokio::test(flavor = "multi_thread")]
async fn keyboard_alone_finishes_a_release() {
    let mut journey = Journey::begin("keyboard", Hand::Keyboard).await;
    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;
}
