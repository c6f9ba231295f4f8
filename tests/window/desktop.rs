//! A desktop for one test: its own X server, session bus and home folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::disk::Disk;
use crate::guard::{Guard, program};

/// Services are never started on demand: what the machine happens to have installed must not matter.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>ADDRESS</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Two windows at a time: one mostly waits for what it shows next, three would wait for each other.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A running process.
pub(crate) struct Process {
    pub(crate) program: PathBuf,
    /// `/proc/<pid>/cmdline`
    pub(crate) arguments: Vec<u8>,
    /// `/proc/<pid>/environ`
    pub(crate) environment: Vec<u8>,
}

/// The desktop. Its fields are dropped in this order: what uses another comes first.
pub(crate) struct Desktop {
    environment: Vec<(OsString, OsString)>,
    _screen: Guard,
    _bus: Option<Guard>,
    disk: Option<Disk>,
    home: TempDir,
    _turn: SemaphorePermit<'static>,
}

impl Desktop {
    pub(crate) async fn start() -> Self {
        let mut desktop = Self::start_without_bus().await;
        desktop.start_bus();
        desktop
    }

    /// One whose session bus is not there; it can be started later.
    pub(crate) async fn start_without_bus() -> Self {
        let turn = TURNS.acquire().await.expect("it is never closed");
        let home = tempfile::Builder::new()
            .prefix("slipway-window-")
            .tempdir()
            .expect("a home folder can be made");
        let mut environment = environment(home.path());
        let log = log(home.path());

        let mut screen = Command::new(program("Xvfb"));
        screen.args(["-displayfd", "1", "-screen", "0", "1280x860x24"]);
        screen.args(["-nolisten", "tcp", "-noreset"]);
        screen.arg("-fbdir").arg(home.path());
        screen.envs(environment.clone());
        let (screen, number) = Guard::start_announcing(&screen, &log);
        environment.push(("DISPLAY".into(), format!(":{number}").into()));

        Self {
            environment,
            _screen: screen,
            _bus: None,
            disk: None,
            home,
            _turn: turn,
        }
    }

    /// Starts the session bus, at the address that programs were told from the start.
    pub(crate) fn start_bus(&mut self) {
        let config = self.home.path().join("bus.conf");
        std::fs::write(&config, BUS.replace("ADDRESS", self.bus()))
            .expect("the bus can be configured");
        let mut bus = self.command("dbus-daemon");
        bus.arg("--config-file").arg(config);
        bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, _) = Guard::start_announcing(&bus, &self.log());
        self._bus = Some(bus);
    }

    /// What programs started from now on find in their environment, too.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.environment.retain(|(it, _)| it != name);
        self.environment.push((name.into(), value.into()));
    }

    /// Everything that runs on this desktop.
    pub(crate) fn processes(&self) -> Vec<Process> {
        let home = format!("SLIPWAY_HOME={}", data(self.home.path()).display());
        let read = |folder: PathBuf| {
            let environment = std::fs::read(folder.join("environ")).ok()?;
            let mut each = environment.split(|it| *it == 0);
            each.any(|it| it == home.as_bytes()).then_some(())?;
            Some(Process {
                program: std::fs::read_link(folder.join("exe")).ok()?,
                arguments: std::fs::read(folder.join("cmdline")).ok()?,
                environment,
            })
        };
        let folders = std::fs::read_dir("/proc").expect("processes are listed");
        folders
            .filter_map(|folder| read(folder.ok()?.path()))
            .collect()
    }

    /// The folder that everything on this desktop is in.
    pub(crate) fn folder(&self) -> &Path {
        self.home.path()
    }

    /// Has the data folder be on a disk of its own.
    pub(crate) fn mount_disk(&mut self) {
        self.disk = Some(Disk::mount(&data(self.home.path()), &self.log()));
    }

    /// The disk of the data folder, where it has one of its own.
    pub(crate) fn disk(&self) -> &Disk {
        self.disk.as_ref().expect("a disk was mounted")
    }

    /// A program, to be started on this desktop.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = match &self.disk {
            Some(disk) => disk.beside(name),
            None => Command::new(program(name)),
        };
        command.envs(self.environment.clone());
        command
    }

    /// The address of its session bus.
    pub(crate) fn bus(&self) -> &str {
        let address = self.environment.iter();
        let mut address = address.filter(|(name, _)| name == "DBUS_SESSION_BUS_ADDRESS");
        let address = address.next().and_then(|(_, address)| address.to_str());
        address.expect("it has a session bus")
    }

    /// A file or folder in its home folder.
    pub(crate) fn home(&self, path: &str) -> PathBuf {
        self.home.path().join("home").join(path)
    }

    /// Slipway's data folder, as seen from here.
    pub(crate) fn data(&self) -> PathBuf {
        match &self.disk {
            Some(disk) => disk.folder(),
            None => data(self.home.path()),
        }
    }

    /// Where everything on this desktop writes what it has to say.
    pub(crate) fn log(&self) -> PathBuf {
        log(self.home.path())
    }
}

impl Drop for Desktop {
    /// The log goes with the home folder, so a failing test shows it before.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            eprintln!("--- what the app and its desktop wrote:\n{log}---");
        }
    }
}

/// Nothing of this machine's own but the search path: a test must not depend on whose desktop it runs on.
fn environment(home: &Path) -> Vec<(OsString, OsString)> {
    let folder = |name: &str| -> OsString {
        let folder = home.join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        folder.into()
    };
    vec![
        ("PATH".into(), std::env::var_os("PATH").unwrap_or_default()),
        ("HOME".into(), folder("home")),
        ("XDG_RUNTIME_DIR".into(), folder("run")),
        ("DBUS_SESSION_BUS_ADDRESS".into(), bus(home).into()),
        ("XDG_DATA_HOME".into(), folder("home/.local/share")),
        ("XDG_CONFIG_HOME".into(), folder("home/.config")),
        ("XDG_CACHE_HOME".into(), folder("home/.cache")),
        ("SLIPWAY_HOME".into(), data(home).into()),
        ("LANG".into(), "C.UTF-8".into()),
        ("TZ".into(), "America/Chicago".into()),
        ("GDK_BACKEND".into(), "x11".into()),
        // The accessibility bus is a service, and there are none.
        ("NO_AT_BRIDGE".into(), "1".into()),
    ]
}

fn bus(home: &Path) -> String {
    format!("unix:path={}", home.join("run/bus").display())
}

fn data(home: &Path) -> PathBuf {
    home.join("slipway")
}

fn log(home: &Path) -> PathBuf {
    home.join("log")
}
