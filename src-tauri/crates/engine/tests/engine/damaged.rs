//! Without a journal nothing is sent.

use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};

use crate::stage::{Engine, Stage};

const WRITES: [&str; 3] = ["git/create-ref", "chat.postMessage", "pulls/create"];

#[tokio::test]
async fn sends_nothing_when_the_folder_cannot_be_written() {
    let stage = Stage::set().await;
    let file = stage.data.path().join("file");
    std::fs::write(&file, "in the way").expect("written");
    let engine = stage.engine_in(&file.join("data"));

    let trouble = trouble(&engine).await;
    assert!(
        trouble.what.contains("cannot write to its data folder"),
        "{trouble:?}"
    );
    let create = engine.draft().await;
    let problem = engine
        .dispatch(create.clone())
        .await
        .expect_err("nothing is sent");
    assert_eq!(problem.code, Code::Journal);
    assert_eq!(WRITES.map(|write| stage.asked(write)), [0, 0, 0]);

    std::fs::remove_file(&file).expect("removed");
    engine
        .dispatch(create)
        .await
        .expect("the folder can be written now");
    assert!(engine.view().trouble.is_none());
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn a_second_slipway_in_the_same_folder_only_shows() {
    let stage = Stage::set().await;
    let first = stage.engine();
    let create = first.draft().await;
    let second = stage.engine();
    let trouble = trouble(&second).await;
    assert!(trouble.what.contains("already open"), "{trouble:?}");
    let intent = second.draft().await;
    assert_eq!(
        second.dispatch(intent).await.expect_err("refused").code,
        Code::Journal
    );

    first.handle.stop().await;
    assert_eq!(
        first.dispatch(create).await.expect_err("it has ended").code,
        Code::NotOffered
    );
    second.begin().await;
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn says_that_the_journal_was_damaged_and_works_with_a_new_one() {
    let stage = Stage::set().await;
    std::fs::write(
        stage.data.path().join("journal.db"),
        b"nonsense".repeat(1_000),
    )
    .expect("written");
    let engine = stage.engine();
    let trouble = trouble(&engine).await;
    assert!(trouble.what.contains("journal.damaged-"), "{trouble:?}");
    let release = engine.begin().await;

    engine
        .dispatch(Intent::CloseRelease { release })
        .await
        .expect("it is put aside");
    let view = engine
        .await_view("it is gone", |view| view.releases.is_empty())
        .await;
    assert!(view.trouble.is_some(), "it is said until the end");
}

async fn trouble(engine: &Engine) -> Problem {
    let view = engine
        .await_view("trouble is said", |view| view.trouble.is_some())
        .await;
    let trouble = view.trouble.clone().expect("trouble");
    assert_eq!(trouble.code, Code::Journal);
    trouble
}
