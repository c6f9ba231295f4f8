//! What a service says of a sign-in.

use crate::action::Action;
use crate::problem::Problem;
use crate::time::At;

/// What a service said when it was asked who we are there and what we may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// When.
    pub at: At,
    /// Its answer, or why there is none.
    pub result: Result<Standing, Problem>,
}

/// Who we are somewhere, and what we may do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who we are.
    pub identity: Identity,
    /// When the sign-in ends by itself, where the service says so.
    pub ends: Option<At>,
    /// What we may do, in the order it is shown.
    pub findings: Vec<Finding>,
    /// What is wrong as a whole, though the service knows us: "There is no pipeline … in account …".
    pub problem: Option<Problem>,
    /// The page where that is put right, out of the service's own answer.
    pub page: Option<String>,
}

/// Who we are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A person on GitHub.
    GitHub {
        /// The login, unique there.
        login: String,
        /// The display name; the login when none is set.
        name: String,
    },
    /// A caller of AWS (`GetCallerIdentity`).
    Aws {
        /// Twelve digits.
        account: String,
        /// `arn:aws:sts::…:assumed-role/Developer/jun`.
        arn: String,
    },
    /// A bot in Slack (`auth.test`).
    SlackBot {
        /// The workspace's name.
        team: String,
        /// The bot's user name.
        bot: String,
    },
    /// A webhook, which tells nothing of itself.
    SlackWebhook,
}

/// Whether one thing may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub power: Power,
    /// Whether.
    pub allowed: Allowed,
}

/// Something that a sign-in is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// See the repository, its branches and pull requests.
    GitHubRead,
    /// Make branches and merge.
    GitHubWrite,
    /// Open the release pull request.
    GitHubPulls,
    /// See the pipeline, its builds and their logs.
    AwsWatch,
    /// Answer a waiting approval.
    AwsApprove,
    /// Retry a stage.
    AwsOperate,
    /// Stop an execution.
    AwsStop,
    /// Start the pipeline.
    AwsStart,
    /// Switch on the way into a stage.
    AwsOpen,
    /// Roll a stage back.
    AwsRollBack,
    /// Post in the team's channel.
    SlackPost,
    /// Find a message again and change it.
    SlackFollow,
}

impl Power {
    /// What an action takes.
    #[must_use]
    pub fn of(action: &Action) -> Self {
        match action {
            Action::CreateBranch { .. }
            | Action::MergePull { .. }
            | Action::MergeRelease { .. } => Self::GitHubWrite,
            Action::OpenReleasePull { .. } => Self::GitHubPulls,
            Action::PostAnnouncement { .. }
            | Action::PostResult { .. }
            | Action::TellChange { .. } => Self::SlackPost,
            Action::UpdateAnnouncement { .. } => Self::SlackFollow,
            Action::AnswerApproval { .. } => Self::AwsApprove,
            Action::RetryStage { .. } => Self::AwsOperate,
            Action::StopExecution { .. } => Self::AwsStop,
            Action::StartExecution { .. } => Self::AwsStart,
            Action::EnableTransition { .. } => Self::AwsOpen,
            Action::RollBack { .. } => Self::AwsRollBack,
        }
    }
}

/// Whether something may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Yes.
    Yes,
    /// No.
    No {
        /// The permission, action or scope that is missing, as the service calls it; empty when it is none of those.
        missing: String,
        /// What else stands in the way and what to do about it; may be empty.
        note: String,
    },
    /// The service does not say before it is tried, or could not be asked.
    Unknown {
        /// Why; may be empty.
        note: String,
    },
}
