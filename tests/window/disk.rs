//! A disk for the data folder, which can be full or read only.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::guard::{Guard, program};

/// What the app needs for a release, and a little more.
const SIZE: &str = "size=6m";

/// Mounts the disk where only its own process, and what is started beside it, sees it, so that nothing is left behind
/// however the test ends.
const SCRIPT: &str = r#"mount -t tmpfs -o "$1" slipway "$2" && echo $$ && exec sleep infinity"#;

/// What makes a place of its own for the mount. The same person stays the same person in it.
const APART: [&str; 4] = ["--user", "--map-current-user", "--keep-caps", "--mount"];

/// The disk, mounted for as long as this lives.
pub(crate) struct Disk {
    _mounter: Guard,
    process: u32,
    folder: PathBuf,
}

impl Disk {
    /// Why a disk cannot be mounted on this machine, if it cannot: some do not let a person have mounts of their own.
    pub(crate) fn missing() -> Option<String> {
        let tried = Command::new(program("unshare"))
            .args(APART)
            .args(["mount", "-t", "tmpfs", "slipway", "/mnt"])
            .output();
        match tried {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(error) => Some(error.to_string()),
        }
    }

    pub(crate) fn mount(folder: &Path, log: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder can be made");
        let mut command = Command::new(program("unshare"));
        command.args(APART).args(["sh", "-c", SCRIPT, "sh", SIZE]);
        command
            .arg(folder)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let (mounter, process) = Guard::start_announcing(&command, log);
        Self {
            _mounter: mounter,
            process: process.parse().expect("the number of the process"),
            folder: folder.to_owned(),
        }
    }

    /// Runs a program where the disk is.
    pub(crate) fn beside(&self, name: &str) -> Command {
        let mut command = Command::new(program("nsenter"));
        command
            .args(["--user", "--mount", "--preserve-credentials"])
            .arg(format!("--target={}", self.process))
            .arg(program(name));
        command
    }

    /// The folder, as seen from here.
    pub(crate) fn folder(&self) -> PathBuf {
        let inside = self.folder.strip_prefix("/").expect("an absolute path");
        Path::new("/proc")
            .join(self.process.to_string())
            .join("root")
            .join(inside)
    }

    /// Leaves no room on it.
    pub(crate) fn fill(&self) {
        let mut file = File::create(self.filler()).expect("a file");
        while file.write_all(&[0; 4_096]).is_ok() {}
    }

    /// Makes the room again.
    pub(crate) fn empty(&self) {
        std::fs::remove_file(self.filler()).expect("the file is there");
    }

    /// Has it be read only.
    pub(crate) fn lock(&self) {
        let mut mount = self.beside("mount");
        mount.args(["-o", "remount,ro"]).arg(&self.folder);
        let output = mount.output().expect("`mount` can be started");
        assert!(output.status.success(), "{output:?}");
    }

    fn filler(&self) -> PathBuf {
        self.folder().join("filler")
    }
}
