//! Runs the sim by itself: `slipway-sim --port 0 [--state FILE] [--record N]`.
//!
//! Prints one line of JSON that says where it listens, and serves until it is killed. Port 0 takes any ports that
//! are free; another one is the first of four in a row.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, io};

use slipway_sim::{Options, Sim};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run() -> io::Result<()> {
    let sim = Sim::start(options(env::args().skip(1))?).await?;
    announce(&serde_json::to_string(sim.endpoints())?);
    std::future::pending().await
}

fn options(mut arguments: impl Iterator<Item = String>) -> io::Result<Options> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| invalid(format!("{argument} wants a value")))?;
        match argument.as_str() {
            "--port" => {
                let port = value
                    .parse()
                    .map_err(|_| invalid(format!("{value} is no port")))?;
                options.port_base = Some(port);
            }
            "--record" => {
                options.record = value
                    .parse()
                    .map_err(|_| invalid(format!("{value} is no number of requests")))?;
            }
            "--state" => options.state_file = Some(PathBuf::from(value)),
            _ => {
                return Err(invalid(format!(
                    "unknown option {argument}; known are --port N, --state FILE and --record N"
                )));
            }
        }
    }
    Ok(options)
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

#[expect(clippy::print_stdout, reason = "the one line that a script waits for")]
fn announce(line: &str) {
    println!("{line}");
}

#[expect(
    clippy::print_stderr,
    reason = "a program without a window has no other way to say why it ended"
)]
fn complain(error: &io::Error) {
    eprintln!("slipway-sim: {error}");
}
