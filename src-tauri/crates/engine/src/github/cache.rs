//! Answers that GitHub need not send twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const ENTRIES: usize = 512;
const BYTES: usize = 16 << 20;

/// An answer with the ETag that names it ("Use conditional requests", REST best practices).
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) etag: String,
    pub(super) body: Vec<u8>,
    /// The path of the next page.
    pub(super) next: Option<String>,
}

/// The newest answers by path, bounded in number and size. One token and one media type, so the path is enough.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, (u64, Arc<Answer>)>,
    bytes: usize,
    clock: u64,
}

impl Cache {
    /// What is known of a path.
    pub(super) fn find(&self, path: &str) -> Option<Arc<Answer>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clock += 1;
        let now = kept.clock;
        let (used, answer) = kept.answers.get_mut(path)?;
        *used = now;
        Some(Arc::clone(answer))
    }

    /// Keeps an answer; the ones that were not asked for the longest make room.
    pub(super) fn keep(&self, path: &str, answer: Arc<Answer>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clock += 1;
        let now = kept.clock;
        kept.bytes += answer.body.len();
        if let Some((_, old)) = kept.answers.insert(path.to_owned(), (now, answer)) {
            kept.bytes -= old.body.len();
        }
        while kept.answers.len() > ENTRIES || (kept.bytes > BYTES && kept.answers.len() > 1) {
            let oldest = kept
                .answers
                .iter()
                .min_by_key(|(_, (used, _))| *used)
                .map(|(path, _)| path.clone());
            let Some((_, gone)) = oldest.and_then(|path| kept.answers.remove(&path)) else {
                return;
            };
            kept.bytes -= gone.body.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_what_was_not_asked_for_the_longest() {
        let cache = Cache::default();
        let answer = |size| {
            Arc::new(Answer {
                etag: String::new(),
                body: vec![0; size],
                next: None,
            })
        };
        for number in 0..ENTRIES {
            cache.keep(&number.to_string(), answer(1));
        }
        assert!(cache.find("0").is_some());
        cache.keep("new", answer(1));
        assert!(
            cache.find("0").is_some() && cache.find("new").is_some() && cache.find("1").is_none()
        );
        cache.keep("huge", answer(BYTES));
        assert!(cache.find("huge").is_some() && cache.find("new").is_none());
    }
}
