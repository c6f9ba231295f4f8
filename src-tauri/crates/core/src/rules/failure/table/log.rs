//! The last words of commands. The tools' own words only, at the beginning of a line where they stand there: a program's
//! log may speak of denied access or of limits of its own.

use super::{
    AWS_ERRORS, BUILD_TROUBLE, CLI, CODEARTIFACT, DOCKER_LIMIT, EC2_ERRORS, ECR, ECR_DOCKER,
    ECR_ERRORS, ECS_ERRORS, ECS_PULL, ECS_THROTTLING, SECRETS, rule,
};
use crate::rules::failure::Place::Log;
use crate::rules::failure::{Rule, says};

#[rustfmt::skip]
pub(super) static LOG: &[Rule] = &[
    // Docker.
    rule(Log, &["toomanyrequests: You have reached your", "pull rate limit"], &says::PULL_LIMIT, "toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limits", DOCKER_LIMIT),
    rule(Log, &["toomanyrequests: Too Many Requests"], &says::PULL_LIMIT, "ERROR: failed to copy: toomanyrequests: Too Many Requests. Please see https://docs.docker.com/docker-hub/usage/pulls/", DOCKER_LIMIT),
    rule(Log, &["^", "Cannot connect to the Docker daemon at"], &says::NO_DOCKER, "Cannot connect to the Docker daemon at unix:/var/run/docker.sock. Is the docker daemon running?", BUILD_TROUBLE),
    rule(Log, &["/", ": no space left on device", "$"], &says::DISK_FULL, "write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device", ECS_PULL),
    rule(Log, &["^", "Error response from daemon:", ": i/o timeout", "$"], &says::NO_NETWORK, "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": dial tcp 52.46.158.105:443: i/o timeout", BUILD_TROUBLE),
    rule(Log, &["^", "Error response from daemon:", ": no such host", "$"], &says::NO_NETWORK, "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host", ECS_PULL),
    rule(Log, &["^", "Error response from daemon:", "TLS handshake timeout"], &says::NO_NETWORK, "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": net/http: TLS handshake timeout", ECS_PULL),
    rule(Log, &["^", "Error response from daemon:", "request canceled while waiting for connection"], &says::NO_NETWORK, "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", ECS_PULL),
    rule(Log, &["^", "Error response from daemon:", ": connection refused", "$"], &says::NO_NETWORK, "Error response from daemon: Get \"https://registry.example/v2/\": dial tcp 10.0.0.9:443: connect: connection refused", BUILD_TROUBLE),
    // The registry.
    rule(Log, &["^", "denied: User: arn:aws", "is not authorized to perform: ecr:"], &says::DENIED, "denied: User: arn:aws:sts::418295017734:assumed-role/codebuild-docker-production/AWSCodeBuild-5b1c is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-east-2:418295017734:repository/etl", ECR),
    rule(Log, &["^", "no basic auth credentials", "$"], &says::NOT_LOGGED_IN, "no basic auth credentials", ECR_DOCKER),
    rule(Log, &["^", "name unknown: The repository with name", "does not exist in the registry"], &says::NO_REPOSITORY, "name unknown: The repository with name 'etl' does not exist in the registry with id '418295017734'", ECR_DOCKER),
    rule(Log, &["^", "Error response from daemon: repository", "not found: name unknown:"], &says::NO_REPOSITORY, "Error response from daemon: repository 418295017734.dkr.ecr.us-east-2.amazonaws.com/etl not found: name unknown: The repository with name 'etl' does not exist in the registry with id '418295017734'", ECR_DOCKER),
    rule(Log, &["^", "filesystem layer verification failed for digest"], &says::NO_NETWORK, "filesystem layer verification failed for digest sha256:2b96f", ECR_DOCKER),
    // The AWS command line, which begins its line so; a program that uses an SDK puts its own words first.
    rule(Log, &["^", "An error occurred (RepositoryNotFoundException) when calling the"], &says::NO_REPOSITORY, "An error occurred (RepositoryNotFoundException) when calling the PutImage operation: The repository with name 'etl' does not exist in the registry with id '418295017734'", ECR_ERRORS),
    rule(Log, &["^", "An error occurred (AccessDeniedException) when calling the"], &says::DENIED, "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:sts::418295017734:assumed-role/codebuild-docker-production/AWSCodeBuild-5b1c is not authorized to perform: ecr:GetAuthorizationToken on resource: *", ECR),
    rule(Log, &["^", "An error occurred (AccessDenied) when calling the"], &says::DENIED, "An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:sts::418295017734:assumed-role/codebuild-docker-production/AWSCodeBuild-5b1c is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::418295017734:role/deploy", CLI),
    rule(Log, &["^", "An error occurred (UnauthorizedOperation) when calling the"], &says::DENIED, "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation.", EC2_ERRORS),
    rule(Log, &["^", "An error occurred (ExpiredToken"], &says::SIGN_IN_EXPIRED, "An error occurred (ExpiredTokenException) when calling the UpdateService operation: The security token included in the request is expired", AWS_ERRORS),
    rule(Log, &["^", "An error occurred (ThrottlingException) when calling the"], &says::BUSY, "An error occurred (ThrottlingException) when calling the UpdateService operation (reached max retries: 4): Rate exceeded.", ECS_THROTTLING),
    rule(Log, &["^", "An error occurred (ThrottleException) when calling the"], &says::BUSY, "An error occurred (ThrottleException) when calling the GetAuthorizationToken operation: Rate exceeded", ECR),
    rule(Log, &["^", "An error occurred (ServiceQuotaExceededException) when calling the"], &says::QUOTA, "An error occurred (ServiceQuotaExceededException) when calling the PublishPackageVersion operation: The operation did not succeed because it would have exceeded a service limit for your account.", CODEARTIFACT),
    rule(Log, &["^", "An error occurred (LimitExceededException) when calling the"], &says::QUOTA, "An error occurred (LimitExceededException) when calling the PutImage operation: The operation did not succeed because it would have exceeded a service limit for your account.", ECR_ERRORS),
    rule(Log, &["^", "An error occurred (ClusterNotFoundException) when calling the"], &says::NO_RESOURCE, "An error occurred (ClusterNotFoundException) when calling the UpdateService operation: Cluster not found.", ECS_ERRORS),
    rule(Log, &["^", "An error occurred (ServiceNotFoundException) when calling the"], &says::NO_RESOURCE, "An error occurred (ServiceNotFoundException) when calling the UpdateService operation: Service not found.", ECS_ERRORS),
    rule(Log, &["^", "An error occurred (ResourceNotFoundException) when calling the"], &says::NO_RESOURCE, "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret.", SECRETS),
    rule(Log, &["^", "An error occurred (ServerException) when calling the"], &says::AWS_IN_TROUBLE, "An error occurred (ServerException) when calling the UpdateService operation: Service Unavailable. Please try again later.", ECS_ERRORS),
    rule(Log, &["^", "Unable to locate credentials"], &says::NO_CREDENTIALS, "Unable to locate credentials. You can configure credentials by running \"aws configure\".", BUILD_TROUBLE),
    rule(Log, &["^", "Could not connect to the endpoint URL:"], &says::NO_NETWORK, "Could not connect to the endpoint URL: \"https://ecs.us-east-2.amazonaws.com/\"", CLI),
];
