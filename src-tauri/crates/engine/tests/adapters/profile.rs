//! Profiles of the AWS configuration files.

use std::path::Path;

use slipway_core::account::{Identity, Standing};
use slipway_core::problem::Problem;
use slipway_engine::aws::Aws;
use slipway_engine::endpoints::{AwsAccount, AwsFiles, Endpoints};
use slipway_sim::Sim;
use tempfile::TempDir;

use crate::stage::Stage;

fn aws(stage: &Stage, folder: &Path, config: &str) -> Aws {
    std::fs::write(folder.join("config"), config).expect("written");
    std::fs::write(folder.join("credentials"), "").expect("written");
    let endpoints = Endpoints {
        aws_files: Some(AwsFiles {
            config: folder.join("config"),
            credentials: folder.join("credentials"),
        }),
        ..stage.endpoints()
    };
    let profile = AwsAccount::Profile("release".to_owned());
    Aws::sign_in(&endpoints, &stage.team.region, &profile).expect("connects")
}

async fn check(stage: &Stage, config: &str) -> Result<Standing, Problem> {
    let folder = TempDir::new().expect("a folder");
    aws(stage, folder.path(), config).check(&stage.team).await
}

fn keys() -> String {
    let sim = Sim::credentials();
    format!(
        "aws_access_key_id = {}\naws_secret_access_key = {}\n",
        sim.aws_access_key_id, sim.aws_secret_access_key
    )
}

/// What a `credential_process` prints, and that it counts its runs in a file beside it.
#[cfg(unix)]
fn process(folder: &Path, expiration: &str) -> String {
    let sim = Sim::credentials();
    let (id, secret) = (sim.aws_access_key_id, sim.aws_secret_access_key);
    let script = folder.join("credentials.sh");
    let text = format!(
        "echo run >> {}\ncat <<END\n{{\"Version\": 1, \"AccessKeyId\": \"{id}\", \"SecretAccessKey\": \"{secret}\", \
         \"SessionToken\": \"s\"{expiration}}}\nEND\n",
        folder.join("runs").display()
    );
    std::fs::write(&script, text).expect("written");
    format!(
        "[profile release]\ncredential_process = sh {}\n",
        script.display()
    )
}

#[tokio::test]
async fn static_keys_and_roles_sign_in() {
    let stage = Stage::set().await;
    let standing = check(&stage, &format!("[profile release]\n{}", keys())).await;
    let standing = standing.expect("known");
    assert!(matches!(standing.identity, Identity::Aws { .. }));

    let at = &stage.sim.endpoints().aws;
    let role = format!(
        "[profile release]\nrole_arn = arn:aws:iam::418295017734:role/Deploy\nsource_profile = base\n\
         endpoint_url = {at}\n\n[profile base]\n{}",
        keys()
    );
    check(&stage, &role).await.expect("the role is taken on");
    assert!(!stage.asked("sts:AssumeRole").is_empty());

    let elsewhere = Sim::start(slipway_sim::Options::default())
        .await
        .expect("it listens");
    let astray = role.replace(at, &elsewhere.endpoints().aws);
    let problem = check(&stage, &astray).await.expect_err("not there");
    assert!(problem.what.contains("not AWS’s"), "{problem:?}");
    assert_eq!(elsewhere.requests().len(), 0, "nothing was sent there");
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_is_run_again_when_its_credentials_end() {
    let stage = Stage::set().await;
    for (expiration, again) in [
        ("", false),
        (", \"Expiration\": \"2020-01-01T00:00:00Z\"", true),
    ] {
        let folder = TempDir::new().expect("a folder");
        let config = process(folder.path(), expiration);
        let aws = aws(&stage, folder.path(), &config);
        aws.check(&stage.team).await.expect("known");
        let runs = || {
            let text = std::fs::read_to_string(folder.path().join("runs"));
            text.expect("it ran").lines().count()
        };
        let before = runs();
        aws.pipeline(&stage.team).await.expect("is seen");
        assert_eq!(runs() > before, again, "{expiration}");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_said() {
    let stage = Stage::set().await;
    let rows = [
        ("no configuration", String::new()),
        ("no such profile", format!("[profile other]\n{}", keys())),
        (
            "a source that is not there",
            "[profile release]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = gone\n".to_owned(),
        ),
        (
            "IAM Identity Center",
            "[profile release]\nsso_session = work\nsso_account_id = 1\nsso_role_name = x\n".to_owned(),
        ),
        (
            "the same, behind a role",
            "[profile release]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n\n[profile base]\n\
             sso_start_url = https://x.awsapps.com/start\n"
                .to_owned(),
        ),
        (
            "aws login",
            "[profile release]\nlogin_session = arn:aws:iam::1:user/x\n".to_owned(),
        ),
        (
            "a process that fails",
            "[profile release]\ncredential_process = false\n".to_owned(),
        ),
        (
            "a process that says something else",
            "[profile release]\ncredential_process = echo hello\n".to_owned(),
        ),
        ("nothing in it", "[profile release]\nregion = us-east-2\n".to_owned()),
        ("not a configuration", "[profile release\n".to_owned()),
    ];
    let mut words = String::new();
    for (name, config) in rows {
        let problem = check(&stage, &config).await.expect_err(name);
        words.push_str(&format!(
            "{name}\n{}\n  {}\n  {}\n\n",
            problem.what, problem.means, problem.remedy
        ));
    }
    insta::assert_snapshot!(words);
}
