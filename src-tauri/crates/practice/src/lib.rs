//! The practice world: a simulation of all the services inside this process, with its own data folder.

use std::path::PathBuf;

use slipway_core::view::Mode;
use slipway_engine::endpoints::{Accounts, AwsAccount, AwsKeys, Endpoints, SlackAccount};
use slipway_engine::journal::Folder;
use slipway_engine::{Settings, trouble};
use slipway_sim::{Options, Sim};

/// The pretended services, running.
pub struct World(Sim);

impl World {
    /// Ends them; the world is kept for the next time.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

/// Starts the world as it was left, and tells how an engine is signed in to it. When there can be no world, that engine
/// runs without accounts and its views say what is wrong with the folder.
pub async fn start(data: PathBuf) -> (Settings, Option<World>) {
    // Taken first: two processes would overwrite each other's world.
    let folder = match Folder::take(&data) {
        Ok(folder) => folder,
        Err(problem) => {
            tracing::error!(%problem, "there is no practice world");
            return (Settings::nowhere(data, Mode::Practice, None), None);
        }
    };
    let options = Options {
        state_file: Some(data.join("world.json")),
        ..Options::default()
    };
    match Sim::start(options).await {
        Ok(sim) => {
            if let Err(error) = sim.endpoints().write(&data.join("sim.json")) {
                tracing::warn!(%error, "where the practice world listens cannot be written down");
            }
            let pretended = endpoints(sim.endpoints());
            let mut settings = Settings::new(data, Mode::Practice, pretended, accounts());
            settings.folder = Some(folder);
            (settings, Some(World(sim)))
        }
        Err(error) => {
            drop(folder);
            tracing::error!(%error, "the practice world does not start");
            let problem = trouble::no_practice_world(&error.to_string());
            (Settings::nowhere(data, Mode::Practice, Some(problem)), None)
        }
    }
}

fn endpoints(sim: &slipway_sim::Endpoints) -> Endpoints {
    Endpoints {
        github_api: sim.github.clone(),
        slack_api: format!("{}/api", sim.slack),
        aws: Some(sim.aws.clone()),
        ..Endpoints::default()
    }
}

/// They open nothing but the practice world, and are kept in memory only.
fn accounts() -> Accounts {
    let sim = Sim::credentials();
    Accounts {
        github: Some(sim.github_token.into()),
        slack: Some(SlackAccount::Bot(sim.slack_bot_token.into())),
        aws: Some(AwsAccount::Keys(AwsKeys {
            access_key_id: sim.aws_access_key_id,
            secret_access_key: sim.aws_secret_access_key.into(),
            session_token: None,
        })),
    }
}
