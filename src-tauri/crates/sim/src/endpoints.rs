use serde::{Deserialize, Serialize};

/// Where a running sim listens: base URLs without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// GitHub's REST API; the pages that `html_url` names are served here, too.
    pub github: String,
    /// Slack's origin: the Web API is under `/api`, the incoming webhook under `/services`.
    pub slack: String,
    /// CodePipeline, CodeBuild, CloudWatch Logs and STS.
    pub aws: String,
    /// The control endpoint.
    pub control: String,
    /// What the control endpoint wants as a bearer token.
    pub control_token: String,
}
