//! What is on the desktop, and what shall be.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use slipway_core::desktop::{Place, TestNotice};
use slipway_core::ids::ReleaseId;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, error::SendError};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::call::{Call, Taken, hand_over};
use super::failure::{Failure, within};
use super::service::Service;
use super::shown::{Ending, Shown};
use super::{Card, Report};

/// The release that a card is about; none for the test notice.
type About = Option<ReleaseId>;

/// What is on the desktop, and what shall be: one card a release. Nothing here waits for a service. Cards go to it one by
/// one; while it does not answer the others wait, and an answer that comes late counts as well.
pub(super) struct Desk {
    pub(super) service: Service,
    /// To be shown when their turn comes.
    wanted: BTreeMap<About, Wanted>,
    /// On their way, by their numbers; one a release.
    calls: BTreeMap<u64, Call>,
    shown: BTreeMap<About, Shown>,
    /// No service took them, or the one that showed them is gone. They are wanted again when one is there.
    missed: BTreeMap<About, Card>,
    /// The newest call's.
    number: u64,
    news: UnboundedSender<News>,
    reports: UnboundedSender<Report>,
}

struct Wanted {
    card: Card,
    asks: Option<oneshot::Sender<TestNotice>>,
}

/// What a service told.
pub(super) enum News {
    /// The answer to a call.
    Answered(u64, Box<Result<Taken, Failure>>),
    /// One is not on the desktop any more.
    Ended(Ending),
}

impl Desk {
    pub(super) fn new(news: UnboundedSender<News>, reports: UnboundedSender<Report>) -> Self {
        Self {
            service: Service::default(),
            wanted: BTreeMap::new(),
            calls: BTreeMap::new(),
            shown: BTreeMap::new(),
            missed: BTreeMap::new(),
            number: 0,
            news,
            reports,
        }
    }

    pub(super) async fn show(&mut self, card: Card, asks: Option<oneshot::Sender<TestNotice>>) {
        self.service.watch().await;
        self.missed.remove(&card.release);
        let outdated = |call: &&mut Call| call.card.release == card.release;
        for call in self.calls.values_mut().filter(outdated) {
            call.stands = None;
        }
        self.wanted
            .insert(card.release.clone(), Wanted { card, asks });
        self.go_on();
    }

    pub(super) fn withdraw(&mut self, about: &About) {
        self.wanted.remove(about);
        self.missed.remove(about);
        self.calls.retain(|_, call| call.card.release != *about);
        if let Some(shown) = self.shown.remove(about) {
            tokio::spawn(async move { take_back(&shown).await });
        }
    }

    /// What a start before this one left, if the service that shows it is still the same.
    pub(super) async fn take_away(&mut self, left: impl Iterator<Item = Place>) {
        self.service.watch().await;
        let Some(bus) = self.service.bus() else {
            return;
        };
        let left = left.filter(|place| self.service.now() == Some(&place.service));
        for place in left {
            let bus = bus.clone();
            tokio::spawn(async move {
                // A person may have closed it, which is as good.
                if let Err(failure) = within(bus.close(place.id)).await {
                    tracing::debug!(%failure, "a notice of an earlier start was not taken away");
                }
            });
        }
    }

    /// All that is shown at once: the first that is not answered must not keep the others. Then what is still on its way.
    pub(super) async fn clear(self, mut heard: UnboundedReceiver<News>) {
        join_all(self.shown.values().map(take_back)).await;
        // With this the last who could tell anything are those that are on their way.
        drop(self);
        while let Some(news) = heard.recv().await {
            if let News::Answered(_, answer) = news
                && let Ok(taken) = *answer
            {
                taken.handle.close_async().await;
            }
        }
    }

    pub(super) fn take_up(&mut self, news: News) {
        match news {
            News::Ended(ending) => self.end(&ending),
            News::Answered(number, answer) => {
                match (self.calls.remove(&number), *answer) {
                    (Some(call), Ok(taken)) => self.adopt(number, call, taken),
                    (Some(call), Err(failure)) => self.miss(call, failure),
                    // The newest one is in its place by now, or will be.
                    (None, Ok(taken)) if self.shows_at(&taken.place) => {}
                    // It is not so any more.
                    (None, Ok(taken)) => {
                        tokio::spawn(async move { taken.handle.close_async().await });
                    }
                    (None, Err(_)) => {}
                }
                self.go_on();
            }
        }
    }

    /// Another service is there, or none.
    pub(super) fn look_again(&mut self) {
        let now = self.service.now();
        let lost = self
            .shown
            .extract_if(.., |_, shown| now != Some(&shown.place().service));
        for (about, shown) in lost {
            let on_its_way = self.calls.values().any(|call| call.card.release == about);
            if about.is_some() && !on_its_way && !self.wanted.contains_key(&about) {
                let card = shown.card().clone();
                self.missed.entry(about).or_insert(card);
            }
        }
        if self.service.now().is_some() {
            self.want_missed();
            self.go_on();
        }
    }

    /// When the call that others wait for is not waited for any longer.
    pub(super) fn overdue_at(&self) -> Option<Instant> {
        let at = self.calls.values().map(Call::overdue_at).max();
        at.filter(|_| !self.wanted.is_empty())
    }

    /// Sends the next one, unless the last one is not answered yet.
    pub(super) fn go_on(&mut self) {
        let now = Instant::now();
        if self.calls.values().any(|call| call.overdue_at() > now) {
            return;
        }
        let Some((about, Wanted { card, asks })) = self.wanted.pop_first() else {
            return;
        };
        // An answer to an older one about the same comes too late now.
        self.calls.retain(|_, call| call.card.release != about);
        self.number += 1;
        let (number, news, bus) = (self.number, self.news.clone(), self.service.bus());
        let before = self.shown.get(&about).map(|shown| shown.place().clone());
        let (stands, dropped) = oneshot::channel();
        let sent = card.clone();
        tokio::spawn(async move {
            let answer = hand_over(bus, &sent, before, dropped).await;
            let unheard = news.send(News::Answered(number, Box::new(answer)));
            if let Err(SendError(News::Answered(_, answer))) = unheard
                && let Ok(taken) = *answer
            {
                taken.handle.close_async().await;
            }
        });
        let call = Call {
            card,
            asks,
            service: self.service.now().cloned(),
            began: now,
            stands: Some(stands),
        };
        self.calls.insert(number, call);
    }

    fn shows_at(&self, place: &Place) -> bool {
        self.shown.values().any(|shown| shown.place() == place)
    }

    fn adopt(&mut self, number: u64, call: Call, taken: Taken) {
        let Call { card, asks, .. } = call;
        let about = card.release.clone();
        // Who asked may have gone.
        let _ = asks.map(|asks| asks.send(taken.server.took()));
        self.missed.remove(&about);
        let before = self.shown.remove(&about);
        let moved = before
            .as_ref()
            .is_none_or(|before| *before.place() != taken.place);
        if let Some(release) = about.clone().filter(|_| moved) {
            let place = taken.place.clone();
            // Nobody listens any more once the engine has gone.
            let _ = self.reports.send(Report::Shown { release, place });
        }
        let gone = self.service.before() == Some(&taken.place.service);
        let shown = Shown::new(taken, card, number, self.news.clone(), before);
        self.shown.insert(about, shown);
        if gone {
            return self.look_again();
        }
        self.want_missed();
    }

    fn miss(&mut self, call: Call, failure: Failure) {
        let Call {
            card,
            asks,
            service,
            ..
        } = call;
        tracing::warn!(%failure, title = card.title, "a notice was not taken");
        // Who asked may have gone.
        let _ = asks.map(|asks| asks.send(failure.into()));
        let about = card.release.clone();
        if about.is_none() || self.wanted.contains_key(&about) {
            return;
        }
        let now = self.service.now();
        if now.is_some() && now != service.as_ref() {
            self.wanted.insert(about, Wanted { card, asks: None });
        } else {
            self.missed.insert(about, card);
        }
    }

    fn want_missed(&mut self) {
        for (about, card) in std::mem::take(&mut self.missed) {
            let wanted = Wanted { card, asks: None };
            self.wanted.entry(about).or_insert(wanted);
        }
    }

    /// Forgets one that is gone from the desktop, and tells if it was pressed.
    fn end(&mut self, ending: &Ending) {
        let is_it = |shown: &Shown| shown.number() == ending.number;
        if !self.shown.get(&ending.about).is_some_and(is_it) {
            return;
        }
        let ended = self.shown.remove(&ending.about);
        if let Some(shown) = ended.filter(|_| ending.pressed) {
            let card = shown.card();
            // Nobody listens any more once the engine has gone.
            let _ = self.reports.send(Report::Pressed {
                release: card.release.clone(),
                step: card.step,
            });
        }
    }
}

async fn take_back(shown: &Shown) {
    if let Err(failure) = within(shown.close()).await {
        tracing::warn!(%failure, "a notice was not taken back");
    }
}
