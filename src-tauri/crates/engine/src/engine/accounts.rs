//! The sign-ins that are in use, and those that are not.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use secrecy::SecretString;
use slipway_core::account::{Account, Checked, Hold, KeptAccount, Power, Standing};
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::Look;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use slipway_core::time::At;

use crate::endpoints::{self, AwsAccount, AwsKeys, SlackAccount};
use crate::engine::state::State;
use crate::settings::Settings;
use crate::vault::Item;
use crate::world::World;

impl State {
    /// What is known of the sign-ins at a start: those given to this run, and those that the journal tells of. A
    /// profile has no secret of ours and is used at once; the rest waits for the keychain.
    pub(super) fn recall(&mut self, settings: &Settings) {
        for service in Service::ALL {
            let given = given(&settings.accounts, service);
            self.forget_account(settings, service);
            if let Some(account) = self.accounts.services.get_mut(&service)
                && given.is_some()
            {
                account.kept = given;
                account.hold = Hold::InMemory;
            }
            if self.desktop.accounts.contains_key(&service) {
                if self.world.connected(service) {
                    // The journal tells of another sign-in than the one this run was given.
                    self.drop_client(service);
                }
                self.show_kept(settings, service);
            }
        }
    }

    /// A sign-in that the journal tells of.
    pub(super) fn show_kept(&mut self, settings: &Settings, service: Service) {
        let region = self.team.region.clone();
        let Some(signed_in) = self.desktop.accounts.get(&service).cloned() else {
            return;
        };
        self.forget_account(settings, service);
        let endpoints = &settings.endpoints;
        let fits = endpoints.takes(&signed_in.account, &signed_in.origin, &region);
        let profile = match &signed_in.account {
            KeptAccount::AwsProfile { profile } if fits => Some(profile.clone()),
            KeptAccount::AwsProfile { .. }
            | KeptAccount::GitHubToken
            | KeptAccount::AwsKeys { .. }
            | KeptAccount::SlackBot
            | KeptAccount::SlackWebhook => None,
        };
        if let Some(account) = self.accounts.services.get_mut(&service) {
            account.since = Some(signed_in.at);
            account.hold = match fits {
                true => Hold::Unread,
                false => Hold::Foreign {
                    origin: signed_in.origin.clone(),
                },
            };
            if fits && signs_at_its_own_origin(Some(&signed_in.account)) {
                account.origin = signed_in.origin;
            }
            account.kept = Some(signed_in.account);
        }
        if let Some(profile) = profile {
            let secrets = endpoints::Accounts {
                aws: Some(AwsAccount::Profile(profile)),
                ..endpoints::Accounts::default()
            };
            self.take_up(settings, service, secrets);
        }
    }

    /// The kept sign-ins that the keychain has not given, and their items.
    pub(super) fn out_of_reach(&self) -> Vec<(Service, Item)> {
        let accounts = self.accounts.services.iter();
        let unread = accounts.filter(|(_, account)| account.hold.is_out_of_reach());
        unread
            .filter_map(|(service, _)| Some((*service, self.item(*service)?)))
            .collect()
    }

    /// The sign-in there is now is of another kind, or for another origin.
    pub(super) fn signs_in_otherwise(&self, kept: &KeptAccount, origin: &str) -> bool {
        let account = self.accounts.services.get(&kept.service());
        let now = account.and_then(|account| Some((account, account.kept.as_ref()?)));
        now.is_some_and(|(account, now)| {
            let entered_for = match &account.hold {
                Hold::Foreign { origin } => origin,
                Hold::Nothing | Hold::InUse | Hold::InMemory | Hold::Unread | Hold::Lost { .. } => {
                    &account.origin
                }
            };
            std::mem::discriminant(now) != std::mem::discriminant(kept) || entered_for != origin
        })
    }

    /// The keychain's item of a kept sign-in, if it has one.
    pub(super) fn item(&self, service: Service) -> Option<Item> {
        let signed_in = self.desktop.accounts.get(&service)?;
        Item::of(&signed_in.account, &signed_in.origin)
    }

    /// A kept secret was read: the sign-in is in use.
    pub(super) fn unlock(&mut self, settings: &Settings, service: Service, secret: SecretString) {
        let Some(signed_in) = self.desktop.accounts.get(&service) else {
            return;
        };
        // The team's settings may lead elsewhere by now.
        let account = self.accounts.services.get(&service);
        if !account.is_some_and(|account| account.hold.is_out_of_reach()) {
            return;
        }
        let secrets = with_secret(&signed_in.account, secret);
        self.take_up(settings, service, secrets);
    }

    /// A kept sign-in is used from now on.
    fn take_up(&mut self, settings: &Settings, service: Service, secrets: endpoints::Accounts) {
        let world = self.connect.clients(settings, &secrets, self.team.clone());
        self.use_client(service, &world, secrets);
        if let Some(account) = self.accounts.services.get_mut(&service) {
            account.hold = Hold::InUse;
            account.checked = None;
        }
    }

    /// Replaces a service's client, and forgets what its predecessor was refused.
    pub(super) fn use_client(
        &mut self,
        service: Service,
        world: &World,
        secrets: endpoints::Accounts,
    ) {
        self.world = Arc::new(self.world.with(service, Some(world)));
        match service {
            Service::GitHub => self.secrets.github = secrets.github,
            Service::Slack => self.secrets.slack = secrets.slack,
            Service::Aws => self.secrets.aws = secrets.aws,
        }
        self.begin_anew(service);
    }

    /// Nobody is signed in to a service any more.
    pub(super) fn drop_client(&mut self, service: Service) {
        self.world = Arc::new(self.world.with(service, None));
        match service {
            Service::GitHub => self.secrets.github = None,
            Service::Slack => self.secrets.slack = None,
            Service::Aws => self.secrets.aws = None,
        }
        self.begin_anew(service);
    }

    /// What one sign-in saw is not another one's. Facts of a sign-in that had ended already stay, with their age.
    fn begin_anew(&mut self, service: Service) {
        *self.sign_ins.entry(service).or_default() += 1;
        self.signed_out.remove(&service);
        self.clocks.remove(&service);
        // What was asked for is not sent again as somebody else, or somewhere else.
        for tracked in self.releases.values_mut() {
            tracked
                .asked
                .take_if(|asked| Service::of(&asked.action) == service);
        }
        for (sight, timing) in &mut self.timings {
            if sight.service() == service {
                timing.begin_anew();
            }
        }
        let connected = self.world.connected(service);
        self.facts_mut().for_each(|facts| match service {
            Service::GitHub => {
                renew(&mut facts.repository, connected);
                renew(&mut facts.source, connected);
            }
            Service::Slack => {
                renew(&mut facts.workspace, connected);
                renew(&mut facts.announcement, connected);
            }
            Service::Aws => {
                renew(&mut facts.pipeline, connected);
                renew(&mut facts.execution, connected);
            }
        });
    }

    /// Makes all clients again, at the start and for another team: what is kept for another origin is used no more, and
    /// what was kept for this one is taken up again.
    pub(super) fn reconnect(&mut self, settings: &Settings) {
        let region = self.team.region.clone();
        for service in Service::ALL {
            let origin = settings.endpoints.origin(service, &region);
            let moved = match self.accounts.services.get_mut(&service) {
                Some(account)
                    if !signs_at_its_own_origin(account.kept.as_ref())
                        && account.origin != origin =>
                {
                    let origin = std::mem::replace(&mut account.origin, origin);
                    match &account.hold {
                        Hold::Nothing | Hold::Foreign { .. } => false,
                        Hold::InUse | Hold::InMemory | Hold::Unread | Hold::Lost { .. } => {
                            account.hold = Hold::Foreign { origin };
                            true
                        }
                    }
                }
                Some(_) | None => false,
            };
            if moved {
                self.drop_client(service);
            }
        }
        let world = self
            .connect
            .clients(settings, &self.secrets, self.team.clone());
        self.world = Arc::new(world);
        for service in Service::ALL {
            self.begin_anew(service);
            let kept = self.desktop.accounts.get(&service);
            let fits = kept.is_some_and(|kept| {
                settings
                    .endpoints
                    .takes(&kept.account, &kept.origin, &region)
            });
            if fits && self.is_foreign(service) {
                self.show_kept(settings, service);
            }
        }
    }

    fn is_foreign(&self, service: Service) -> bool {
        let account = self.accounts.services.get(&service);
        account.is_some_and(|account| matches!(account.hold, Hold::Foreign { .. }))
    }

    pub(super) fn sign_in_number(&self, service: Service) -> u64 {
        self.sign_ins.get(&service).copied().unwrap_or_default()
    }

    /// A service was asked who we are.
    pub(super) fn note_check(
        &mut self,
        service: Service,
        at: At,
        result: Result<Standing, Problem>,
    ) {
        if let Err(problem) = &result
            && problem.code == Code::SignedOut
        {
            self.no_longer_accepted(service, problem, at);
            return;
        }
        if result.is_ok() {
            self.signed_out.remove(&service);
        }
        if let Some(account) = self.accounts.services.get_mut(&service) {
            if let Ok(standing) = &result {
                account.ends = standing.ends;
            }
            account.checked = Some(Checked { at, result });
        }
    }

    /// A sign-in that was in use is refused.
    pub(super) fn no_longer_accepted(&mut self, service: Service, problem: &Problem, at: At) {
        if let Some(account) = self.accounts.services.get_mut(&service) {
            let result = Err(account.no_longer(at, problem));
            account.checked = Some(Checked { at, result });
        }
    }

    /// What was sent tells more about a permission than asking for it. AWS refuses for nothing but the permission;
    /// elsewhere a rule of the branch or the channel can be the reason.
    pub(super) fn learn(&mut self, action: &Action, outcome: &Outcome) {
        let worked = match outcome {
            Outcome::Done => true,
            Outcome::NotDone { problem }
                if problem.code == Code::Forbidden && Service::of(action) == Service::Aws =>
            {
                false
            }
            Outcome::NotDone { .. } | Outcome::Unknown { .. } => return,
        };
        if let Some(account) = self.accounts.services.get_mut(&Service::of(action)) {
            account.tried.insert(Power::of(action), worked);
        }
    }

    /// Nobody is signed in there, as far as this run knows.
    pub(super) fn forget_account(&mut self, settings: &Settings, service: Service) {
        let region = self.team.region.clone();
        let account = Account {
            origin: settings.endpoints.origin(service, &region),
            elsewhere: settings.endpoints.is_elsewhere(service),
            pages: match service {
                Service::GitHub => settings.endpoints.pages(),
                Service::Aws | Service::Slack => None,
            },
            ..Account::default()
        };
        self.accounts.services.insert(service, account);
    }

    /// A sign-in that works is used from now on.
    pub(super) fn welcome(
        &mut self,
        kept: KeptAccount,
        origin: String,
        hold: Hold,
        checked: Checked,
    ) {
        let service = kept.service();
        let account = self.accounts.services.entry(service).or_default();
        let ends = checked.result.as_ref().ok().and_then(|it| it.ends);
        *account = Account {
            origin,
            elsewhere: account.elsewhere,
            pages: account.pages.take(),
            kept: Some(kept),
            since: Some(checked.at),
            hold,
            ends,
            checked: Some(checked),
            tried: BTreeMap::new(),
        };
    }
}

fn renew<T>(look: &mut Look<T>, connected: bool) {
    if !connected {
        *look = Look::default();
    } else if look.failing.is_none() || !look.connected {
        *look = Look::not_yet();
    }
}

/// A webhook's address says itself where it leads.
fn signs_at_its_own_origin(account: Option<&KeptAccount>) -> bool {
    matches!(account, Some(KeptAccount::SlackWebhook))
}

/// The kind of a sign-in that this run was given.
fn given(accounts: &endpoints::Accounts, service: Service) -> Option<KeptAccount> {
    match service {
        Service::GitHub => accounts.github.as_ref().map(|_| KeptAccount::GitHubToken),
        Service::Slack => accounts.slack.as_ref().map(|account| match account {
            SlackAccount::Bot(_) => KeptAccount::SlackBot,
            SlackAccount::Webhook(_) => KeptAccount::SlackWebhook,
        }),
        Service::Aws => accounts.aws.as_ref().map(|account| match account {
            AwsAccount::Keys(keys) => KeptAccount::AwsKeys {
                access_key_id: keys.access_key_id.clone(),
            },
            AwsAccount::Profile(profile) => KeptAccount::AwsProfile {
                profile: profile.clone(),
            },
        }),
    }
}

/// A sign-in with its secret, ready for a client.
pub(super) fn with_secret(account: &KeptAccount, secret: SecretString) -> endpoints::Accounts {
    let mut accounts = endpoints::Accounts::default();
    match account {
        KeptAccount::GitHubToken => accounts.github = Some(secret),
        KeptAccount::AwsKeys { access_key_id } => {
            let keys = AwsKeys {
                access_key_id: access_key_id.clone(),
                secret_access_key: secret,
                session_token: None,
            };
            accounts.aws = Some(keys.into());
        }
        KeptAccount::AwsProfile { profile } => {
            accounts.aws = Some(AwsAccount::Profile(profile.clone()));
        }
        KeptAccount::SlackBot => accounts.slack = Some(SlackAccount::Bot(secret)),
        KeptAccount::SlackWebhook => accounts.slack = Some(SlackAccount::Webhook(secret)),
    }
    accounts
}
