//! Every write × everything that can go wrong with it.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cell;
use crate::fault::of_write;
use crate::part::Part;
use crate::pilot::Pilot;
use crate::table::Table;
use crate::write::Write;

/// An ordinary run plays one cell in as many.
const SHARE: usize = 4;
/// Cells at a time; they mostly wait.
const AT_ONCE: usize = 24;

#[tokio::test(flavor = "multi_thread")]
async fn every_write_that_meets_any_fault_is_made_once_or_says_what_to_do() {
    Pilot::flown().await;
    let part = Part::of(SHARE);
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut cells = JoinSet::new();
    let mut all = 0;
    let mut played = Vec::new();
    for (row, write) in Write::ALL.iter().enumerate() {
        for (column, fault) in of_write(*write).into_iter().enumerate() {
            all += 1;
            if part.plays(&format!("{write:?} {}", fault.name), row, column) {
                played.push((*write, fault));
            }
        }
    }
    let expected = played.len();
    // Those that wait longest begin first.
    let (slow, quick): (Vec<_>, Vec<_>) = played
        .into_iter()
        .partition(|(_, fault)| fault.name == "timeout");
    for (write, fault) in slow.into_iter().chain(quick) {
        let room = room.clone();
        cells.spawn(async move {
            let _place = room.acquire_owned().await;
            let began = Instant::now();
            let played = tokio::spawn({
                let fault = fault.clone();
                async move { cell::play(write, &fault).await }
            });
            let came = played.await.unwrap_or_else(|panic| Err(panic.to_string()));
            (write, fault.name, (came, began.elapsed()))
        });
    }
    let mut table = Table::new("writes", all);
    while let Some(cell) = cells.join_next().await {
        let (write, fault, came) = cell.expect("a cell is caught");
        table.note(format!("{write:?}"), fault, came);
    }
    assert_eq!(table.len(), expected);
    table.assert_good();
}
