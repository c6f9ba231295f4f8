//! A window manager, and what it lets a person see and do: which window is in front, closing, the task bar.

use std::process::Command;

use crate::desktop::Desktop;
use crate::guard::Guard;
use crate::wait;

/// Without one, windows have no focus and nothing is minimised.
pub(crate) struct Manager<'a> {
    desktop: &'a Desktop,
    _running: Guard,
}

impl<'a> Manager<'a> {
    pub(crate) async fn start(desktop: &'a Desktop) -> Self {
        let manager = Self {
            desktop,
            _running: Self::run(desktop),
        };
        let ready = wait::until(wait::LIMIT, async || {
            manager.xdotool(&["get_num_desktops"]).map(drop)
        });
        ready.await.expect("the window manager is there in time");
        manager
    }

    /// One that only manages, until it is dropped.
    pub(crate) fn run(desktop: &Desktop) -> Guard {
        Guard::start(&desktop.command("openbox"), &desktop.log())
    }

    /// The title of the window that has the keyboard.
    pub(crate) fn in_front(&self) -> Option<String> {
        self.xdotool(&["getactivewindow", "getwindowname"])
    }

    /// Whether a window whose title starts so is on the screen.
    pub(crate) fn is_shown(&self, title: &str) -> bool {
        let pattern = format!("^{title}");
        let found = self.xdotool(&["search", "--onlyvisible", "--name", &pattern]);
        found.is_some_and(|found| !found.is_empty())
    }

    /// Presses the keys that close the window in front.
    pub(crate) fn close(&self) {
        self.press("alt+F4");
    }

    /// Closes the window in front, which then goes from the screen.
    pub(crate) async fn close_away(&self, title: &str) {
        self.close();
        self.await_so(&format!("{title:?} gone"), || !self.is_shown(title))
            .await;
    }

    /// Presses keys where the keyboard is.
    pub(crate) fn press(&self, keys: &str) {
        self.xdotool(&["key", keys]).expect("the keys are pressed");
    }

    pub(crate) async fn await_in_front(&self, title: &str) {
        self.await_so(&format!("{title:?} in front"), || {
            self.in_front()
                .is_some_and(|front| front.starts_with(title))
        })
        .await;
    }

    /// Waits for the window in front to have exactly this title.
    pub(crate) async fn await_front_is(&self, title: &str) {
        self.await_so(&format!("{title:?} in front"), || {
            self.in_front().as_deref() == Some(title)
        })
        .await;
    }

    /// Waits for a window of this title to be minimised.
    pub(crate) async fn await_in_task_bar(&self, title: &str) {
        self.await_so(&format!("{title:?} in the task bar"), || {
            let there = self.xdotool(&["search", "--name", &format!("^{title}$")]);
            there.is_some_and(|it| !it.is_empty()) && !self.is_shown(title)
        })
        .await;
    }

    async fn await_so(&self, what: &str, so: impl Fn() -> bool) {
        let became = wait::until(wait::LIMIT, async || so().then_some(())).await;
        assert!(
            became.is_some(),
            "never {what}; in front is {:?}, and there are {:?}",
            self.in_front(),
            self.titles()
        );
    }

    /// The titles of all windows, also of those that are not on the screen.
    fn titles(&self) -> Vec<String> {
        let found = self.xdotool(&["search", "--name", "."]).unwrap_or_default();
        let title = |id: &str| self.xdotool(&["getwindowname", id]);
        found.lines().filter_map(title).collect()
    }

    fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let mut xdotool: Command = self.desktop.command("xdotool");
        let output = xdotool.args(arguments).output().expect("xdotool starts");
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }
}
