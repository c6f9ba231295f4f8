//! Running other programs where the person can see them.

use std::process::{Command, ExitCode};

/// What goes wrong here is for a person to read; nothing branches on it.
pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Runs a program to its end, its output going straight through; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result {
    let line = line(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(|error| format!("`{line}` could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{line}` failed ({status})").into())
    }
}

/// Runs a program to its end and hands back what it printed, its errors last.
pub(crate) fn run_unseen(command: &mut Command) -> (String, Result) {
    let line = line(command);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            let failure = format!("`{line}` could not be started: {error}");
            return (String::new(), Err(failure.into()));
        }
    };
    let printed = format!(
        "$ {line}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let outcome = if output.status.success() {
        Ok(())
    } else {
        Err(format!("`{line}` failed ({})", output.status).into())
    };
    (printed, outcome)
}

/// Runs a program in our place: its exit code becomes ours.
pub(crate) fn hand_over(command: &mut Command) -> Result<ExitCode> {
    let line = line(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(|error| format!("`{line}` could not be started: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    match code {
        Some(code) => Ok(ExitCode::from(code)),
        None => Err(format!("`{line}` was ended ({status})").into()),
    }
}

/// What a program prints, whether or not it was content; `None` where there is no such program.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
