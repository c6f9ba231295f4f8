//! What is said of failures.

use super::{FailureKind, Next};

/// What is said of a failure, whichever rule found it.
#[derive(Debug, PartialEq, Eq)]
pub struct Says {
    /// Its kind.
    pub kind: FailureKind,
    /// What helps.
    pub next: Next,
    /// What happened, in a few words: "AWS has no free build slot".
    pub what: &'static str,
    /// A sentence or two on it: what it is, and whether the code is to blame.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

macro_rules! says {
    ($($name:ident: $kind:ident, $next:ident, $what:literal, $why:literal, $remedy:literal;)+) => {
        $(
            pub(super) static $name: Says = Says {
                kind: FailureKind::$kind,
                next: Next::$next,
                what: $what,
                why: $why,
                remedy: $remedy,
            };
        )+
        /// Everything that can be said.
        #[cfg(test)]
        static ALL: &[&Says] = &[$(&$name),+];
    };
}

says! {
    NO_BUILD_SLOT: Limit, Wait, "AWS has no free build slot",
        "Your account or project runs as many builds as it may. This is not caused by the code.",
        "Wait until another build has ended, then retry. If it happens often, ask AWS for a higher quota of CodeBuild builds.";
    PULL_LIMIT: Limit, Wait, "Docker Hub gives no more images for now",
        "Docker Hub counts how often an address fetches images, and this one is at its limit. This is not caused by the code.",
        "Wait, then retry: the count goes down within hours. If it happens often, have the build sign in to Docker Hub or take its images from Amazon ECR.";
    QUOTA: Limit, PutRight, "A quota of your AWS account is used up",
        "AWS refuses more of something than your account may have. This is not caused by the code.",
        "Ask somebody who administers AWS to free some of it or to request a higher quota. Then retry.";
    BUSY: Limit, Wait, "AWS asked to slow down",
        "Too many calls were made in your account at once. This is not caused by the code.",
        "Wait a few minutes, then retry.";
    TOOK_TOO_LONG: Limit, Read, "The build ran out of time",
        "It reached the time limit of its project and was ended. AWS does not say why it took so long.",
        "Read the last lines of the log. If it hung on the network, retry. If it needs more time, raise the time limit of the CodeBuild project. If it waits for something in the code, start a hotfix.";
    NO_PROJECT: Missing, PutRight, "The build project does not exist",
        "The pipeline names a CodeBuild project that AWS does not find. This is not caused by the code.",
        "Ask somebody who administers AWS to bring the project back or to correct its name in the pipeline. Then retry.";
    NO_PARAMETER: Missing, PutRight, "A parameter of the build does not exist",
        "The build asks the Parameter Store for a value that is not there, or that its role may not read.",
        "Ask somebody who administers AWS to add the parameter, or to allow ssm:GetParameters for the build's role. Then retry.";
    NO_REPOSITORY: Missing, PutRight, "The image repository does not exist",
        "Amazon ECR does not know the repository that the build names. It has to be made before it is used.",
        "Ask somebody who administers AWS to create the repository. If its name was mistyped in a file, start a hotfix.";
    NO_RESOURCE: Missing, PutRight, "Something that the deploy needs does not exist",
        "AWS does not find a resource that is named below.",
        "Ask somebody who administers AWS to bring it back or to correct its name. Then retry.";
    NO_REVISION: Missing, PutRight, "The source is not available",
        "CodePipeline cannot fetch the revision that this action needs, or it has changed since.",
        "Ask somebody who administers AWS to check the source and its connection. Then retry.";
    NO_ROLE: Permission, PutRight, "CodeBuild may not use its role",
        "The service role of the build project does not exist or does not trust CodeBuild. This is not caused by the code.",
        "Ask somebody who administers IAM to put the role or its trust policy right. Then retry.";
    DENIED: Permission, PutRight, "AWS denied something that the deploy needs",
        "A role in AWS lacks a permission. It is named below where AWS names it.",
        "Ask somebody who administers IAM to allow it. Then retry.";
    NO_SECRET: Permission, PutRight, "The build may not read its secrets",
        "Its role may not read a parameter or a secret that the build names. This is not caused by the code.",
        "Ask somebody who administers IAM to allow ssm:GetParameters or secretsmanager:GetSecretValue, and kms:Decrypt, for the build's role. Then retry.";
    NO_CONNECTION: Permission, PutRight, "AWS cannot reach the repository on GitHub",
        "The connection between CodePipeline and GitHub was revoked or is not allowed to see the repository.",
        "Ask somebody who administers AWS to renew the connection. Then retry.";
    SUSPENDED: Permission, PutRight, "AWS has suspended CodeBuild for your account",
        "No build can start in this account. This is not caused by the code.",
        "Ask somebody who administers the account to contact AWS Support.";
    NOT_LOGGED_IN: Permission, Wait, "Docker is not signed in to the image registry",
        "The sign-in of the build to Amazon ECR has expired, or is for another account or Region.",
        "Retry once. If it fails again, check where the build signs in: account, Region and registry have to be the same.";
    SIGN_IN_EXPIRED: Permission, Wait, "The sign-in of the build has expired",
        "The temporary credentials that the build works with were too old.",
        "Retry once: a new build gets new credentials. If it fails again, the build takes longer than its role's session.";
    NO_CREDENTIALS: Configuration, PutRight, "A step of the build has no AWS credentials",
        "Inside a container of its own it does not get those of the build by itself.",
        "Pass the credentials on to the container in the buildspec or the Dockerfile; that is a hotfix. If nothing changed there, retry once.";
    NO_ADDRESS: Network, Wait, "The network has no free address for the build",
        "The subnet that the build runs in has no IP address left, or uses one that is reserved. This is not caused by the code.",
        "Retry when other work in that subnet has ended. If it stays so, ask somebody who administers the network for a larger subnet.";
    NO_ROOM: Network, Wait, "AWS has no room to run it",
        "No machine had enough free capacity. This is not caused by the code.",
        "Wait a little, then retry. If it stays so, ask somebody who administers AWS for more capacity.";
    NO_NETWORK: Network, Wait, "The build could not reach the network",
        "A connection was refused, timed out or broke off. This is usually not caused by the code.",
        "Retry. If it fails again, ask somebody who administers the network to check the VPC, the proxy and the firewall.";
    AWS_IN_TROUBLE: Network, Wait, "AWS had a problem of its own",
        "The service failed before your work was done. This is not caused by the code.",
        "Wait a few minutes, then retry. If it fails again, look at the AWS Health Dashboard.";
    INTERNAL_ERROR: Network, Wait, "AWS reported an internal error",
        "AWS does not say more. It also happens when the artifact bucket is in another Region than the pipeline.",
        "Retry once. If it fails again, ask somebody who administers AWS to check the Region of the artifact bucket.";
    NO_PULL: Image, PutRight, "The build image could not be fetched",
        "It is too large for the machine, in another Region, or CodeBuild may not fetch it.",
        "Ask somebody who administers the build project to check the image, its size and who may fetch it. Then retry.";
    CONTAINER_DEAD: Image, PutRight, "The build container died",
        "It ran out of memory, or its image is not one that CodeBuild can work with.",
        "Retry once. If it fails again, ask somebody who administers the build project for a larger machine or another image.";
    NO_DOCKER: Image, PutRight, "Docker does not run in the build",
        "The build project does not run in privileged mode, or the Docker daemon did not start.",
        "Ask somebody who administers the build project to switch on privileged mode. If it is on, retry once.";
    DISK_FULL: Image, PutRight, "The disk of the build machine is full",
        "What is fetched and built does not fit on it.",
        "Retry once. If it fails again, ask for a larger machine in the build project, or make the image smaller.";
    WRONG_REGION: Configuration, PutRight, "A bucket is in the wrong Region",
        "The build and its bucket have to be in the same AWS Region. This is not caused by the code.",
        "Ask somebody who administers AWS to correct the bucket of the build project. Then retry.";
    NO_TRUST: Configuration, PutRight, "A certificate is not trusted",
        "The build does not trust the server that it talks to, or its image has no root certificates.",
        "Ask somebody who administers the build project to install the certificate or to update the image. Then retry.";
    SET_UP_WRONGLY: Configuration, PutRight, "Something is set up wrongly in AWS",
        "AWS refuses a setting of the pipeline, the build project or the service.",
        "Ask somebody who administers AWS to correct it. Then retry.";
    BUILDSPEC: Code, Hotfix, "The build file cannot be used",
        "CodeBuild does not find the buildspec of this commit or cannot read it. Trying again does not help.",
        "Correct the buildspec in a hotfix.";
    DOES_NOT_START: Code, Read, "The new version does not stay up",
        "Its containers stop again or do not pass their health checks. Mostly that is the code or its settings.",
        "Read the logs of the service. If the code is at fault, start a hotfix.";
    COMMAND_FAILED: Code, Hotfix, "A command of the build failed",
        "A build step or a test of this commit ended with an error. Mostly that is the code; trying again seldom helps.",
        "Read the last lines of the log, then start a hotfix. Retry if you know that it passes at times.";
    OUTSIDE_COMMANDS: Unknown, Read, "The build failed outside its own commands",
        "No command of the repository ran in the part that failed, so the code is hardly at fault. Slipway does not know this error.",
        "Read what AWS says below. Retry when the cause is gone.";
    UNKNOWN: Unknown, Read, "The deploy failed",
        "Slipway does not know this error, so it shows it as AWS words it.",
        "Read what AWS says below. Retry when the cause is gone; start a hotfix when the code is at fault.";
    REJECTED: Rejected, Decide, "The deploy was rejected",
        "Somebody answered the approval with no.",
        "Read the reason. When it is settled, retry the stage: the approval is asked for again.";
    EXPIRED: Expired, Decide, "Nobody answered in time",
        "The approval ran out of time, which AWS counts as a failure. That is not a no.",
        "Retry the stage: the approval is asked for again.";
    STOPPED: Stopped, Decide, "The build was stopped",
        "Somebody stopped it before it was done.",
        "Ask who stopped it and why. Then retry.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_said_and_every_text_is_whole_sentences() {
        for kind in FailureKind::ALL {
            assert!(ALL.iter().any(|it| it.kind == kind), "{kind:?}");
        }
        for says in ALL {
            assert!(!says.what.ends_with('.'), "{}", says.what);
            for text in [says.why, says.remedy] {
                assert!(text.ends_with('.'), "{text}");
                assert!(!text.contains('!') && !text.contains(" we "), "{text}");
            }
        }
    }
}
