//! What may come in with a dependency: licences, sources, a single TLS stack, known weaknesses.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{self, Result};
use crate::workspace::Workspace;

/// The release that is installed; it asks for Rust 1.88.
const VERSION: &str = "0.20.2";

/// What the dependencies are held against.
const CONFIG: &str = ".cargo/deny.toml";

/// Where known weaknesses are looked up.
const DATABASE: &str = "https://github.com/RustSec/advisory-db";

/// Holds the dependencies against `.cargo/deny.toml`.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let program = installed(workspace)?;
    let deny = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(workspace.root());
        command.args(["--locked", "--config", CONFIG]).args(words);
        command
    };
    process::run(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    // Asked for by itself, so that being offline is not taken for a finding.
    if deny(&["fetch", "db"]).output()?.status.success() {
        return process::run(&mut deny(&["check", "advisories"]));
    }
    println!("Advisories were NOT checked: {DATABASE} cannot be reached from here.");
    Ok(())
}

/// cargo-deny, compiled in a few minutes where it is missing. It stays with the compiled output, under its version's
/// name.
fn installed(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace
        .target()
        .join("tools")
        .join(format!("cargo-deny-{VERSION}"));
    let program = folder
        .join("bin")
        .join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if program.exists() {
        return Ok(program);
    }
    println!("cargo-deny {VERSION} is missing. Compiling it takes a few minutes, once.");
    let mut install = workspace.cargo(["install", "--locked", "cargo-deny"]);
    install.arg(format!("--version={VERSION}"));
    // It runs for seconds: what optimising it takes is never earned back.
    install
        .args(["--profile", "dev"])
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    // Compiled elsewhere than our own crates: what is left of it would be hundreds of megabytes that nothing uses.
    install.env_remove("CARGO_TARGET_DIR");
    process::run(install.arg("--root").arg(&folder))?;
    Ok(program)
}
