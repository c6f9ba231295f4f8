//! Every intent about a world, sensible or not.

use crate::world::{EXECUTION, HEAD, OURS, World, at, sha};
use slipway_core::action::{Gate, RetryMode};
use slipway_core::declaration::StatementRun;
use slipway_core::facts::Look;
use slipway_core::ids::{ActionSeq, PullNumber};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::log::LogWish;

/// With what was last seen, however old, so that only its age stands against it; and with things never seen.
pub(crate) fn wishes(world: &World) -> Vec<Intent> {
    let release = || world.id();
    let source = world.facts.source.stale();
    let branch = source.and_then(|source| source.branch.as_ref());
    let head = branch.map_or_else(|| sha(HEAD), |branch| branch.sha.clone());
    let base = world
        .facts
        .repository
        .stale()
        .map_or_else(|| sha("0"), |it| it.base.sha.clone());
    let mut wishes = vec![
        Intent::Look,
        Intent::StartPractice,
        Intent::EndPractice,
        Intent::Draft {
            kind: Kind::Hotfix,
            fix_name: "x".into(),
            date: String::new(),
        },
        Intent::DropDraft,
        Intent::Log {
            wish: LogWish::Close,
        },
        Intent::CreateBranch {
            name: world.id().to_string(),
            sha: base,
        },
        Intent::AdoptBranch {
            name: world.id().to_string(),
            sha: head.clone(),
        },
        Intent::CloseRelease { release: release() },
        Intent::PostAnnouncement {
            release: release(),
            text: "Ready".into(),
        },
        Intent::DeclareAnnounced { release: release() },
        Intent::DeclareNoMorePulls {
            release: release(),
            head: head.clone(),
        },
        Intent::DeclareNoEtl {
            release: release(),
            reason: "Holidays".into(),
        },
        Intent::DeclareNoDatabase { release: release() },
        Intent::AddStatement {
            release: release(),
            sql: "SELECT 1".into(),
        },
        Intent::RemoveStatement {
            release: release(),
            number: 1,
        },
        Intent::RecordStatement {
            release: release(),
            number: 1,
            run: StatementRun {
                by: "Kim".into(),
                at: at(-60),
                result: "1 row".into(),
            },
        },
        Intent::DeclareWithoutDatabase {
            release: release(),
            reason: "Away".into(),
        },
        Intent::OpenReleasePull {
            release: release(),
            head,
        },
        Intent::PostResult {
            release: release(),
            note: String::new(),
        },
        Intent::TellChange {
            release: release(),
            change: world
                .view()
                .announce
                .tell
                .map_or_else(|| "another".to_owned(), |tell| tell.change),
        },
        Intent::DeclareResultShared { release: release() },
        Intent::Remind {
            release: release(),
            execution: EXECUTION.into(),
            minutes: 10,
        },
        Intent::DropReminder { release: release() },
        Intent::StopExecution {
            release: release(),
            execution: EXECUTION.into(),
            abandon: false,
            reason: "Wrong week".into(),
        },
        Intent::StopExecution {
            release: release(),
            execution: EXECUTION.into(),
            abandon: true,
            reason: "Wrong week".into(),
        },
        Intent::StartPipeline {
            release: release(),
            commit: sha(OURS),
            after: Some(EXECUTION.into()),
        },
        Intent::StartPipeline {
            release: release(),
            commit: sha(OURS),
            after: None,
        },
        Intent::RollBack {
            release: release(),
            stage: "docker-build".into(),
            target: "last-week".into(),
        },
        Intent::EnableTransition {
            release: release(),
            stage: "docker-build".into(),
            reason: "Frozen".into(),
        },
        Intent::DeclareOutcome {
            release: release(),
            seq: world
                .release
                .pending
                .as_ref()
                .map_or(ActionSeq(1), |it| it.seq),
            happened: true,
        },
    ];
    for pull in source
        .map(|source| source.pulls.as_slice())
        .unwrap_or_default()
    {
        let (number, head) = (pull.number, pull.head_sha.clone());
        wishes.push(Intent::MergePull {
            release: release(),
            number,
            head,
        });
    }
    let pull = source.and_then(|source| source.release_pull.as_ref());
    let (number, head) = pull.map_or((PullNumber(420), sha(HEAD)), |pull| {
        (pull.number, pull.head_sha.clone())
    });
    wishes.push(Intent::MergeRelease {
        release: release(),
        number,
        head,
    });
    for gate in gates(world) {
        let comment = "Fine".to_owned();
        wishes.push(Intent::Approve {
            release: release(),
            gate: gate.clone(),
            comment,
        });
        wishes.push(Intent::Reject {
            release: release(),
            gate,
            reason: "No".into(),
        });
    }
    for stage in ["Source", "Approval", "docker-build"] {
        for mode in [RetryMode::FailedActions, RetryMode::AllActions] {
            wishes.push(Intent::RetryStage {
                release: release(),
                stage: stage.into(),
                execution: EXECUTION.into(),
                mode,
            });
        }
    }
    wishes
}

/// The gate that was last seen open, and one of the story.
fn gates(world: &World) -> Vec<Gate> {
    let mut seen = world.clone();
    seen.facts.pipeline = world
        .facts
        .pipeline
        .last
        .as_ref()
        .map_or_else(Look::default, |last| {
            Look::seen(last.value.clone(), last.at)
        });
    let open = seen.view().approval.gate;
    let story = Gate {
        commit: sha(OURS),
        ..world.gate()
    };
    open.into_iter().chain([story]).collect()
}
