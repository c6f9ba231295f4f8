//! A card on its way to the notification service.

use notify_rust::NotificationHandle;
use slipway_core::desktop::{Place, TestNotice};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::failure::Failure;
use super::service::{Bus, Server};
use super::{Card, PATIENCE, card};

/// A card on its way to the notification service, which may answer late or never.
pub(super) struct Call {
    pub(super) card: Card,
    /// Wants to know what became of it.
    pub(super) asks: Option<oneshot::Sender<TestNotice>>,
    /// The service that was there when it began.
    pub(super) service: Option<String>,
    pub(super) began: Instant,
    /// Once this is dropped, the card is not sent any more if it was not yet.
    pub(super) stands: Option<oneshot::Sender<()>>,
}

/// A card that a service took.
pub(super) struct Taken {
    pub(super) handle: NotificationHandle,
    pub(super) place: Place,
    pub(super) server: Server,
}

impl Call {
    pub(super) fn overdue_at(&self) -> Instant {
        self.began + PATIENCE
    }
}

/// Hands a card over, in place of the one before it. It waits as long as the service takes: what was sent
/// and is not waited for may be shown all the same, and nobody would know of it.
pub(super) async fn hand_over(
    bus: Option<Bus>,
    card: &Card,
    before: Option<Place>,
    dropped: oneshot::Receiver<()>,
) -> Result<Taken, Failure> {
    let bus = bus.ok_or(Failure::Absent)?;
    let ready = async {
        // This also starts one on demand.
        let server = bus.ask().await?;
        let service = bus.owner().await?.ok_or(Failure::Absent)?;
        Ok::<_, Failure>((server, service))
    };
    let (server, service) = tokio::select! {
        ready = ready => ready?,
        _ = dropped => return Err(Failure::Outdated),
    };
    let replaced = before.filter(|before| before.service == service);
    let notification = card::notification(card, &server, replaced.map(|it| it.id));
    let handle = notification.show_async().await?;
    let id = handle.id();
    let place = Place { service, id };
    Ok(Taken {
        handle,
        place,
        server,
    })
}
