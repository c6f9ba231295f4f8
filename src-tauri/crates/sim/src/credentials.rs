use serde::{Deserialize, Serialize};

/// The only credentials that the sim accepts. They open nothing else. The default are the same for every sim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Dana Whitfield's personal access token.
    pub github_token: String,
    /// The token of the bot user `Slipway`.
    pub slack_bot_token: String,
    /// The path of the channel's incoming webhook, below [`Endpoints::slack`](crate::Endpoints::slack).
    pub slack_webhook_path: String,
    /// The access key of `assumed-role/ReleaseApprover/dana.whitfield`.
    pub aws_access_key_id: String,
    /// Its secret. Signatures are not verified.
    pub aws_secret_access_key: String,
}

const GITHUB_TOKEN: &str = "ghp_SimSimSimSimSimSimSimSimSimSimSim00";
const SLACK_BOT_TOKEN: &str = "xoxb-000000000000-000000000000-SimSimSimSimSimSimSimSim";
const SLACK_WEBHOOK_PATH: &str = "/services/T00SIMTEAM/B00SIMHOOK/SimSimSimSimSimSimSimSim";
const AWS_ACCESS_KEY_ID: &str = "AKIASIMSIMSIMSIMSIM0";
const AWS_SECRET_ACCESS_KEY: &str = "SimSimSimSimSimSimSimSimSimSimSimSimSim0";

impl Default for Credentials {
    fn default() -> Credentials {
        Credentials {
            github_token: GITHUB_TOKEN.to_owned(),
            slack_bot_token: SLACK_BOT_TOKEN.to_owned(),
            slack_webhook_path: SLACK_WEBHOOK_PATH.to_owned(),
            aws_access_key_id: AWS_ACCESS_KEY_ID.to_owned(),
            aws_secret_access_key: AWS_SECRET_ACCESS_KEY.to_owned(),
        }
    }
}
