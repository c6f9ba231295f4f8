use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyring_core::CredentialStore;
use slipway_core::account::KeptAccount;

use super::{Failure, Item, Source, Vault};

/// A keychain that is there and does not answer before it is let go.
struct Hanging(Mutex<Receiver<()>>);

impl Source for Hanging {
    fn open(&self) -> Result<Arc<CredentialStore>, Failure> {
        let wait = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // The sender goes with the test.
        let _ = wait.recv();
        Err(Failure::Absent("it is gone".to_owned()))
    }

    fn is_locked(&self, _: &Item) -> Result<bool, Failure> {
        self.open().map(|_| false)
    }

    fn may_hide(&self, _: &Item) -> Result<bool, Failure> {
        self.open().map(|_| false)
    }
}

fn hanging() -> (Sender<()>, Vault) {
    let (go, wait) = channel();
    (go, Vault::over(Hanging(Mutex::new(wait))))
}

fn item() -> Item {
    Item::of(&KeptAccount::GitHubToken, "https://api.github.com").expect("it has one")
}

#[tokio::test]
async fn a_keychain_that_hangs_is_given_up_and_asked_no_second_time_until_it_came_back() {
    let (go, vault) = hanging();
    let moment = Duration::from_millis(50);
    let first = vault
        .call(moment, || Failure::Absent("given up".to_owned()), {
            let source = vault.source.clone();
            move |_| source.is_locked(&item())
        })
        .await;
    assert_eq!(first, Err(Failure::Absent("given up".to_owned())));
    let second = vault.is_locked(item()).await;
    assert_eq!(
        second,
        Err(Failure::Absent(super::SILENT.to_owned())),
        "it is answered at once, by nobody"
    );

    go.send(()).expect("somebody waits");
    let back = async {
        while vault.is_locked(item()).await == Err(Failure::Absent(super::SILENT.to_owned())) {
            // Each asks for the next answer, once the first thread is gone.
            let _ = go.send(());
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), back)
        .await
        .expect("it is asked again");
}
