//! What an intent leads to: taken when it is offered, refused with the right code when the world is another one.

mod branch;
mod limits;
mod offered;
mod refused;

use crate::table::check;
use crate::world::World;
use slipway_core::action::{Action, RetryMode};
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::record::Record;
use slipway_core::rules::Decision;

/// A decision or a problem in one line: what is written, what is sent, or the code and what happened.
fn outcome(result: Result<Decision, Problem>) -> String {
    match result {
        Err(problem) => format!("{:?}: {}", problem.code, problem.what),
        Ok(Decision {
            records,
            action,
            farewell,
            ..
        }) => {
            let farewell = farewell
                .iter()
                .map(|action| format!("first sends {}", sent(action)));
            let written = records
                .iter()
                .map(|record| format!("writes {}", kind(record)));
            let sent = action
                .iter()
                .map(|action| format!("sends {}", sent(action)));
            farewell
                .chain(written)
                .chain(sent)
                .collect::<Vec<_>>()
                .join(", ")
        }
    }
}

fn kind(record: &Record) -> String {
    match record {
        Record::Declared { declaration } => {
            let json = serde_json::to_value(declaration).unwrap();
            json["type"].as_str().unwrap().to_owned()
        }
        Record::Opened { adopted, .. } => format!("opened, adopted: {adopted}"),
        Record::Remind { reminder } => format!("a reminder of {}", reminder.execution),
        Record::DropReminder => "no reminder".to_owned(),
        Record::Closed => "closed".to_owned(),
        other => format!("{other:?}"),
    }
}

fn sent(action: &Action) -> String {
    match action {
        Action::CreateBranch { name, sha } => format!("create {name} at {}", sha.short()),
        Action::PostAnnouncement { channel, .. } => format!("announcement to {channel}"),
        Action::UpdateAnnouncement { channel, ts, .. } => format!("update of {ts} in {channel}"),
        Action::MergePull {
            number,
            head,
            method,
            ..
        } => {
            format!("merge of {number} at {} by {method:?}", head.short())
        }
        Action::OpenReleasePull { head, base, .. } => format!("pull request of {head} into {base}"),
        Action::MergeRelease {
            number,
            head,
            method,
        } => {
            format!(
                "release merge of {number} at {} by {method:?}",
                head.short()
            )
        }
        Action::AnswerApproval {
            gate,
            answer,
            summary,
        } => {
            format!(
                "{answer:?} for {} of {}: {summary}",
                gate.commit.short(),
                gate.execution
            )
        }
        Action::RetryStage {
            stage,
            execution,
            mode: RetryMode::FailedActions,
            ..
        } => format!("retry of {stage} of {execution}"),
        Action::RetryStage {
            stage, execution, ..
        } => format!("retry of all of {stage} of {execution}"),
        Action::StopExecution {
            execution,
            abandon,
            reason,
            ..
        } => {
            let how = if *abandon { "abandons" } else { "stops" };
            format!("{how} {execution}: {reason}")
        }
        Action::StartExecution {
            source,
            commit,
            token,
            ..
        } => format!("start of {source} at {} as {token}", commit.short()),
        Action::RollBack {
            stage,
            target,
            commit,
            ..
        } => format!("{stage} back to {target}, {}", commit.short()),
        Action::EnableTransition { stage } => format!("way into {stage}"),
        Action::PostResult {
            channel, thread, ..
        } => format!("result to {channel} under {thread}"),
        Action::TellChange {
            channel,
            thread,
            change,
            ..
        } => format!("{change} to {channel} under {thread}"),
    }
}

fn decides(rows: Vec<(&str, World, Intent, &str)>) {
    check(rows.into_iter().map(|(row, world, intent, should)| {
        (
            row.to_owned(),
            outcome(world.decide(&intent)),
            should.to_owned(),
        )
    }));
}

/// Intents about the story's release, with what the story's screens show.
mod wish {
    use crate::world::{EXECUTION, HEAD, World, at, pull, sha};
    use slipway_core::action::Gate;
    use slipway_core::declaration::StatementRun;
    use slipway_core::ids::{PullNumber, ReleaseId};
    use slipway_core::intent::Intent;

    fn release() -> ReleaseId {
        World::maintenance().id()
    }

    pub(super) fn create(name: &str, at: &str) -> Intent {
        Intent::CreateBranch {
            name: name.to_owned(),
            sha: sha(at),
        }
    }

    pub(super) fn adopt(name: &str, at: &str) -> Intent {
        Intent::AdoptBranch {
            name: name.to_owned(),
            sha: sha(at),
        }
    }

    pub(super) fn close() -> Intent {
        Intent::CloseRelease { release: release() }
    }

    pub(super) fn post(text: &str) -> Intent {
        Intent::PostAnnouncement {
            release: release(),
            text: text.to_owned(),
        }
    }

    pub(super) fn announced() -> Intent {
        Intent::DeclareAnnounced { release: release() }
    }

    pub(super) fn merge_pull(number: u32) -> Intent {
        let head = pull(number).head_sha;
        Intent::MergePull {
            release: release(),
            number: PullNumber(number),
            head,
        }
    }

    pub(super) fn no_more() -> Intent {
        Intent::DeclareNoMorePulls {
            release: release(),
            head: sha(HEAD),
        }
    }

    pub(super) fn no_etl(reason: &str) -> Intent {
        Intent::DeclareNoEtl {
            release: release(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn no_database() -> Intent {
        Intent::DeclareNoDatabase { release: release() }
    }

    pub(super) fn add(sql: &str) -> Intent {
        Intent::AddStatement {
            release: release(),
            sql: sql.to_owned(),
        }
    }

    pub(super) fn remove(number: u32) -> Intent {
        Intent::RemoveStatement {
            release: release(),
            number,
        }
    }

    pub(super) fn ran(number: u32, by: &str, minutes: i64, result: &str) -> Intent {
        let run = StatementRun {
            by: by.into(),
            at: at(minutes),
            result: result.into(),
        };
        Intent::RecordStatement {
            release: release(),
            number,
            run,
        }
    }

    pub(super) fn without_database(reason: &str) -> Intent {
        Intent::DeclareWithoutDatabase {
            release: release(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn open(head: &str) -> Intent {
        Intent::OpenReleasePull {
            release: release(),
            head: sha(head),
        }
    }

    pub(super) fn merge(number: u32, head: &str) -> Intent {
        Intent::MergeRelease {
            release: release(),
            number: PullNumber(number),
            head: sha(head),
        }
    }

    pub(super) fn approve(gate: Gate, comment: &str) -> Intent {
        Intent::Approve {
            release: release(),
            gate,
            comment: comment.to_owned(),
        }
    }

    pub(super) fn reject(gate: Gate, reason: &str) -> Intent {
        Intent::Reject {
            release: release(),
            gate,
            reason: reason.to_owned(),
        }
    }

    pub(super) fn retry(stage: &str) -> Intent {
        retry_of(stage, EXECUTION)
    }

    pub(super) fn retry_of(stage: &str, execution: &str) -> Intent {
        Intent::RetryStage {
            release: release(),
            stage: stage.into(),
            execution: execution.into(),
            mode: slipway_core::action::RetryMode::FailedActions,
        }
    }

    pub(super) fn stop(execution: &str, abandon: bool, reason: &str) -> Intent {
        Intent::StopExecution {
            release: release(),
            execution: execution.into(),
            abandon,
            reason: reason.to_owned(),
        }
    }

    pub(super) fn start(commit: &str, after: Option<&str>) -> Intent {
        Intent::StartPipeline {
            release: release(),
            commit: sha(commit),
            after: after.map(Into::into),
        }
    }

    pub(super) fn roll_back(stage: &str, target: &str) -> Intent {
        Intent::RollBack {
            release: release(),
            stage: stage.to_owned(),
            target: target.into(),
        }
    }

    pub(super) fn enable(stage: &str, reason: &str) -> Intent {
        Intent::EnableTransition {
            release: release(),
            stage: stage.to_owned(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn remind(execution: &str, minutes: u32) -> Intent {
        Intent::Remind {
            release: release(),
            execution: execution.into(),
            minutes,
        }
    }

    pub(super) fn drop_reminder() -> Intent {
        Intent::DropReminder { release: release() }
    }

    pub(super) fn result(note: &str) -> Intent {
        Intent::PostResult {
            release: release(),
            note: note.to_owned(),
        }
    }

    pub(super) fn shared() -> Intent {
        Intent::DeclareResultShared { release: release() }
    }
}

/// Moments of the story.
mod moment {
    use crate::world::World;

    pub(super) fn told() -> World {
        World::maintenance().branch().announced()
    }

    pub(super) fn collected() -> World {
        told().pull(412).merged(412).at(25).no_more()
    }

    pub(super) fn to_merge() -> World {
        collected().no_database().release_pull()
    }

    pub(super) fn asks() -> World {
        to_merge().landed().picked_up().asks()
    }

    pub(super) fn failed() -> World {
        asks().approved().build_failed()
    }

    pub(super) fn deployed() -> World {
        asks().approved().deployed()
    }
}
