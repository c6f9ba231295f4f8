//! Signing in: what is entered, what is kept of it where, and what is checked before anything is sent.

mod accounts;
mod kept;
mod keychain;
mod sign_in;

pub use accounts::{Account, Accounts};
pub use kept::KeptAccount;
pub use keychain::{Keychain, KeychainTrouble};
pub use sign_in::SignIn;
