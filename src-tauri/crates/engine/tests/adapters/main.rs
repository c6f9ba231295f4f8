//! The adapters against the pretended services, over the wire. What is asserted is the world and what was asked of it.

mod aws_answer;
mod aws_control;
mod aws_kept;
mod aws_log;
mod aws_look;
mod github_landed;
mod github_look;
mod github_pulls;
mod github_refused;
mod github_write;
mod problems;
mod profile;
mod slack;
mod stage;
mod timeouts;
mod webhook;
mod wrong;
