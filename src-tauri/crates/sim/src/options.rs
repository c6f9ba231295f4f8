use std::path::PathBuf;

use jiff::Timestamp;

use crate::world::World;
use crate::{Credentials, Pace};

/// How to start a [`Sim`](crate::Sim). The default is a fresh world on ephemeral ports, kept in memory only.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The first of four consecutive ports (GitHub, Slack, AWS, control); `None` takes any that are free.
    pub port_base: Option<u16>,
    /// Where the world is kept, so that it survives the process.
    pub state_file: Option<PathBuf>,
    /// How fast the world moves, when it is fresh. A world that was read back keeps its own pace.
    pub pace: Pace,
    /// What a fresh world's clock shows at the start; the system's time if absent.
    pub start: Option<Timestamp>,
    /// The world to begin with, as another sim left it, when none is read back; a fresh one if absent.
    pub world: Option<Box<World>>,
    /// How many of the last requests are kept whole with their answers, see [`Sim::exchanges`](crate::Sim::exchanges).
    pub record: usize,
    /// What it accepts.
    pub credentials: Credentials,
}
