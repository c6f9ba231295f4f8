//! Notices on Windows and macOS. Neither is built or run on this project's machines; the workflow builds both.

use notify_rust::Notification;
use slipway_core::desktop::TestNotice;
use tokio::sync::mpsc;

use super::{Card, Order, Report};

/// As the installer's start-menu shortcut has it; without it a toast seems to come from PowerShell.
/// <https://learn.microsoft.com/windows/win32/shell/appids>
#[cfg(target_os = "windows")]
const APP_ID: &str = "app.slipway.desktop";

/// Carries orders out until nobody can give any more. Neither system lets one notice take the place of another through
/// this interface, nor takes one back.
pub(super) async fn work(
    mut orders: mpsc::UnboundedReceiver<Order>,
    reports: mpsc::UnboundedSender<Report>,
) {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Show { card, asks } => {
                let reports = reports.clone();
                let shown = tokio::task::spawn_blocking(move || show(card, reports)).await;
                let became = match shown {
                    Ok(Ok(())) => TestNotice::HandedOver,
                    Ok(Err(raw)) => TestNotice::Refused { raw },
                    Err(panic) => TestNotice::Refused {
                        raw: panic.to_string(),
                    },
                };
                // Who asked may have gone.
                let _ = asks.map(|asks| asks.send(became));
            }
            Order::Withdraw(_) | Order::TakeAway(_) => {}
            Order::Clear(done) => {
                // Who waits may have given up.
                let _ = done.send(());
                return;
            }
        }
    }
}

#[cfg(target_os = "windows")]
fn show(card: Card, reports: mpsc::UnboundedSender<Report>) -> Result<(), String> {
    use notify_rust::NotificationResponse;

    let handle = notification(&card)
        .app_id(APP_ID)
        .show()
        .map_err(|error| error.to_string())?;
    // It waits on a thread of its own: the toast ends by a press, by a person or by its time.
    std::thread::spawn(move || {
        let take = |response: &NotificationResponse| {
            if matches!(response, NotificationResponse::Default) {
                // Nobody listens any more once the engine has gone.
                let _ = reports.send(Report::Pressed {
                    release: card.release.clone(),
                    step: card.step,
                });
            }
        };
        if let Err(error) = handle.wait_for_response(take) {
            tracing::warn!(%error, "what became of a notice is not known");
        }
    });
    Ok(())
}

/// Nothing is sent before the handle is dropped, so it is never kept. A press brings the program to the front by itself.
#[cfg(not(target_os = "windows"))]
fn show(card: Card, _reports: mpsc::UnboundedSender<Report>) -> Result<(), String> {
    let shown = notification(&card).show();
    shown.map(drop).map_err(|error| error.to_string())
}

fn notification(card: &Card) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Slipway")
        .summary(&card.title)
        .body(&card.body);
    notification
}
