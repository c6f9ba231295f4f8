//! `cargo xtask`: builds, starts and checks Slipway from a fresh clone.
//!
//! It depends on the standard library alone, so that it compiles in seconds on a machine that has nothing but
//! Rust and Node. It decides nothing about the product; it puts the pieces in place and calls `cargo` and `npm`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal is what this program talks to"
)]

mod command;
mod consent;
mod deny;
mod display;
mod package;
mod packages;
mod page;
mod process;
mod stages;
mod target;
mod tools;
mod version;
mod workspace;

use std::process::ExitCode;

use command::Command;
use consent::Consent;
use packages::{BUILD, TEST};
use process::Result;
use stages::Stages;
use workspace::Workspace;

fn main() -> ExitCode {
    let command = match Command::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(misuse) => {
            eprintln!("{misuse}\n\n{}", command::USAGE);
            return ExitCode::from(2);
        }
    };
    match carry_out(command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> Result<ExitCode> {
    match command {
        Command::Help => {
            println!("{}", command::USAGE);
            Ok(ExitCode::SUCCESS)
        }
        Command::Run { yes, args } => run(Consent::new(yes), &args),
        Command::Test { yes, long, args } => test(Consent::new(yes), long, &args),
        Command::Package { yes, check } => {
            package::make(Consent::new(yes), check)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Deny => {
            deny::check(&Workspace::open(Consent::new(false))?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Gen => generate(),
        Command::Ci => ci(),
    }
}

fn run(consent: Consent, args: &[String]) -> Result<ExitCode> {
    // Asked first: a build takes minutes, and none of them would lead to a window.
    display::require()?;
    let workspace = Workspace::open(consent)?;
    packages::install(BUILD, consent)?;
    tools::require_for_building()?;
    page::install(&workspace)?;
    page::build(&workspace)?;
    process::run(workspace.cargo(["build"]).args(workspace::APP))?;
    process::hand_over(workspace.app().args(args))
}

fn test(consent: Consent, long: bool, args: &[String]) -> Result<ExitCode> {
    let workspace = Workspace::open(consent)?;
    let mut stages = Stages::default();
    let ready = prepare(consent, &mut stages)
        && stages.run("npm ci", || page::install(&workspace))
        && stages.run("page", || page::build(&workspace));
    if ready {
        test_stages(&workspace, long, args, &mut stages);
    }
    Ok(stages.finish())
}

/// Everything that `.ci/run` holds, cheapest first; a failure among the cheap ones ends it there.
fn ci() -> Result<ExitCode> {
    let consent = Consent::Given;
    let workspace = Workspace::open(consent)?;
    let mut stages = Stages::default();
    let cheap = prepare(consent, &mut stages)
        && stages.run("tools", tools::require_for_checking)
        && stages.run("format", || {
            process::run(&mut workspace.cargo(["fmt", "--all", "--check"]))
        })
        && stages.run("npm ci", || page::install(&workspace))
        && stages.run("eslint", || {
            process::run(&mut workspace.npm(["run", "lint"]))
        })
        && stages.run("svelte-check", || {
            process::run(&mut workspace.npm(["run", "check"]))
        })
        && stages.run("page", || page::build(&workspace));
    if cheap {
        test_stages(&workspace, false, &[], &mut stages);
        stages.run("clippy", || {
            let mut clippy =
                workspace.cargo(["clippy", "--workspace", "--all-targets", "--locked"]);
            process::run(clippy.args(["--", "--deny", "warnings"]))
        });
        stages.run("rustdoc", || {
            let mut doc = workspace.cargo(["doc", "--workspace", "--no-deps", "--locked"]);
            process::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))
        });
        stages.run("deny", || deny::check(&workspace));
    }
    Ok(stages.finish())
}

/// Rewrites what is generated from the Rust types: the same tests that compare it, told to write.
fn generate() -> Result<ExitCode> {
    let workspace = Workspace::open(Consent::new(false))?;
    tools::require_for_building()?;
    page::install(&workspace)?;
    page::build(&workspace)?;
    let mut cargo = workspace.cargo(["test", "--workspace", "--locked", "--test", "tidy"]);
    process::run(
        cargo
            .args(["--", "--exact", "bindings_are_current", "schema_is_current"])
            .env("SLIPWAY_GEN", "1"),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn prepare(consent: Consent, stages: &mut Stages) -> bool {
    let needed: Vec<&str> = BUILD.iter().chain(TEST).copied().collect();
    stages.run("packages", || packages::install(&needed, consent))
        && stages.run("toolchain", tools::require_for_building)
}

/// The page's tests, then everything else's. One failing does not keep the other from being run, and cargo comes
/// last so that its closing lines stand right above the summary.
fn test_stages(workspace: &Workspace, long: bool, args: &[String], stages: &mut Stages) {
    // Arguments name Rust tests: whoever gives them is not asking about the page.
    if args.is_empty() {
        stages.run("vitest", || process::run(&mut workspace.npm(["test"])));
    }
    stages.run("cargo test", || {
        let mut cargo = workspace.cargo(["test", "--workspace", "--locked", "--no-fail-fast"]);
        if long {
            cargo.env("SLIPWAY_LONG", "1");
        }
        process::run(cargo.arg("--").args(args))
    });
}
