//! The table.

mod codes;
mod log;
mod told;

use crate::rules::failure::{Place, Rule, Says};

/// All rules, in the order in which they are tried.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    told::TOLD.iter().chain(log::LOG).chain(codes::CODES)
}

const fn rule(
    place: Place,
    pattern: &'static [&'static str],
    says: &'static Says,
    example: &'static str,
    source: &'static str,
) -> Rule {
    Rule {
        place,
        pattern,
        says,
        example,
        source,
    }
}

const BUILD_TROUBLE: &str =
    "https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html";
const BUILD_QUOTAS: &str = "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html";
const BUILD: &str = "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Build.html";
const BUILD_CONTEXT: &str =
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PhaseContext.html";
const START_BUILD: &str =
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html";
const START_SANDBOX: &str =
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartSandbox.html";
const PIPELINE_TROUBLE: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html";
const PIPELINE_GITHUB: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html";
const PIPELINE_FAILURE: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_FailureDetails.html";
const PIPELINE_IAM: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/security_iam_troubleshoot.html";
const ECR: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html";
const ECR_DOCKER: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html";
const ECR_ERRORS: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html";
const ECS_EVENTS: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html";
const ECS_PULL: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html";
const ECS_ERRORS: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html";
const ECS_THROTTLING: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html";
const EC2_ERRORS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
const S3_ERRORS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const SECRETS: &str =
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html";
const CLI: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-troubleshooting.html";
const CODEARTIFACT: &str =
    "https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_PublishPackageVersion.html";
const AWS_ERRORS: &str =
    "https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/common-errors.html";
const DOCKER_LIMIT: &str = "https://docs.docker.com/docker-hub/usage/pulls/";
