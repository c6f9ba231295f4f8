//! Notices over D-Bus.
//! <https://specifications.freedesktop.org/notification-spec/latest/>

#[path = "linux/card.rs"]
mod card;
#[path = "linux/failure.rs"]
mod failure;
#[path = "linux/service.rs"]
mod service;
#[path = "linux/shown.rs"]
mod shown;

use std::collections::BTreeMap;
use std::convert::Infallible;

use futures_util::future::join_all;
use slipway_core::desktop::TestNotice;
use slipway_core::ids::ReleaseId;
use tokio::sync::mpsc;

use super::{Card, Order, Pressed};
use failure::{Failure, within};
use service::{Change, Service};
use shown::{Ending, Shown};

/// Carries orders out until nobody can give any more.
pub(super) async fn work(mut orders: mpsc::UnboundedReceiver<Order>, pressed: Pressed) {
    let (ended, mut endings) = mpsc::unbounded_channel();
    let mut desk = Desk {
        shown: BTreeMap::new(),
        missed: BTreeMap::new(),
        ended,
        service: Service::default(),
        number: 0,
    };
    desk.service.watch().await;
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Show { card, asks }) => {
                    let became = desk.show(card).await;
                    // Who asked may have gone.
                    let _ = asks.map(|asks| asks.send(became));
                }
                Some(Order::Withdraw(release)) => desk.withdraw(&Some(release)).await,
                Some(Order::Clear(done)) => {
                    desk.clear().await;
                    // Who waits may have given up.
                    let _ = done.send(());
                    return;
                }
                None => return,
            },
            Some(ending) = endings.recv() => {
                if let Some(card) = desk.take_ended(&ending) {
                    pressed(card.release, card.step);
                }
            }
            change = desk.service.changed() => match change {
                Change::Gone => desk.shown.clear(),
                Change::Came => desk.make_up().await,
            },
        }
    }
}

/// What is on the desktop.
struct Desk {
    /// One a release; the test notice under none.
    shown: BTreeMap<Option<ReleaseId>, Shown>,
    /// What no service took, to be shown when one comes.
    missed: BTreeMap<Option<ReleaseId>, Card>,
    /// Tells when one is pressed or closed.
    ended: mpsc::UnboundedSender<Ending>,
    service: Service,
    /// The newest one's.
    number: u64,
}

impl Desk {
    async fn show(&mut self, card: Card) -> TestNotice {
        self.service.watch().await;
        let about = card.release.clone();
        match self.hand_over(&card).await {
            Ok(became) => {
                self.missed.remove(&about);
                became
            }
            Err(failure) => {
                tracing::warn!(%failure, title = card.title, "a notice was not taken");
                if about.is_some() {
                    self.missed.insert(about, card);
                }
                failure.into()
            }
        }
    }

    async fn hand_over(&mut self, card: &Card) -> Result<TestNotice, Failure> {
        let server = self.service.ask().await?;
        let before = self.shown.remove(&card.release);
        let replaced = before.as_ref().map(Shown::id);
        let notification = card::notification(card, &server, replaced);
        self.number += 1;
        let (number, ended) = (self.number, self.ended.clone());
        match within(notification.show_async()).await {
            Ok(handle) => {
                let shown = Shown::new(handle, card.clone(), number, ended, before);
                self.shown.insert(card.release.clone(), shown);
            }
            Err(failure) => {
                // It may still be there as it was.
                self.shown
                    .extend(before.map(|before| (card.release.clone(), before)));
                return Err(failure);
            }
        }
        Ok(TestNotice::Taken {
            clicks: server.can("actions"),
            server: server.name,
            version: server.version,
        })
    }

    async fn withdraw(&mut self, about: &Option<ReleaseId>) {
        self.missed.remove(about);
        if let Some(shown) = self.shown.remove(about) {
            take_back(&shown).await;
        }
    }

    /// All at once: the first that is not answered must not keep the others.
    async fn clear(&mut self) {
        self.missed.clear();
        let shown = std::mem::take(&mut self.shown);
        join_all(shown.values().map(take_back)).await;
    }

    /// A service is there again, and shows what none took.
    async fn make_up(&mut self) {
        for card in std::mem::take(&mut self.missed).into_values() {
            self.show(card).await;
        }
    }

    /// Forgets one that is gone from the desktop, and gives it if it was pressed.
    fn take_ended(&mut self, ending: &Ending) -> Option<Card> {
        let is_it = |shown: &Shown| shown.number() == ending.number;
        if !self.shown.get(&ending.about).is_some_and(is_it) {
            return None;
        }
        let shown = self.shown.remove(&ending.about)?;
        ending.pressed.then(|| shown.card().clone())
    }
}

async fn take_back(shown: &Shown) {
    let closed = async {
        shown.close().await;
        Ok::<(), Infallible>(())
    };
    if let Err(failure) = within(closed).await {
        tracing::warn!(%failure, "a notice was not taken back");
    }
}
