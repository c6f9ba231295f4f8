//! Signing in: what is entered, what is kept of it where, and what is checked before anything is sent.

mod accounts;
mod checked;
mod kept;
mod keychain;
mod sign_in;

pub use accounts::{Account, Accounts, Hold};
pub use checked::{Allowed, Checked, Finding, Identity, Power, Standing};
pub use kept::KeptAccount;
pub use keychain::{Keychain, KeychainTrouble};
pub use sign_in::SignIn;
