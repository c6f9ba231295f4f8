//! The log: one file a day in the data folder, a few of them kept.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

const DAYS: usize = 7;

/// Starts logging. Without a folder that can be written it goes to the standard error.
pub(crate) fn start(data: &Path) {
    let usual = || Targets::new().with_default(LevelFilter::INFO);
    let asked = std::env::var("RUST_LOG").ok();
    let filter: Targets = asked.and_then(|it| it.parse().ok()).unwrap_or_else(usual);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("slipway")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(data.join("logs"));
    let log = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer();
    // It is written at once, so that the last line before a crash is there. An earlier logger would have it already.
    let _ = match file {
        Ok(file) => log
            .with(lines.with_ansi(false).with_writer(file))
            .try_init(),
        Err(_) => log.with(lines.with_writer(std::io::stderr)).try_init(),
    };
    log_panics();
}

fn log_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        usual(panic);
    }));
}
