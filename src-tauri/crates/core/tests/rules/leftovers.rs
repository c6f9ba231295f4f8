//! Which items the keychain may hold for no sign-in, after each record and after a program that ended between two.

use slipway_core::account::{KeptAccount, Keychain};
use slipway_core::desktop::{Desktop, DesktopEntry, DesktopRecord};
use slipway_core::service::Service;
use slipway_core::view;

use crate::world::{World, at};

const HERE: &str = "https://api.github.com";
const THERE: &str = "https://ghe.example";

fn keys(id: &str) -> KeptAccount {
    KeptAccount::AwsKeys {
        access_key_id: id.to_owned(),
    }
}

fn profile() -> KeptAccount {
    KeptAccount::AwsProfile {
        profile: "release".to_owned(),
    }
}

fn keeping(account: KeptAccount, origin: &str) -> DesktopRecord {
    let origin = origin.to_owned();
    DesktopRecord::Keeping { account, origin }
}

fn signed_in(account: KeptAccount, origin: &str) -> DesktopRecord {
    let origin = origin.to_owned();
    DesktopRecord::SignedIn { account, origin }
}

fn removed(account: KeptAccount, origin: &str) -> DesktopRecord {
    let origin = origin.to_owned();
    DesktopRecord::Removed { account, origin }
}

fn out(service: Service) -> DesktopRecord {
    DesktopRecord::SignedOut { service }
}

fn fold(records: Vec<DesktopRecord>) -> Desktop {
    let entries: Vec<DesktopEntry> = records
        .into_iter()
        .map(|record| DesktopEntry { at: at(0), record })
        .collect();
    Desktop::fold(&entries)
}

#[test]
fn no_item_is_forgotten() {
    use KeptAccount::{GitHubToken, SlackBot, SlackWebhook};
    let token = "GitHub token for https://api.github.com";
    let rows = [
        ("begun", vec![keeping(GitHubToken, HERE)], vec![token]),
        (
            "begun twice",
            vec![keeping(GitHubToken, HERE), keeping(GitHubToken, HERE)],
            vec![token],
        ),
        (
            "finished",
            vec![keeping(GitHubToken, HERE), signed_in(GitHubToken, HERE)],
            vec![],
        ),
        (
            "begun and taken back",
            vec![keeping(GitHubToken, HERE), removed(GitHubToken, HERE)],
            vec![],
        ),
        (
            "a new token in the item of the one in use",
            vec![signed_in(GitHubToken, HERE), keeping(GitHubToken, HERE)],
            vec![],
        ),
        (
            "a new token for another origin, begun",
            vec![signed_in(GitHubToken, HERE), keeping(GitHubToken, THERE)],
            vec!["GitHub token for https://ghe.example"],
        ),
        (
            "the same, finished",
            vec![
                signed_in(GitHubToken, HERE),
                keeping(GitHubToken, THERE),
                signed_in(GitHubToken, THERE),
            ],
            vec![token],
        ),
        (
            "another AWS key, begun",
            vec![signed_in(keys("AKIA1"), HERE), keeping(keys("AKIA2"), HERE)],
            vec!["AWS secret access key AKIA2 for https://api.github.com"],
        ),
        (
            "another AWS key, finished",
            vec![
                signed_in(keys("AKIA1"), HERE),
                keeping(keys("AKIA2"), HERE),
                signed_in(keys("AKIA2"), HERE),
            ],
            vec!["AWS secret access key AKIA1 for https://api.github.com"],
        ),
        (
            "a profile in the place of a key",
            vec![signed_in(keys("AKIA1"), HERE), signed_in(profile(), HERE)],
            vec!["AWS secret access key AKIA1 for https://api.github.com"],
        ),
        (
            "a profile has none",
            vec![signed_in(profile(), HERE), out(Service::Aws)],
            vec![],
        ),
        (
            "another kind",
            vec![signed_in(SlackBot, HERE), signed_in(SlackWebhook, THERE)],
            vec!["Slack bot token for https://api.github.com"],
        ),
        (
            "signed out",
            vec![signed_in(GitHubToken, HERE), out(Service::GitHub)],
            vec![token],
        ),
        (
            "signed out, and removed",
            vec![
                signed_in(GitHubToken, HERE),
                out(Service::GitHub),
                removed(GitHubToken, HERE),
            ],
            vec![],
        ),
        (
            "signed out, and in again",
            vec![
                signed_in(GitHubToken, HERE),
                out(Service::GitHub),
                signed_in(GitHubToken, HERE),
            ],
            vec![],
        ),
    ];
    for (name, records, left) in rows {
        let desktop = fold(records);
        let names: Vec<String> = desktop.leftovers.iter().map(|it| it.name()).collect();
        assert_eq!(names, left, "{name}");
    }
}

#[test]
fn the_keychains_row_names_one_until_it_is_gone() {
    let records = vec![
        signed_in(KeptAccount::GitHubToken, HERE),
        out(Service::GitHub),
    ];
    let mut world = World::maintenance();
    world.desktop = fold(records);
    let mut said = Vec::new();
    for keychain in [Keychain::Unused, Keychain::Open, Keychain::Memory] {
        world.accounts.keychain = keychain;
        said.push(view::view(&world.scene()).view.accounts.keychain.text);
    }
    insta::assert_snapshot!(said.join("\n"));
}
