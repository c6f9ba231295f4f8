//! Waiting for something to become so, never longer than a limit.

use std::time::{Duration, Instant};

/// Long enough for a busy build server; a test that waits this long is about to fail.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

const INTERVAL: Duration = Duration::from_millis(40);

/// Asks until there is an answer; `None` once the limit has passed.
pub(crate) async fn until<T>(
    limit: Duration,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> Option<T> {
    let started_at = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return Some(answer);
        }
        if started_at.elapsed() > limit {
            return None;
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
