//! A session bus and a home folder of its own for a test, which runs in a process of its own there: what finds the bus
//! reads the environment.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::guard::{Guard, program};

/// Set for the process inside, and names the test's folder.
const INSIDE: &str = "SLIPWAY_TEST_INSIDE";

/// Services are never started on demand: what is not started by the test is not there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:runtime=yes</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Longer than any test takes, also on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a test inside. `name` is its full name, as the test runner prints it.
pub(crate) fn run(name: &str, test: impl AsyncFnOnce(PathBuf)) {
    run_in(&[], name, test);
}

/// The same, where the programs that `room` names begin another one.
pub(crate) fn run_in(room: &[&str], name: &str, test: impl AsyncFnOnce(PathBuf)) {
    if let Some(folder) = std::env::var_os(INSIDE) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        return runtime.block_on(test(folder.into()));
    }
    let folder = tempfile::Builder::new()
        .prefix("slipway-real-")
        .tempdir()
        .expect("a folder can be made");
    let at = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(&path).expect("a folder can be made");
        path
    };
    let log = folder.path().join("log");
    let environment = [
        (
            "PATH",
            PathBuf::from(std::env::var_os("PATH").unwrap_or_default()),
        ),
        ("HOME", at("home")),
        ("XDG_RUNTIME_DIR", at("run")),
        ("XDG_DATA_HOME", at("home/.local/share")),
        (INSIDE, folder.path().to_owned()),
    ];
    let config = folder.path().join("bus.conf");
    std::fs::write(&config, BUS).expect("the bus can be configured");
    let mut bus = Command::new(program("dbus-daemon"));
    bus.arg("--config-file").arg(config);
    bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
    bus.envs(environment.clone());
    let (_bus, address) = Guard::start_announcing(&bus, &log);

    let this = std::env::current_exe().expect("this program has a path");
    let mut words = room.iter().map(OsString::from).chain([this.into()]);
    let mut inside = Command::new(words.next().expect("a program"));
    inside.args(words);
    inside.args(["--exact", name, "--nocapture"]);
    inside.env_clear().envs(environment);
    let mut inside = inside
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .spawn()
        .expect("this program can be started again");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = inside.try_wait().expect("it can be waited for") {
            break Some(status);
        }
        if begun.elapsed() > LIMIT {
            inside.kill().expect("it can be ended");
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let log = std::fs::read_to_string(&log).unwrap_or_default();
    let status = status.unwrap_or_else(|| panic!("{name} was not done within {LIMIT:?}:\n{log}"));
    assert!(
        status.success(),
        "{name} failed inside; its bus wrote:\n{log}"
    );
}
