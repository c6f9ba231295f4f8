//! The program from outside: what it says before it opens a window.

use std::process::{Command, Output};

fn slipway(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_slipway"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn says_what_it_knows() {
    let help = slipway(&["--practice", "--help"]);
    assert!(help.status.success());
    assert!(text(&help.stdout).contains("--practice"));

    let version = slipway(&["--version"]);
    assert_eq!(
        text(&version.stdout),
        format!("slipway {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn an_unknown_argument_is_one_sentence_and_opens_no_window() {
    let unknown = slipway(&["--practise"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(text(&unknown.stderr).lines().count(), 1);
    assert!(text(&unknown.stderr).contains("\"--practise\""));
    assert!(unknown.stdout.is_empty());
}
