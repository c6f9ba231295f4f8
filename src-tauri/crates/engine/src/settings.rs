//! What an engine is started with.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::view::Mode;

use crate::clock::{Clock, System};
use crate::endpoints::{Accounts, Endpoints};
use crate::journal::Folder;
use crate::vault::Vault;

/// Larger than any log that anybody reads.
const LOG_LIMIT: u64 = 512_000_000;

/// What an engine is started with.
pub struct Settings {
    /// Where files go that a person asks for: below the data folder, unless told otherwise.
    pub downloads: PathBuf,
    /// Where the journal is kept.
    pub data_dir: PathBuf,
    /// That folder, if it was taken already; otherwise the engine takes it.
    pub folder: Option<Folder>,
    /// Why it cannot do its work, if that is known before it starts.
    pub trouble: Option<Problem>,
    /// Practice or real.
    pub mode: Mode,
    /// The team's settings.
    pub team: Team,
    /// Where the services are.
    pub endpoints: Endpoints,
    /// Who is signed in to them for this run, without being asked.
    pub accounts: Accounts,
    /// How much of a log is kept while it is open, in bytes on the disk.
    pub log_limit: u64,
    /// Where sign-ins are kept; `None` in practice, where nobody signs in.
    pub vault: Option<Vault>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// This computer's time zone (IANA name).
    pub zone: String,
}

impl Settings {
    /// The built-in team on this computer's clock and time zone.
    pub fn new(
        data_dir: impl Into<PathBuf>,
        mode: Mode,
        endpoints: Endpoints,
        accounts: Accounts,
    ) -> Self {
        let data_dir = data_dir.into();
        Self {
            downloads: data_dir.join("saved"),
            data_dir,
            folder: None,
            trouble: None,
            mode,
            team: Team::default(),
            endpoints,
            accounts,
            log_limit: LOG_LIMIT,
            vault: (mode == Mode::Real).then(Vault::default),
            clock: Arc::new(System),
            zone: local_zone(),
        }
    }

    /// Signed in to nothing, and why, where the engine does not find that out by itself.
    pub fn nowhere(data_dir: impl Into<PathBuf>, mode: Mode, trouble: Option<Problem>) -> Self {
        Self {
            trouble,
            ..Self::new(data_dir, mode, Endpoints::default(), Accounts::default())
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("data_dir", &self.data_dir)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

fn local_zone() -> String {
    jiff::tz::TimeZone::system()
        .iana_name()
        .unwrap_or("UTC")
        .to_owned()
}
