//! The sim on the wire: what a client sends, what it gets, and what the world is then.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod approval;
mod aws;
mod binary;
mod clock;
mod control;
mod credentials;
mod faults;
mod github;
mod github_branches;
mod github_merge;
mod github_read;
mod github_renamed;
mod pipelines;
mod recorded;
mod recording;
mod release;
mod slack;
mod state;
mod table;
