//! The session bus of a desktop, as another program on it sees it.

use zbus::fdo::DBusProxy;
use zbus::{Connection, connection};

use crate::desktop::Desktop;

pub(crate) async fn connect(desktop: &Desktop) -> zbus::Result<Connection> {
    connection::Builder::address(desktop.bus())?.build().await
}

/// Whether a program has claimed a name.
pub(crate) async fn has_owner(desktop: &Desktop, name: &str) -> bool {
    let owner = async {
        let connection = connect(desktop).await?;
        let bus = DBusProxy::new(&connection).await?;
        zbus::Result::Ok(bus.name_has_owner(name.try_into()?).await?)
    };
    owner.await.expect("the bus answers")
}
