//! A notification service of the test's own, which takes everything and answers nothing, or all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use zbus::connection::Builder;
use zbus::zvariant::OwnedValue;

/// Stands among the titles for a notice that is taken back.
pub(crate) const CLOSED: &str = "closed";

/// What came, and when.
type Came = Arc<Mutex<Vec<(Instant, String, String)>>>;

/// A running one.
pub(crate) struct Stub {
    _connection: zbus::Connection,
    came: Came,
}

struct Service {
    answers: bool,
    came: Came,
}

impl Stub {
    pub(crate) async fn start(answers: bool) -> Self {
        let came = Came::default();
        let service = Service {
            answers,
            came: came.clone(),
        };
        let connection = Builder::session()
            .and_then(|it| it.name("org.freedesktop.Notifications"))
            .and_then(|it| it.serve_at("/org/freedesktop/Notifications", service))
            .expect("a service can be described")
            .build();
        Self {
            _connection: connection.await.expect("it comes up"),
            came,
        }
    }

    /// When each notice came, its title and its body.
    pub(crate) fn came(&self) -> Vec<(Instant, String, String)> {
        self.came.lock().expect("nobody panicked").clone()
    }

    /// The title of each, in their order.
    pub(crate) fn titles(&self) -> Vec<String> {
        self.came().into_iter().map(|(_, title, _)| title).collect()
    }

    /// Anything was asked of it.
    pub(crate) fn was_asked(&self) -> bool {
        !self.came().is_empty()
    }
}

impl Service {
    async fn hold(&self, what: &str, body: &str) {
        let came = (Instant::now(), what.to_owned(), body.to_owned());
        self.came.lock().expect("nobody panicked").push(came);
        if !self.answers {
            std::future::pending::<()>().await;
        }
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    async fn get_server_information(&self) -> (String, String, String, String) {
        if !self.answers {
            self.hold("asked", "").await;
        }
        let text = |text: &str| text.to_owned();
        (text("stub"), text("Slipway"), text("1"), text("1.2"))
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned(), "body-markup".to_owned()]
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the specification's own signature"
    )]
    async fn notify(
        &self,
        _app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        self.hold(&summary, &body).await;
        replaces_id.max(1)
    }

    async fn close_notification(&self, _id: u32) {
        self.hold(CLOSED, "").await;
    }
}
