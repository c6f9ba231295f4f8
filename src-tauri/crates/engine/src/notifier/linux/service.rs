//! Whether a notification service is there. What was shown is gone with the service that showed it, and nobody says so
//! but the bus.

use std::time::Duration;

use futures_util::StreamExt;
use zbus::fdo::{DBusProxy, NameOwnerChangedStream};

const NAME: &str = "org.freedesktop.Notifications";
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells when the notification service comes or goes.
#[derive(Default)]
pub(super) struct Service {
    changes: Option<NameOwnerChangedStream>,
}

/// What the bus told.
pub(super) enum Change {
    /// The service that showed things is gone, or the bus is.
    Gone,
    /// One is there now.
    Came,
}

impl Service {
    /// Listens to the bus, unless it does already or there is none.
    pub(super) async fn watch(&mut self) {
        if self.changes.is_some() {
            return;
        }
        match tokio::time::timeout(PATIENCE, changes()).await {
            Ok(Ok(changes)) => self.changes = Some(changes),
            Ok(Err(error)) => tracing::warn!(%error, "there is no session bus"),
            Err(_) => tracing::warn!("the session bus does not answer"),
        }
    }

    /// Waits for the next change; for ever where there is no bus.
    pub(super) async fn changed(&mut self) -> Change {
        let Some(changes) = &mut self.changes else {
            return std::future::pending().await;
        };
        let Some(change) = changes.next().await else {
            self.changes = None;
            return Change::Gone;
        };
        match change.args() {
            Ok(args) if args.new_owner.is_some() => Change::Came,
            Ok(_) | Err(_) => Change::Gone,
        }
    }
}

async fn changes() -> zbus::Result<NameOwnerChangedStream> {
    let connection = zbus::Connection::session().await?;
    let bus = DBusProxy::new(&connection).await?;
    bus.receive_name_owner_changed_with_args(&[(0, NAME)]).await
}
