//! A program that lives no longer than the test that started it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Runs the program in a process group of its own and waits for the end of its input, which is when the test drops
/// the guard, and also when the test is killed. Then it ends the whole group: the program and what it started.
const SCRIPT: &str = r#"
"$@" &
program=$!
exec >/dev/null 2>&1
read -r _
trap '' TERM
kill -TERM 0
(sleep 5; kill -KILL 0) &
wait "$program"
kill -KILL 0
"#;

const START_LIMIT: Duration = Duration::from_secs(20);

/// A running program.
pub(crate) struct Guard {
    shell: Child,
}

impl Guard {
    /// Starts a program whose output goes to a log. What `command` says of the environment is all of it.
    pub(crate) fn start(command: &Command, log: &Path) -> Self {
        Self::spawn(command, append(log).into(), log)
    }

    /// Starts a program that prints one line once it is ready, and gives that line.
    pub(crate) fn start_announcing(command: &Command, log: &Path) -> (Self, String) {
        let mut guard = Self::spawn(command, Stdio::piped(), log);
        let output = guard.shell.stdout.take().expect("the output is piped");
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(output).read_line(&mut line);
            // Nobody listens any more once the limit has passed.
            let _ = sender.send(read.map(|_| line.trim().to_owned()));
        });
        let program = command.get_program().to_string_lossy();
        match receiver.recv_timeout(START_LIMIT) {
            Ok(Ok(line)) if !line.is_empty() => (guard, line),
            Ok(Ok(_)) => {
                let log = std::fs::read_to_string(log).unwrap_or_default();
                panic!("{program} ended before it was ready:\n{log}")
            }
            Ok(Err(error)) => panic!("{program} could not be listened to: {error}"),
            Err(_) => panic!("{program} was not ready within {START_LIMIT:?}"),
        }
    }

    fn spawn(command: &Command, output: Stdio, log: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SCRIPT, "guard"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(append(log))
            .process_group(0);
        let shell = shell.spawn().expect("`sh` can be started");
        Self { shell }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // It always ends by a signal, its own; there is nothing to learn from that.
        let _ = self.shell.wait();
    }
}

fn append(log: &Path) -> File {
    let file = File::options().append(true).create(true).open(log);
    file.expect("the log can be written")
}

/// Finds a program the tests need. They are not skipped where it is missing: they say what brings it.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| {
            panic!("{name} is not installed; `cargo xtask test` installs what the tests need")
        })
}
