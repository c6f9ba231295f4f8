//! What people declare, what Slack shows, and what this desktop sent.

use super::{World, at, sha};
use slipway_core::account::Power;
use slipway_core::action::{Action, Gate, Outcome};
use slipway_core::declaration::{Declaration, StatementRun};
use slipway_core::facts::Message;
use slipway_core::problem::{Code, Problem};
use slipway_core::record::Record;
use slipway_core::reminder::Reminder;
use slipway_core::service::Service;
use slipway_core::words::announcement;

impl World {
    pub(crate) fn declare(self, declaration: Declaration) -> Self {
        self.record(Record::Declared { declaration })
    }

    /// Dana posted the message at 7:04 pm; Slack shows it.
    pub(crate) fn announced(self) -> Self {
        let back = self.now;
        let written = announcement::suggestion(&self.team, &self.release);
        let first = announcement::first_status(self.release.kind);
        let text = announcement::message(&written, &first);
        let post = Action::PostAnnouncement {
            channel: "C0DEPLOY".into(),
            text: text.clone(),
        };
        let mut world = self.at(4).did(post).message(&text);
        world.now = back.max(at(4));
        world
    }

    /// AWS refused this to our sign-in when it was tried.
    pub(crate) fn refuse_power(&mut self, power: Power) {
        let account = self.accounts.services.entry(Service::Aws).or_default();
        account.tried.insert(power, false);
    }

    /// The person here wants to be told of our execution's failure once more, so many minutes after 7 pm.
    pub(crate) fn reminded_at(self, minutes: i64) -> Self {
        let ours = self.course().execution().unwrap();
        let reminder = Reminder {
            at: at(minutes),
            execution: ours.id.clone(),
            failed_at: ours.updated_at,
        };
        self.record(Record::Remind { reminder })
    }

    /// Slack shows a message of this release.
    pub(crate) fn message(mut self, text: &str) -> Self {
        self.facts.announcement.last.as_mut().unwrap().value = Some(Message {
            channel: "C0DEPLOY".into(),
            ts: "1795575840.000100".into(),
            text: text.to_owned(),
            permalink: Some("https://findbuyers.slack.com/archives/C0DEPLOY/p1".into()),
            result_posted: false,
            told: Vec::new(),
        });
        self
    }

    /// The result stands in the message's thread.
    pub(crate) fn result_in_thread(mut self) -> Self {
        let seen = self.facts.announcement.last.as_mut().unwrap();
        seen.value.as_mut().unwrap().result_posted = true;
        self
    }

    /// The message's thread tells a change.
    pub(crate) fn thread_tells(mut self, change: &str) -> Self {
        let seen = self.facts.announcement.last.as_mut().unwrap();
        seen.value.as_mut().unwrap().told.push(change.to_owned());
        self
    }

    pub(crate) fn told_another_way(self) -> Self {
        self.declare(Declaration::Announced)
    }

    pub(crate) fn no_more(self) -> Self {
        self.declare(Declaration::NoMorePulls)
    }

    pub(crate) fn no_etl(self) -> Self {
        self.declare(Declaration::NoEtl {
            reason: "Nothing was ready".into(),
        })
    }

    pub(crate) fn no_database(self) -> Self {
        self.declare(Declaration::NoDatabase)
    }

    pub(crate) fn statement(self, sql: &str) -> Self {
        self.declare(Declaration::StatementAdded {
            sql: sql.to_owned(),
        })
    }

    /// Statement `number` was run by Kim at 7:30 pm.
    pub(crate) fn ran(self, number: u32) -> Self {
        let run = StatementRun {
            by: "Kim".into(),
            at: at(30),
            result: "12,482 rows".into(),
        };
        self.declare(Declaration::StatementRan { number, run })
    }

    pub(crate) fn without_database(self) -> Self {
        self.declare(Declaration::WithoutDatabase {
            reason: "Kim is on a plane".into(),
        })
    }

    pub(crate) fn result_shared(self) -> Self {
        self.declare(Declaration::ResultShared)
    }

    /// An action is being sent.
    pub(crate) fn sending(self, action: Action) -> Self {
        let seq = self.release.next_seq;
        self.record(Record::Sending { seq, action })
    }

    fn came_of_it(self, outcome: Outcome) -> Self {
        let seq = self.release.pending.as_ref().unwrap().seq;
        self.record(Record::Sent { seq, outcome })
    }

    /// An action was sent and done.
    pub(crate) fn did(self, action: Action) -> Self {
        self.sending(action).came_of_it(Outcome::Done)
    }

    /// An action was sent and did not work.
    pub(crate) fn tried(self, action: Action, code: Code, what: &str) -> Self {
        let problem = Problem::new(code, what, "Nothing has changed.", "Try again.");
        self.sending(action)
            .came_of_it(Outcome::NotDone { problem })
    }

    /// An action was sent and its reply was lost.
    pub(crate) fn lost(self, action: Action) -> Self {
        let problem = Problem::new(
            Code::Unknown,
            "The reply was lost.",
            "It may have happened.",
            "Wait.",
        );
        self.sending(action)
            .came_of_it(Outcome::Unknown { problem })
    }
}

/// One action of every kind, as the story has them.
pub(crate) mod action {
    use super::*;
    use slipway_core::action::Answer;
    use slipway_core::facts::MergeMethod;
    use slipway_core::ids::PullNumber;

    pub(crate) fn create_branch() -> Action {
        Action::CreateBranch {
            name: "maintenance-2026-11-24".into(),
            sha: sha(super::super::CUT),
        }
    }

    pub(crate) fn post_announcement() -> Action {
        Action::PostAnnouncement {
            channel: "C0DEPLOY".into(),
            text: "The branch is ready".into(),
        }
    }

    pub(crate) fn update_announcement() -> Action {
        Action::UpdateAnnouncement {
            channel: "C0DEPLOY".into(),
            ts: "1795575840.000100".into(),
            text: "Changed".into(),
        }
    }

    pub(crate) fn merge_pull(number: u32) -> Action {
        Action::MergePull {
            number: PullNumber(number),
            head: super::super::pull(number).head_sha,
            method: MergeMethod::Merge,
            title: "Load the listings".into(),
        }
    }

    pub(crate) fn open_release_pull() -> Action {
        Action::OpenReleasePull {
            head: "maintenance-2026-11-24".into(),
            base: "master".into(),
            title: "Maintenance 2026-11-24".into(),
            body: "Brings it in".into(),
        }
    }

    pub(crate) fn merge_release() -> Action {
        Action::MergeRelease {
            number: PullNumber(420),
            head: sha(super::super::HEAD),
            method: MergeMethod::Merge,
        }
    }

    pub(crate) fn answer(gate: Gate, answer: Answer) -> Action {
        Action::AnswerApproval {
            gate,
            answer,
            summary: "Fine (Dana, with Slipway)".into(),
        }
    }

    pub(crate) fn retry(stage: &str, execution: &str, failed_minutes: i64) -> Action {
        Action::RetryStage {
            stage: stage.into(),
            execution: execution.into(),
            failed_at: at(failed_minutes),
            mode: slipway_core::action::RetryMode::FailedActions,
        }
    }

    pub(crate) fn stop(abandon: bool, was_stopping: bool) -> Action {
        Action::StopExecution {
            execution: super::super::EXECUTION.into(),
            abandon,
            was_stopping,
            reason: "Wrong week (Dana, with Slipway)".into(),
        }
    }

    /// After the newest execution had started so many minutes after 7 pm.
    pub(crate) fn start(newest: i64) -> Action {
        Action::StartExecution {
            source: "Source".into(),
            commit: sha(super::super::OURS),
            token: "slipway-1".into(),
            newest: Some(at(newest)),
        }
    }

    /// After the newest execution had started so many minutes after 7 pm.
    pub(crate) fn roll_back(newest: i64) -> Action {
        Action::RollBack {
            stage: "docker-build".into(),
            target: "last-week".into(),
            commit: sha(super::super::LAST_WEEK),
            newest: Some(at(newest)),
        }
    }

    pub(crate) fn enable(stage: &str) -> Action {
        Action::EnableTransition {
            stage: stage.into(),
        }
    }

    pub(crate) fn tell_change() -> Action {
        Action::TellChange {
            channel: "C0DEPLOY".into(),
            thread: "1795575840.000100".into(),
            change: "maintenance-2026-11-24/ours/failed/run-3".into(),
            text: "*The build failed*".into(),
            broadcast: false,
        }
    }

    pub(crate) fn post_result() -> Action {
        Action::PostResult {
            channel: "C0DEPLOY".into(),
            thread: "1795575840.000100".into(),
            text: "Deployed".into(),
            note: "Feeds are *quiet* until 9".into(),
            broadcast: true,
        }
    }
}
