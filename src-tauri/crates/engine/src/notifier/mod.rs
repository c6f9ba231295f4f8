//! Notices on the desktop. The list in the window is the truth; what is here may be missed without harm, so it has a task
//! of its own: a notification service that is missing, dies or never answers holds nothing else up.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod system;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use slipway_core::desktop::{Event, Notice, Place, TestNotice};
use slipway_core::ids::ReleaseId;
use slipway_core::view::{Mode, StepId};
use slipway_core::words::notice::{self, on_desktop};
use tokio::sync::{mpsc, oneshot};

/// Nobody waits longer for notices to go when the engine ends.
const CLEARING: Duration = Duration::from_secs(1);

/// A service that has not answered by then is taken for one that does not. Starting one on demand takes its time.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is told of the notices on the desktop.
pub(crate) enum Report {
    /// A person pressed one.
    Pressed {
        /// What it was about; nothing for a test.
        release: Option<ReleaseId>,
        /// Where it leads.
        step: Option<StepId>,
    },
    /// One is on the desktop, where a later start finds it.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only there it is known where")
    )]
    Shown {
        /// What it is about.
        release: ReleaseId,
        /// Where it is.
        place: Place,
    },
}

/// Hands notices to the desktop, one after the other. Nobody waits for it.
pub(crate) struct Notifier {
    mode: Mode,
    orders: mpsc::UnboundedSender<Order>,
    /// Taken by the task that carries them out.
    waiting: Mutex<Option<mpsc::UnboundedReceiver<Order>>>,
}

/// What is to be done on the desktop.
enum Order {
    /// Show it, in place of the one before it about the same release.
    Show {
        card: Card,
        /// Wants to know what became of it.
        asks: Option<oneshot::Sender<TestNotice>>,
    },
    /// What is shown about that release, or for a test, is not so any more.
    Withdraw(Option<ReleaseId>),
    /// These are of a program that ended without a word. Nobody answers a press on them.
    TakeAway(BTreeMap<ReleaseId, Place>),
    /// Nobody is left who answers a press on any: take all away, show no more, and tell.
    Clear(oneshot::Sender<()>),
}

/// A notice as it goes to the desktop.
#[derive(Debug, Clone)]
struct Card {
    /// Where a press leads to; nothing for a test. Cards of one release replace each other.
    release: Option<ReleaseId>,
    step: Option<StepId>,
    title: String,
    body: String,
    event: Option<Event>,
}

impl Notifier {
    /// Shows nothing before it is told to [`start`](Self::start).
    pub(crate) fn new(mode: Mode) -> Self {
        let (orders, waiting) = mpsc::unbounded_channel();
        Self {
            mode,
            orders,
            waiting: Mutex::new(Some(waiting)),
        }
    }

    /// Begins to show; needs a Tokio runtime. It ends when this is dropped.
    pub(crate) fn start(&self, reports: mpsc::UnboundedSender<Report>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(orders) = waiting.take() {
            tokio::spawn(system::work(orders, reports));
        }
    }

    /// Shows a notice when its turn comes.
    pub(crate) fn show(&self, notice: &Notice) {
        let card = Card {
            release: Some(notice.release.clone()),
            step: Some(notice.step),
            title: on_desktop(self.mode, &notice.title),
            body: notice.body.clone(),
            event: Some(notice.event),
        };
        self.order(Order::Show { card, asks: None });
    }

    /// Takes away what is shown about a release.
    pub(crate) fn withdraw(&self, release: &ReleaseId) {
        self.order(Order::Withdraw(Some(release.clone())));
    }

    /// Takes away what an earlier start left, unless it is gone.
    pub(crate) fn take_away(&self, left: BTreeMap<ReleaseId, Place>) {
        if !left.is_empty() {
            self.order(Order::TakeAway(left));
        }
    }

    /// Shows a test notice and tells what became of it.
    pub(crate) async fn test(&self) -> TestNotice {
        let (asks, answer) = oneshot::channel();
        let (title, body) = notice::TEST;
        let card = Card {
            release: None,
            step: None,
            title: on_desktop(self.mode, title),
            body: body.to_owned(),
            event: None,
        };
        let asks = Some(asks);
        self.order(Order::Show { card, asks });
        let Ok(answer) = tokio::time::timeout(PATIENCE, answer).await else {
            // Nobody expects it later.
            self.order(Order::Withdraw(None));
            return TestNotice::Silent;
        };
        answer.unwrap_or(TestNotice::Silent)
    }

    /// Takes away all that is shown, and shows nothing more. A service that does not answer is not waited for.
    pub(crate) async fn clear(&self) {
        let (done, cleared) = oneshot::channel();
        if self.orders.send(Order::Clear(done)).is_err() {
            return;
        }
        if tokio::time::timeout(CLEARING, cleared).await.is_err() {
            tracing::warn!("notices may be left on the desktop");
        }
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            tracing::error!("the task that shows notices has ended");
        }
    }
}
