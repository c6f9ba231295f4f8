//! How Slipway begins, before there is a window: the command line, the data folder, the log.

mod arguments;
mod folders;
mod logging;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::ExitCode;

use slipway_core::view::Mode;

use arguments::Arguments;

/// The argument to start in the tray.
pub const HIDDEN: &str = "--hidden";

/// What was asked for when Slipway was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// In which world.
    pub mode: Mode,
    /// In the tray, without a window.
    pub hidden: bool,
    /// Where its data is kept.
    pub data: PathBuf,
    /// Where files go that a person asks for.
    pub downloads: PathBuf,
}

impl Launch {
    /// Reads the command line, finds the data folder and starts the log.
    ///
    /// # Errors
    /// The code to end with, where no window is to be opened. What there was to say is said.
    pub fn begin() -> Result<Self, ExitCode> {
        let (mode, hidden) = match Arguments::parse(std::env::args_os().skip(1)) {
            Ok(Arguments::Start { mode, hidden }) => (mode, hidden),
            Ok(Arguments::Say(text)) => return Err(say(&text)),
            Err(misuse) => return Err(refuse(&misuse, 2)),
        };
        let Some(data) = folders::data(mode) else {
            let homeless = "There is no home folder to keep the journal in: set SLIPWAY_HOME.";
            return Err(refuse(homeless, 1));
        };
        // The engine says in the window what is wrong with it.
        let made = folders::make(&data);
        logging::start(&data);
        if let Err(error) = made {
            tracing::warn!(%error, "the data folder cannot be made");
        }
        let version = env!("CARGO_PKG_VERSION");
        tracing::info!(version, ?mode, data = %data.display(), "starting");
        let downloads = folders::downloads(&data);
        Ok(Self {
            mode,
            hidden,
            data,
            downloads,
        })
    }

    /// What tells this instance from others that may run beside it, to go behind the program's identifier: a world of
    /// its own, a data folder of its own. Two starts with the same are one too many.
    #[must_use]
    pub fn instance(&self) -> String {
        let world = match self.mode {
            Mode::Practice => ".practice",
            Mode::Real => "",
        };
        if folders::named().is_none() {
            return world.to_owned();
        }
        let mut hasher = DefaultHasher::new();
        self.data.hash(&mut hasher);
        format!("{world}.in-{:016x}", hasher.finish())
    }
}

#[expect(clippy::print_stdout, reason = "it was asked for on the command line")]
fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

/// Says why there is no window, and with which code the program ends.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub fn refuse(sentence: &str, code: u8) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(code)
}
