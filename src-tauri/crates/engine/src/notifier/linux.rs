//! Notices over D-Bus.
//! <https://specifications.freedesktop.org/notification-spec/latest/>

#[path = "linux/call.rs"]
mod call;
#[path = "linux/card.rs"]
mod card;
#[path = "linux/desk.rs"]
mod desk;
#[path = "linux/failure.rs"]
mod failure;
#[path = "linux/service.rs"]
mod service;
#[path = "linux/shown.rs"]
mod shown;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::{Card, Order, PATIENCE, Report};
use desk::Desk;

/// Carries orders out until nobody can give any more.
pub(super) async fn work(
    mut orders: mpsc::UnboundedReceiver<Order>,
    reports: mpsc::UnboundedSender<Report>,
) {
    let (news, mut heard) = mpsc::unbounded_channel();
    let mut desk = Desk::new(news, reports);
    desk.service.watch().await;
    loop {
        let overdue = desk.overdue_at();
        tokio::select! {
            // What a person closed is known before its service is found gone.
            biased;
            Some(news) = heard.recv() => desk.take_up(news),
            () = desk.service.changed() => desk.look_again(),
            order = orders.recv() => match order {
                Some(Order::Show { card, asks }) => desk.show(card, asks).await,
                Some(Order::Withdraw(release)) => desk.withdraw(&release),
                Some(Order::TakeAway(left)) => desk.take_away(left.into_values()).await,
                Some(Order::Clear(done)) => {
                    desk.clear(heard).await;
                    // Who waits may have given up.
                    let _ = done.send(());
                    return;
                }
                None => return,
            },
            () = reach(overdue) => desk.go_on(),
        }
    }
}

async fn reach(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
