//! A release: the fold of its records.

use crate::action::{Action, Outcome};
use crate::declaration::{Declaration, Statement};
use crate::history::Ending;
use crate::ids::{ActionSeq, ReleaseId};
use crate::kind::Kind;
use crate::problem::Problem;
use crate::record::{Entry, Milestone, Record};
use crate::reminder::Reminder;
use crate::time::At;
use jiff::civil::Date;

/// What this desktop knows of one release from its own journal. What the outside world shows is in the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its branch name; empty for a draft whose name is not usable.
    pub id: ReleaseId,
    /// Kind.
    pub kind: Kind,
    /// The window's Pacific date.
    pub date: Date,
    /// The fix name of a hotfix.
    pub fix_name: Option<String>,
    /// When and by whom it was taken up here; `None` for a draft.
    pub opened: Option<Mark>,
    /// Its branch was there already when it was taken up.
    pub adopted: bool,
    /// Declared: told the team another way.
    pub announced: Option<Mark>,
    /// Declared: no more pull requests.
    pub no_more_pulls: Option<Mark>,
    /// Declared: no ETL work, and why.
    pub no_etl: Option<(Mark, String)>,
    /// Declared: no database changes.
    pub no_database: Option<Mark>,
    /// Declared: merge without the database step, and why.
    pub without_database: Option<(Mark, String)>,
    /// Statements in order.
    pub statements: Vec<Statement>,
    /// How many were ever written down: a number is never given to a second one.
    pub statements_added: u32,
    /// When the last statement was recorded.
    pub statements_settled: Option<Mark>,
    /// Declared: result shared another way.
    pub result_shared: Option<Mark>,
    /// Facts kept for the report, oldest first.
    pub milestones: Vec<Milestone>,
    /// The action without a settled outcome: sent, or may have happened. At most one.
    pub pending: Option<Pending>,
    /// A change told in the thread, of which nobody knows yet whether it was posted. Nothing waits for it but the next
    /// such message.
    pub in_doubt: Option<Pending>,
    /// Actions that were done, oldest first.
    pub done: Vec<(Mark, Action)>,
    /// What was done a moment before this computer's clock was set, and when it was set, by the new clock. Not kept.
    pub done_by_another_clock: Vec<(At, Action)>,
    /// What people said became of actions, where looks did not tell; oldest first.
    pub decided: Vec<Decided>,
    /// The last action that did not work, until another one is sent. Keeping the message true is no such action:
    /// nobody asked for it, so it does not take away what is said about what somebody did ask for.
    pub last_problem: Option<(Action, Problem)>,
    /// The last update of the message that did not work, until another one is sent.
    pub stale_message: Option<(Action, Problem)>,
    /// The last change that could not be told in the thread, until another one is sent.
    pub untold: Option<(Action, Problem)>,
    /// What this person wants to be told of once more, however long ago that was.
    pub reminder: Option<Reminder>,
    /// The next free action number.
    pub next_seq: ActionSeq,
    /// Put aside.
    pub closed: bool,
    /// When and by whom it was put aside last.
    pub put_aside: Option<Mark>,
}

/// Who and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Display name.
    pub by: String,
    /// When.
    pub at: At,
}

/// What a person said became of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who said so, and when.
    pub mark: Mark,
    /// The action.
    pub action: Action,
    /// It happened.
    pub happened: bool,
}

/// An action whose outcome is not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its number.
    pub seq: ActionSeq,
    /// The action.
    pub action: Action,
    /// When it was about to be sent.
    pub since: At,
    /// What is known about it, once sending ended without a clear answer.
    pub unknown: Option<Problem>,
    /// When sending ended so; until then, when it began.
    pub doubted_at: At,
}

impl Pending {
    /// This computer's clock was set, or it slept: the clock no longer tells how long ago anything was. Looks from now on
    /// count, and whatever is still on its way is given its time once more.
    pub fn count_from(&mut self, now: At) {
        self.since = self.since.min(now);
        self.doubted_at = now;
    }
}

impl Release {
    /// A release without a branch, for the form.
    #[must_use]
    pub fn draft(id: ReleaseId, kind: Kind, date: Date, fix_name: Option<String>) -> Self {
        Self {
            id,
            kind,
            date,
            fix_name,
            opened: None,
            adopted: false,
            announced: None,
            no_more_pulls: None,
            no_etl: None,
            no_database: None,
            without_database: None,
            statements: Vec::new(),
            statements_added: 0,
            statements_settled: None,
            result_shared: None,
            milestones: Vec::new(),
            pending: None,
            in_doubt: None,
            done: Vec::new(),
            done_by_another_clock: Vec::new(),
            decided: Vec::new(),
            last_problem: None,
            stale_message: None,
            untold: None,
            reminder: None,
            next_seq: ActionSeq(1),
            closed: false,
            put_aside: None,
        }
    }

    /// Folds one release's entries, oldest first. `None` when they do not begin with its opening.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Self> {
        let mut entries = entries.into_iter();
        let first = entries.next()?;
        let Record::Opened {
            kind,
            date,
            fix_name,
            adopted,
        } = &first.record
        else {
            return None;
        };
        let mut release = Self::draft(first.release.clone(), *kind, *date, fix_name.clone());
        release.opened = Some(Mark {
            by: first.by.clone(),
            at: first.at,
        });
        release.adopted = *adopted;
        for entry in entries {
            release.apply(entry);
        }
        Some(release)
    }

    /// Its branch was seen once; it may be gone since.
    #[must_use]
    pub fn had_branch(&self) -> bool {
        self.milestones
            .iter()
            .any(|milestone| matches!(milestone, Milestone::Branch { .. }))
    }

    /// Takes in one more entry of this release. One that was put aside goes on where it was left when its branch is
    /// adopted; when its branch is made anew, so is the release. So is one that is over.
    pub fn apply(&mut self, entry: &Entry) {
        let mark = Mark {
            by: entry.by.clone(),
            at: entry.at,
        };
        match &entry.record {
            Record::Opened {
                kind,
                date,
                fix_name,
                adopted: false,
            } if self.closed || Ending::of(self).is_some() => {
                let (pending, in_doubt) = (self.pending.take(), self.in_doubt.take());
                let next_seq = self.next_seq;
                *self = Self::draft(self.id.clone(), *kind, *date, fix_name.clone());
                (self.next_seq, self.pending, self.in_doubt) = (next_seq, pending, in_doubt);
                self.opened = Some(mark);
            }
            Record::Opened { adopted, .. } => {
                self.closed = false;
                self.put_aside = None;
                // It goes on, so it is not over.
                self.milestones
                    .retain(|it| !matches!(it, Milestone::Finished { .. }));
                self.adopted |= adopted;
                // The branch that is there is the release's from now on, whatever came of making one.
                self.last_problem.take_if(|(action, _)| {
                    *adopted && matches!(action, Action::CreateBranch { .. })
                });
            }
            Record::Closed => {
                self.closed = true;
                self.put_aside = Some(mark);
            }
            Record::Sending { seq, action } => {
                self.next_seq = ActionSeq(seq.0 + 1);
                *self.problem_of(action) = None;
                self.pending = Some(Pending {
                    seq: *seq,
                    action: action.clone(),
                    since: entry.at,
                    unknown: None,
                    doubted_at: entry.at,
                });
            }
            Record::Sent { seq, outcome } => self.settle(*seq, outcome, mark),
            Record::Declared { declaration } => self.declare(declaration, mark),
            Record::Remind { reminder } => self.reminder = Some(reminder.clone()),
            Record::DropReminder => self.reminder = None,
            Record::Saw { milestone } => self.milestones.push(milestone.clone()),
        }
    }

    fn settle(&mut self, seq: ActionSeq, outcome: &Outcome, mark: Mark) {
        let is_it = |pending: &mut Pending| pending.seq == seq;
        let in_doubt = &mut self.in_doubt;
        let taken = self.pending.take_if(is_it);
        let Some(mut pending) = taken.or_else(|| in_doubt.take_if(is_it)) else {
            return;
        };
        match outcome {
            Outcome::Done => self.done.push((mark, pending.action)),
            Outcome::NotDone { problem } => {
                let action = pending.action;
                *self.problem_of(&action) = Some((action.clone(), problem.clone()));
            }
            Outcome::Unknown { problem } => {
                pending.unknown = Some(problem.clone());
                pending.doubted_at = mark.at;
                if pending.action.is_aside() {
                    self.in_doubt = Some(pending);
                } else {
                    self.pending = Some(pending);
                }
            }
        }
    }

    /// Where it is kept that such an action did not work.
    fn problem_of(&mut self, action: &Action) -> &mut Option<(Action, Problem)> {
        if action.is_aside() {
            &mut self.untold
        } else if action.is_repeatable() {
            &mut self.stale_message
        } else {
            &mut self.last_problem
        }
    }

    fn decide(&mut self, seq: ActionSeq, happened: bool, mark: Mark) {
        let Some(pending) = self.pending.take_if(|pending| pending.seq == seq) else {
            return;
        };
        let action = pending.action;
        if happened {
            self.done.push((mark.clone(), action.clone()));
        }
        self.decided.push(Decided {
            mark,
            action,
            happened,
        });
    }

    fn declare(&mut self, declaration: &Declaration, mark: Mark) {
        match declaration {
            Declaration::Announced => self.announced = Some(mark),
            Declaration::NoMorePulls => self.no_more_pulls = Some(mark),
            Declaration::NoEtl { reason } => self.no_etl = Some((mark, reason.clone())),
            Declaration::NoDatabase => self.no_database = Some(mark),
            Declaration::WithoutDatabase { reason } => {
                self.without_database = Some((mark, reason.clone()))
            }
            Declaration::ResultShared => self.result_shared = Some(mark),
            Declaration::Outcome { seq, happened } => self.decide(*seq, *happened, mark),
            Declaration::StatementAdded { sql } => {
                self.statements_added += 1;
                self.statements.push(Statement {
                    number: self.statements_added,
                    sql: sql.clone(),
                    run: None,
                });
                self.no_database = None;
            }
            Declaration::StatementRemoved { number } => {
                self.statements
                    .retain(|statement| statement.number != *number || statement.run.is_some());
            }
            Declaration::StatementRan { number, run } => {
                if let Some(statement) = self
                    .statements
                    .iter_mut()
                    .find(|statement| statement.number == *number)
                {
                    statement.run = Some(run.clone());
                    self.statements_settled = Some(mark);
                }
            }
        }
    }
}
