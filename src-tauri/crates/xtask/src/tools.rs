//! The programs that have to be there beforehand, because no system package brings a fit version of them.

use std::process::Command;

use crate::process::{self, Result};
use crate::version::Version;

const CARGO: Version = Version(1, 95);
const NODE: Version = Version(20, 19);

/// Fails, in one sentence, if Rust or Node is missing or too old.
pub(crate) fn require_for_building() -> Result {
    require("cargo", CARGO, "see https://rustup.rs")?;
    require("node", NODE, "see https://nodejs.org")
}

/// Fails, in one sentence, if cargo lacks the components that the checks call.
pub(crate) fn require_for_checking() -> Result {
    for component in ["fmt", "clippy"] {
        let mut cargo = Command::new("cargo");
        let printed = process::output(cargo.args([component, "--version"])).unwrap_or_default();
        if printed.is_empty() {
            let remedy = "run `rustup component add rustfmt clippy`.";
            return Err(format!("`cargo {component}` is not installed: {remedy}").into());
        }
    }
    Ok(())
}

fn require(program: &str, least: Version, remedy: &str) -> Result {
    let printed = process::output(Command::new(program).arg("--version"));
    let found = printed.as_deref().and_then(Version::find);
    match judge(program, least, found) {
        None => Ok(()),
        Some(fault) => Err(format!("{fault}: {remedy}.").into()),
    }
}

fn judge(program: &str, least: Version, found: Option<Version>) -> Option<String> {
    match found {
        None => Some(format!(
            "{program} {least} or newer is needed and none was found"
        )),
        Some(found) if found < least => Some(format!(
            "{program} {least} or newer is needed and {found} was found"
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_program() {
        assert_eq!(judge("node", NODE, Some(Version(20, 19))), None);
        assert_eq!(judge("node", NODE, Some(Version(24, 1))), None);
        assert_eq!(
            judge("node", NODE, Some(Version(18, 20))).as_deref(),
            Some("node 20.19 or newer is needed and 18.20 was found")
        );
        assert_eq!(
            judge("node", NODE, None).as_deref(),
            Some("node 20.19 or newer is needed and none was found")
        );
    }

    #[test]
    fn asks_for_the_rust_that_the_workspace_declares() {
        assert_eq!(
            Version::find(&format!("{}.0", env!("CARGO_PKG_RUST_VERSION"))),
            Some(CARGO)
        );
    }
}
