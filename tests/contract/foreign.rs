//! What clients that others wrote do to the world: boto3, slack_sdk, Octokit. Each has a script that asserts what its
//! client makes of every answer.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use slipway_sim::Exchange;

use crate::models::Models;
use crate::stage::Stage;

/// Runs every script in a world of its own, and gives all that passed.
///
/// # Panics
/// When a client is not content with what it gets.
pub(crate) async fn drive(models: &Models) -> Vec<Exchange> {
    let python = |script: &str| {
        let mut python = models.python();
        python.arg(scripts().join(script));
        python
    };
    let (aws, slack, github) = tokio::join!(
        played(python("drive_aws.py")),
        played(python("drive_slack.py")),
        played(node(models)),
    );
    [aws, slack, github].concat()
}

/// A program in front of a world, told by a file where that is.
async fn played(mut program: Command) -> Vec<Exchange> {
    let stage = Stage::set(0).await;
    let told = json!({"at": stage.sim.endpoints(), "sign_in": slipway_sim::Sim::credentials()});
    let file = stage.data.path().join("told.json");
    std::fs::write(&file, told.to_string()).expect("it can be written");
    program.env("SLIPWAY_CONTRACT_WORLD", &file);
    let shown = format!("{program:?}");
    let ended = tokio::task::spawn_blocking(move || program.output()).await;
    let ended = ended.expect("it is waited for").expect("it starts");
    let errors = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{shown}: {errors}");
    stage.sim.exchanges()
}

/// Node looks for packages around a script, so this one is read from the standard input, among the packages.
fn node(models: &Models) -> Command {
    let script = File::open(scripts().join("drive_github.mjs")).expect("the script is there");
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-"]).stdin(script);
    node.current_dir(models.folder().join("node"));
    node
}

fn scripts() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "contract", "foreign"]
        .iter()
        .collect()
}
