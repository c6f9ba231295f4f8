//! AWS's own words. What is more exact comes first: a limit is told before the exception that carries it.

use super::{
    AWS_ERRORS, BUILD, BUILD_QUOTAS, BUILD_TROUBLE, CODEARTIFACT, DOCKER_LIMIT, EC2_ERRORS,
    ECR_ERRORS, ECS_EVENTS, ECS_THROTTLING, PIPELINE_FAILURE, PIPELINE_GITHUB, PIPELINE_IAM,
    PIPELINE_TROUBLE, S3_ERRORS, START_BUILD, START_SANDBOX, rule,
};
use crate::rules::failure::Place::Told;
use crate::rules::failure::{Rule, says};

#[rustfmt::skip]
pub(super) static TOLD: &[Rule] = &[
    // Limits.
    rule(Told, &["Cannot have more than", "builds"], &says::NO_BUILD_SLOT, "Error calling startBuild: Cannot have more than 20 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 5b1c)", BUILD_QUOTAS),
    rule(Told, &["AccountLimitExceededException"], &says::NO_BUILD_SLOT, "Error calling startBuild: An Amazon Web Services service limit was exceeded for the calling Amazon Web Services account. (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 5b1c)", START_BUILD),
    rule(Told, &["Build failed to start"], &says::NO_BUILD_SLOT, "Build failed to start", BUILD_TROUBLE),
    rule(Told, &["toomanyrequests"], &says::PULL_LIMIT, "toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limits", DOCKER_LIMIT),
    rule(Told, &["ConcurrentPipelineExecutionsLimitExceededException"], &says::QUOTA, "ConcurrentPipelineExecutionsLimitExceededException: The pipeline has reached the limit for concurrent pipeline executions.", "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html"),
    rule(Told, &["VcpuLimitExceeded"], &says::QUOTA, "VcpuLimitExceeded: You've reached the limit on the number of vCPUs (virtual processing units) assigned to the running instances in your account.", EC2_ERRORS),
    rule(Told, &["ServiceQuotaExceededException"], &says::QUOTA, "ServiceQuotaExceededException: The operation did not succeed because it would have exceeded a service limit for your account.", CODEARTIFACT),
    rule(Told, &["LimitExceededException"], &says::QUOTA, "LimitExceededException: The operation did not succeed because it would have exceeded a service limit for your account.", ECR_ERRORS),
    rule(Told, &["You've reached the limit on the number of"], &says::QUOTA, "service (etl) was unable to place a task. Reason: You've reached the limit on the number of tasks you can run concurrently", ECS_EVENTS),
    rule(Told, &["You\u{2019}ve reached the limit on the number of"], &says::QUOTA, "service (etl) was unable to place a task. Reason: You\u{2019}ve reached the limit on the number of vCPUs you can run concurrently", ECS_EVENTS),
    rule(Told, &["configuration is above your limit"], &says::QUOTA, "service (etl) was unable to place a task. Reason: The requested MEMORY configuration is above your limit.", ECS_EVENTS),
    rule(Told, &["operations are being throttled"], &says::BUSY, "service (etl) operations are being throttled. Will try again later.", ECS_EVENTS),
    rule(Told, &["ThrottlingException"], &says::BUSY, "Error calling startBuild: Rate exceeded (Service: AWSCodeBuild; Status Code: 400; Error Code: ThrottlingException; Request ID: 5b1c)", ECS_THROTTLING),
    rule(Told, &["Rate exceeded"], &says::BUSY, "Rate exceeded", ECS_THROTTLING),
    rule(Told, &["Build has timed out"], &says::TOOK_TOO_LONG, "Build has timed out. ", BUILD),
    // What is not there.
    rule(Told, &["Project cannot be found"], &says::NO_PROJECT, "Error calling startBuild: Project cannot be found: arn:aws:codebuild:us-east-2:418295017734:project/etl (Service: AWSCodeBuild; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: 5b1c)", START_BUILD),
    rule(Told, &["Parameter does not exist"], &says::NO_PARAMETER, "Parameter does not exist: /CodeBuild/etl/token", BUILD_TROUBLE),
    rule(Told, &["parameter does not exist"], &says::NO_PARAMETER, "[GetParameters] parameter does not exist: /CodeBuild/etl/token", BUILD_TROUBLE),
    rule(Told, &["RepositoryNotFoundException"], &says::NO_REPOSITORY, "RepositoryNotFoundException: The repository with name 'etl' does not exist in the registry with id '418295017734'", ECR_ERRORS),
    rule(Told, &["NoSuchBucket"], &says::NO_RESOURCE, "NoSuchBucket: The specified bucket does not exist", S3_ERRORS),
    rule(Told, &["NoSuchKey"], &says::NO_RESOURCE, "NoSuchKey: The specified key does not exist.", S3_ERRORS),
    rule(Told, &["ResourceNotFoundException"], &says::NO_RESOURCE, "Error calling startBuild: The specified Amazon Web Services resource cannot be found. (Service: AWSCodeBuild; Status Code: 400; Error Code: ResourceNotFoundException)", START_BUILD),
    // Permissions.
    rule(Told, &["is not authorized to perform: sts:AssumeRole"], &says::NO_ROLE, "Error calling startBuild: CodeBuild is not authorized to perform: sts:AssumeRole on arn:aws:iam::418295017734:role/codebuild-docker-production (Service: AWSCodeBuild; Status Code: 400; Error Code: InvalidInputException; Request ID: 5b1c)", BUILD_TROUBLE),
    rule(Told, &["is not authorized to perform"], &says::DENIED, "User: arn:aws:sts::418295017734:assumed-role/codebuild-docker-production/AWSCodeBuild-5b1c is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:us-east-2:418295017734:log-group:/aws/codebuild/docker-production:log-stream:5b1c", PIPELINE_IAM),
    rule(Told, &["Decrypted Variables Error"], &says::NO_SECRET, "Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: Decrypted Variables Error, Message: AccessDeniedException", BUILD_TROUBLE),
    rule(Told, &["Unable to download certificate from S3"], &says::DENIED, "Unable to download certificate from S3. AccessDenied", BUILD_TROUBLE),
    rule(Told, &["no longer has permission to called s3:GetBucketAcl"], &says::DENIED, "Error calling GetBucketAcl: Either the bucket owner has changed or the service role no longer has permission to called s3:GetBucketAcl", BUILD_TROUBLE),
    rule(Told, &["The provided role does not have sufficient permissions"], &says::DENIED, "Deployment failed. The provided role does not have sufficient permissions: Service:AmazonElasticLoadBalancing", PIPELINE_TROUBLE),
    rule(Told, &["Make sure that the pipeline IAM role has sufficient permissions"], &says::DENIED, "Could not access the CodeCommit repository etl. Make sure that the pipeline IAM role has sufficient permissions to access the repository.", PIPELINE_TROUBLE),
    rule(Told, &["Could not access the GitHub repository"], &says::NO_CONNECTION, "Could not access the GitHub repository", PIPELINE_GITHUB),
    rule(Told, &["Unable to connect to the GitHub repository"], &says::NO_CONNECTION, "Unable to connect to the GitHub repository", PIPELINE_GITHUB),
    rule(Told, &["AccountSuspendedException"], &says::SUSPENDED, "AccountSuspendedException: The CodeBuild access has been suspended for the calling Amazon Web Services account.", START_SANDBOX),
    rule(Told, &["security token included in the request is expired"], &says::SIGN_IN_EXPIRED, "The security token included in the request is expired", AWS_ERRORS),
    rule(Told, &["ExpiredToken"], &says::SIGN_IN_EXPIRED, "ExpiredToken: The provided token has expired.", S3_ERRORS),
    rule(Told, &["AccessDenied"], &says::DENIED, "error while downloading key docker-production/SourceArti/aB3, error: AccessDenied: Access Denied status code: 403", S3_ERRORS),
    rule(Told, &["Access Denied"], &says::DENIED, "Access Denied", S3_ERRORS),
    rule(Told, &["Access denied", "download cache"], &says::DENIED, "Access denied when attempting to download cache", BUILD_TROUBLE),
    // The image.
    rule(Told, &["Build container found dead", "out of memory"], &says::CONTAINER_DEAD, "Build container found dead before completing the build. build container died because it was out of memory, or the Docker image is not supported. ErrorCode: 500", BUILD_TROUBLE),
    rule(Told, &["Build container found dead"], &says::CONTAINER_DEAD, "Build container found dead before completing the build", BUILD_TROUBLE),
    rule(Told, &["BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE"], &says::NO_PULL, "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", BUILD_TROUBLE),
    // Network and capacity.
    rule(Told, &["INSUFFICIENT_SUBNET"], &says::NO_ADDRESS, "QUEUED: INSUFFICIENT_SUBNET", BUILD_TROUBLE),
    rule(Told, &["InsufficientFreeAddressesInSubnet"], &says::NO_ADDRESS, "InsufficientFreeAddressesInSubnet: The specified subnet does not contain enough free private IP addresses to fulfill your request.", EC2_ERRORS),
    rule(Told, &["InsufficientInstanceCapacity"], &says::NO_ROOM, "InsufficientInstanceCapacity: There is not enough capacity to fulfill your request.", EC2_ERRORS),
    rule(Told, &["was unable to place a task"], &says::NO_ROOM, "service (etl) was unable to place a task because no container instance met all of its requirements.", ECS_EVENTS),
    rule(Told, &["dial tcp", "i/o timeout"], &says::NO_NETWORK, "RequestError: send request failed caused by: Post https://logs.us-east-2.amazonaws.com/: dial tcp 52.46.158.105:443: i/o timeout", BUILD_TROUBLE),
    rule(Told, &["dial tcp", "connection refused"], &says::NO_NETWORK, "Error uploading artifacts: RequestError: send request failed caused by: Put https://bucket.s3.us-east-2.amazonaws.com/x: dial tcp 52.219.96.208:443: connect: connection refused", BUILD_TROUBLE),
    rule(Told, &["InternalFailure"], &says::AWS_IN_TROUBLE, "InternalFailure: The request processing has failed because of an unknown error, exception, or failure.", AWS_ERRORS),
    rule(Told, &["ServiceUnavailable"], &says::AWS_IN_TROUBLE, "ServiceUnavailable: The request has failed due to a temporary failure of the server.", AWS_ERRORS),
    rule(Told, &["InternalError"], &says::INTERNAL_ERROR, "InternalError", PIPELINE_TROUBLE),
    // How it is set up.
    rule(Told, &["Failed to upload artifacts: Invalid arn"], &says::WRONG_REGION, "Failed to upload artifacts: Invalid arn", BUILD_TROUBLE),
    rule(Told, &["must be addressed using the specified endpoint"], &says::WRONG_REGION, "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint", BUILD_TROUBLE),
    rule(Told, &["SSL certificate problem"], &says::NO_TRUST, "Git clone failed: Unable to access 'https://git.example/etl': SSL certificate problem: Self signed certificate", BUILD_TROUBLE),
    rule(Told, &["x509: "], &says::NO_TRUST, "Unable to download cache: RequestError: Send request failed caused by: x509: Failed to load system roots and no roots provided", BUILD_TROUBLE),
    rule(Told, &["because of the service deployment configuration"], &says::SET_UP_WRONGLY, "service (etl) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.", ECS_EVENTS),
    rule(Told, &["InvalidInputException"], &says::SET_UP_WRONGLY, "Error calling startBuild: The input value that was provided is not valid. (Service: AWSCodeBuild; Status Code: 400; Error Code: InvalidInputException; Request ID: 5b1c)", START_BUILD),
    // The code.
    rule(Told, &["This build image requires selecting at least one runtime version"], &says::BUILDSPEC, "YAML_FILE_ERROR: This build image requires selecting at least one runtime version", BUILD_TROUBLE),
    rule(Told, &["YAML_FILE_ERROR"], &says::BUILDSPEC, "YAML_FILE_ERROR: stat /codebuild/output/src1/src/buildspec.yml: no such file or directory", BUILD_TROUBLE),
    rule(Told, &["is unable to consistently start tasks successfully"], &says::DOES_NOT_START, "service (etl) is unable to consistently start tasks successfully.", ECS_EVENTS),
    rule(Told, &["failed at least the UnhealthyThreshold number of health checks"], &says::DOES_NOT_START, "service (etl) (task 5b1c) (instance i-1) is unhealthy in (elb etl) due to (reason Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)", ECS_EVENTS),
    // Words that CodePipeline uses for its own code.
    rule(Told, &["SystemUnavailable"], &says::AWS_IN_TROUBLE, "SystemUnavailable", PIPELINE_FAILURE),
];
