//! This checkout, and how `cargo` and `npm` are called in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::consent::Consent;
use crate::process::Result;
use crate::target::Target;

/// The arguments that build the app. Naming a test among the targets has cargo choose the dependencies' features as
/// `cargo test --workspace` does; without it the two share next to nothing, and each compiles 400 crates for itself.
pub(crate) const APP: &[&str] = &[
    "--workspace",
    "--locked",
    "--bin",
    "slipway",
    "--test",
    "tidy",
];

/// Where things are.
pub(crate) struct Workspace {
    root: PathBuf,
    target: Target,
}

impl Workspace {
    /// Finds the checkout, and makes room where its compiled output goes if that has grown too big.
    pub(crate) fn open(consent: Consent) -> Result<Self> {
        let workspace = Self::find()?;
        workspace.target.make_room(consent)?;
        Ok(workspace)
    }

    /// Finds the checkout. What runs beside other work makes no room under it.
    pub(crate) fn find() -> Result<Self> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").ok_or("start this as `cargo xtask`.")?;
        let root = Path::new(&manifest)
            .ancestors()
            .nth(3)
            .ok_or("this is not where the xtask crate belongs.")?;
        Ok(Self {
            root: root.to_owned(),
            target: Target::from_environment()?,
        })
    }

    /// The checkout's own folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of compiled output.
    pub(crate) fn target(&self) -> &Path {
        self.target.path()
    }

    /// The folder of the page.
    pub(crate) fn page(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub(crate) fn cargo<const N: usize>(&self, args: [&str; N]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(args)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target.path());
        command
    }

    pub(crate) fn npm<const N: usize>(&self, args: [&str; N]) -> Command {
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.args(args).current_dir(self.page());
        command
    }

    /// Tauri's own tool. It looks for `tauri.conf.json` in the folder that it is started in.
    pub(crate) fn tauri<const N: usize>(&self, args: [&str; N]) -> Command {
        let mut command = Command::new(self.page().join("node_modules/.bin/tauri"));
        command
            .args(args)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target.path());
        command
    }

    /// The app as it was built last; it starts in the folder that the person is in.
    pub(crate) fn app(&self) -> Command {
        let name = format!("slipway{}", std::env::consts::EXE_SUFFIX);
        Command::new(self.target.path().join("debug").join(name))
    }
}
