//! The command line.

use std::ffi::OsString;

use slipway_core::view::Mode;

const HELP: &str = "\
Slipway walks a team through a production deploy.

Usage: slipway [--practice] [--hidden]

  --practice   works in a pretended world: nothing leaves this computer
  --hidden     starts in the tray, where there is one
  --version    prints the version
  --help       prints this

SLIPWAY_HOME names the data folder, RUST_LOG what is logged.";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arguments {
    /// Open the window.
    Start {
        /// In which world.
        mode: Mode,
        /// In the tray.
        hidden: bool,
    },
    /// Print this and end.
    Say(String),
}

impl Arguments {
    /// Reads them; an error is a sentence.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let (mut mode, mut hidden) = (Mode::Real, false);
        for argument in arguments {
            match argument.to_str() {
                Some("--practice") => mode = Mode::Practice,
                Some(crate::HIDDEN) => hidden = true,
                Some("--help" | "-h") => return Ok(Self::Say(HELP.to_owned())),
                Some("--version" | "-V") => {
                    return Ok(Self::Say(format!("slipway {}", env!("CARGO_PKG_VERSION"))));
                }
                Some(_) | None => {
                    let argument = argument.to_string_lossy();
                    return Err(format!(
                        "Slipway does not know {argument:?}: see slipway --help."
                    ));
                }
            }
        }
        Ok(Self::Start { mode, hidden })
    }
}
