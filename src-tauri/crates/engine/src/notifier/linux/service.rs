//! The notification service, as the session bus shows it: whether one is there, and what it can do. What was shown is gone
//! with the service that showed it, and nobody says so but the bus.

use futures_util::StreamExt;
use zbus::Connection;
use zbus::fdo::{DBusProxy, NameOwnerChangedStream};

use super::failure::{Failure, within};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The notification service, whichever it is.
#[derive(Default)]
pub(super) struct Service {
    bus: Option<Bus>,
}

/// The bus, as long as it is there.
struct Bus {
    connection: Connection,
    changes: NameOwnerChangedStream,
}

/// What the bus told.
pub(super) enum Change {
    /// The service that showed things is gone, or the bus is.
    Gone,
    /// One is there now.
    Came,
}

/// A service that answers.
pub(super) struct Server {
    /// As it calls itself.
    pub(super) name: String,
    /// Its version.
    pub(super) version: String,
    /// What it can do, in the specification's words.
    pub(super) capabilities: Vec<String>,
}

impl Service {
    /// Listens to the bus, unless it does already or there is none.
    pub(super) async fn watch(&mut self) {
        if self.bus.is_some() {
            return;
        }
        match within(Bus::connect()).await {
            Ok(bus) => self.bus = Some(bus),
            Err(failure) => tracing::warn!(%failure, "there is no session bus"),
        }
    }

    /// Waits for the next change; for ever where there is no bus.
    pub(super) async fn changed(&mut self) -> Change {
        let Some(bus) = &mut self.bus else {
            return std::future::pending().await;
        };
        let Some(change) = bus.changes.next().await else {
            self.bus = None;
            return Change::Gone;
        };
        match change.args() {
            Ok(args) if args.new_owner.is_some() => Change::Came,
            Ok(_) | Err(_) => Change::Gone,
        }
    }

    /// Asks who it is and what it can do. Each time anew: another one may have come.
    pub(super) async fn ask(&self) -> Result<Server, Failure> {
        let bus = self.bus.as_ref().ok_or(Failure::Absent)?;
        let (name, _vendor, version, _spec): (String, String, String, String) =
            within(bus.call("GetServerInformation")).await?;
        let capabilities = within(bus.call("GetCapabilities")).await?;
        Ok(Server {
            name,
            version,
            capabilities,
        })
    }
}

impl Bus {
    async fn connect() -> zbus::Result<Self> {
        let connection = Connection::session().await?;
        let bus = DBusProxy::new(&connection).await?;
        let changes = bus
            .receive_name_owner_changed_with_args(&[(0, NAME)])
            .await?;
        Ok(Self {
            connection,
            changes,
        })
    }

    async fn call<T>(&self, method: &'static str) -> zbus::Result<T>
    where
        T: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        let reply = self
            .connection
            .call_method(Some(NAME), PATH, Some(NAME), method, &())
            .await?;
        reply.body().deserialize()
    }
}

impl Server {
    pub(super) fn can(&self, what: &str) -> bool {
        self.capabilities.iter().any(|it| it == what)
    }
}
