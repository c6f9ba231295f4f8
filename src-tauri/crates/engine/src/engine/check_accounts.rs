//! Asking the services who we are there and what we may do.

use std::sync::Arc;

use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use tokio::task::JoinSet;

use crate::engine::Engine;

/// A check that failed is not repeated by itself sooner, in seconds.
const CHECK_REST: i64 = 120;

impl Engine {
    /// A service that could not be reached when it was asked who we are, and is reached now, is asked again by itself.
    pub(super) fn check_what_could_not_be_checked(self: &Arc<Self>, service: Service) {
        let now = self.settings.clock.now();
        let is_due = {
            let state = self.state();
            let account = state.accounts.services.get(&service);
            !state.accounts.checking
                && account
                    .and_then(|account| account.checked.as_ref())
                    .is_some_and(|checked| {
                        checked.at.plus_seconds(CHECK_REST) <= now
                            && checked
                                .result
                                .as_ref()
                                .is_err_and(|it| it.code == Code::Unreachable)
                    })
        };
        if is_due {
            let engine = self.clone();
            tokio::spawn(async move { engine.check(vec![service]).await });
        }
    }

    /// Asks every service that somebody is signed in to.
    pub(super) async fn check_accounts(self: &Arc<Self>) {
        self.check(Service::ALL.to_vec()).await;
    }

    /// Asks these, all at once, and waits for the answers.
    pub(super) async fn check(self: &Arc<Self>, services: Vec<Service>) {
        let world = self.state().world.clone();
        let services: Vec<Service> = services
            .into_iter()
            .filter(|service| world.connected(*service))
            .collect();
        if services.is_empty() {
            return;
        }
        self.state().accounts.checking = true;
        self.publish();
        let mut checks = JoinSet::new();
        for service in services {
            let (engine, world) = (self.clone(), world.clone());
            let number = self.state().sign_in_number(service);
            checks.spawn(async move {
                let at = engine.settings.clock.now();
                let asked = tokio::spawn(async move { world.check(service).await }).await;
                let result = asked.unwrap_or_else(|panic| Err(broken(service, &panic.to_string())));
                if let Err(problem) = &result {
                    tracing::warn!(%problem, raw = problem.raw, "a sign-in could not be checked");
                }
                let again = {
                    let mut state = engine.state();
                    if state.sign_in_number(service) != number {
                        // Somebody else is signed in by now, or nobody.
                        return;
                    }
                    let was_refused = state.signed_out.contains_key(&service);
                    let accepted = result.is_ok();
                    state.note_check(service, at, result);
                    was_refused && accepted
                };
                engine.publish();
                if again {
                    engine.look_at_service(service);
                }
            });
        }
        while checks.join_next().await.is_some() {}
        self.state().accounts.checking = false;
        self.publish();
    }
}

fn broken(service: Service, raw: &str) -> Problem {
    Problem::new(
        Code::Unreachable,
        format!("Slipway failed while it asked {}.", service.name()),
        "Nothing was changed.",
        "Check again. If it stays so, report it with the log.",
    )
    .with_raw(raw)
}
