//! GitHub, Slack, CodePipeline, CodeBuild, CloudWatch Logs and STS, pretended on 127.0.0.1.
//!
//! A [`Sim`] holds one [`World`](world::World): the repository `gitMLS/etl`, the Slack channel
//! `production-deployment` and the pipeline `docker-production`. It shows that world over the services' own wire
//! protocols, so that the real clients run against it. It is the practice world of the app and the double in its
//! tests. It depends on nothing else of Slipway, and knows nothing about it.
//!
//! The world moves by its own clock: the system's time plus an offset that a script may advance. What goes wrong is
//! either a [`Fault`] on the wire or a sentinel in the name of a hotfix: `sim-build-fails`, `sim-quota`,
//! `sim-conflict`, `sim-empty`. The routes of the control endpoint are listed in [`control`].

#![recursion_limit = "256"] // the largest JSON literal is GitHub's repository

mod aws;
pub mod control;
mod credentials;
mod endpoints;
mod fault;
mod github;
mod held;
mod in_memory;
mod options;
mod pace;
mod practice_page;
mod recording;
mod reply;
mod request;
mod request_log;
mod server;
mod service;
mod sim;
mod slack;
mod stage;
mod state_file;
pub mod world;

pub use credentials::Credentials;
pub use endpoints::Endpoints;
pub use fault::{Canned, Fault, FaultKind};
pub use options::Options;
pub use pace::Pace;
pub use recording::{Answer, Exchange};
pub use request_log::LoggedRequest;
pub use service::Service;
pub use sim::Sim;
