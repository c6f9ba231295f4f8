//! The shell: one window, one icon in the tray and three commands around an engine. No rule lives here.

mod closing;
mod commands;
mod running;
mod tray;
mod window;

use std::process::ExitCode;
use std::time::Duration;

use slipway_core::view::Mode;
use slipway_engine::Settings;
use slipway_engine::endpoints::{Accounts, Endpoints};
use slipway_engine::journal::Folder;
use slipway_host::{at_login, instance};
use slipway_launch::{Launch, refuse};
use tauri::{App, AppHandle, Manager, RunEvent};

use running::Running;

/// How long the end of the program waits for what is being sent. What is cut off is looked up after the next start.
const FAREWELL: Duration = Duration::from_secs(5);

/// Runs the program.
pub fn run() -> ExitCode {
    let launch = match Launch::begin() {
        Ok(launch) => launch,
        Err(code) => return code,
    };
    let context = instance::named(tauri::generate_context!(), &launch.instance());
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![
            commands::dispatch,
            commands::subscribe,
            commands::open_link
        ])
        .setup(move |app| {
            instance::claim(app.handle(), &launch.instance(), tray::called);
            app.manage(tauri::async_runtime::block_on(start(&launch)));
            if launch.mode == Mode::Real {
                at_login::offer(app.handle(), slipway_launch::HIDDEN);
                note_start_at_login(app.handle());
            }
            window::open(app, &launch)?;
            tray::start(app.handle(), &launch);
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => show(app),
        Err(error) => refuse(&format!("Slipway cannot open its window: {error}"), 1),
    }
}

async fn start(launch: &Launch) -> Running {
    let data = launch.data.clone();
    // The one before may still be ending, and keeps the data folder until it has.
    Folder::released(&data, FAREWELL * 2).await;
    match launch.mode {
        Mode::Practice => {
            let (mut settings, world) = slipway_practice::start(data).await;
            settings.downloads.clone_from(&launch.downloads);
            Running::start(settings, world)
        }
        Mode::Real => {
            let variable = |name: &str| std::env::var(name).ok();
            let endpoints = Endpoints::from_environment(variable);
            let mut settings = Settings::new(
                data,
                launch.mode,
                endpoints,
                Accounts::from_environment(variable),
            );
            settings.downloads.clone_from(&launch.downloads);
            Running::start(settings, None)
        }
    }
}

fn note_start_at_login(app: &AppHandle) {
    let engine = &app.state::<Running>().engine;
    engine.note_start_at_login(at_login::is_on(app));
}

fn show(app: App) -> ExitCode {
    let code = app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            farewell(app);
        }
    });
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Ends the program, the way it ends itself: see [`farewell`].
fn quit(app: &AppHandle) {
    instance::give_up(app);
    app.exit(0);
}

fn farewell(app: &AppHandle) {
    instance::give_up(app);
    let running = app.state::<Running>();
    let stopped = async { tokio::time::timeout(FAREWELL, running.stop()).await };
    if tauri::async_runtime::block_on(stopped).is_err() {
        tracing::warn!("something was still being sent at the end");
    }
}
