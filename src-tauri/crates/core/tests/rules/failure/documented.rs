//! Forms that AWS, Docker and their own people document, or that were seen in the field (these with the page that comes
//! nearest), beside the rules' examples.

use super::{command, said, told};
use crate::table::check;
use slipway_core::rules::failure::{Diagnosis, FailureKind};

const BUILD: &str = "https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html";
const PIPELINE: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html";
const QUOTAS: &str = "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html";
const STATUS: &str = "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Build.html";
const CONTEXT: &str =
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PhaseContext.html";
const START: &str = "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html";
const IAM: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
const PIPELINE_IAM: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/security_iam_troubleshoot.html";
const ECS: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html";
const ECS_PULL: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html";
const S3: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const ECR: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html";
const ECR_DOCKER: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html";
const DOCKER: &str = "https://docs.docker.com/docker-hub/usage/pulls/";

/// What an action says, and what that is.
#[rustfmt::skip]
const TOLD: &[(&str, FailureKind, &str)] = &[
    // As CodePipeline words a build that could not start.
    ("Error calling startBuild: Cannot have more than 1 builds in queue for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 7d9c)", FailureKind::Limit, QUOTAS),
    ("Error calling startBuild: Cannot have more than 0 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 7d9c; Proxy: null)", FailureKind::Limit, QUOTAS),
    ("Error calling startBuild: Project cannot be found: arn:aws:codebuild:eu-west-1:123456789012:project/web (Service: AWSCodeBuild; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: 7d9c)", FailureKind::Missing, START),
    ("Error calling startBuild: CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the necessary trust policy configured (Service: AWSCodeBuild; Status Code: 400; Error Code: InvalidInputException; Request ID: 7d9c)", FailureKind::Permission, BUILD),
    ("Error calling startBuild: User: arn:aws:sts::123456789012:assumed-role/pipeline/1 is not authorized to perform: codebuild:StartBuild on resource: arn:aws:codebuild:us-east-2:123456789012:project/web (Service: AWSCodeBuild; Status Code: 400; Error Code: AccessDeniedException; Request ID: 7d9c)", FailureKind::Permission, PIPELINE_IAM),
    // As CodePipeline words a build that ended.
    ("Build terminated with state: FAILED. Phase: QUEUED, Code: ACCESS_DENIED, Message: Service role arn:aws:iam::123456789012:role/build does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build arn:aws:codebuild:us-east-2:123456789012:build/web:1. Error message: User: arn:aws:sts::123456789012:assumed-role/build/AWSCodeBuild-1 is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:us-east-2:123456789012:log-group:/aws/codebuild/web:log-stream:1", FailureKind::Permission, IAM),
    ("Build terminated with state: FAILED. Phase: QUEUED, Code: ACCESS_DENIED, Message: Service role does not allow it", FailureKind::Permission, CONTEXT),
    ("Build terminated with state: FAILED. Phase: QUEUED, Code: INSUFFICIENT_SUBNET, Message: QUEUED: INSUFFICIENT_SUBNET", FailureKind::Network, BUILD),
    ("Build terminated with state: FAILED. Phase: PROVISIONING, Code: BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE, Message: Unable to pull the image", FailureKind::Image, BUILD),
    ("Build terminated with state: FAILED. Phase: PROVISIONING, Code: BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE, Message: toomanyrequests: You have reached your pull rate limit.", FailureKind::Limit, BUILD),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: error while downloading key web/SourceArti/9VdZ, error: AccessDenied: Access Denied status code: 403, request id: 7d9c for primary source", FailureKind::Permission, S3),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: Decrypted Variables Error, Message: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/build/AWSCodeBuild-1 is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-2:123456789012:parameter/token because no identity-based policy allows the ssm:GetParameters action", FailureKind::Permission, IAM),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: Decrypted Variables Error, Message: Parameter does not exist: /CodeBuild/token", FailureKind::Missing, BUILD),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: YAML_FILE_ERROR, Message: YAML file does not exist", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: YAML_FILE_ERROR, Message: This build image requires selecting at least one runtime version.", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", FailureKind::Configuration, BUILD),
    ("Build terminated with state: FAILED. Phase: INSTALL, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: npm ci. Reason: exit status 1", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: PRE_BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: docker login. Reason: exit status 1", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: docker build . Reason: exit status 1", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: POST_BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: docker push. Reason: exit status 1", FailureKind::Code, BUILD),
    ("Build terminated with state: FAILED. Phase: UPLOAD_ARTIFACTS, Code: CLIENT_ERROR, Message: Failed to upload artifacts: Invalid arn", FailureKind::Configuration, BUILD),
    ("Build terminated with state: FAULT. Phase: PROVISIONING, Code: , Message: ", FailureKind::Network, STATUS),
    ("Build terminated with state: TIMED_OUT. Phase: BUILD, Code: BUILD_TIMED_OUT, Message: Build has timed out. ", FailureKind::Limit, STATUS),
    ("Build terminated with state: STOPPED. Phase: BUILD, Code: , Message: ", FailureKind::Stopped, STATUS),
    // CodeBuild's page, word by word.
    ("Build container found dead before completing the build. build container died because it was out of memory, or the Docker image is not supported. ErrorCode: 500", FailureKind::Image, BUILD),
    ("Error uploading artifacts: RequestError: send request failed caused by: Put https://your-bucket.s3.your-aws-region.amazonaws.com/*: dial tcp 52.219.96.208:443: connect: connection refused", FailureKind::Network, BUILD),
    ("RequestError: send request failed caused by: Post https://logs.<your-region>.amazonaws.com/: dial tcp 52.46.158.105:443: i/o timeout", FailureKind::Network, BUILD),
    ("Git clone failed: Unable to access 'your-repository-URL': SSL certificate problem: Self signed certificate", FailureKind::Configuration, BUILD),
    ("Unable to download cache: RequestError: Send request failed caused by: x509: Failed to load system roots and no roots provided", FailureKind::Configuration, BUILD),
    ("AccessDenied: The bucket owner for the report group does not match the owner of the S3 bucket", FailureKind::Permission, BUILD),
    // CodePipeline's page, word by word.
    ("Deployment failed. The provided role does not have sufficient permissions: Service:AmazonElasticLoadBalancing", FailureKind::Permission, PIPELINE),
    ("Could not access the CodeCommit repository repository-name. Make sure that the pipeline IAM role has sufficient permissions to access the repository.", FailureKind::Permission, PIPELINE),
    // IAM's.
    ("User: arn:aws:iam::123456789012:user/marymajor is not authorized to perform: iam:PassRole", FailureKind::Permission, PIPELINE_IAM),
    ("User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action", FailureKind::Permission, IAM),
    ("User: arn:aws:iam::777788889999:user/JohnDoe is not authorized to perform: codecommit:ListRepositories with an explicit deny in a service control policy", FailureKind::Permission, IAM),
    // ECS'.
    ("service (etl) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance i-1 has insufficient CPU units available.", FailureKind::Network, ECS),
    ("service (etl) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance i-1 encountered error \"AGENT\".", FailureKind::Network, ECS),
    ("service (etl) was unable to place a task. Reason: The requested CPU configuration is above your limit.", FailureKind::Limit, ECS),
    ("service (etl) was unable to place a task. Reason: Internal error.", FailureKind::Network, ECS),
    ("service (etl) is unable to consistently start tasks successfully.", FailureKind::Code, ECS),
];

/// What a command said last, and what that is.
#[rustfmt::skip]
const LAST_WORDS: &[(&str, FailureKind, &str)] = &[
    ("ERROR: failed to solve: python:3.13-slim: failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/python/manifests/sha256:5b1c: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit", FailureKind::Limit, DOCKER),
    ("#3 ERROR: failed to do request: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit", FailureKind::Limit, DOCKER),
    ("ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", FailureKind::Image, BUILD),
    ("failed to register layer: write /usr/lib/libx.so: no space left on device", FailureKind::Image, ECS_PULL),
    ("#9 12.40 ERROR: failed to copy files: write /var/lib/docker/buildkit/x: no space left on device", FailureKind::Image, ECS_PULL),
    ("Error response from daemon: Get \"https://123456789012.dkr.ecr.us-east-2.amazonaws.com/v2/\": net/http: TLS handshake timeout", FailureKind::Network, ECS_PULL),
    ("aws: [ERROR]: An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:iam::123456789012:user/x is not authorized to perform: ecr:GetAuthorizationToken on resource: *", FailureKind::Permission, ECR),
    ("name unknown: The repository with name 'web' does not exist in the registry with id '123456789012'", FailureKind::Missing, ECR_DOCKER),
    ("Unable to locate credentials", FailureKind::Configuration, BUILD),
    ("no basic auth credentials", FailureKind::Permission, ECR_DOCKER),
];

#[test]
fn forms_are_read_as_what_they_are() {
    check(TOLD.iter().map(|(message, should, source)| {
        assert!(source.starts_with("https://docs."), "{source}");
        let kind = Diagnosis::of(&told(message)).says.kind;
        ((*message).to_owned(), kind, *should)
    }));
    let logs: Vec<_> = LAST_WORDS
        .iter()
        .map(|(line, ..)| said(&["Step 4", line]))
        .collect();
    check(
        LAST_WORDS
            .iter()
            .zip(&logs)
            .map(|((line, should, source), log)| {
                assert!(source.starts_with("https://docs."), "{source}");
                let kind = Diagnosis::of(&command("BUILD", log)).says.kind;
                ((*line).to_owned(), kind, *should)
            }),
    );
}
