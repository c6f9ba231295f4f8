//! Signing in: a real call first, then the journal, the keychain, and the journal again, then everything is looked at.
//! A program that ends in between leaves an item that the journal knows of, and that is removed once the keychain is seen
//! to be open.

use std::sync::Arc;

use secrecy::SecretString;
use slipway_core::account::{Checked, Hold, KeptAccount, Keychain, SignIn};
use slipway_core::desktop::{DesktopRecord, Leftover};
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;

use crate::endpoints::Endpoints;
use crate::engine::Engine;
use crate::engine::accounts::with_secret;
use crate::engine::slot::undecided;
use crate::vault::{Item, Vault};

impl Engine {
    /// Signs in. What the service does not take is not kept.
    pub(super) async fn sign_in(self: &Arc<Self>, entered: SignIn) -> Result<(), Problem> {
        let vault = self.vault()?;
        let kept = entered.clone().checked()?.kept();
        let secret = secret(entered.checked()?);
        let service = kept.service();
        let _turn = self.signing.lock().await;
        let team = self.state().team.clone();
        let origin = origin(&self.settings.endpoints, &kept, &secret, &team.region);
        let secrets = with_secret(&kept, secret.clone());
        let connect = self.state().connect.clone();
        let world = connect.clients(&self.settings, &secrets, team.clone());
        let at = self.settings.clock.now();
        let standing = world.check(service).await.map_err(not_taken)?;

        // From here on the settings stay as they are until the sign-in is in use.
        let no_team_changes = self.team_changes.lock().await;
        {
            let state = self.state();
            if !Arc::ptr_eq(&team, &state.team) {
                return Err(team_changed());
            }
            if state.is_undecided(service) && state.signs_in_otherwise(&kept, &origin) {
                return Err(undecided(service));
            }
        }
        let hold = self.keep(vault, &kept, &origin, secret).await?;
        let is_in_keychain = hold == Hold::InUse && kept.secret().is_some();
        {
            let mut state = self.state();
            state.use_client(service, &world, secrets);
            let result = Ok(standing);
            state.welcome(kept, origin, hold.clone(), Checked { at, result });
        }
        drop(no_team_changes);
        tracing::info!(service = service.name(), ?hold, "signed in");
        self.publish();
        self.look_at_service(service);
        if is_in_keychain {
            // It has just answered, so nobody is asked to unlock it for the item of the sign-in before.
            self.remove_leftovers(vault).await;
        }
        Ok(())
    }

    /// Writes the sign-in down and puts its secret into the keychain, unless the person agreed that it is kept in memory
    /// only. They may agree while the keychain makes up its mind; what it took all the same is taken out again, and what
    /// a sign-in that is kept still needs is put back.
    async fn keep(
        &self,
        vault: &Vault,
        kept: &KeptAccount,
        origin: &str,
        secret: SecretString,
    ) -> Result<Hold, Problem> {
        if self.goes_without_keychain() {
            return Ok(Hold::InMemory);
        }
        let (account, origin) = (kept.clone(), origin.to_owned());
        let leftover = Leftover {
            account: account.clone(),
            origin: origin.clone(),
        };
        let signed_in = DesktopRecord::SignedIn {
            account: account.clone(),
            origin: origin.clone(),
        };
        let Some(item) = Item::of(kept, &origin) else {
            self.record_desktop(signed_in).await?;
            return Ok(Hold::InUse);
        };
        let was_left = self.state().desktop.leftovers.contains(&leftover);
        self.record_desktop(DesktopRecord::Keeping { account, origin })
            .await?;
        let name = item.name().to_owned();
        let before = self.set_keychain(Keychain::Opening);
        let is_needed = self.state().desktop.uses(&leftover);
        let taken = match is_needed {
            true => vault.replace(item.clone(), secret).await,
            false => vault.set(item.clone(), secret).await.map(|()| None),
        };
        if self.goes_without_keychain() {
            let undone = match taken {
                Ok(Some(earlier)) => vault.set(item, earlier).await,
                Ok(None) => self.remove_leftover(vault, leftover).await,
                Err(_) => Ok(()),
            };
            if let Err(failure) = undone {
                tracing::warn!(%failure, "a sign-in for this run only is still in the keychain");
            }
            return Ok(Hold::InMemory);
        }
        match taken {
            Ok(_) => {
                let noted = self.record_desktop(signed_in).await;
                // What could not be read before is read by the task that watches.
                let others = self.state().out_of_reach();
                let others = others.iter().any(|(it, _)| *it != kept.service());
                let still = others && matches!(before, Keychain::Trouble { .. });
                self.set_keychain(if still { before } else { Keychain::Open });
                noted.map(|()| Hold::InUse)
            }
            Err(failure) => {
                let (trouble, raw) = (failure.trouble(), failure.to_string());
                tracing::warn!(%failure, "the keychain did not take a sign-in");
                if failure.kept_nothing() && !was_left {
                    let Leftover { account, origin } = leftover;
                    // Trouble with the journal is on screen, and what is only noted is swept.
                    let _ = self
                        .record_desktop(DesktopRecord::Removed { account, origin })
                        .await;
                }
                self.set_keychain(Keychain::Trouble {
                    trouble,
                    item: name.clone(),
                    raw: raw.clone(),
                });
                Err(trouble.not_kept(kept.service().name(), &name, &raw))
            }
        }
    }

    fn goes_without_keychain(&self) -> bool {
        self.state().accounts.keychain == Keychain::Memory
    }

    /// Begins to look at all that a service shows.
    pub(super) fn look_at_service(self: &Arc<Self>, service: Service) {
        let sights: Vec<_> = {
            let state = self.state();
            let sights = state.sights(&self.settings).into_iter();
            sights.filter(|it| it.service() == service).collect()
        };
        let engine = self.clone();
        tokio::spawn(async move {
            engine.read_now(sights).await;
            engine.wake.notify_one();
        });
    }

    /// Where sign-ins are kept.
    pub(super) fn vault(&self) -> Result<&Vault, Problem> {
        self.settings.vault.as_ref().ok_or_else(|| {
            Problem::new(
                Code::NotOffered,
                "Nobody signs in to the practice world.",
                "It has accounts of its own, which open nothing else.",
                "End practice to sign in to your team's accounts.",
            )
        })
    }
}

fn team_changed() -> Problem {
    Problem::new(
        Code::Changed,
        "The team's settings changed meanwhile.",
        "You are not signed in with it, and it was not kept.",
        "Press again.",
    )
}

/// What was entered is in its field still, and nowhere else.
fn not_taken(problem: Problem) -> Problem {
    if problem.code != Code::SignedOut {
        return problem;
    }
    Problem {
        means: "You are not signed in with it, and it was not kept.".to_owned(),
        ..problem
    }
}

/// The secret in what was entered; a profile has none of ours.
fn secret(entered: SignIn) -> SecretString {
    let secret = match entered {
        SignIn::GitHubToken { token } | SignIn::SlackBot { token } => token,
        SignIn::AwsKeys {
            secret_access_key, ..
        } => secret_access_key,
        SignIn::SlackWebhook { address } => address,
        SignIn::AwsProfile { .. } => return SecretString::default(),
    };
    SecretString::from(secret.expose())
}

fn origin(
    endpoints: &Endpoints,
    kept: &KeptAccount,
    secret: &SecretString,
    region: &str,
) -> String {
    match kept {
        KeptAccount::SlackWebhook => endpoints.webhook_origin(secret),
        KeptAccount::GitHubToken
        | KeptAccount::AwsKeys { .. }
        | KeptAccount::AwsProfile { .. }
        | KeptAccount::SlackBot => endpoints.origin(kept.service(), region),
    }
}
