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
        let before = runs(folder.path());
        aws.pipeline(&stage.team).await.expect("is seen");
        assert_eq!(runs(folder.path()) > before, again, "{expiration}");
        assert_eq!(before == 1, !again, "one run is enough for all clients");
    }
}

/// A process that waits for a person, or for ever, is waited for with patience; it is not run a second time meanwhile,
/// and what it says in the end is used.
#[cfg(unix)]
#[tokio::test]
async fn a_process_that_does_not_end_is_given_up_and_not_run_twice() {
    let stage = Stage::set().await;
    let folder = TempDir::new().expect("a folder");
    let config = process(folder.path(), "");
    let script = folder.path().join("credentials.sh");
    let (text, go) = (
        std::fs::read_to_string(&script).expect("read"),
        folder.path().join("go"),
    );
    let (run, answer) = text.split_once('\n').expect("two parts");
    let waits = format!("while [ ! -e {} ]; do sleep 0.1; done", go.display());
    std::fs::write(&script, format!("{run}\n{waits}\n{answer}")).expect("written");

    let aws = aws(&stage, folder.path(), &config);
    let begun = std::time::Instant::now();
    let (checked, seen) = tokio::join!(aws.check(&stage.team), aws.pipeline(&stage.team));
    assert!(begun.elapsed().as_secs() < 45, "{:?}", begun.elapsed());
    let checked = checked.expect_err("no credentials");
    let seen = seen.expect_err("no credentials");
    // Which of the two waits for the other is not decided here, and the raw words tell it.
    let [checked, seen] = [checked, seen].map(|problem| slipway_core::problem::Problem {
        raw: String::new(),
        ..problem
    });
    insta::assert_snapshot!(format!("{checked:#?}\n{seen:#?}"));
    assert_eq!(runs(folder.path()), 1);
    assert_eq!(stage.sim.requests().len(), 0, "nothing was sent");

    std::fs::write(&go, "").expect("written");
    aws.check(&stage.team).await.expect("now it knows us");
    assert_eq!(runs(folder.path()), 1);
}

#[cfg(unix)]
fn runs(folder: &Path) -> usize {
    let text = std::fs::read_to_string(folder.join("runs"));
    text.expect("it ran").lines().count()
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
