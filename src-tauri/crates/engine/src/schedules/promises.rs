//! The promises, held against the pretended world after everything that happens.
//!
//! 1. Never twice: nothing is sent again that took effect, or still may.
//! 2. Never the wrong thing: what is sent is what a person pressed, and rests on a read of its service after they
//!    pressed it, or while it was being sent again; an approval is for the commit on the card, which carries a release.
//! 3. Never a false green: what is shown or told to be done is so.

use std::collections::BTreeSet;

use slipway_core::action::Action;
use slipway_core::declaration::Declaration;
use slipway_core::desktop::{DesktopRecord, Event};
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::record::Record;
use slipway_core::time::At;
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_sim::Service;
use slipway_sim::world::{Channel, ExecutionStatus, PullState, World};

pub(super) use super::basis::Basis;
use super::book::Disk;
use super::reads::{Again, Reads};
use super::seen::slack::{self, RELEASE, RESULT};
use super::truth::Truth;

/// What was sent, seen and shown so far, and the first promise that was broken.
#[derive(Clone, Default)]
pub(super) struct Promises {
    pub(super) broken: Option<String>,
    happened: Vec<Effect>,
    on_their_way: Vec<Effect>,
    pub(super) reads: Reads,
    /// Wishes that are being carried out.
    under_way: Vec<Intent>,
    pressed: Vec<Intent>,
    /// Releases that were announced at some time, and whose result was posted.
    announced: BTreeSet<ReleaseId>,
    shared: BTreeSet<ReleaseId>,
    /// What was told already.
    told: BTreeSet<String>,
    told_until: usize,
}

/// What an action brings about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    Branch(String),
    Announcement(ReleaseId),
    Merge(u32),
    ReleasePull(String),
    Answer(String),
    Retry(String, At),
    /// An execution is told to stop; whether it is abandoned.
    Stop(String, bool),
    /// An execution is started, by its token.
    Start(String),
    /// The way into a stage is switched on.
    Open(String),
    /// A stage is rolled back, after the newest execution that there was.
    RollBack(String, Option<At>),
    Result(ReleaseId),
    /// A change told in the thread.
    Told(String),
}

impl Effect {
    /// Sending the same update twice changes nothing.
    fn of(release: &ReleaseId, action: &Action) -> Option<Self> {
        Some(match action {
            Action::CreateBranch { name, .. } => Self::Branch(name.clone()),
            Action::PostAnnouncement { .. } => Self::Announcement(release.clone()),
            Action::UpdateAnnouncement { .. } => return None,
            Action::MergePull { number, .. } | Action::MergeRelease { number, .. } => {
                Self::Merge(number.0)
            }
            Action::OpenReleasePull { head, .. } => Self::ReleasePull(head.clone()),
            Action::AnswerApproval { gate, .. } => Self::Answer(gate.token.to_string()),
            Action::RetryStage {
                execution,
                failed_at,
                ..
            } => Self::Retry(execution.to_string(), *failed_at),
            Action::StopExecution {
                execution, abandon, ..
            } => Self::Stop(execution.to_string(), *abandon),
            Action::StartExecution { token, .. } => Self::Start(token.clone()),
            Action::EnableTransition { stage } => Self::Open(stage.clone()),
            Action::RollBack { stage, newest, .. } => Self::RollBack(stage.clone(), *newest),
            Action::PostResult { .. } => Self::Result(release.clone()),
            Action::TellChange { change, .. } => Self::Told(change.clone()),
        })
    }

    /// It is still so: nobody undid it.
    fn stands(&self, world: &World) -> bool {
        let posted = |event, release| {
            let mut messages = world.channel.messages.iter();
            messages.any(|message| slack::is(message, event, release))
        };
        match self {
            Self::Branch(name) => world.repository.branches.contains_key(name),
            Self::Announcement(release) => posted(RELEASE, release),
            Self::Result(release) => posted(RESULT, release),
            Self::ReleasePull(head) => {
                let mut pulls = world.repository.pulls.iter();
                pulls.any(|pull| {
                    pull.head == *head && !matches!(pull.state, PullState::Closed { .. })
                })
            }
            Self::Told(change) => {
                let mut messages = world.channel.messages.iter();
                messages.any(|message| slack::change(message).as_ref() == Some(change))
            }
            // Who retries a stage of it lets it go on.
            Self::Stop(execution, _) => {
                let stopped = world.pipeline.execution(execution);
                stopped.is_some_and(|it| {
                    matches!(
                        it.status,
                        ExecutionStatus::Stopping | ExecutionStatus::Stopped
                    )
                })
            }
            Self::Open(stage) => {
                let mut stages = world.pipeline.stages.iter();
                stages.any(|it| world.pipeline.title(it.name) == stage && it.transition.enabled)
            }
            Self::Merge(_)
            | Self::Answer(_)
            | Self::Retry(..)
            | Self::Start(_)
            | Self::RollBack(..) => true,
        }
    }
}

impl Promises {
    /// A person presses a button.
    pub(super) fn press(&mut self, intent: &Intent) {
        if self.under_way.is_empty() {
            self.reads.count_from_here();
        }
        self.under_way.push(intent.clone());
        self.pressed.push(intent.clone());
    }

    /// What came of it is known.
    pub(super) fn answered(&mut self, intent: &Intent) {
        if let Some(place) = self.under_way.iter().position(|it| it == intent) {
            self.under_way.remove(place);
        }
    }

    /// Nobody waits for an answer any more.
    pub(super) fn died(&mut self) {
        self.under_way.clear();
        self.reads.forget();
    }

    pub(super) fn basis(&self, world: &World) -> Basis {
        Basis::of(world)
    }

    /// The engine sends something, while this is being sent again.
    pub(super) fn is_sent(
        &mut self,
        world: &World,
        service: Service,
        (release, action): (&ReleaseId, &Action),
        again: &[Again],
    ) {
        if let Some(effect) = Effect::of(release, action) {
            let again = self.happened.contains(&effect) && effect.stands(world);
            if again || self.on_their_way.contains(&effect) {
                self.break_with(format!("twice: {effect:?}, {action:?}"));
            }
        }
        if !self.was_pressed(action) {
            self.break_with(format!("wrong: nobody pressed {action:?}"));
        }
        let mut again = again.iter();
        let again = again.find(|it| it.pending.as_ref() == Some(action));
        let wished = self.under_way.iter().any(|it| asks_for(it, action));
        let mut seen = self.reads.that_serve(service, wished, again);
        let rests = Basis::is_free(action) || seen.any(|basis| basis.allows(release, action));
        drop(seen);
        if !rests {
            let how = again.map_or("sent", |_| "sent again");
            let seen = self.reads.last();
            self.break_with(format!(
                "wrong: {action:?} is {how} on nothing seen: {seen:?}"
            ));
        }
    }

    /// What was undone was not done, whoever does it next. Nobody else posts what we post.
    pub(super) fn forget_what_was_undone(&mut self, world: &World) {
        self.happened.retain(|it| {
            let is_ours = matches!(
                it,
                Effect::Announcement(_) | Effect::Result(_) | Effect::Told(_)
            );
            is_ours || it.stands(world)
        });
    }

    pub(super) fn is_on_its_way(&mut self, release: &ReleaseId, action: &Action) {
        self.on_their_way.extend(Effect::of(release, action));
    }

    /// A request arrives.
    pub(super) fn before_effect(&mut self, world: &World, action: &Action) {
        let Action::AnswerApproval { gate, .. } = action else {
            return;
        };
        let execution = world.pipeline.execution(gate.execution.as_str());
        let revision = execution.and_then(|it| it.revision.as_ref());
        if revision.map(|it| it.sha.as_str()) != Some(gate.commit.as_str()) {
            self.break_with(format!("wrong: {gate:?} is for {revision:?}"));
        }
        let mut pressed = self.pressed.iter();
        let carries = pressed.any(|intent| {
            if let Intent::Approve {
                release, gate: it, ..
            }
            | Intent::Reject {
                release, gate: it, ..
            } = intent
            {
                let truth = Truth { world, release };
                it == gate && truth.is_carried_by(gate.execution.as_str())
            } else {
                false
            }
        });
        if !carries {
            self.break_with(format!("wrong: {gate:?} carries no release of ours"));
        }
    }

    pub(super) fn took_effect(&mut self, world: &World, release: &ReleaseId, action: &Action) {
        let Some(effect) = Effect::of(release, action) else {
            return;
        };
        match &effect {
            Effect::Announcement(release) => self.announced.insert(release.clone()),
            Effect::Result(release) => self.shared.insert(release.clone()),
            Effect::Branch(_)
            | Effect::Merge(_)
            | Effect::ReleasePull(_)
            | Effect::Answer(_)
            | Effect::Retry(..)
            | Effect::Stop(..)
            | Effect::Start(_)
            | Effect::Open(_)
            | Effect::RollBack(..)
            | Effect::Told(_) => true,
        };
        let posted = |event| {
            let messages = world.channel.messages.iter();
            messages
                .filter(|message| slack::is(message, event, release))
                .count()
        };
        if posted(RELEASE).max(posted(RESULT)) > 1 {
            self.break_with(format!("twice: {effect:?} in #{}", Channel::NAME));
        }
        if let Effect::Told(told) = &effect {
            let messages = world.channel.messages.iter();
            let same = messages.filter(|it| slack::change(it).as_ref() == Some(told));
            if same.count() > 1 {
                self.break_with(format!("twice: {effect:?} in #{}", Channel::NAME));
            }
        }
        self.happened.push(effect);
    }

    /// A service says that it did it, and did not. Its word counts for the result in a thread, which nobody looks for
    /// again once a release is finished; everything else has to be seen.
    pub(super) fn is_claimed(&mut self, release: &ReleaseId, action: &Action) {
        if let Some(Effect::Result(release)) = Effect::of(release, action) {
            self.shared.insert(release);
        }
    }

    /// It arrived, or never will.
    pub(super) fn has_arrived(&mut self, release: &ReleaseId, action: &Action) {
        let effect = Effect::of(release, action);
        if let Some(place) = self
            .on_their_way
            .iter()
            .position(|it| Some(it) == effect.as_ref())
        {
            self.on_their_way.remove(place);
        }
    }

    /// What a person finds when they look for it themselves.
    pub(super) fn happened(&self, world: &World, release: &ReleaseId, action: &Action) -> bool {
        Effect::of(release, action).is_some_and(|effect| {
            self.on_their_way.contains(&effect)
                || self.happened.contains(&effect) && effect.stands(world)
        })
    }

    /// Nothing is shown or told to be done that is not.
    pub(super) fn hold(&mut self, world: &World, disk: &Disk, view: &View) {
        for release in &view.releases {
            let false_green = self.false_green(world, disk, release);
            if let Some(step) = false_green {
                self.break_with(format!("false green: {step:?} of {}", release.id));
            }
        }
        for entry in &disk.desktop[self.told_until..] {
            let DesktopRecord::Told { notice } = &entry.record else {
                continue;
            };
            if !self.told.insert(notice.key.clone()) {
                self.broken
                    .get_or_insert(format!("twice: the notice {}", notice.key));
            }
            let truth = Truth {
                world,
                release: &notice.release,
            };
            let is_so = match notice.event {
                Event::Succeeded => truth.built(),
                Event::Building => truth.approved(),
                Event::MaintenanceSoon => true,
                Event::ApprovalNeeded
                | Event::Failed
                | Event::Rejected
                | Event::Expired
                | Event::Stopped
                | Event::RolledBack => truth.landed(),
            };
            if !is_so {
                self.broken
                    .get_or_insert(format!("false green: the notice {}", notice.key));
            }
        }
        self.told_until = disk.desktop.len();
        if let Some(trouble) = &view.trouble
            && trouble.code != slipway_core::problem::Code::Journal
        {
            self.break_with(format!("it failed: {trouble:?}"));
        }
    }

    fn false_green(&self, world: &World, disk: &Disk, shown: &ReleaseView) -> Option<StepId> {
        let release = &shown.id;
        let truth = Truth { world, release };
        let declared = |wanted: fn(&Declaration) -> bool| {
            let mut entries = disk.entries.iter().filter(|it| it.release == *release);
            entries.any(|entry| {
                matches!(&entry.record, Record::Declared { declaration } if wanted(declaration))
            })
        };
        let done = shown.steps.iter();
        let mut done = done.filter(|step| step.state == StepState::Done);
        let wrong = done.find(|step| !match step.id {
            StepId::Branch => truth.had_branch(),
            StepId::Announce => {
                self.announced.contains(release) || declared(|it| *it == Declaration::Announced)
            }
            StepId::Etl => {
                declared(|it| matches!(it, Declaration::NoMorePulls | Declaration::NoEtl { .. }))
            }
            StepId::Database => declared(|it| {
                matches!(
                    it,
                    Declaration::NoDatabase | Declaration::WithoutDatabase { .. }
                )
            }),
            StepId::Merge => truth.landed(),
            StepId::Approval => truth.approved(),
            StepId::Build => truth.built(),
            StepId::Finish => {
                self.shared.contains(release) || declared(|it| *it == Declaration::ResultShared)
            }
        });
        let afloat = shown.afloat && !truth.built();
        wrong
            .map(|step| step.id)
            .or(afloat.then_some(StepId::Build))
    }

    fn was_pressed(&self, action: &Action) -> bool {
        let unasked = matches!(
            action,
            Action::UpdateAnnouncement { .. } | Action::TellChange { .. }
        );
        unasked || self.pressed.iter().any(|it| asks_for(it, action))
    }

    fn break_with(&mut self, what: String) {
        self.broken.get_or_insert(what);
    }
}

/// Merges carry the head that was shown, answers the card, retries the execution.
fn asks_for(intent: &Intent, action: &Action) -> bool {
    match action {
        Action::CreateBranch { name, sha } => {
            matches!(intent, Intent::CreateBranch { name: shown, sha: at } if shown == name && at == sha)
        }
        Action::MergePull { number, head, .. } => {
            matches!(intent, Intent::MergePull { number: shown, head: at, .. } if shown == number && at == head)
        }
        Action::MergeRelease { number, head, .. } => {
            matches!(intent, Intent::MergeRelease { number: shown, head: at, .. } if shown == number && at == head)
        }
        Action::AnswerApproval { gate, .. } => {
            matches!(intent, Intent::Approve { gate: shown, .. } | Intent::Reject { gate: shown, .. } if shown == gate)
        }
        Action::RetryStage { execution, .. } => {
            matches!(intent, Intent::RetryStage { execution: shown, .. } if shown == execution)
        }
        Action::StopExecution {
            execution, abandon, ..
        } => {
            matches!(intent, Intent::StopExecution { execution: shown, abandon: it, .. } if shown == execution && it == abandon)
        }
        Action::StartExecution { commit, .. } => {
            matches!(intent, Intent::StartPipeline { commit: shown, .. } if shown == commit)
        }
        Action::RollBack { stage, target, .. } => {
            matches!(intent, Intent::RollBack { stage: shown, target: it, .. } if shown == stage && it == target)
        }
        Action::EnableTransition { stage } => {
            matches!(intent, Intent::EnableTransition { stage: shown, .. } if shown == stage)
        }
        Action::PostAnnouncement { .. } => matches!(intent, Intent::PostAnnouncement { .. }),
        Action::PostResult { .. } => matches!(intent, Intent::PostResult { .. }),
        Action::OpenReleasePull { .. } => matches!(
            intent,
            Intent::OpenReleasePull { .. } | Intent::DeclareNoMorePulls { .. }
        ),
        // Nobody has to ask for it.
        Action::UpdateAnnouncement { .. } | Action::TellChange { .. } => false,
    }
}
