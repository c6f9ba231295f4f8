//! The kinds of failure.

use serde::Serialize;
use ts_rs::TS;

/// What kind of thing went wrong: it decides who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    /// A quota or limit is used up.
    Limit,
    /// Something that is named does not exist.
    Missing,
    /// A role or a sign-in may not do something.
    Permission,
    /// The network, or AWS has no room or is in trouble.
    Network,
    /// The build image, or the container that is made of it.
    Image,
    /// The project, the pipeline or a bucket is set up wrongly.
    Configuration,
    /// The code, its tests or its build steps.
    Code,
    /// Somebody said no.
    Rejected,
    /// Nobody answered in time.
    Expired,
    /// Somebody stopped it.
    Stopped,
    /// No rule knows it.
    Unknown,
}

impl FailureKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Limit,
        Self::Missing,
        Self::Permission,
        Self::Network,
        Self::Image,
        Self::Configuration,
        Self::Code,
        Self::Rejected,
        Self::Expired,
        Self::Stopped,
        Self::Unknown,
    ];

    /// "Quota or limit".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Limit => "Quota or limit",
            Self::Missing => "Something is missing",
            Self::Permission => "Permission",
            Self::Network => "Network or capacity",
            Self::Image => "Build image",
            Self::Configuration => "Configuration",
            Self::Code => "Code",
            Self::Rejected => "Rejected",
            Self::Expired => "Expired",
            Self::Stopped => "Stopped",
            Self::Unknown => "Unknown",
        }
    }
}

/// What helps, as far as a rule can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait, then retry: it passes by itself.
    Wait,
    /// Somebody puts it right in AWS, then retry.
    PutRight,
    /// Another commit.
    Hotfix,
    /// A person decided, and decides again.
    Decide,
    /// Somebody has to read it.
    Read,
}
