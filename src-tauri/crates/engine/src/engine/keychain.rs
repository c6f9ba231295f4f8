//! Reading the keychain: at the start, when it comes, when it is unlocked, and when a person asks for it.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::account::{Hold, KeptAccount, Keychain, KeychainTrouble};
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;

use crate::engine::{Engine, Stage};
use crate::vault::{Item, Vault};

/// Between the first two quiet looks at a keychain that did not open; each pause is twice the one before.
const QUIET: Duration = Duration::from_secs(3);
/// The longest pause: a keychain that is never opened must not cost a hidden window anything that counts.
const LONGEST: Duration = Duration::from_secs(15);

impl Engine {
    /// Reads what is kept once the journal has told of it, and looks quietly for a keychain that comes later or is
    /// unlocked by somebody. At most one unlock is asked for in a run, unless a person asks for more.
    pub(crate) async fn watch_keychain(self: Arc<Self>) {
        let Ok(vault) = self.vault() else { return };
        let clock = self.settings.clock.clone();
        let mut asked = false;
        let mut pause = QUIET;
        loop {
            tokio::select! {
                () = self.recalled.notified() => pause = QUIET,
                () = clock.sleep_until(clock.instant() + pause) => pause = (pause * 2).min(LONGEST),
                () = self.reach(Stage::Stopping) => return,
            }
            let (keychain, unread) = {
                let state = self.state();
                (state.accounts.keychain.clone(), state.out_of_reach())
            };
            if keychain != Keychain::Opening {
                self.clone().check_what_is_new();
            }
            match keychain {
                Keychain::Unused => {
                    if !unread.is_empty() {
                        self.read_keychain(vault).await;
                        asked |= self.is_locked();
                    }
                }
                Keychain::Trouble {
                    trouble: KeychainTrouble::Locked | KeychainTrouble::Absent,
                    ..
                } => asked |= self.look_quietly(vault, &unread, asked).await,
                // Settings came back that something is kept for.
                Keychain::Open if !unread.is_empty() => {
                    asked |= self.look_quietly(vault, &unread, asked).await;
                }
                Keychain::Trouble { .. }
                | Keychain::Opening
                | Keychain::Open
                | Keychain::Memory => {}
            }
            self.sweep(vault).await;
        }
    }

    /// Tells whether somebody was asked to unlock it.
    async fn look_quietly(
        self: &Arc<Self>,
        vault: &Vault,
        unread: &[(Service, Item)],
        asked: bool,
    ) -> bool {
        let any = || {
            Item::of(
                &KeptAccount::GitHubToken,
                &self.settings.endpoints.github_api,
            )
        };
        let item = unread.first().map(|(_, item)| item.clone()).or_else(any);
        let Some(item) = item else { return false };
        match vault.is_locked(item).await {
            Err(_) => false,
            Ok(true) if asked || unread.is_empty() => false,
            Ok(false) if unread.is_empty() => {
                // It did not take a sign-in; now it would.
                let kept = Service::ALL
                    .iter()
                    .any(|it| self.state().item(*it).is_some());
                self.set_keychain(if kept {
                    Keychain::Open
                } else {
                    Keychain::Unused
                });
                false
            }
            Ok(locked) => {
                self.read_keychain(vault).await;
                locked
            }
        }
    }

    fn is_locked(&self) -> bool {
        matches!(
            self.state().accounts.keychain,
            Keychain::Trouble {
                trouble: KeychainTrouble::Locked,
                ..
            }
        )
    }

    /// "Unlock keychain", "Try again".
    pub(super) async fn open_keychain(self: &Arc<Self>) -> Result<(), Problem> {
        let vault = self.vault()?;
        self.read_keychain(vault).await;
        let problem = match &self.state().accounts.keychain {
            Keychain::Trouble { trouble, item, raw } => Some(trouble.problem(item, raw)),
            Keychain::Unused | Keychain::Opening | Keychain::Open | Keychain::Memory => None,
        };
        problem.map_or(Ok(()), Err)
    }

    /// "Go on without it": the person agreed that sign-ins are forgotten with this run.
    pub(super) fn use_memory(&self) -> Result<(), Problem> {
        self.vault()?;
        let offered = matches!(
            self.state().accounts.keychain,
            Keychain::Trouble { .. } | Keychain::Opening | Keychain::Memory
        );
        if !offered {
            return Err(Problem::new(
                Code::NotOffered,
                "Your keychain works, so sign-ins are kept there.",
                "Nothing was changed.",
                "Look at the accounts again.",
            ));
        }
        self.set_keychain(Keychain::Memory);
        Ok(())
    }

    /// Shows a new state of the keychain, and tells the one before.
    pub(super) fn set_keychain(&self, keychain: Keychain) -> Keychain {
        let before = std::mem::replace(&mut self.state().accounts.keychain, keychain);
        self.publish();
        before
    }

    /// Reads every kept secret that is not in use yet. A keychain that is locked, gone or refuses is asked once, not
    /// once for each.
    async fn read_keychain(self: &Arc<Self>, vault: &Vault) {
        let _turn = self.signing.lock().await;
        let unread = self.state().out_of_reach();
        let before = self.set_keychain(Keychain::Opening);
        if unread.is_empty() {
            let kept = Service::ALL
                .iter()
                .any(|it| self.state().item(*it).is_some());
            self.conclude(match (before, kept) {
                (Keychain::Memory, _) => Keychain::Memory,
                (_, true) => Keychain::Open,
                (_, false) => Keychain::Unused,
            });
            return;
        }
        let mut end = Keychain::Open;
        let mut read = Vec::new();
        for (service, item) in unread {
            let name = item.name().to_owned();
            let (trouble, raw) = match vault.get(item).await {
                Ok(Some(secret)) => {
                    self.state().unlock(&self.settings, service, secret);
                    self.publish();
                    self.look_at_service(service);
                    read.push(service);
                    continue;
                }
                Ok(None) => (KeychainTrouble::Forgotten, String::new()),
                Err(failure) => (failure.trouble(), failure.to_string()),
            };
            tracing::warn!(item = name, ?trouble, raw, "a sign-in cannot be read");
            end = Keychain::Trouble {
                trouble,
                item: name.clone(),
                raw: raw.clone(),
            };
            if trouble.is_about_all() {
                break;
            }
            if let Some(account) = self.state().accounts.services.get_mut(&service) {
                account.hold = Hold::Lost {
                    trouble,
                    item: name,
                    raw,
                };
            }
        }
        if end == Keychain::Open {
            // It has just answered, so nobody is asked to unlock it for this.
            self.remove_leftovers(vault).await;
        }
        self.conclude(end);
        let engine = self.clone();
        tokio::spawn(async move { engine.check(read).await });
    }

    /// Who agreed to go on without it meanwhile is not brought back to what it could not do.
    fn conclude(&self, end: Keychain) {
        let agreed = self.state().accounts.keychain == Keychain::Memory;
        if !agreed || end == Keychain::Open {
            self.set_keychain(end);
        }
    }

    /// A profile, a sign-in that this run was given, or one that other team settings use, is checked without the
    /// keychain.
    fn check_what_is_new(self: Arc<Self>) {
        let services: Vec<Service> = {
            let state = self.state();
            let accounts = state.accounts.services.iter();
            let new = accounts.filter(|(_, it)| it.hold.is_used() && it.checked.is_none());
            new.map(|(service, _)| *service).collect()
        };
        if !services.is_empty() && !self.state().accounts.checking {
            tokio::spawn(async move { self.check(services).await });
        }
    }
}
