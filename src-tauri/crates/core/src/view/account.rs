//! One service's sign-in, in words.

use crate::account::{Account, Allowed, Hold, Identity, KeptAccount, Keychain, Standing};
use crate::problem::{Code, Problem};
use crate::service::Service;
use crate::text::line;
use crate::view::{Ability, AccountView, Check, Links, Mode, Scene, Tone};
use crate::words::{Clock, count};

const NOT_CONNECTED: &str = "Not connected";

impl AccountView {
    pub(super) fn draw(scene: &Scene<'_>, service: Service, links: &mut Links) -> Self {
        let nobody = Account::default();
        let account = scene.accounts.services.get(&service).unwrap_or(&nobody);
        let checked = account.checked.as_ref().filter(|_| account.hold.is_used());
        let standing = checked.and_then(|checked| checked.result.as_ref().ok());
        let (word, tone) = word(scene, account);
        Self {
            service,
            name: service.name().to_owned(),
            who: who(scene, account, standing),
            signed_in: account.kept.is_some(),
            word,
            tone,
            rows: rows(scene, account, standing),
            abilities: standing
                .map(|standing| Ability::all(scene, standing))
                .unwrap_or_default(),
            problem: problem(service, account, links),
            origin: account.origin.clone(),
            elsewhere: account.elsewhere && scene.mode == Mode::Real,
        }
    }
}

/// "jun-park, gitMLS/etl"; "Developer in 4182-9501-7734, us-east-2"; "slipway in gitMLS".
fn who(scene: &Scene<'_>, account: &Account, standing: Option<&Standing>) -> String {
    let team = scene.team;
    match standing.map(|standing| &standing.identity) {
        Some(Identity::GitHub { login, .. }) => format!("{}, {}", line(login, 60), team.repository),
        Some(Identity::Aws { account, arn }) => {
            let place = format!("{}, {}", grouped(account), team.region);
            match short_arn(arn) {
                name if name.is_empty() => place,
                name => format!("{name} in {place}"),
            }
        }
        Some(Identity::SlackBot { team, bot }) => {
            format!("{} in {}", line(bot, 60), line(team, 60))
        }
        Some(Identity::SlackWebhook) => format!("Webhook for #{}", team.channel),
        None => match (&account.kept, &account.hold) {
            (None, _) => NOT_CONNECTED.to_owned(),
            (Some(kept), _) => kind(kept),
        },
    }
}

/// The right end of the row.
fn word(scene: &Scene<'_>, account: &Account) -> (String, Tone) {
    let said = |word: &str, tone| (word.to_owned(), tone);
    match &account.hold {
        Hold::Nothing => said(NOT_CONNECTED, Tone::Quiet),
        Hold::Unread if scene.accounts.keychain == Keychain::Opening => {
            said("Waits for the keychain", Tone::Wait)
        }
        Hold::Unread => said("In the keychain, not read", Tone::Wait),
        Hold::Lost { .. } => said("Not in reach", Tone::Bad),
        Hold::Foreign { .. } => said("Sign in again", Tone::Bad),
        Hold::InUse | Hold::InMemory => match &account.checked {
            None if scene.accounts.checking => said("Being checked", Tone::Quiet),
            None => said("Not checked yet", Tone::Quiet),
            Some(checked) => match &checked.result {
                Err(problem) if problem.code == Code::SignedOut => said("Sign in again", Tone::Bad),
                Err(_) => said("Could not be checked", Tone::Wait),
                Ok(standing) => counted(standing, account),
            },
        },
    }
}

fn counted(standing: &Standing, account: &Account) -> (String, Tone) {
    let all = standing.findings.len();
    let answers = standing
        .findings
        .iter()
        .map(|finding| Ability::answer(finding, account));
    let (mut missing, mut barred, mut unknown) = (0, 0, 0);
    for allowed in answers {
        match allowed {
            Allowed::Yes => {}
            Allowed::No { missing, .. } if missing.is_empty() => barred += 1,
            Allowed::No { .. } => missing += 1,
            Allowed::Unknown { .. } => unknown += 1,
        }
    }
    if barred > 0 {
        return match (&standing.identity, &standing.problem) {
            (_, Some(_)) => ("Needs a step".to_owned(), Tone::Bad),
            (Identity::SlackWebhook, None) => ("Only posts".to_owned(), Tone::Good),
            (_, None) => (format!("{} refused", barred + missing), Tone::Bad),
        };
    }
    match (missing, unknown) {
        (0, 0) => (format!("{all} of {}", count(all, "permission")), Tone::Good),
        (0, unknown) => (
            format!("{} of {all}, {unknown} unknown", all - unknown),
            Tone::Good,
        ),
        (missing, 0) => (format!("{missing} missing"), Tone::Bad),
        (missing, unknown) => (format!("{missing} missing, {unknown} unknown"), Tone::Bad),
    }
}

fn rows(scene: &Scene<'_>, account: &Account, standing: Option<&Standing>) -> Vec<Check> {
    let Some(kept) = &account.kept else {
        return Vec::new();
    };
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let row = |label: &str, text: String, tone| Check {
        label: label.to_owned(),
        text,
        tone,
    };
    let quiet = |label: &str, text: String| row(label, text, Tone::Quiet);
    let mut rows = Vec::new();
    match standing.map(|standing| &standing.identity) {
        Some(Identity::GitHub { login, name }) => {
            let (login, name) = (line(login, 60), line(name, 80));
            let text = if login == name {
                login
            } else {
                format!("{name} ({login})")
            };
            rows.push(quiet("Signed in as", text));
        }
        Some(Identity::Aws { account, arn }) => {
            rows.push(quiet("Signed in as", line(arn, 300)));
            rows.push(quiet(
                "Account",
                format!("{}, {}", grouped(account), scene.team.region),
            ));
        }
        Some(Identity::SlackBot { team, bot }) => {
            rows.push(quiet("Signed in as", format!("@{}", line(bot, 60))));
            rows.push(quiet("Workspace", line(team, 80)));
        }
        Some(Identity::SlackWebhook) | None => {}
    }
    rows.push(quiet("With", kind(kept)));
    if let Some(ends) = standing.and_then(|standing| standing.ends) {
        let soon = ends.0 - scene.now.0 < 24 * 60 * 60 * 1000;
        rows.push(row(
            "Sign-in ends",
            clock.full(ends),
            if soon { Tone::Wait } else { Tone::Quiet },
        ));
    }
    let (place, tone) = match (&account.hold, kept) {
        (Hold::InMemory, KeptAccount::AwsProfile { .. }) => (
            "Your AWS configuration. Slipway uses it for this run only.",
            Tone::Wait,
        ),
        (Hold::InMemory, _) => ("In memory only, forgotten when you quit", Tone::Wait),
        (_, KeptAccount::AwsProfile { .. }) => (
            "Your AWS configuration. Slipway keeps only the profile’s name.",
            Tone::Quiet,
        ),
        _ => ("This computer’s keychain", Tone::Quiet),
    };
    rows.push(row("Kept", place.to_owned(), tone));
    if let Some(since) = account.since {
        rows.push(quiet("Entered", clock.full(since)));
    }
    let (label, text) = goes(scene, account, kept);
    let tone = if account.elsewhere {
        Tone::Wait
    } else {
        Tone::Quiet
    };
    rows.push(row(label, text, tone));
    rows
}

/// Where a secret goes. A key of AWS goes nowhere: it signs (Signature Version 4,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>).
fn goes(scene: &Scene<'_>, account: &Account, kept: &KeptAccount) -> (&'static str, String) {
    let origin = match &account.hold {
        Hold::Foreign { origin } => origin,
        Hold::Nothing | Hold::InUse | Hold::InMemory | Hold::Unread | Hold::Lost { .. } => {
            &account.origin
        }
    };
    let is_foreign = matches!(account.hold, Hold::Foreign { .. });
    match kept {
        KeptAccount::AwsKeys { .. } | KeptAccount::AwsProfile { .. } => {
            let place = if account.elsewhere || is_foreign {
                origin.clone()
            } else {
                format!("AWS in {}", scene.team.region)
            };
            (
                "What it does",
                format!("Signs requests to {place} and goes nowhere else"),
            )
        }
        KeptAccount::GitHubToken | KeptAccount::SlackBot | KeptAccount::SlackWebhook => {
            ("Sent to", format!("{origin} and nobody else"))
        }
    }
}

fn problem(service: Service, account: &Account, links: &mut Links) -> Option<Problem> {
    match &account.hold {
        Hold::Foreign { origin } => Some(entered_elsewhere(service, origin, &account.origin)),
        Hold::Lost { trouble, item, raw } => Some(trouble.problem(item, raw)),
        Hold::Nothing | Hold::Unread => None,
        Hold::InUse | Hold::InMemory => match &account.checked.as_ref()?.result {
            Err(problem) => Some(problem.clone()),
            Ok(standing) => {
                let mut problem = standing.problem.clone()?;
                if let Some(page) = &standing.page {
                    let label = format!("Authorise on {}", host(page));
                    problem.link =
                        Some(links.add(format!("account:{}:page", service.name()), label, page));
                }
                Some(problem)
            }
        },
    }
}

/// A secret is never sent to another origin than the one it was entered for.
fn entered_elsewhere(service: Service, origin: &str, present: &str) -> Problem {
    let name = service.name();
    Problem::new(
        Code::SignedOut,
        format!("Your {name} sign-in was entered for {origin}; Slipway now talks to {present}."),
        format!("It is not sent there, so Slipway is not connected to {name}."),
        format!("Sign in again for {present}, or set the address of {name} back."),
    )
}

fn kind(kept: &KeptAccount) -> String {
    match kept {
        KeptAccount::GitHubToken => "Personal access token".to_owned(),
        KeptAccount::AwsKeys { access_key_id } => {
            format!("Access key {}", line(access_key_id, 128))
        }
        KeptAccount::AwsProfile { profile } => format!("Profile {}", line(profile, 200)),
        KeptAccount::SlackBot => "Bot token".to_owned(),
        KeptAccount::SlackWebhook => "Incoming webhook".to_owned(),
    }
}

/// "418295017734" as "4182-9501-7734".
fn grouped(account: &str) -> String {
    let account = line(account, 20);
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return account;
    }
    format!("{}-{}-{}", &account[..4], &account[4..8], &account[8..])
}

/// The last but one part of an assumed role, the last of a user: "Developer", "jun".
fn short_arn(arn: &str) -> String {
    let arn = line(arn, 300);
    let resource = arn.rsplit(':').next().unwrap_or_default();
    let parts: Vec<&str> = resource.split('/').collect();
    match parts.as_slice() {
        ["assumed-role", role, ..] => (*role).to_owned(),
        ["user", .., name] => (*name).to_owned(),
        _ => resource.to_owned(),
    }
}

fn host(page: &str) -> String {
    let rest = page.split_once("://").map_or(page, |(_, rest)| rest);
    line(rest.split(['/', '?', '#']).next().unwrap_or_default(), 100)
}
