use serde::{Deserialize, Serialize};

/// One of the services that the sim pretends to be. All of AWS is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// GitHub's REST API.
    Github,
    /// Slack's Web API and incoming webhooks.
    Slack,
    /// CodePipeline, CodeBuild, CloudWatch Logs, STS.
    Aws,
}
