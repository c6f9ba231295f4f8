//! A notice that is on the desktop.

use std::sync::Arc;

use notify_rust::{NotificationHandle, NotificationResponse};
use slipway_core::desktop::Place;
use slipway_core::ids::ReleaseId;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::Card;
use super::call::Taken;
use super::desk::News;
use super::failure::Failure;

/// A notice that is on the desktop. Dropping it ends the wait for a press; the notice stays.
pub(super) struct Shown {
    handle: Arc<NotificationHandle>,
    /// Of those that it replaced: a service may take a notice away together with the connection that it came over first.
    earlier: Vec<Arc<NotificationHandle>>,
    place: Place,
    card: Card,
    number: u64,
    listening: JoinHandle<()>,
}

/// It is not on the desktop any more.
pub(super) struct Ending {
    /// What it was about.
    pub(super) about: Option<ReleaseId>,
    /// [`Shown::number`].
    pub(super) number: u64,
    /// A person pressed it.
    pub(super) pressed: bool,
}

impl Shown {
    pub(super) fn new(
        taken: Taken,
        card: Card,
        number: u64,
        news: mpsc::UnboundedSender<News>,
        before: Option<Self>,
    ) -> Self {
        let handle = Arc::new(taken.handle);
        let (waiting, about) = (handle.clone(), card.release.clone());
        let listening = tokio::spawn(async move {
            let mut pressed = false;
            let take = |response: &NotificationResponse| {
                pressed = matches!(
                    response,
                    NotificationResponse::Default | NotificationResponse::Action(_)
                );
            };
            // Without an end when the service dies; the desk ends it then.
            waiting.wait_for_action_async(take).await;
            // Nobody listens any more once the engine has gone.
            let _ = news.send(News::Ended(Ending {
                about,
                number,
                pressed,
            }));
        });
        let mut earlier = Vec::new();
        if let Some(mut before) = before {
            earlier.append(&mut before.earlier);
            earlier.push(before.handle.clone());
        }
        Self {
            handle,
            earlier,
            place: taken.place,
            card,
            number,
            listening,
        }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn card(&self) -> &Card {
        &self.card
    }

    /// Takes it from the desktop.
    pub(super) async fn close(&self) -> Result<(), Failure> {
        self.handle.close_async().await;
        Ok(())
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
