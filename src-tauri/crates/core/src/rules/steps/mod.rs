//! When each step is done, and what it waits for.

pub(crate) mod announce;
pub(crate) mod approval;
pub(crate) mod branch;
pub(crate) mod build;
pub(crate) mod database;
pub(crate) mod etl;
pub(crate) mod finish;
pub(crate) mod gate;
pub(crate) mod merge;
pub(crate) mod past;
