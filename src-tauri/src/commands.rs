//! What the page may ask for.

use std::sync::atomic::{AtomicBool, Ordering};

use slipway_core::desktop::Wish;
use slipway_core::ids::LinkId;
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::view::Mode;
use slipway_engine::trouble;
use slipway_host::at_login;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, State};

use crate::running::Running;
use crate::{note_start_at_login, quit, window};

/// Does what a person asks for; the answer comes when it is done.
#[tauri::command]
pub(crate) async fn dispatch(
    app: AppHandle,
    running: State<'_, Running>,
    intent: Intent,
) -> Result<(), Problem> {
    if let Some(mode) = intent.other_world() {
        return start_again(&app, mode);
    }
    if let Intent::Desktop {
        wish: Wish::StartAtLogin { on },
    } = intent
    {
        let switched = at_login::switch(&app, on);
        note_start_at_login(&app);
        switched.map_err(|error| trouble::not_at_login(&error.to_string()))?;
    }
    let keep = if let Intent::Desktop {
        wish: Wish::KeepWatching { keep },
    } = intent
    {
        Some(keep)
    } else {
        None
    };
    let done = running.engine.dispatch(intent).await;
    // It was answered, even where the answer cannot be kept for the next time.
    match keep {
        Some(true) => window::put_aside(&app),
        Some(false) => quit(&app),
        None => {}
    }
    done
}

/// Sends the present view and each one after it.
#[tauri::command]
pub(crate) fn subscribe(running: State<'_, Running>, on_view: Channel<InvokeResponseBody>) {
    running.subscribe(on_view);
}

/// Opens a link of the view in the person's browser.
#[tauri::command(async)]
pub(crate) fn open_link(running: State<'_, Running>, link: LinkId) {
    let Some(address) = running.engine.resolve_link(&link) else {
        return tracing::warn!(%link, "there is no such link");
    };
    if let Err(error) = tauri_plugin_opener::open_url(&address, None::<&str>) {
        tracing::warn!(%error, address, "the link could not be opened");
    }
}

/// The practice world and the team's are never open in one process: the other one is started, this one ends.
fn start_again(app: &AppHandle, mode: Mode) -> Result<(), Problem> {
    let arguments: &[&str] = match mode {
        Mode::Practice => &["--practice"],
        Mode::Real => &[],
    };
    static ENDING: AtomicBool = AtomicBool::new(false);
    if ENDING.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    std::env::current_exe()
        .and_then(|program| std::process::Command::new(program).args(arguments).spawn())
        .map_err(|error| {
            ENDING.store(false, Ordering::Relaxed);
            trouble::not_started_again(&error.to_string())
        })
        .map(|_| quit(app))
}
