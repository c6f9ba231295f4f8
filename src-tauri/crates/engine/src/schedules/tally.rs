//! What happened in schedules, to see that they are no empty ones.

use std::collections::BTreeMap;
use std::fmt;

use slipway_core::action::Action;

use super::weather::WriteFate;

/// Counts what happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) schedules: u64,
    pub(super) reads: u64,
    /// Of these, of AWS.
    pub(super) of_aws: u64,
    pub(super) crashes: u64,
    /// The computer slept, or its clock was set.
    pub(super) jumps: u64,
    pub(super) by_others: BTreeMap<&'static str, u64>,
    pub(super) writes: BTreeMap<(&'static str, WriteFate), u64>,
    /// Releases that were seen to be in production.
    pub(super) afloat: u64,
    /// Steps that were seen to be done, whichever release.
    pub(super) done: BTreeMap<&'static str, u64>,
    /// Questions that a person was asked about an action.
    pub(super) undecided: u64,
    pub(super) virtual_seconds: u64,
}

impl Tally {
    pub(super) fn sent(&mut self, action: &Action, fate: WriteFate) {
        *self.writes.entry((kind(action), fate)).or_default() += 1;
    }

    pub(super) fn others(&mut self, did: &'static str) {
        *self.by_others.entry(did).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.reads += other.reads;
        self.of_aws += other.of_aws;
        self.crashes += other.crashes;
        self.jumps += other.jumps;
        self.afloat += other.afloat;
        self.undecided += other.undecided;
        self.virtual_seconds += other.virtual_seconds;
        for (did, times) in &other.by_others {
            *self.by_others.entry(did).or_default() += times;
        }
        for (write, times) in &other.writes {
            *self.writes.entry(*write).or_default() += times;
        }
        for (step, times) in &other.done {
            *self.done.entry(step).or_default() += times;
        }
    }

    /// How often an action of that kind met that fate.
    pub(super) fn met(&self, kind: &'static str, fate: WriteFate) -> u64 {
        self.writes.get(&(kind, fate)).copied().unwrap_or_default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} schedules, {} virtual hours, {} reads, {} kills, {} jumps of the clock, {} questions, {} in production",
            self.schedules,
            self.virtual_seconds / 3600,
            self.reads,
            self.crashes,
            self.jumps,
            self.undecided,
            self.afloat
        )?;
        writeln!(f, "steps done: {:?}", self.done)?;
        writeln!(f, "others: {:?}", self.by_others)?;
        for kind in KINDS {
            let of_kind = self.writes.iter().filter(|((it, _), _)| *it == kind);
            let fates: Vec<String> = of_kind
                .map(|((_, fate), times)| format!("{fate:?} {times}"))
                .collect();
            writeln!(f, "{kind}: {}", fates.join(", "))?;
        }
        Ok(())
    }
}

/// All kinds of actions.
pub(super) const KINDS: [&str; 14] = [
    "create-branch",
    "post-announcement",
    "update-announcement",
    "merge-pull",
    "open-release-pull",
    "merge-release",
    "answer-approval",
    "retry-stage",
    "post-result",
    "tell-change",
    "stop",
    "start-pipeline",
    "enable-transition",
    "roll-back",
];

fn kind(action: &Action) -> &'static str {
    match action {
        Action::CreateBranch { .. } => KINDS[0],
        Action::PostAnnouncement { .. } => KINDS[1],
        Action::UpdateAnnouncement { .. } => KINDS[2],
        Action::MergePull { .. } => KINDS[3],
        Action::OpenReleasePull { .. } => KINDS[4],
        Action::MergeRelease { .. } => KINDS[5],
        Action::AnswerApproval { .. } => KINDS[6],
        Action::RetryStage { .. } => KINDS[7],
        Action::PostResult { .. } => KINDS[8],
        Action::TellChange { .. } => KINDS[9],
        Action::StopExecution { .. } => KINDS[10],
        Action::StartExecution { .. } => KINDS[11],
        Action::EnableTransition { .. } => KINDS[12],
        Action::RollBack { .. } => KINDS[13],
    }
}
