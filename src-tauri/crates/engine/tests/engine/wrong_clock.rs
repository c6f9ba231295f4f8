//! This computer's clock, held against those of the services.

use crate::stage::Stage;

#[tokio::test]
async fn that_is_minutes_off_is_said_before_anything_else_and_forgotten_once_it_is_set() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    let is =
        |word: &'static str| move |view: &slipway_core::view::View| view.waterline.word == word;
    engine.await_view("it is right", is("Live")).await;

    for (off, says) in [
        (7 * 60, "is 7 minutes fast."),
        (-14 * 60, "is 7 minutes slow."),
    ] {
        stage.set_clock(off);
        let looked = engine.dispatch(slipway_core::intent::Intent::Look).await;
        looked.expect("anybody may look");
        let view = engine
            .await_view("it is said", is("This computer’s clock"))
            .await;
        assert!(
            view.waterline.text.starts_with(says),
            "{}",
            view.waterline.text
        );
    }
    stage.set_clock(7 * 60 + 30);
    let looked = engine.dispatch(slipway_core::intent::Intent::Look).await;
    looked.expect("anybody may look");
    engine
        .await_view("half a minute does no harm", is("Live"))
        .await;
}
