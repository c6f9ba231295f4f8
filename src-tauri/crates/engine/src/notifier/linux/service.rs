//! The notification service, as the session bus shows it: whether one is there, and what it can do. What was shown is gone
//! with the service that showed it, and nobody says so but the bus.

use futures_util::StreamExt;
use slipway_core::desktop::TestNotice;
use zbus::Connection;
use zbus::fdo::{DBusProxy, NameOwnerChangedStream};
use zbus::names::{BusName, WellKnownName};

use super::failure::{Failure, within};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The notification service, whichever it is. One that runs is called by the id of its bus and its unique name there:
/// no other has that name, before it or after it.
/// <https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-names-bus>
#[derive(Default)]
pub(super) struct Service {
    watched: Option<Watched>,
    now: Option<String>,
    before: Option<String>,
}

/// The bus, as long as it is there.
struct Watched {
    bus: Bus,
    changes: NameOwnerChangedStream,
}

/// The session bus, to ask the service over.
#[derive(Clone)]
pub(super) struct Bus {
    connection: Connection,
    id: String,
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
        if self.watched.is_some() {
            return;
        }
        match within(Watched::begin()).await {
            Ok((watched, now)) => {
                self.watched = Some(watched);
                self.now = now;
            }
            Err(failure) => tracing::warn!(%failure, "there is no session bus"),
        }
    }

    /// Waits for the next change; for ever where there is no bus.
    pub(super) async fn changed(&mut self) {
        let Some(Watched { bus, changes }) = &mut self.watched else {
            return std::future::pending().await;
        };
        let change = changes.next().await;
        let now = change.as_ref().and_then(|change| {
            let owner = change.args().ok()?.new_owner.as_ref()?.to_string();
            Some(bus.name(&owner))
        });
        if change.is_none() {
            self.watched = None;
        }
        self.before = std::mem::replace(&mut self.now, now);
    }

    /// The one that is there.
    pub(super) fn now(&self) -> Option<&String> {
        self.now.as_ref()
    }

    /// The one that went last.
    pub(super) fn before(&self) -> Option<&String> {
        self.before.as_ref()
    }

    pub(super) fn bus(&self) -> Option<Bus> {
        self.watched.as_ref().map(|watched| watched.bus.clone())
    }
}

impl Watched {
    async fn begin() -> Result<(Self, Option<String>), Failure> {
        let connection = Connection::session().await?;
        let proxy = DBusProxy::new(&connection).await?;
        let changes = proxy
            .receive_name_owner_changed_with_args(&[(0, NAME)])
            .await?;
        let id = proxy.get_id().await.map_err(zbus::Error::from)?;
        let bus = Bus {
            connection,
            id: id.to_string(),
        };
        let now = bus.owner().await?;
        Ok((Self { bus, changes }, now))
    }
}

impl Bus {
    /// Asks who it is and what it can do. Each time anew: another one may have come.
    pub(super) async fn ask(&self) -> Result<Server, Failure> {
        let (name, _vendor, version, _spec): (String, String, String, String) =
            self.call("GetServerInformation", &()).await?;
        let capabilities = self.call("GetCapabilities", &()).await?;
        Ok(Server {
            name,
            version,
            capabilities,
        })
    }

    /// Which one is there.
    pub(super) async fn owner(&self) -> Result<Option<String>, Failure> {
        let proxy = DBusProxy::new(&self.connection).await?;
        let name = BusName::from(WellKnownName::from_static_str_unchecked(NAME));
        match proxy.get_name_owner(name).await {
            Ok(owner) => Ok(Some(self.name(&owner))),
            Err(zbus::fdo::Error::NameHasNoOwner(_)) => Ok(None),
            Err(error) => Err(zbus::Error::from(error).into()),
        }
    }

    /// Takes a notice from the desktop.
    pub(super) async fn close(&self, id: u32) -> Result<(), Failure> {
        self.call("CloseNotification", &id).await
    }

    fn name(&self, owner: &str) -> String {
        format!("{}{owner}", self.id)
    }

    async fn call<B, T>(&self, method: &'static str, body: &B) -> Result<T, Failure>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
        T: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        let reply = self
            .connection
            .call_method(Some(NAME), PATH, Some(NAME), method, body)
            .await?;
        Ok(reply.body().deserialize()?)
    }
}

impl Server {
    pub(super) fn can(&self, what: &str) -> bool {
        self.capabilities.iter().any(|it| it == what)
    }

    /// What is said of a test that it took.
    pub(super) fn took(&self) -> TestNotice {
        TestNotice::Taken {
            server: self.name.clone(),
            version: self.version.clone(),
            clicks: self.can("actions"),
        }
    }
}
