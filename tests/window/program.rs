//! The program as a person starts it, beside or instead of the one that a driver drives.

use std::process::{Child, Command, ExitStatus, Stdio};

use crate::desktop::Desktop;
use crate::wait;

/// A start of the program. It ends with the test.
pub(crate) struct Program {
    child: Child,
}

impl Program {
    pub(crate) fn start(desktop: &Desktop, arguments: &[&str]) -> Self {
        let known = desktop.command(env!("CARGO_BIN_EXE_slipway"));
        let mut program = Command::new(known.get_program());
        let environment = known.get_envs();
        program
            .env_clear()
            .envs(environment.filter_map(|(name, value)| Some((name, value?))));
        let mut log = std::fs::File::options();
        let log = log.append(true).create(true).open(desktop.log());
        let log = log.expect("the log can be written");
        program.args(arguments).stdin(Stdio::null());
        program.stdout(Stdio::null()).stderr(log);
        Self {
            child: program.spawn().expect("the program starts"),
        }
    }

    /// How it ended; `None` while it runs.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it can be waited for")
    }

    /// Waits for it to end by itself.
    pub(crate) async fn await_end(&mut self) -> ExitStatus {
        let ended = wait::until(wait::LIMIT, async || self.ended()).await;
        ended.expect("the program ends by itself")
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.ended().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended, which is all the same here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
