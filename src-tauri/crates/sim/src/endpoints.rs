//! Where a sim listens.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

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

impl Endpoints {
    /// Writes them as JSON to a file, for scripts of the person who runs the sim. Nobody else may read it: it holds
    /// the control token.
    ///
    /// # Errors
    /// When the file cannot be written; an earlier one is left as it was.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let new = file.with_extension("json.new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&new)?.write_all(&serde_json::to_vec(self)?)?;
        std::fs::rename(new, file)
    }
}
