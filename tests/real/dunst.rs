//! dunst, a notification service as light desktops have it, on a screen that nobody sees.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::guard::{Guard, program};
use crate::wait;

/// Each notice is one of its own, however much it is like another.
const CONFIG: &str = "[global]\nfont = Sans 10\nstack_duplicates = false\nhistory_length = 50\n";

/// A running dunst.
pub(crate) struct Dunst {
    _daemon: Guard,
    printed: PathBuf,
}

/// A screen for it, which outlives it.
pub(crate) struct Screen {
    number: String,
    folder: PathBuf,
    _server: Guard,
}

/// A notice as dunst got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) id: String,
    pub(crate) entry: String,
    pub(crate) timeout: String,
}

impl Screen {
    pub(crate) fn start(folder: &Path) -> Self {
        let mut server = Command::new(program("Xvfb"));
        server.args(["-displayfd", "1", "-screen", "0", "800x600x24"]);
        server.args(["-nolisten", "tcp", "-noreset"]);
        server.envs(std::env::vars_os());
        let (server, number) = Guard::start_announcing(&server, &folder.join("log"));
        Self {
            number: format!(":{number}"),
            folder: folder.to_owned(),
            _server: server,
        }
    }
}

impl Dunst {
    /// Starts one, whose predecessors' notices are not counted.
    pub(crate) async fn start(screen: &Screen) -> Self {
        let config = screen.folder.join("dunstrc");
        std::fs::write(&config, CONFIG).expect("it can be configured");
        let printed = screen.folder.join("dunst");
        std::fs::write(&printed, "").expect("its output can be kept");
        let mut daemon = Command::new(program("stdbuf"));
        daemon.arg("-oL").arg(program("dunst"));
        daemon.arg("-print").arg("-conf").arg(config);
        daemon.envs(std::env::vars_os());
        daemon.env("DISPLAY", &screen.number);
        let daemon = Guard::start(&daemon, &printed);
        let up = wait::until(wait::LIMIT, async || owner().map(|_| ())).await;
        up.expect("dunst comes up");
        Self {
            _daemon: daemon,
            printed,
        }
    }

    /// Everything it got, oldest first.
    pub(crate) fn got(&self) -> Vec<Got> {
        let printed = std::fs::read_to_string(&self.printed).expect("its output is kept");
        let mut whole: Vec<&str> = printed.split("script_count").collect();
        // What stands behind the last one is not whole.
        whole.pop();
        whole.into_iter().map(got).collect()
    }

    pub(crate) fn titles(&self) -> Vec<String> {
        self.got().into_iter().map(|it| it.title).collect()
    }

    /// Waits until it has got so many, and gives the titles of all.
    pub(crate) async fn await_titles(&self, count: usize) -> Vec<String> {
        let enough = async || (self.got().len() >= count).then_some(());
        let came = wait::until(wait::LIMIT, enough).await;
        assert!(came.is_some(), "{count} of {:#?}", self.got());
        self.titles()
    }

    /// Waits until it shows so many at the same time.
    pub(crate) async fn await_shown(&self, count: usize) {
        let shown = async || (shown() == count).then_some(());
        let came = wait::until(wait::LIMIT, shown).await;
        assert!(
            came.is_some(),
            "{count} of {}: {:#?}",
            self::shown(),
            self.got()
        );
    }

    /// It does nothing from here on, and is still there.
    pub(crate) fn hang(&self) {
        signal("-STOP");
    }

    /// It does all that it did not do since.
    pub(crate) fn recover(&self) {
        signal("-CONT");
    }

    /// It is gone without a word.
    pub(crate) async fn kill(self) {
        signal("-KILL");
        let gone = wait::until(wait::LIMIT, async || match self::owner() {
            Some(_) => None,
            None => Some(()),
        });
        gone.await.expect("it is gone");
    }
}

/// How many it shows now.
pub(crate) fn shown() -> usize {
    let shown = control("count");
    let mut lines = shown.lines();
    let shown = lines.find_map(|line| line.trim().strip_prefix("Currently displayed:"));
    let shown = shown.expect("it is counted").trim();
    shown.parse().expect("a number")
}

/// Presses the notice that is on top.
pub(crate) fn press() {
    control("action");
}

/// Closes what is shown and tells what was, newest first.
pub(crate) fn history() -> Vec<String> {
    control("close-all");
    let history: serde_json::Value =
        serde_json::from_str(&control("history")).expect("the history is JSON");
    let shown = history["data"][0].as_array().cloned().unwrap_or_default();
    let title = |it: &serde_json::Value| it["summary"]["data"].as_str().map(ToOwned::to_owned);
    shown.iter().filter_map(title).collect()
}

fn control(what: &str) -> String {
    let told = Command::new(program("dunstctl")).arg(what).output();
    let told = told.expect("dunst can be told");
    assert!(told.status.success(), "{told:?}");
    String::from_utf8(told.stdout).expect("text")
}

fn signal(which: &str) {
    let owner = owner().expect("it is there");
    let pid = bus(&["GetConnectionUnixProcessID", &format!("string:{owner}")]);
    let pid = pid.expect("it has one");
    let pid = pid.split_whitespace().last().expect("a number");
    let told = Command::new(program("kill")).args([which, pid]).status();
    assert!(told.expect("it can be told").success());
}

fn owner() -> Option<String> {
    let told = bus(&["GetNameOwner", "string:org.freedesktop.Notifications"])?;
    told.split('"').nth(1).map(ToOwned::to_owned)
}

fn bus(call: &[&str]) -> Option<String> {
    let told = Command::new(program("dbus-send"))
        .args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
        ])
        .arg(format!("org.freedesktop.DBus.{}", call[0]))
        .args(&call[1..])
        .output()
        .expect("the bus can be asked");
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    told.status.success().then_some(text)
}

fn got(printed: &str) -> Got {
    let value = |name: &str| {
        let mut lines = printed.lines().rev();
        let line = lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default().trim_matches('\'').to_owned()
    };
    Got {
        title: value("summary"),
        body: value("body"),
        id: value("id"),
        entry: value("desktop_entry"),
        timeout: value("timeout"),
    }
}
