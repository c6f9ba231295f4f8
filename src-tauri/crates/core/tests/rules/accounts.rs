//! The screen of sign-ins, read as prose.

use std::fmt::Write;

use slipway_core::account::{
    Account, Allowed, Checked, Finding, Hold, Identity, KeptAccount, Keychain, KeychainTrouble,
    Power, Standing,
};
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use slipway_core::view::{self, AccountsScreen};

use crate::world::{World, at};

fn screen(world: &World) -> AccountsScreen {
    view::view(&world.scene()).view.accounts
}

fn prose(world: &World) -> String {
    let screen = screen(world);
    let mut out = String::new();
    let keychain = &screen.keychain;
    let covers = if keychain.covers {
        " (covers the window)"
    } else {
        ""
    };
    writeln!(
        out,
        "Keychain: {}. {}{covers}",
        keychain.word, keychain.text
    )
    .unwrap();
    for service in &screen.services {
        writeln!(out, "{}: {} | {}", service.name, service.who, service.word).unwrap();
        for row in &service.rows {
            writeln!(out, "    {}: {}", row.label, row.text).unwrap();
        }
        if let Some(problem) = &service.problem {
            let link = problem.link.as_ref().map_or("", |link| &link.label);
            let (what, means, remedy) = (&problem.what, &problem.means, &problem.remedy);
            writeln!(out, "    ! {what} {means} {remedy} {link}").unwrap();
        }
        for it in &service.abilities {
            writeln!(
                out,
                "    {}: {}? {:?}. {} {}",
                it.label, it.text, it.answer, it.missing, it.note
            )
            .unwrap();
            if !it.request.is_empty() {
                writeln!(out, "        “{}”", it.request).unwrap();
            }
        }
    }
    out
}

fn finding(power: Power, allowed: Allowed) -> Finding {
    Finding { power, allowed }
}

fn no(missing: &str, note: &str) -> Allowed {
    Allowed::No {
        missing: missing.to_owned(),
        note: note.to_owned(),
    }
}

fn unknown() -> Allowed {
    Allowed::Unknown {
        note: "AWS does not say before you try.".to_owned(),
    }
}

fn account(kept: KeptAccount, origin: &str, hold: Hold, standing: Option<Standing>) -> Account {
    Account {
        origin: origin.to_owned(),
        kept: Some(kept),
        since: Some(at(-6 * 24 * 60)),
        hold,
        checked: standing.map(|standing| Checked {
            at: at(-2),
            result: Ok(standing),
        }),
        ..Account::default()
    }
}

fn github(hold: Hold) -> Account {
    let standing = Standing {
        identity: Identity::GitHub {
            login: "jun-park".to_owned(),
            name: "Jun Park".to_owned(),
        },
        ends: Some(at(38)),
        findings: vec![
            finding(Power::GitHubRead, Allowed::Yes),
            finding(Power::GitHubWrite, Allowed::Yes),
            finding(Power::GitHubPulls, Allowed::Yes),
        ],
        problem: None,
        page: None,
    };
    let origin = "https://api.github.com";
    account(KeptAccount::GitHubToken, origin, hold, Some(standing))
}

fn aws(kept: KeptAccount) -> Account {
    let standing = Standing {
        identity: Identity::Aws {
            account: "418295017734".to_owned(),
            arn: "arn:aws:sts::418295017734:assumed-role/Developer/jun".to_owned(),
        },
        ends: None,
        findings: vec![
            finding(Power::AwsWatch, no("logs:GetLogEvents", "")),
            finding(Power::AwsApprove, unknown()),
            finding(Power::AwsOperate, unknown()),
        ],
        problem: None,
        page: None,
    };
    let origin = "https://sts.us-east-2.amazonaws.com";
    account(kept, origin, Hold::InUse, Some(standing))
}

/// The pipeline is known, and with it the name of its approval.
fn seen(missing: &str) -> World {
    let mut account = aws(keys());
    if let Some(Checked { result: Ok(it), .. }) = &mut account.checked {
        it.findings[0].allowed = no(missing, "");
    }
    let mut world = with(Keychain::Open, vec![(Service::Aws, account)]);
    world.pipeline().account = "418295017734".to_owned();
    world
}

fn little() -> World {
    let mut account = github(Hold::InUse);
    if let Some(Checked { result: Ok(it), .. }) = &mut account.checked {
        it.findings = vec![
            finding(
                Power::GitHubRead,
                no("contents=read, pull_requests=read", ""),
            ),
            finding(Power::GitHubWrite, no("repo", "This token has gist.")),
            finding(
                Power::GitHubPulls,
                Allowed::Unknown {
                    note: "GitHub does not say before you try.".to_owned(),
                },
            ),
        ];
    }
    with(Keychain::Open, vec![(Service::GitHub, account)])
}

fn keys() -> KeptAccount {
    KeptAccount::AwsKeys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
    }
}

fn slack() -> Account {
    let standing = Standing {
        identity: Identity::SlackBot {
            team: "gitMLS".to_owned(),
            bot: "slipway".to_owned(),
        },
        ends: None,
        findings: vec![
            finding(
                Power::SlackPost,
                no("", "In #production-deployment, type /invite @slipway"),
            ),
            finding(Power::SlackFollow, no("groups:history", "")),
        ],
        problem: None,
        page: None,
    };
    let origin = "https://slack.com";
    account(KeptAccount::SlackBot, origin, Hold::InUse, Some(standing))
}

fn with(keychain: Keychain, services: Vec<(Service, Account)>) -> World {
    let mut world = World::maintenance();
    world.accounts.keychain = keychain;
    world.accounts.services = services.into_iter().collect();
    world
}

fn trouble(trouble: KeychainTrouble) -> Keychain {
    Keychain::Trouble {
        trouble,
        item: "GitHub token for https://api.github.com".to_owned(),
        raw: String::new(),
    }
}

#[test]
fn reads_as_prose() {
    let mut tried = aws(keys());
    tried.tried.insert(Power::AwsApprove, true);
    tried.tried.insert(Power::AwsOperate, false);

    let mut organisation = github(Hold::InUse);
    if let Some(Checked {
        result: Ok(standing),
        ..
    }) = &mut organisation.checked
    {
        standing.problem = Some(Problem::new(
            Code::Forbidden,
            "Your token is not authorised for this organisation's single sign-on.",
            "GitHub shows nothing of the organisation to it.",
            "Authorise it.",
        ));
        standing.page = Some("https://github.com/orgs/gitMLS/sso?x=1".to_owned());
    }

    let mut ended = github(Hold::InUse);
    ended.ends = Some(at(-1));
    let refusal = Problem::new(
        Code::SignedOut,
        "GitHub does not accept this token.",
        "Slipway cannot read GitHub with this sign-in; nothing was changed.",
        "Copy it again.",
    );
    let result = Err(ended.no_longer(at(0), &refusal));
    ended.checked = Some(Checked { at: at(0), result });

    let foreign = Hold::Foreign {
        origin: "http://127.0.0.1:4000".to_owned(),
    };
    let lost = Hold::Lost {
        trouble: KeychainTrouble::Forgotten,
        item: "GitHub token for https://api.github.com".to_owned(),
        raw: String::new(),
    };
    let profile = KeptAccount::AwsProfile {
        profile: "release".to_owned(),
    };
    let rows = [
        ("nobody is signed in", with(Keychain::Unused, vec![])),
        (
            "all are signed in",
            with(
                Keychain::Open,
                vec![
                    (Service::GitHub, github(Hold::InUse)),
                    (Service::Aws, aws(keys())),
                    (Service::Slack, slack()),
                ],
            ),
        ),
        (
            "a write was seen to work and another to be refused",
            with(Keychain::Open, vec![(Service::Aws, tried)]),
        ),
        (
            "a profile",
            with(Keychain::Unused, vec![(Service::Aws, aws(profile))]),
        ),
        (
            "the keychain is being opened",
            with(
                Keychain::Opening,
                vec![(Service::GitHub, github(Hold::Unread))],
            ),
        ),
        (
            "it is locked",
            with(
                trouble(KeychainTrouble::Locked),
                vec![(Service::GitHub, github(Hold::Unread))],
            ),
        ),
        (
            "there is none, on a fresh install",
            with(trouble(KeychainTrouble::Absent), vec![]),
        ),
        (
            "an item is missing",
            with(
                trouble(KeychainTrouble::Forgotten),
                vec![(Service::GitHub, github(lost))],
            ),
        ),
        (
            "in memory",
            with(
                Keychain::Memory,
                vec![(Service::GitHub, github(Hold::InMemory))],
            ),
        ),
        (
            "entered for another origin",
            with(Keychain::Unused, vec![(Service::GitHub, github(foreign))]),
        ),
        (
            "an organisation with single sign-on",
            with(Keychain::Open, vec![(Service::GitHub, organisation)]),
        ),
        (
            "a token that has expired",
            with(Keychain::Open, vec![(Service::GitHub, ended)]),
        ),
    ];
    let mut rows = rows.to_vec();
    let missing = "codepipeline:GetPipeline, codebuild:BatchGetBuilds";
    rows.push(("the pipeline was seen", seen(missing)));
    rows.push(("GitHub wants more", little()));
    let said: Vec<String> = rows
        .iter()
        .map(|(name, world)| format!("== {name}\n{}", prose(world)))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_keychain_covers_the_window_only_for_what_it_keeps_and_does_not_give() {
    use KeychainTrouble::{Absent, Ambiguous, Forgotten, Locked, Refused, TooLong};
    for (why, kept, covers) in [
        (Locked, true, true),
        (Absent, true, true),
        (Ambiguous, true, true),
        (Refused, true, true),
        (TooLong, true, false),
        (Forgotten, true, false),
        (Locked, false, false),
        (Absent, false, false),
    ] {
        let hold = if kept { Hold::Unread } else { Hold::InUse };
        let world = with(trouble(why), vec![(Service::GitHub, github(hold))]);
        let keychain = screen(&world).keychain;
        assert_eq!(keychain.covers, covers, "{why:?} {kept}");
        assert!(keychain.can_use_memory);
    }
}

#[test]
fn an_address_that_is_not_the_services_own_is_on_every_screen() {
    let mut elsewhere = github(Hold::InUse);
    elsewhere.origin = "http://127.0.0.1:4000".to_owned();
    elsewhere.elsewhere = true;
    elsewhere.pages = Some("https://ghe.example".to_owned());
    let world = with(
        Keychain::Open,
        vec![(Service::GitHub, elsewhere), (Service::Slack, slack())],
    );
    let view = view::view(&world.scene()).view;
    assert_eq!(
        view.waterline.elsewhere,
        [
            "GitHub at http://127.0.0.1:4000",
            "GitHub’s pages at https://ghe.example"
        ]
    );
    assert!(view.accounts.services[0].elsewhere && !view.accounts.services[2].elsewhere);
}
