//! A program with a window on a desktop of its own.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::desktop::Desktop;
use crate::guard::Guard;
use crate::screen::Screen;

/// It is drawn when the screen stays as it is for this long.
const STILL: Duration = Duration::from_millis(1_500);
const LIMIT: Duration = Duration::from_secs(30);
const INTERVAL: Duration = Duration::from_millis(1);
/// So much of what is shown in the end makes it worth reading.
const MEANINGFUL: f64 = 0.8;

/// The program. It ends when this is dropped.
pub(crate) struct Started {
    home: String,
    began_at: Instant,
    _guard: Guard,
}

impl Started {
    pub(crate) fn new(desktop: &Desktop, program: &Path, arguments: &[&str]) -> Self {
        let known = desktop.command("true");
        let mut command = std::process::Command::new(program);
        let environment = known.get_envs();
        command.envs(environment.filter_map(|(name, value)| Some((name, value?))));
        command.args(arguments);
        let began_at = Instant::now();
        Self {
            home: format!("SLIPWAY_HOME={}", desktop.data().display()),
            began_at,
            _guard: Guard::start(&command, &desktop.log()),
        }
    }

    /// From its start until most of what it shows was on the screen.
    pub(crate) fn first_paint(&self, screen: &Screen) -> Duration {
        let mut seen = vec![(Duration::ZERO, screen.edges())];
        let mut changed_at = Instant::now();
        let blank = seen[0].1;
        while seen.len() == 1 || changed_at.elapsed() < STILL {
            let edges = screen.edges();
            if seen.last().is_some_and(|(_, last)| *last != edges) {
                changed_at = Instant::now();
                seen.push((self.began_at.elapsed(), edges));
            }
            assert!(self.began_at.elapsed() < LIMIT, "it never shows anything");
            std::thread::sleep(INTERVAL);
        }
        let drawn = seen.last().map_or(0, |(_, last)| *last);
        let enough = blank as f64 + drawn.saturating_sub(blank) as f64 * MEANINGFUL;
        let first = seen.iter().find(|(_, edges)| *edges as f64 >= enough);
        first.map(|(at, _)| *at).unwrap_or_default()
    }

    /// Its share of memory and that of all it started, in MiB (`Pss` of `smaps_rollup`,
    /// <https://docs.kernel.org/filesystems/proc.html>).
    pub(crate) fn memory(&self) -> f64 {
        let of = |process: &u32| {
            let all = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
            let line = all.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.trim()
                .trim_end_matches("kB")
                .trim()
                .parse::<f64>()
                .ok()
        };
        self.processes().iter().filter_map(of).sum::<f64>() / 1024.0
    }

    /// The time that it and all it started were given on a processor, in seconds.
    pub(crate) fn processor_seconds(&self) -> f64 {
        // `USER_HZ`, which is 100 wherever Linux runs.
        const TICKS: f64 = 100.0;
        let of = |process: &u32| {
            let all = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            let (_, after) = all.rsplit_once(')')?;
            let mut fields = after.split_whitespace().skip(11);
            let mut next = || fields.next()?.parse::<f64>().ok();
            Some(next()? + next()?)
        };
        self.processes().iter().filter_map(of).sum::<f64>() / TICKS
    }

    /// What runs with its data folder in the environment and has a window or helps to draw one.
    fn processes(&self) -> Vec<u32> {
        let is_it = |process: &u32| {
            let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
            let mut each = environment.split(|it| *it == 0);
            let program = fs::read_link(format!("/proc/{process}/exe")).unwrap_or_default();
            let name = program.file_name().and_then(|name| name.to_str());
            let beside = ["Xvfb", "dbus-daemon", "gnome-keyring-daemon", "dash", "sh"];
            each.any(|it| it == self.home.as_bytes())
                && name.is_some_and(|name| !beside.contains(&name))
        };
        let processes = fs::read_dir("/proc").expect("processes are listed");
        let named = processes.filter_map(|it| it.ok()?.file_name().to_str()?.parse().ok());
        named.filter(is_it).collect()
    }
}
