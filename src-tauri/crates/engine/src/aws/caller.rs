//! Who we are to AWS (`GetCallerIdentity`, which needs no permission).

use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::line;

use super::Aws;
use super::error::AwsError;

/// What is tried, for people.
pub(super) const DOING: &str = "look up who you are";

/// Account and ARN. A key's do not change, so they are read once.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) account: String,
    pub(super) arn: String,
}

pub(super) async fn read(aws: &Aws, team: &Team) -> Result<Caller, Problem> {
    if let Some(caller) = aws.kept().caller.clone() {
        return Ok(caller);
    }
    ask(aws).await.map_err(|error| error.problem(DOING, team))
}

/// Reads them again.
pub(super) async fn ask(aws: &Aws) -> Result<Caller, AwsError> {
    aws.kept().caller = None;
    let answer = aws.sts.get_caller_identity().send().await;
    let answer = answer.map_err(|error| aws.error("sts:GetCallerIdentity", error))?;
    let caller = Caller {
        account: line(answer.account().unwrap_or_default(), 20),
        arn: line(answer.arn().unwrap_or_default(), 300),
    };
    aws.kept().caller = Some(caller.clone());
    Ok(caller)
}
