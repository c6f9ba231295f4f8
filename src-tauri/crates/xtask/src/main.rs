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
mod tests;
mod tools;
mod version;
mod workspace;

use std::process::ExitCode;

use command::Command;
use consent::Consent;
use packages::{BUILD, TEST};
use process::Result;
use stages::Stages;
use tests::{Tests, Then};
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
            deny::check(&Workspace::find()?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Bench { yes } => bench(Consent::new(yes)),
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
    let mut stages = Stages::begin();
    let ready = prepare(consent, &mut stages)
        && stages.run("npm ci", || page::install(&workspace))
        && stages.run("page", || page::build(&workspace));
    if ready {
        let tests = Tests::find(&workspace, long)?;
        if args.is_empty() {
            let page = vec![vec![("vitest", workspace.npm(["test"]))]];
            stages.beside(page, |stages| {
                tests.run(&workspace, stages, Then::default());
            });
        } else {
            // Arguments name Rust tests: whoever gives them is not asking about the page.
            stages.run("cargo test", || tests.run_some(&workspace, args));
        }
    }
    Ok(stages.finish())
}

/// The shipped program beside an empty window, both built and measured now. Nothing else should run meanwhile.
fn bench(consent: Consent) -> Result<ExitCode> {
    let workspace = Workspace::open(consent)?;
    let mut stages = Stages::begin();
    let ready = prepare(consent, &mut stages)
        && stages.run("npm ci", || page::install(&workspace))
        && stages.run("page", || page::build(&workspace));
    if ready {
        let mut programs = workspace.cargo(["build", "--release", "--locked"]);
        programs.args(["--package", "slipway", "--features", "bench"]);
        programs.args(["--bin", "slipway"]);
        programs.args(["--bin", "empty-window", "--bin", "large-release"]);
        // What measures is compiled as the tests are, and shares what they are made of.
        let mut bench = workspace.cargo(["bench", "--profile", "dev", "--workspace", "--locked"]);
        bench.args(["--features", "bench", "--bench", "budgets"]);
        bench.env("SLIPWAY_PROGRAMS", workspace.target().join("release"));
        if stages.run("compile", || process::run(&mut programs)) {
            stages.run("bench", || process::run(&mut bench));
        }
    }
    Ok(stages.finish())
}

/// Everything that `.ci/run` holds. What the page has to pass is looked at beside the compiler and Rust's tests.
fn ci() -> Result<ExitCode> {
    let consent = Consent::Given;
    let workspace = Workspace::open(consent)?;
    let mut stages = Stages::begin();
    let ready = prepare(consent, &mut stages)
        && stages.run("tools", tools::require_for_checking)
        && stages.run("format", || {
            process::run(&mut workspace.cargo(["fmt", "--all", "--check"]))
        })
        && stages.run("npm ci", || page::install(&workspace))
        && stages.run("page", || page::build(&workspace));
    if ready {
        let tests = Tests::find(&workspace, false)?;
        let page = vec![
            ("lint", workspace.npm(["run", "lint"])),
            ("svelte-check", workspace.npm(["run", "check"])),
            ("vitest", workspace.npm(["test"])),
        ];
        // Not this program itself: the folder that it was built into may just have been removed.
        let deny = workspace.cargo(["run", "--quiet", "--package", "xtask", "--", "deny"]);
        let mut clippy = workspace.cargo(["clippy", "--workspace", "--all-targets", "--locked"]);
        clippy.args(["--features", "bench", "--", "--deny", "warnings"]);
        let mut doc = workspace.cargo(["doc", "--workspace", "--no-deps", "--locked"]);
        // There is no example; naming them has cargo choose the dependencies' features as clippy's targets do.
        // `slipway-sim` is a library and a program, whose pages would lie in one folder.
        doc.args(["--lib", "--bin=slipway", "--bin=xtask", "--examples"]);
        doc.env("RUSTDOCFLAGS", "--deny warnings");
        let then = Then {
            window: vec![("deny", deny), ("clippy", clippy)],
            journeys: vec![("rustdoc", doc)],
        };
        stages.beside(vec![page], |stages| tests.run(&workspace, stages, then));
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
