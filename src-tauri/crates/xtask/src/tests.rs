//! Rust's tests: which programs there are, and which of them run beside one another.

use std::collections::BTreeSet;
use std::fs;
use std::iter;
use std::path::Path;
use std::process::Command;

use crate::process::{self, Result};
use crate::stages::Stages;
use crate::workspace::Workspace;

/// The tests of the real window. They wait for its drawing more than they calculate, so they run beside all others.
const WINDOW: &str = "window";

/// Whole releases. They wait for the pretended world's time to pass, so they run beside the others, too.
const JOURNEYS: &str = "journeys";

/// The one of the contract that judges what passed in all others, so it comes last.
const LAST: &str = "what_passed_in_other_tests";

/// What begins when one of the two that run beside the others is through.
#[derive(Default)]
pub(crate) struct Then {
    pub(crate) window: Vec<(&'static str, Command)>,
    pub(crate) journeys: Vec<(&'static str, Command)>,
}

/// The programs that cargo makes of the folders named `tests`.
pub(crate) struct Tests {
    names: BTreeSet<String>,
    long: bool,
}

impl Tests {
    /// Looks into every package's folder of tests.
    pub(crate) fn find(workspace: &Workspace, long: bool) -> Result<Self> {
        let mut names = names(&workspace.root().join("tests"))?;
        for member in fs::read_dir(workspace.root().join("src-tauri/crates"))? {
            let tests = member?.path().join("tests");
            if tests.exists() {
                names.extend(self::names(&tests)?);
            }
        }
        Ok(Self { names, long })
    }

    /// Compiles all of them, then runs all of them. One failing does not keep another from being run. These
    /// programs run beside those that are left.
    pub(crate) fn run(&self, workspace: &Workspace, stages: &mut Stages, then: Then) {
        let compiled = stages.run("compile", || {
            process::run(self.cargo(workspace).arg("--no-run"))
        });
        if !compiled {
            return;
        }
        // What an earlier run left is not about this one.
        let left = workspace.target().join("exchanges");
        if left.exists() && !stages.run("clear", || Ok(fs::remove_dir_all(&left)?)) {
            return;
        }
        let only = |name: &'static str| {
            let mut test = self.cargo(workspace);
            test.args(["--test", name]);
            (name, test)
        };
        let rows = [(WINDOW, then.window), (JOURNEYS, then.journeys)];
        let rows = rows.map(|(name, then)| iter::once(only(name)).chain(then).collect());
        stages.beside(rows.into(), |stages| {
            stages.run("cargo test", || {
                let mut others = self.cargo(workspace);
                others.args(["--no-fail-fast", "--lib", "--bins"]);
                for name in &self.names {
                    if ![WINDOW, JOURNEYS].contains(&name.as_str()) {
                        others.args(["--test", name]);
                    }
                }
                process::run(others.args(["--", "--skip", LAST]))
            });
            stages.run("doc tests", || {
                process::run(self.cargo(workspace).arg("--doc"))
            });
        });
        stages.run("contract", || {
            let mut last = self.cargo(workspace);
            last.args(["--test", "contract", LAST]);
            process::run(last.env("SLIPWAY_ALL_TESTS_RAN", "1"))
        });
    }

    /// Runs those that the arguments select.
    pub(crate) fn run_some(&self, workspace: &Workspace, args: &[String]) -> Result {
        let mut cargo = self.cargo(workspace);
        process::run(cargo.args(["--no-fail-fast", "--"]).args(args))
    }

    fn cargo(&self, workspace: &Workspace) -> Command {
        let mut cargo = workspace.cargo(["test", "--workspace", "--locked"]);
        if self.long {
            cargo.env("SLIPWAY_LONG", "1");
        }
        cargo
    }
}

/// What cargo finds in such a folder: each file of Rust, each folder with a `main.rs`.
fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let program =
            path.extension().is_some_and(|it| it == "rs") || path.join("main.rs").exists();
        if let (true, Some(name)) = (program, path.file_stem().and_then(|name| name.to_str())) {
            names.insert(name.to_owned());
        }
    }
    Ok(names)
}

#[test]
fn the_last_one_is_there() {
    let contract = include_str!("../../../../tests/contract/main.rs");
    assert!(contract.contains(&format!("fn {LAST}_")), "{LAST}");
}
