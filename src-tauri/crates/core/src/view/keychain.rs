//! The keychain's row and screen.

use crate::account::{Hold, Keychain, KeychainTrouble};
use crate::text::line;
use crate::view::{KeychainView, Scene, Tone};

impl KeychainView {
    pub(super) fn draw(scene: &Scene<'_>) -> Self {
        let accounts = scene.accounts;
        let keychain = &accounts.keychain;
        let out_of_reach = accounts
            .services
            .values()
            .any(|account| account.hold.is_out_of_reach());
        let in_memory = accounts
            .services
            .values()
            .any(|account| account.hold == Hold::InMemory);
        let (word, text, tone) = match keychain {
            Keychain::Unused => (
                "Not used yet",
                "It will keep the sign-ins below.",
                Tone::Quiet,
            ),
            Keychain::Opening => (
                "Opening",
                "It may ask for your computer password.",
                Tone::Wait,
            ),
            Keychain::Open if in_memory => (
                "Unlocked",
                "It keeps the sign-ins below, except those that are in memory only.",
                Tone::Good,
            ),
            Keychain::Open => (
                "Unlocked",
                "Keeps the sign-ins below. They are stored nowhere else.",
                Tone::Good,
            ),
            Keychain::Trouble { trouble, .. } => (
                trouble.word(),
                trouble_text(*trouble, out_of_reach),
                Tone::Bad,
            ),
            Keychain::Memory if out_of_reach => (
                "Not used",
                "Sign-ins are kept in memory and forgotten when you quit. Those in the keychain stay there, unused.",
                Tone::Wait,
            ),
            Keychain::Memory => (
                "Not used",
                "Sign-ins are kept in memory and forgotten when you quit.",
                Tone::Wait,
            ),
        };
        let (trouble, problem) = match keychain {
            Keychain::Trouble { trouble, item, raw } => {
                let problem = trouble.problem(item, raw);
                (Some(*trouble), Some(problem))
            }
            Keychain::Unused | Keychain::Opening | Keychain::Open | Keychain::Memory => {
                (None, None)
            }
        };
        Self {
            word: word.to_owned(),
            text: with_leftover(scene, text),
            tone,
            opening: *keychain == Keychain::Opening,
            covers: out_of_reach && trouble.is_some_and(covers),
            can_use_memory: trouble.is_some(),
            trouble,
            problem,
        }
    }
}

/// It may hold what belongs to no sign-in any more, and says so until that is gone.
fn with_leftover(scene: &Scene<'_>, text: &str) -> String {
    let resting = match scene.accounts.keychain {
        Keychain::Unused | Keychain::Open | Keychain::Memory => true,
        Keychain::Opening | Keychain::Trouble { .. } => false,
    };
    match scene.desktop.leftovers.first().filter(|_| resting) {
        Some(leftover) => format!(
            "{text} The keychain may still hold the {}, which is not used. Slipway removes it by itself when it can.",
            line(&leftover.name(), 300)
        ),
        None => text.to_owned(),
    }
}

fn trouble_text(trouble: KeychainTrouble, out_of_reach: bool) -> &'static str {
    match (trouble, out_of_reach) {
        (KeychainTrouble::Forgotten, _) => "A sign-in that it kept is not there any more.",
        (KeychainTrouble::TooLong, _) => "A sign-in was not kept.",
        (_, true) => "Slipway cannot read the sign-ins that it keeps there.",
        (_, false) => "It did not take a sign-in. No sign-in is lost.",
    }
}

/// A sign-in that is not there any more is entered anew, on the screen that would be covered.
fn covers(trouble: KeychainTrouble) -> bool {
    match trouble {
        KeychainTrouble::Locked
        | KeychainTrouble::Absent
        | KeychainTrouble::Ambiguous
        | KeychainTrouble::Refused => true,
        KeychainTrouble::TooLong | KeychainTrouble::Forgotten => false,
    }
}
