//! Every write, in each way that it is made.

use std::collections::BTreeMap;

use slipway_core::action::Action;
use slipway_core::intent::Intent;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_sim::Service;

use crate::walk::state;

/// One kind of write, and the way it is made.
macro_rules! writes {
    ($($write:ident),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Write { $($write),* }

        impl Write {
            pub(crate) const ALL: &[Self] = &[$(Self::$write),*];
        }
    };
}

writes![
    CreateBranch,
    AnnounceByBot,
    AnnounceByWebhook,
    UpdateAnnouncement,
    MergePull,
    OpenReleasePull,
    MergeRelease,
    Approve,
    Reject,
    RetryStage,
    StopExecution,
    StartExecution,
    EnableTransition,
    RollBack,
    PostResult,
    TellChange,
];

/// Which account tells the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Teller {
    Bot,
    Webhook,
}

impl Write {
    /// The cells of an action: whoever adds one comes past here.
    pub(crate) fn of(action: &Action, teller: Teller) -> Self {
        match (action, teller) {
            (Action::CreateBranch { .. }, _) => Self::CreateBranch,
            (Action::PostAnnouncement { .. }, Teller::Bot) => Self::AnnounceByBot,
            (Action::PostAnnouncement { .. }, Teller::Webhook) => Self::AnnounceByWebhook,
            (Action::UpdateAnnouncement { .. }, _) => Self::UpdateAnnouncement,
            (Action::MergePull { .. }, _) => Self::MergePull,
            (Action::OpenReleasePull { .. }, _) => Self::OpenReleasePull,
            (Action::MergeRelease { .. }, _) => Self::MergeRelease,
            (Action::AnswerApproval { answer, .. }, _) => match answer {
                slipway_core::action::Answer::Approved => Self::Approve,
                slipway_core::action::Answer::Rejected => Self::Reject,
            },
            (Action::RetryStage { .. }, _) => Self::RetryStage,
            (Action::StopExecution { .. }, _) => Self::StopExecution,
            (Action::StartExecution { .. }, _) => Self::StartExecution,
            (Action::EnableTransition { .. }, _) => Self::EnableTransition,
            (Action::RollBack { .. }, _) => Self::RollBack,
            // With a webhook nothing is found that the result could be posted under: a person tells the team.
            (Action::PostResult { .. }, _) => Self::PostResult,
            (Action::TellChange { .. }, _) => Self::TellChange,
        }
    }

    pub(crate) fn service(self) -> Service {
        match self {
            Self::CreateBranch | Self::MergePull | Self::OpenReleasePull | Self::MergeRelease => {
                Service::Github
            }
            Self::AnnounceByBot
            | Self::AnnounceByWebhook
            | Self::UpdateAnnouncement
            | Self::PostResult
            | Self::TellChange => Service::Slack,
            Self::Approve
            | Self::Reject
            | Self::RetryStage
            | Self::StopExecution
            | Self::StartExecution
            | Self::EnableTransition
            | Self::RollBack => Service::Aws,
        }
    }

    /// As in the request log.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::CreateBranch => "git/create-ref",
            Self::AnnounceByBot | Self::PostResult | Self::TellChange => "chat.postMessage",
            Self::AnnounceByWebhook => "webhook",
            Self::UpdateAnnouncement => "chat.update",
            Self::MergePull | Self::MergeRelease => "pulls/merge",
            Self::OpenReleasePull => "pulls/create",
            Self::Approve | Self::Reject => "codepipeline:PutApprovalResult",
            Self::RetryStage => "codepipeline:RetryStageExecution",
            Self::StopExecution => "codepipeline:StopPipelineExecution",
            Self::StartExecution => "codepipeline:StartPipelineExecution",
            Self::EnableTransition => "codepipeline:EnableStageTransition",
            Self::RollBack => "codepipeline:RollbackStage",
        }
    }

    pub(crate) fn teller(self) -> Teller {
        match self {
            Self::AnnounceByWebhook => Teller::Webhook,
            Self::CreateBranch
            | Self::AnnounceByBot
            | Self::UpdateAnnouncement
            | Self::MergePull
            | Self::OpenReleasePull
            | Self::MergeRelease
            | Self::Approve
            | Self::Reject
            | Self::RetryStage
            | Self::StopExecution
            | Self::StartExecution
            | Self::EnableTransition
            | Self::RollBack
            | Self::PostResult
            | Self::TellChange => Teller::Bot,
        }
    }

    /// What the person who is asked to do it presses next, by name; some writes follow by themselves from what they
    /// press.
    pub(crate) fn pressed(self) -> &'static str {
        match self {
            Self::CreateBranch => "create-branch",
            Self::AnnounceByBot | Self::AnnounceByWebhook => "post-announcement",
            Self::UpdateAnnouncement | Self::MergeRelease | Self::TellChange => "merge-release",
            Self::MergePull => "merge-pull",
            Self::OpenReleasePull => "no-more-pulls",
            Self::Approve | Self::Reject => "approve",
            Self::RetryStage => "retry-stage",
            Self::StopExecution => STOP,
            Self::StartExecution => START,
            Self::EnableTransition => ENABLE,
            Self::RollBack => BACK,
            Self::PostResult => "post-result",
        }
    }

    /// It follows by itself: nobody presses a button of its own for it.
    pub(crate) fn follows(self) -> bool {
        matches!(
            self,
            Self::UpdateAnnouncement | Self::OpenReleasePull | Self::TellChange
        )
    }

    /// Nothing on screen waits for it.
    pub(crate) fn is_quiet(self) -> bool {
        matches!(self, Self::UpdateAnnouncement | Self::TellChange)
    }

    /// Another look shows whether it happened.
    pub(crate) fn is_seen(self) -> bool {
        self.teller() == Teller::Bot
    }

    /// What this write makes of what is offered.
    pub(crate) fn wish(self, next: Intent) -> Intent {
        match (self, next) {
            (Self::Reject, Intent::Approve { release, gate, .. }) => Intent::Reject {
                release,
                gate,
                reason: "Not tonight".to_owned(),
            },
            (_, next) => next,
        }
    }

    /// The release went on because of it.
    pub(crate) fn is_done(self, view: &ReleaseView) -> bool {
        let done = |step| state(view, step) == StepState::Done;
        view.busy.is_none()
            && match self {
                Self::CreateBranch => done(StepId::Branch),
                Self::AnnounceByBot | Self::AnnounceByWebhook => done(StepId::Announce),
                Self::MergePull => view.etl.open.is_empty(),
                Self::OpenReleasePull => view.merge.number.is_some(),
                Self::MergeRelease => done(StepId::Merge),
                Self::Approve => done(StepId::Approval),
                Self::Reject => view.approval.answer.is_some(),
                Self::RetryStage | Self::EnableTransition => done(StepId::Build),
                Self::StopExecution | Self::RollBack => {
                    state(view, StepId::Build) == StepState::Blocked
                }
                Self::StartExecution => view.approval.gate.is_some(),
                Self::PostResult => done(StepId::Finish),
                // Nothing on screen is about the message and its thread.
                Self::UpdateAnnouncement | Self::TellChange => false,
            }
    }
}

/// What is done about an execution: nothing that a release needs on its way.
pub(crate) const STOP: &str = "stop";
pub(crate) const START: &str = "start-pipeline";
pub(crate) const ENABLE: &str = "enable-transition";
pub(crate) const BACK: &str = "roll-back";

/// What is offered of these by that name.
pub(crate) fn control(view: &ReleaseView, wanted: &str) -> Option<Intent> {
    let release = view.id.clone();
    let control = view.busy.is_none().then_some(&view.control)?;
    Some(match wanted {
        STOP => Intent::StopExecution {
            release,
            execution: control.stop.as_ref()?.execution.clone(),
            abandon: true,
            reason: "Wrong week".to_owned(),
        },
        START => {
            let shown = control.start.as_ref()?;
            Intent::StartPipeline {
                release,
                commit: shown.commit.clone(),
                after: shown.after.clone(),
            }
        }
        BACK => {
            let shown = control.roll_back.as_ref()?;
            Intent::RollBack {
                release,
                stage: shown.stage.clone(),
                target: shown.target.clone(),
            }
        }
        ENABLE => {
            let shown = control.transition.as_ref()?;
            Intent::EnableTransition {
                release,
                stage: shown.stage.clone(),
                reason: shown.reason.clone(),
            }
        }
        _ => return None,
    })
}

/// The name of what a person presses; empty for what this matrix has no use for.
pub(crate) fn name(intent: &Intent) -> &'static str {
    let names: BTreeMap<&str, fn(&Intent) -> bool> = BTreeMap::from([
        (
            "draft",
            (|it| matches!(it, Intent::Draft { .. })) as fn(&Intent) -> bool,
        ),
        ("create-branch", |it| {
            matches!(it, Intent::CreateBranch { .. })
        }),
        ("post-announcement", |it| {
            matches!(it, Intent::PostAnnouncement { .. })
        }),
        ("merge-pull", |it| matches!(it, Intent::MergePull { .. })),
        ("no-more-pulls", |it| {
            matches!(it, Intent::DeclareNoMorePulls { .. })
        }),
        ("no-database", |it| {
            matches!(it, Intent::DeclareNoDatabase { .. })
        }),
        ("merge-release", |it| {
            matches!(it, Intent::MergeRelease { .. })
        }),
        ("approve", |it| matches!(it, Intent::Approve { .. })),
        ("retry-stage", |it| matches!(it, Intent::RetryStage { .. })),
        ("post-result", |it| matches!(it, Intent::PostResult { .. })),
    ]);
    let found = names.into_iter().find(|(_, is)| is(intent));
    found.map_or("", |(name, _)| name)
}
