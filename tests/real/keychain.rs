//! Secrets in the real keychain, with another program as the witness.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use slipway_core::account::KeptAccount;
use slipway_engine::vault::{Failure, Item, Vault};

use crate::inside;
use crate::keyring::{Keyring, files, plant, witness};

const SECRET: &str = "canary-7d1f0c4e-with-ümläut";

fn item() -> Item {
    item_for("https://api.github.com")
}

fn item_for(origin: &str) -> Item {
    Item::of(&KeptAccount::GitHubToken, origin).expect("it has one")
}

async fn read(vault: &Vault) -> Result<Option<String>, Failure> {
    let secret = vault.get(item()).await?;
    Ok(secret.map(|it| it.expose_secret().to_owned()))
}

#[test]
fn a_secret_is_kept_replaced_and_removed() {
    inside::run(
        "keychain::a_secret_is_kept_replaced_and_removed",
        async |folder: PathBuf| {
            let _keyring = Keyring::start(&folder);
            let vault = Vault::default();
            assert_eq!(read(&vault).await, Ok(None));

            for secret in ["first", SECRET] {
                vault
                    .set(item(), SecretString::from(secret))
                    .await
                    .expect("kept");
                assert_eq!(read(&vault).await, Ok(Some(secret.to_owned())));
            }
            assert_eq!(item().name(), "GitHub token for https://api.github.com");
            assert_eq!(witness(item().name()).as_deref(), Some(SECRET));
            let elsewhere = item_for("https://ghe.example");
            assert!(
                vault.get(elsewhere).await.expect("read").is_none(),
                "another origin's"
            );
            for file in std::fs::read_dir(files(&folder)).expect("the keyring has files") {
                let bytes = std::fs::read(file.expect("a file").path()).expect("read");
                let plain = bytes.windows(6).any(|it| it == &SECRET.as_bytes()[..6]);
                assert!(!plain, "the keyring itself keeps it in plain");
            }

            vault.remove(item()).await.expect("removed");
            vault.remove(item()).await.expect("removed again");
            assert_eq!(read(&vault).await, Ok(None));
            assert_eq!(witness(item().name()), None);
        },
    );
}

#[test]
fn two_items_of_one_name_are_not_guessed_between() {
    inside::run(
        "keychain::two_items_of_one_name_are_not_guessed_between",
        async |folder: PathBuf| {
            let _keyring = Keyring::start(&folder);
            let vault = Vault::default();
            vault
                .set(item(), SecretString::from(SECRET))
                .await
                .expect("kept");
            plant(item().name());

            assert_eq!(read(&vault).await, Err(Failure::Ambiguous(2)));
            let again = vault.set(item(), SecretString::from("other")).await;
            assert_eq!(again, Err(Failure::Ambiguous(2)));
        },
    );
}

#[test]
fn a_locked_one_says_so() {
    inside::run("keychain::a_locked_one_says_so", async |folder: PathBuf| {
        let keyring = Keyring::start(&folder);
        let before = Vault::default();
        before
            .set(item(), SecretString::from(SECRET))
            .await
            .expect("kept");
        drop((before, keyring));

        let _keyring = Keyring::start_locked(&folder);
        let vault = Vault::default();
        let locked = read(&vault).await;
        assert!(matches!(locked, Err(Failure::Locked(_))), "{locked:?}");
    });
}

#[test]
fn one_that_comes_later_is_found() {
    inside::run(
        "keychain::one_that_comes_later_is_found",
        async |folder: PathBuf| {
            let vault = Vault::default();
            let absent = read(&vault).await;
            assert!(matches!(absent, Err(Failure::Unopened(_))), "{absent:?}");
            let keyring = Keyring::start(&folder);
            vault
                .set(item(), SecretString::from(SECRET))
                .await
                .expect("kept");
            assert_eq!(read(&vault).await, Ok(Some(SECRET.to_owned())));

            drop(keyring);
            let gone = read(&vault).await;
            assert!(matches!(gone, Err(Failure::Absent(_))), "{gone:?}");
            let _keyring = Keyring::start(&folder);
            assert_eq!(read(&vault).await, Ok(Some(SECRET.to_owned())));
        },
    );
}
