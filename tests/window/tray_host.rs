//! A panel that shows StatusNotifierItems, as far as a program can tell: it claims the watcher's name, reads what is
//! registered, opens menus and presses entries.

use std::collections::HashMap;

use tokio::sync::watch;
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, connection, interface, proxy};

use crate::desktop::Desktop;
use crate::wait;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Red, green and blue of a pixel that is taken for the shape's own colour: nothing of its rim.
const LIGHT: u8 = 0xb0;

/// The panel. Dropping it takes its name off the bus.
pub(crate) struct TrayHost {
    connection: Connection,
    items: watch::Receiver<Vec<String>>,
}

/// What a panel shows of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) status: String,
    /// The tooltip's first line and what follows.
    pub(crate) tooltip: (String, String),
    /// The shape, by its pixels.
    pub(crate) glyph: &'static str,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    id: i32,
    pub(crate) label: String,
    pub(crate) enabled: bool,
}

type Pixmap = (i32, i32, Vec<u8>);

#[proxy(
    interface = "org.kde.StatusNotifierItem",
    default_path = "/StatusNotifierItem"
)]
trait Item {
    fn activate(&self, x: i32, y: i32) -> zbus::Result<()>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn id(&self) -> zbus::Result<String>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn title(&self) -> zbus::Result<String>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn status(&self) -> zbus::Result<String>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn icon_pixmap(&self) -> zbus::Result<Vec<Pixmap>>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn tool_tip(&self) -> zbus::Result<(String, Vec<Pixmap>, String, String)>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn menu(&self) -> zbus::Result<OwnedObjectPath>;
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

#[proxy(interface = "com.canonical.dbusmenu")]
trait Menu {
    fn get_layout(
        &self,
        parent: i32,
        depth: i32,
        properties: &[&str],
    ) -> zbus::Result<(u32, Layout)>;
    fn event(&self, id: i32, event: &str, data: &Value<'_>, timestamp: u32) -> zbus::Result<()>;
}

struct Watcher {
    items: watch::Sender<Vec<String>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// An item names its service, or sends the path of its object.
    fn register_status_notifier_item(&self, service: String, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string);
        let service = if service.starts_with('/') {
            sender.unwrap_or_default()
        } else {
            service
        };
        self.items.send_modify(|items| items.push(service));
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.items.borrow().clone()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl TrayHost {
    /// Starts it on a desktop.
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        let (sender, items) = watch::channel(Vec::new());
        let connection = async {
            connection::Builder::address(desktop.bus())?
                .serve_at("/StatusNotifierWatcher", Watcher { items: sender })?
                .name(WATCHER)?
                .build()
                .await
        };
        Self {
            connection: connection.await.expect("the panel is on the bus"),
            items,
        }
    }

    /// It goes, as a panel that crashes.
    pub(crate) async fn end(self) {
        self.connection.close().await.expect("it leaves the bus");
    }

    /// Waits for what the item with this id shows to be so.
    pub(crate) async fn await_shown(
        &self,
        id: &str,
        so: impl Fn(&Shown) -> bool,
    ) -> Result<Shown, String> {
        let mut last = None;
        let shown = wait::until(wait::LIMIT, async || {
            let shown = self.shown(id).await?;
            last = Some(shown.clone());
            so(&shown).then_some(shown)
        });
        let shown = shown.await;
        shown.ok_or_else(|| format!("{id} in the tray shows {last:?}"))
    }

    /// What the item with this id shows now; `None` where there is none.
    pub(crate) async fn shown(&self, id: &str) -> Option<Shown> {
        let item = self.item(id).await?;
        let read = async {
            let (_, _, title, text) = item.tool_tip().await?;
            zbus::Result::Ok(Shown {
                id: item.id().await?,
                title: item.title().await?,
                status: item.status().await?,
                tooltip: (title, text),
                glyph: shape(&item.icon_pixmap().await?),
            })
        };
        read.await.ok()
    }

    /// The left mouse button on the item.
    pub(crate) async fn click(&self, id: &str) {
        let item = self.item(id).await.expect("it is in the tray");
        item.activate(0, 0).await.expect("it takes the click");
    }

    /// The menu's lines, without the rules between them.
    pub(crate) async fn menu(&self, id: &str) -> Vec<Entry> {
        let (_, (_, _, lines)) = self
            .menu_of(id)
            .await
            .get_layout(0, -1, &[])
            .await
            .expect("the menu opens");
        let entry = |line: OwnedValue| {
            let (id, says, _) = Layout::try_from(line).expect("a line of a menu");
            let label = says
                .get("label")
                .and_then(|it| String::try_from(it.clone()).ok())?;
            let enabled = says.get("enabled").and_then(|it| bool::try_from(it).ok());
            Some(Entry {
                id,
                label,
                enabled: enabled.unwrap_or(true),
            })
        };
        lines.into_iter().filter_map(entry).collect()
    }

    /// Presses the entry of the menu that says this.
    pub(crate) async fn press(&self, id: &str, label: &str) {
        let menu = self.menu(id).await;
        let entry = menu.iter().find(|entry| entry.label == label);
        let entry = entry.unwrap_or_else(|| panic!("no {label:?} in {menu:?}"));
        assert!(entry.enabled, "{entry:?}");
        let pressed = self.menu_of(id).await;
        let pressed = pressed.event(entry.id, "clicked", &Value::I32(0), 0).await;
        // Whoever quits may be gone before it has answered.
        if let Err(error) = pressed {
            assert!(label.starts_with("Quit"), "{label}: {error}");
        }
    }

    async fn item(&self, id: &str) -> Option<ItemProxy<'static>> {
        let services = self.items.borrow().clone();
        for service in services.into_iter().rev() {
            let item = ItemProxy::builder(&self.connection)
                .destination(service)
                .expect("a service's name")
                .cache_properties(zbus::proxy::CacheProperties::No)
                .build()
                .await
                .expect("a proxy is made here");
            if item.id().await.is_ok_and(|found| found == id) {
                return Some(item);
            }
        }
        None
    }

    async fn menu_of(&self, id: &str) -> MenuProxy<'static> {
        let item = self.item(id).await.expect("it is in the tray");
        let path = item.menu().await.expect("it has a menu");
        MenuProxy::builder(&self.connection)
            .destination(item.inner().destination().to_owned())
            .and_then(|menu| menu.path(path))
            .expect("a path")
            .build()
            .await
            .expect("a proxy is made here")
    }
}

/// The shape, told by where it is light: the places are those of the design's drawings, on a square of 16.
fn shape(pixmaps: &[Pixmap]) -> &'static str {
    let largest = pixmaps.iter().max_by_key(|(width, _, _)| *width);
    let Some((width, height, data)) = largest else {
        return "none";
    };
    assert_eq!(
        (width, data.len()),
        (
            height,
            usize::try_from(width * height * 4).unwrap_or_default()
        )
    );
    let light = |x: f32, y: f32| {
        let at = |it: f32| ((it + 1.0) / 18.0 * (*width as f32)) as usize;
        let from = (at(y) * (*width as usize) + at(x)) * 4;
        data[from..from + 4].iter().all(|part| *part > LIGHT)
    };
    let flag = light(13.5, 1.8);
    let cross = light(10.0, 2.7) && !flag;
    let afloat = light(8.0, 7.9);
    let at_rest = light(8.0, 13.05) && light(8.0, 5.95);
    match (flag, cross, afloat, at_rest) {
        (true, false, false, _) => "needs you",
        (false, true, false, _) => "failed",
        (false, false, true, _) => "running",
        (false, false, false, true) => "idle",
        _ => "something else",
    }
}
