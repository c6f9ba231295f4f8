//! Check runs and commit statuses of a commit, taken together ("List check runs for a Git reference", "Get the
//! combined status for a specific reference").

use serde::Deserialize;
use slipway_core::facts::Checks;
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;
use slipway_core::text::line;

use super::error::GitHubError;
use super::wire::Wire;

#[derive(Deserialize)]
struct CheckRunsJson {
    check_runs: Vec<CheckRunJson>,
}

#[derive(Deserialize)]
struct CheckRunJson {
    name: String,
    status: String,
    conclusion: Option<String>,
}

/// The combined `state` is `pending` when there are no statuses at all, so only the list counts.
#[derive(Deserialize)]
struct CombinedJson {
    statuses: Vec<StatusJson>,
}

#[derive(Deserialize)]
struct StatusJson {
    context: String,
    state: String,
}

/// Reads both; what the token may not see is left out, for the merge itself is where GitHub holds its rules.
pub(super) async fn read(wire: &Wire, repository: &str, sha: &Sha) -> Result<Checks, Problem> {
    let (runs, statuses) = (
        format!("{repository}/commits/{sha}/check-runs?per_page=100"),
        format!("{repository}/commits/{sha}/status?per_page=100"),
    );
    let (runs, statuses) = tokio::join!(
        wire.pages::<CheckRunsJson>(&runs),
        wire.pages::<CombinedJson>(&statuses)
    );
    let mut checks = Checks::default();
    for run in told(runs)?.into_iter().flat_map(|page| page.check_runs) {
        let list = match (run.status.as_str(), run.conclusion.as_deref()) {
            ("completed", Some("success" | "neutral" | "skipped")) => &mut checks.passed,
            ("completed", _) => &mut checks.failed,
            _ => &mut checks.pending,
        };
        list.push(line(&run.name, 100));
    }
    for status in told(statuses)?.into_iter().flat_map(|page| page.statuses) {
        let list = match status.state.as_str() {
            "success" => &mut checks.passed,
            "pending" => &mut checks.pending,
            _ => &mut checks.failed,
        };
        list.push(line(&status.context, 100));
    }
    Ok(checks)
}

fn told<T>(pages: Result<Vec<T>, GitHubError>) -> Result<Vec<T>, Problem> {
    match pages {
        Ok(pages) => Ok(pages),
        Err(GitHubError::Refused {
            status: 403 | 404, ..
        }) => Ok(Vec::new()),
        Err(error) => Err(error.problem("list of checks")),
    }
}
