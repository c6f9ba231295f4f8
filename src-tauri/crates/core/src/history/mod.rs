//! What is over: releases that ended or were put aside, each as one row; how they are looked for; and what a person may
//! ask for there. A row is derived from the release's records, which stay the truth.

mod approver;
mod ask;
mod ending;
mod page;
mod past_release;
mod query;
mod search_text;
mod summary;

pub use approver::Approver;
pub use ask::HistoryAsk;
pub use ending::{Ending, PastResult};
pub use page::{History, HistoryPage, Opened, PAGE, Saved, Tally};
pub use past_release::PastRelease;
pub use query::HistoryQuery;
pub use search_text::search_text;
pub use summary::Summary;
