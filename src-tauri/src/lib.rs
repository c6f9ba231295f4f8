//! The shell: one window and three commands around an engine. No rule lives here.

mod arguments;
mod commands;
mod folders;
mod logging;
mod practice;
mod running;
mod window;

use std::process::ExitCode;
use std::time::Duration;

use slipway_core::view::Mode;
use slipway_engine::Settings;
use slipway_engine::endpoints::{Accounts, Endpoints};
use tauri::{App, AppHandle, Manager, RunEvent};

use arguments::Arguments;
use running::Running;

/// How long the end of the program waits for what is being sent. What is cut off is looked up after the next start.
const FAREWELL: Duration = Duration::from_secs(5);

/// Runs the program.
pub fn run() -> ExitCode {
    let mode = match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(Arguments::Start(mode)) => mode,
        Ok(Arguments::Say(text)) => return say(&text),
        Err(misuse) => return refuse(&misuse, 2),
    };
    let Some(data) = folders::data(mode) else {
        return refuse(
            "There is no home folder to keep the journal in: set SLIPWAY_HOME.",
            1,
        );
    };
    logging::start(&data);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), ?mode, data = %data.display(), "starting");

    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![
            commands::dispatch,
            commands::subscribe,
            commands::open_link
        ])
        .setup(move |app| {
            app.manage(tauri::async_runtime::block_on(start(mode, data)));
            window::open(app, mode)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => show(app),
        Err(error) => refuse(&format!("Slipway cannot open its window: {error}"), 1),
    }
}

async fn start(mode: Mode, data: std::path::PathBuf) -> Running {
    match mode {
        Mode::Practice => practice::start(data).await,
        Mode::Real => {
            let settings = Settings::new(data, mode, Endpoints::default(), Accounts::default());
            Running::start(settings, None)
        }
    }
}

fn show(app: App) -> ExitCode {
    let code = app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            farewell(app);
        }
    });
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn farewell(app: &AppHandle) {
    let running = app.state::<Running>();
    let stopped = async { tokio::time::timeout(FAREWELL, running.stop()).await };
    if tauri::async_runtime::block_on(stopped).is_err() {
        tracing::warn!("something was still being sent at the end");
    }
}

#[expect(clippy::print_stdout, reason = "it was asked for on the command line")]
fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn refuse(sentence: &str, code: u8) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(code)
}
