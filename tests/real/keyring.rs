//! GNOME Keyring, as a desktop has it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::guard::{Guard, program};

/// What the login keyring is locked with.
const PASSWORD: &str = "correct horse";

const LIMIT: Duration = Duration::from_secs(20);

/// A running keyring.
pub(crate) struct Keyring {
    _daemon: Guard,
}

impl Keyring {
    /// Starts it unlocked, as logging in does.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::spawn(
            folder,
            &format!(
                "printf '%s' '{PASSWORD}' | gnome-keyring-daemon --foreground --unlock --components=secrets"
            ),
        )
    }

    /// Starts it locked.
    pub(crate) fn start_locked(folder: &Path) -> Self {
        Self::spawn(
            folder,
            "gnome-keyring-daemon --foreground --components=secrets",
        )
    }

    fn spawn(folder: &Path, line: &str) -> Self {
        program("gnome-keyring-daemon");
        let mut daemon = Command::new("sh");
        daemon.args(["-c", line]).envs(std::env::vars_os());
        let daemon = Guard::start(&daemon, &folder.join("log"));
        await_service();
        Self { _daemon: daemon }
    }
}

/// What another program finds under a name; `None` when nothing.
pub(crate) fn witness(name: &str) -> Option<String> {
    let found = Command::new(program("secret-tool"))
        .args(["lookup", "service", "Slipway", "username", name])
        .output()
        .expect("it can be asked");
    found
        .status
        .success()
        .then(|| String::from_utf8(found.stdout).expect("text"))
}

/// Another program keeps something under the same name, and under one more.
pub(crate) fn plant(name: &str) {
    let mut store = Command::new(program("secret-tool"))
        .args([
            "store",
            "--label=another",
            "service",
            "Slipway",
            "username",
            name,
            "other",
            "yes",
        ])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it can be asked");
    let mut input = store.stdin.take().expect("the input is piped");
    input.write_all(b"planted").expect("it reads");
    drop(input);
    assert!(store.wait().expect("it ends").success());
}

/// The keyring's files, for a look into them.
pub(crate) fn files(folder: &Path) -> PathBuf {
    folder.join("home/.local/share/keyrings")
}

fn await_service() {
    let begun = Instant::now();
    while !is_there() {
        assert!(begun.elapsed() < LIMIT, "the keyring never came up");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn is_there() -> bool {
    let owner = Command::new(program("dbus-send"))
        .args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
        ])
        .args([
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ])
        .output()
        .expect("the bus can be asked");
    String::from_utf8_lossy(&owner.stdout).contains("boolean true")
}
