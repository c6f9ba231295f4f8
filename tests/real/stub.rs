//! A notification service of the test's own, which takes everything and answers as it is told to.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use tokio::sync::watch;
use zbus::connection::Builder;
use zbus::zvariant::OwnedValue;

/// Stands among the titles for a notice that is taken back.
pub(crate) const CLOSED: &str = "closed";

/// What it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// All.
    All,
    /// Nothing, ever.
    None,
    /// All but notices, which it answers when it is told to.
    Late,
}

/// A running one.
pub(crate) struct Stub {
    _connection: zbus::Connection,
    state: Arc<Mutex<State>>,
    late: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    /// What came, and when.
    came: Vec<(Instant, String, String)>,
    /// What is on its desktop, by its ids.
    shown: BTreeMap<u32, String>,
    /// Notices that are not answered yet.
    held: usize,
    newest: u32,
}

struct Service {
    answers: Answers,
    state: Arc<Mutex<State>>,
    late: watch::Receiver<bool>,
}

impl Stub {
    /// Starts one, also in the place of another one.
    pub(crate) async fn start(answers: Answers) -> Self {
        let state = Arc::<Mutex<State>>::default();
        let (late, told) = watch::channel(false);
        let service = Service {
            answers,
            state: state.clone(),
            late: told,
        };
        let connection = Builder::session()
            .and_then(|it| it.name("org.freedesktop.Notifications"))
            .and_then(|it| it.serve_at("/org/freedesktop/Notifications", service))
            .expect("a service can be described")
            .allow_name_replacements(true)
            .replace_existing_names(true)
            .build();
        Self {
            _connection: connection.await.expect("it comes up"),
            state,
            late,
        }
    }

    /// Answers what it held back, and everything from here on.
    pub(crate) fn answer(&self) {
        self.late.send_replace(true);
    }

    /// When each notice came, its title and its body.
    pub(crate) fn came(&self) -> Vec<(Instant, String, String)> {
        lock(&self.state).came.clone()
    }

    /// The title of each, in their order.
    pub(crate) fn titles(&self) -> Vec<String> {
        self.came().into_iter().map(|(_, title, _)| title).collect()
    }

    /// What is on its desktop, once it has answered everything.
    pub(crate) fn shown(&self) -> Option<Vec<String>> {
        let state = lock(&self.state);
        (state.held == 0).then(|| state.shown.values().cloned().collect())
    }

    /// Anything was asked of it.
    pub(crate) fn was_asked(&self) -> bool {
        !self.came().is_empty()
    }
}

impl Service {
    async fn came(&self, what: &str, body: &str) {
        let came = (Instant::now(), what.to_owned(), body.to_owned());
        lock(&self.state).came.push(came);
        if self.answers == Answers::None {
            std::future::pending::<()>().await;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("nobody panicked")
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    async fn get_server_information(&self) -> (String, String, String, String) {
        if self.answers == Answers::None {
            self.came("asked", "").await;
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
        self.came(&summary, &body).await;
        lock(&self.state).held += 1;
        if self.answers == Answers::Late {
            let told = self.late.clone().wait_for(|told| *told).await.is_ok();
            assert!(told, "the test tells before it ends");
        }
        let mut state = lock(&self.state);
        state.held -= 1;
        let id = if replaces_id == 0 {
            state.newest += 1;
            state.newest
        } else {
            replaces_id
        };
        state.shown.insert(id, summary);
        id
    }

    async fn close_notification(&self, id: u32) {
        self.came(CLOSED, "").await;
        lock(&self.state).shown.remove(&id);
    }
}
