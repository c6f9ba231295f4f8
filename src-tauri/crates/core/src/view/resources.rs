//! What a permission of AWS is asked for.

use crate::facts::Category;
use crate::text::line;
use crate::view::Scene;

/// The names of the pipeline and its parts
/// (<https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html>).
pub(super) struct Resources {
    /// The pipeline's name.
    name: String,
    /// `arn:aws:codepipeline:us-east-2:418295017734:docker-production`.
    pipeline: String,
    /// Its approvals, `Approval/ManualApproval`; none while they are not known.
    approvals: Vec<String>,
}

impl Resources {
    /// Those of the team's pipeline in an account. `caller` is an ARN of the same partition.
    pub(super) fn of(scene: &Scene<'_>, caller: &str, account: &str) -> Self {
        let team = scene.team;
        let partition = caller.split(':').nth(1).filter(|it| !it.is_empty());
        let seen = scene.shared.pipeline.last.as_ref().map(|seen| &seen.value);
        let stages = seen
            .filter(|seen| {
                (&seen.name, &seen.region) == (&team.pipeline, &team.region)
                    && seen.account == account
            })
            .map_or(&[][..], |seen| &seen.stages);
        let approvals = stages.iter().flat_map(|stage| {
            let actions = stage.actions.iter();
            let answered = actions.filter(|it| it.category == Category::Approval);
            answered.map(|it| format!("{}/{}", line(&stage.name, 100), line(&it.name, 100)))
        });
        Self {
            name: team.pipeline.clone(),
            pipeline: format!(
                "arn:{}:codepipeline:{}:{}:{}",
                partition.unwrap_or("aws"),
                team.region,
                line(account, 20),
                team.pipeline
            ),
            approvals: approvals.collect(),
        }
    }

    /// What an action is restricted by.
    pub(super) fn of_action(&self, action: &str) -> String {
        let Self { name, pipeline, .. } = self;
        match action {
            "codepipeline:PutApprovalResult" if self.approvals.is_empty() => {
                format!("{pipeline}/*/*")
            }
            "codepipeline:PutApprovalResult" => {
                let approvals = self.approvals.iter();
                let approvals = approvals.map(|approval| format!("{pipeline}/{approval}"));
                approvals.collect::<Vec<_>>().join(" and ")
            }
            "codepipeline:RetryStageExecution"
            | "codepipeline:EnableStageTransition"
            | "codepipeline:RollbackStage" => {
                format!("{pipeline}/*")
            }
            _ if action.starts_with("codebuild:") => {
                format!("the CodeBuild project behind {name}")
            }
            _ if action.starts_with("logs:") => {
                format!("the log group of the build project behind {name}")
            }
            _ => pipeline.clone(),
        }
    }
}
