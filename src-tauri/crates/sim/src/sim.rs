use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::recording::Recording;
use crate::server::Server;
use crate::stage::Stage;
use crate::state_file::StateFile;
use crate::world::World;
use crate::{Credentials, Endpoints, Exchange, LoggedRequest, Options, Service, control};

const TICK: Duration = Duration::from_millis(200);

/// A running sim: four servers on loopback and the world behind them.
pub struct Sim {
    stage: Stage,
    endpoints: Endpoints,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Sim {
    /// Reads the world back or makes a fresh one, and listens. Needs a Tokio runtime.
    pub async fn start(options: Options) -> io::Result<Sim> {
        let github = Server::bind(port(&options, 0)?).await?;
        let slack = Server::bind(port(&options, 1)?).await?;
        let aws = Server::bind(port(&options, 2)?).await?;
        let control = Server::bind(port(&options, 3)?).await?;
        let endpoints = Endpoints {
            github: github.url()?,
            slack: slack.url()?,
            aws: aws.url()?,
            control: control.url()?,
            control_token: (0..32).map(|_| fastrand::alphanumeric()).collect(),
        };

        let stage = Stage::set(options.state_file.map(StateFile::at), || {
            if let Some(world) = options.world {
                return *world;
            }
            let system = Timestamp::now();
            let start = options.start.unwrap_or(system);
            let mut world = World::fresh(start, options.pace);
            world.clock_offset = start.duration_since(system);
            world
        })?;
        stage.with(|inner| {
            inner.recording = Recording::of(options.record);
            inner.world.listen_at(endpoints.clone());
            inner.world.credentials = options.credentials;
            ((), true)
        });

        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for (server, service) in [
            (github, Service::Github),
            (slack, Service::Slack),
            (aws, Service::Aws),
        ] {
            let stage = stage.clone();
            tasks.spawn(server.serve(
                move |request| stage.receive(service, request),
                stopped.clone(),
            ));
        }
        let (controlled, token) = (stage.clone(), endpoints.control_token.clone());
        tasks.spawn(control.serve(
            move |request| control::answer(&controlled, &token, request),
            stopped.clone(),
        ));
        tasks.spawn(tick(stage.clone(), stopped));
        Ok(Sim {
            stage,
            endpoints,
            stop,
            tasks,
        })
    }

    /// Where it listens.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The credentials that it accepts unless its [`Options`] name others.
    pub fn credentials() -> Credentials {
        Credentials::default()
    }

    /// Looks at the world, or changes it, at its present time.
    pub fn with_world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.stage.with(|inner| (act(&mut inner.world), true))
    }

    /// Moves the world's clock on; everything that is due on the way happens at its own time.
    pub fn advance(&self, by: Duration) {
        self.stage
            .advance(SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX));
    }

    /// The requests received so far, oldest first.
    pub fn requests(&self) -> Vec<Arc<LoggedRequest>> {
        self.stage.with(|inner| (inner.log.of(None), false))
    }

    /// The requests recorded with their answers, oldest first; as many as [`Options::record`] asked for.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.stage
            .with(|inner| (inner.recording.exchanges().cloned().collect(), false))
    }

    /// Why the world could not be written to its state file, the last time that was tried.
    pub fn not_kept(&self) -> Option<String> {
        self.stage.with(|inner| (inner.not_kept.clone(), false))
    }

    /// Stops listening and drops all connections. The world stays in its state file.
    pub async fn stop(mut self) {
        // Fails only if all tasks have ended already.
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim")
            .field("github", &self.endpoints.github)
            .finish_non_exhaustive()
    }
}

fn port(options: &Options, offset: u16) -> io::Result<u16> {
    match options.port_base {
        None | Some(0) => Ok(0),
        Some(base) => base.checked_add(offset).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "the port base is too high")
        }),
    }
}

async fn tick(stage: Stage, mut stopped: watch::Receiver<bool>) {
    let mut interval = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = interval.tick() => stage.with(|_| ((), false)),
        }
    }
}
