//! The icon in the tray, and what brings the window back.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::view::View;
use slipway_launch::Launch;
use slipway_tray::{Ask, Icon};
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

use crate::running::Running;
use crate::{quit, window};

/// At login the tray may come later than Slipway.
const LOGIN: Duration = Duration::from_secs(20);

/// Puts the icon into the tray and follows the engine's views.
pub(crate) fn start(app: &AppHandle, launch: &Launch) {
    let asked = app.clone();
    let icon = Arc::new(Icon::new(launch.mode, move |ask| answer(&asked, ask)));
    app.manage(icon.clone());
    let views = || app.state::<Running>().engine.views();
    #[cfg(target_os = "linux")]
    let host = slipway_tray::Host;
    #[cfg(not(target_os = "linux"))]
    let host = app.clone();
    spawn(stay_reachable(app.clone(), icon.seen(), launch.hidden));
    spawn(follow_summons(app.clone(), views()));
    let views = views();
    spawn(async move { icon.follow(host, views).await });
}

/// Whether somebody shows the icon.
pub(crate) fn is_seen(app: &AppHandle) -> bool {
    let icon = app.try_state::<Arc<Icon>>();
    icon.is_some_and(|icon| *icon.seen().borrow())
}

/// A second start. One at login only wants Slipway to run.
pub(crate) fn called(app: &AppHandle, arguments: &[String]) {
    let hidden = arguments.iter().any(|it| it == slipway_launch::HIDDEN);
    if let Some(running) = app.try_state::<Running>().filter(|_| !hidden) {
        running.engine.summon(None, None);
    }
}

fn answer(app: &AppHandle, ask: Ask) {
    let engine = &app.state::<Running>().engine;
    match ask {
        Ask::Open => engine.summon(None, None),
        Ask::Review { release, step } => engine.summon(Some(release), Some(step)),
        Ask::Quit => quit(app),
    }
}

/// Brings the window to the front each time that it is asked for.
async fn follow_summons(app: AppHandle, mut views: watch::Receiver<Arc<View>>) {
    let newest = |view: &View| view.summons.as_ref().map(|summons| summons.seq);
    let mut followed = None;
    loop {
        let asked = newest(&views.borrow_and_update());
        if asked != followed {
            window::to_front(&app);
            followed = asked;
        }
        if views.changed().await.is_err() {
            return;
        }
    }
}

/// A window that is hidden while nobody shows the icon could not be found again: it goes to the task bar.
async fn stay_reachable(app: AppHandle, mut seen: watch::Receiver<bool>, hidden: bool) {
    if hidden {
        // Its sender lives as long as the program.
        let _ = tokio::time::timeout(LOGIN, seen.wait_for(|seen| *seen)).await;
    }
    loop {
        if !*seen.borrow_and_update() && window::is_hidden(&app) {
            window::put_aside(&app);
        }
        if seen.changed().await.is_err() {
            return;
        }
    }
}
