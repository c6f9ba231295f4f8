//! A journal that was put aside because it was damaged: the release in progress is found again from what the services
//! show, and nothing is done twice.

use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{Found, View};

use crate::stage::Stage;
use crate::walk::Walk;

type IsNext = fn(&Intent) -> bool;

/// How far the release had come. One that is live is no release in progress: only its result would be left to post.
const COME_TO: [(&str, IsNext); 5] = [
    ("the announcement", |it| {
        matches!(it, Intent::PostAnnouncement { .. })
    }),
    ("the pull request", |it| {
        matches!(it, Intent::MergePull { .. })
    }),
    ("the merge", |it| matches!(it, Intent::MergeRelease { .. })),
    ("the approval", |it| matches!(it, Intent::Approve { .. })),
    ("the retry", |it| matches!(it, Intent::RetryStage { .. })),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_release_in_progress_is_taken_up_again_without_its_journal() {
    for (what, is_next) in COME_TO {
        let stage = Stage::set(1).await;
        let failure = serde_json::json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
        stage.order("/build/fail", failure).await;
        let engine = stage.engine();
        Walk::new(&engine).until(is_next).await;
        engine.stop().await;
        let journal = stage.data.path().join("journal.db");
        let damaged = b"nonsense".repeat(2_000);
        std::fs::write(&journal, &damaged).expect("written");

        let engine = stage.engine();
        let mut walk = Walk::new(&engine);
        let is_found = |view: &View| found(view).is_some();
        let view = walk.look_for(what, is_found).await;
        let trouble = view.trouble.as_ref().expect("it is said");
        assert_eq!(trouble.code, Code::Journal, "{what}");
        assert!(trouble.what.contains("journal.damaged-"), "{trouble:?}");
        assert!(view.releases.is_empty(), "{what}");
        let kept = std::fs::read_dir(stage.data.path()).expect("it is there");
        let mut kept = kept.map(|it| it.expect("it is there").path());
        let is_kept = |path: &std::path::PathBuf| {
            path.to_string_lossy().contains("journal.damaged-")
                && std::fs::read(path).is_ok_and(|bytes| bytes == damaged)
        };
        assert!(kept.any(|path| is_kept(&path)), "{what}");

        let Found { name, sha } = found(&view).cloned().expect("it was waited for");
        walk.press(Intent::AdoptBranch { name, sha })
            .await
            .expect("it is taken up");
        walk.until_the_end_patiently().await;
        stage.assert_released_once(1, 1);
        engine.stop().await;
    }
}

fn found(view: &View) -> Option<&Found> {
    view.home.found.first()
}
