//! Desktop notices: dunst, which shows them, and what crosses the bus.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, mpsc};

use zbus::blocking::MessageIterator;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::MonitoringProxy;
use zbus::message::Type;
use zbus::zvariant::OwnedValue;

use crate::bus;
use crate::desktop::Desktop;
use crate::guard::Guard;
use crate::wait;

const SERVICE: &str = "org.freedesktop.Notifications";

/// A running notification daemon.
pub(crate) struct Dunst {
    _daemon: Guard,
}

impl Dunst {
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        let daemon = Guard::start(&desktop.command("dunst"), &desktop.log());
        let ready = wait::until(wait::LIMIT, async || {
            bus::has_owner(desktop, SERVICE).await.then_some(())
        });
        ready.await.expect("dunst is there in time");
        Self { _daemon: daemon }
    }

    /// Clicks the newest notice that is on the screen.
    pub(crate) fn click(&self, desktop: &Desktop) {
        let mut click = desktop.command("dunstctl");
        let clicked = click.arg("action").status().expect("it can be asked");
        assert!(clicked.success());
    }
}

/// One request to show something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notified {
    pub(crate) replaces: u32,
    pub(crate) title: String,
    pub(crate) body: String,
}

/// Listens to everything that crosses the bus.
pub(crate) struct Monitor {
    heard: Arc<Mutex<Heard>>,
}

#[derive(Default)]
struct Heard {
    notices: Vec<Notified>,
    bytes: Vec<u8>,
}

/// What a request to show something carries, see the Desktop Notifications Specification.
type Notify = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    HashMap<String, OwnedValue>,
    i32,
);

impl Monitor {
    /// Listens from now on.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        Self::on(desktop.bus())
    }

    /// The same, at the bus with this address.
    pub(crate) fn on(address: &str) -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (kept, address) = (heard.clone(), address.to_owned());
        let (ready, listening) = mpsc::channel();
        std::thread::spawn(move || {
            let messages = listen(&address).expect("the bus can be listened to");
            ready.send(()).expect("it is waited for");
            for message in messages.map_while(Result::ok) {
                kept.lock().expect("nobody panicked").take(&message);
            }
        });
        listening.recv().expect("it listens");
        Self { heard }
    }

    /// What was asked to be shown, in order.
    pub(crate) fn notices(&self) -> Vec<Notified> {
        self.heard.lock().expect("nobody panicked").notices.clone()
    }

    /// What programs have sent to each other about notices, whole.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.heard.lock().expect("nobody panicked").bytes.clone()
    }
}

impl Heard {
    fn take(&mut self, message: &zbus::Message) {
        let header = message.header();
        let asked = |member: &str| header.member().is_some_and(|it| it == member);
        // The keychain has its own way over the bus, encrypted; everything else is kept.
        self.bytes.extend_from_slice(message.data().bytes());
        if message.message_type() == Type::MethodCall && asked("Notify") {
            let body = message.body();
            let (_, replaces, _, title, text, ..) = body
                .deserialize::<Notify>()
                .expect("a request has its shape");
            self.notices.push(Notified {
                replaces,
                title,
                body: text,
            });
        }
    }
}

fn listen(address: &str) -> zbus::Result<MessageIterator> {
    let connection = Builder::address(address)?.build()?;
    MonitoringProxy::new(&connection)?.become_monitor(&[], 0)?;
    Ok(MessageIterator::from(connection))
}

/// A daemon that is there and never answers.
pub(crate) struct Hung {
    connection: zbus::Connection,
}

struct Silent;

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Silent {
    #[expect(
        clippy::too_many_arguments,
        reason = "that is how the specification has it"
    )]
    async fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        _title: String,
        _body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _stays: i32,
    ) -> u32 {
        std::future::pending().await
    }

    async fn get_capabilities(&self) -> Vec<String> {
        std::future::pending().await
    }

    async fn get_server_information(&self) -> (String, String, String, String) {
        std::future::pending().await
    }
}

impl Hung {
    /// Takes the name of the one that is gone.
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        let connection = async {
            let connection = bus::connect(desktop).await?;
            let objects = connection.object_server();
            objects.at("/org/freedesktop/Notifications", Silent).await?;
            connection.request_name(SERVICE).await?;
            zbus::Result::Ok(connection)
        };
        Self {
            connection: connection.await.expect("the name is free"),
        }
    }

    pub(crate) async fn end(self) {
        self.connection.close().await.expect("it leaves the bus");
    }
}
