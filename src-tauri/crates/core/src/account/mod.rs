//! Signing in: what is entered, what is kept of it where, and what is checked before anything is sent.

mod keychain;
mod kept;
mod sign_in;

pub use keychain::{Keychain, KeychainTrouble};
pub use kept::KeptAccount;
pub use sign_in::SignIn;
