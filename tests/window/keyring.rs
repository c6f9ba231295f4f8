//! GNOME Keyring on a desktop, and another program that looks into it.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use zbus::zvariant::{OwnedObjectPath, Value};

use crate::bus;
use crate::desktop::Desktop;
use crate::guard::Guard;
use crate::wait;

const SERVICE: &str = "org.freedesktop.secrets";

/// What the login keyring is locked with.
const PASSWORD: &str = "correct horse";

/// A running keyring.
pub(crate) struct Keyring {
    _daemon: Guard,
}

impl Keyring {
    /// Starts it unlocked, as logging in does.
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        let line = format!(
            "printf '%s' '{PASSWORD}' | gnome-keyring-daemon --foreground --unlock --components=secrets"
        );
        Self::spawn(desktop, &line).await
    }

    /// Starts it locked.
    pub(crate) async fn start_locked(desktop: &Desktop) -> Self {
        Self::spawn(
            desktop,
            "gnome-keyring-daemon --foreground --components=secrets",
        )
        .await
    }

    async fn spawn(desktop: &Desktop, line: &str) -> Self {
        let mut daemon = desktop.command("sh");
        daemon.args(["-c", line]);
        let daemon = Guard::start(&daemon, &desktop.log());
        let ready = wait::until(wait::LIMIT, async || {
            bus::has_owner(desktop, SERVICE).await.then_some(())
        });
        ready.await.expect("the keyring is there in time");
        Self { _daemon: daemon }
    }

    /// Unlocks it, as its own dialog does after the password was typed.
    pub(crate) async fn unlock(&self, desktop: &Desktop) {
        let unlocked = async {
            let connection = bus::connect(desktop).await?;
            let path = "/org/freedesktop/secrets";
            let call = ("plain", Value::from(""));
            let interface = Some("org.freedesktop.Secret.Service");
            let reply = connection
                .call_method(Some(SERVICE), path, interface, "OpenSession", &call)
                .await?;
            let body = reply.body();
            let (_, session): (Value<'_>, OwnedObjectPath) = body.deserialize()?;
            let secret = (session, Vec::<u8>::new(), PASSWORD.as_bytes(), "text/plain");
            let login = OwnedObjectPath::try_from(format!("{path}/collection/login"))?;
            let interface = Some("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface");
            let method = "UnlockWithMasterPassword";
            connection
                .call_method(Some(SERVICE), path, interface, method, &(login, secret))
                .await
        };
        unlocked.await.expect("the password is the right one");
    }
}

/// What another program finds of Slipway's: secrets by the names of their items.
pub(crate) fn witness(desktop: &Desktop) -> BTreeMap<String, String> {
    let mut tool = desktop.command("secret-tool");
    tool.args(["search", "--all", "--unlock", "service", "Slipway"]);
    let found = tool.output().expect("it can be asked");
    let lines = |bytes: &[u8], key: &str| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let values = text.lines().filter_map(|line| line.strip_prefix(key));
        values.map(str::to_owned).collect()
    };
    // Secrets are on one, attributes on the other.
    let names = lines(&found.stderr, "attribute.username = ");
    let secrets = lines(&found.stdout, "secret = ");
    assert_eq!(names.len(), secrets.len(), "{found:?}");
    names.into_iter().zip(secrets).collect()
}

/// Another program keeps something under the same name, and under one more.
pub(crate) fn plant(desktop: &Desktop, name: &str) {
    let mut store = desktop.command("secret-tool");
    store.args(["store", "--label=another", "service", "Slipway"]);
    store.args(["username", name, "other", "yes"]);
    let mut store = store
        .stdin(Stdio::piped())
        .spawn()
        .expect("it can be asked");
    let mut input = store.stdin.take().expect("the input is piped");
    input.write_all(b"planted").expect("it reads");
    drop(input);
    assert!(store.wait().expect("it ends").success());
}

/// Removes what was planted.
pub(crate) fn unplant(desktop: &Desktop, name: &str) {
    let mut clear = desktop.command("secret-tool");
    clear.args([
        "clear", "service", "Slipway", "username", name, "other", "yes",
    ]);
    assert!(clear.status().expect("it ends").success());
}
