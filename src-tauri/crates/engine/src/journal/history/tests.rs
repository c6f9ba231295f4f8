use jiff::civil::date;
use slipway_core::declaration::Declaration;
use slipway_core::history::{HistoryQuery, PAGE, PastRelease, PastResult, Summary};
use slipway_core::ids::{ReleaseId, Sha};
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Milestone, Record};
use slipway_core::release::Release;
use slipway_core::time::At;
use sqlx::Executor;
use tempfile::TempDir;

use super::super::{Folder, Journal, Opened};

const DAY: i64 = 86_400_000;
/// 24 November 2026, noon UTC.
const NOW: At = At(1_795_521_600_000);

/// So many days ago.
fn ago(days: i64) -> At {
    At(NOW.0 - days * DAY)
}

fn entry(release: &str, at: At, record: Record) -> Entry {
    Entry {
        release: release.into(),
        at,
        by: "Dana Whitfield".to_owned(),
        record,
    }
}

fn opened(release: &str, at: At) -> Entry {
    let kind = if release.starts_with("hotfix") {
        Kind::Hotfix
    } else {
        Kind::Maintenance
    };
    let record = Record::Opened {
        kind,
        date: date(2026, 11, 24),
        fix_name: None,
        adopted: false,
    };
    entry(release, at, record)
}

/// What a deploy leaves in the journal, short.
fn deployed(release: &str, at: At) -> Vec<Entry> {
    let saw = |milestone| entry(release, at, Record::Saw { milestone });
    vec![
        opened(release, at),
        saw(Milestone::Landed {
            sha: Sha::from("4be19d2"),
            by: Some("tomás".to_owned()),
            at,
        }),
        saw(Milestone::ApprovalAnswered {
            execution: "ours".into(),
            approved: true,
            by: Some("lee".to_owned()),
            comment: String::new(),
            at,
        }),
        saw(Milestone::BuildEnded {
            succeeded: true,
            at: at.plus_seconds(600),
        }),
        entry(
            release,
            at,
            Record::Declared {
                declaration: Declaration::ResultShared,
            },
        ),
    ]
}

fn aside(release: &str, at: At) -> Vec<Entry> {
    vec![opened(release, at), entry(release, at, Record::Closed)]
}

fn summary(entries: &[Entry], followed: bool) -> Summary {
    let release = Release::fold(entries).expect("a release");
    Summary::of(&release, PastRelease::of(&release), followed)
}

async fn open(folder: &TempDir) -> Opened {
    let folder = Folder::take(folder.path()).expect("the folder is free");
    Journal::open(folder, date(2026, 11, 24))
        .await
        .expect("the journal opens")
}

async fn names(journal: &mut Journal, query: &HistoryQuery) -> Vec<String> {
    let page = journal.page(query, NOW).await.expect("read");
    page.rows.into_iter().map(|row| row.release.0).collect()
}

fn text(text: &str) -> HistoryQuery {
    HistoryQuery {
        text: text.to_owned(),
        ..HistoryQuery::default()
    }
}

/// Three deploys that are over, and one in progress.
async fn some(folder: &TempDir) {
    let mut journal = open(folder).await.journal;
    for entries in [
        deployed("maintenance-a", ago(30)),
        aside("hotfix-b", ago(20)),
        deployed("hotfix-c", ago(100)),
    ] {
        journal.append(&entries).await.expect("written");
        let summary = summary(&entries, false);
        journal.summarise(&summary).await.expect("kept");
    }
    let going = [opened("hotfix-going", ago(0))];
    journal.append(&going).await.expect("written");
    journal.close().await;
}

#[tokio::test]
async fn what_is_over_is_found_by_words_kind_and_result_newest_first() {
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    let mut journal = open(&folder).await.journal;
    let all = ["hotfix-b", "maintenance-a", "hotfix-c"];
    assert_eq!(names(&mut journal, &HistoryQuery::default()).await, all);
    assert_eq!(
        names(&mut journal, &text("TOMAS 4be19d2")).await,
        ["maintenance-a", "hotfix-c"]
    );
    assert_eq!(
        names(&mut journal, &text("dana hotfix lee")).await,
        ["hotfix-c"]
    );
    assert_eq!(names(&mut journal, &text("' OR 1 -- %")).await, [""; 0]);
    let hotfixes = HistoryQuery {
        kind: Some(Kind::Hotfix),
        ..HistoryQuery::default()
    };
    assert_eq!(
        names(&mut journal, &hotfixes).await,
        ["hotfix-b", "hotfix-c"]
    );
    let aside = HistoryQuery {
        result: Some(PastResult::PutAside),
        ..HistoryQuery::default()
    };
    assert_eq!(names(&mut journal, &aside).await, ["hotfix-b"]);
    let page = journal.page(&aside, NOW).await.expect("read");
    let lately: Vec<_> = page
        .lately
        .iter()
        .map(|tally| (tally.result, tally.count))
        .collect();
    assert_eq!((page.total, page.all), (1, 3));
    assert_eq!(
        lately,
        [(PastResult::Deployed, 1), (PastResult::PutAside, 1)]
    );
    assert_eq!(
        journal.matching(&hotfixes).await.expect("read"),
        [ReleaseId::from("hotfix-b"), ReleaseId::from("hotfix-c")]
    );
}

#[tokio::test]
async fn a_page_is_never_longer_than_fifty() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let entries: Vec<Entry> = (0..120)
        .flat_map(|n| deployed(&format!("maintenance-{n:03}"), ago(n + 3)))
        .collect();
    journal.append(&entries).await.expect("written");
    journal.close().await;
    // Nobody summarised them: a history that is not there is made from the journal.
    std::fs::remove_file(folder.path().join("history.db")).expect("removed");
    let mut journal = open(&folder).await.journal;
    let pages = [(0, 50), (50, 50), (100, 20), (150, 0)];
    for (from, rows) in pages {
        let query = HistoryQuery {
            from,
            ..HistoryQuery::default()
        };
        let page = journal.page(&query, NOW).await.expect("read");
        assert_eq!((page.rows.len(), page.total), (rows, 120), "from {from}");
        assert!(page.rows.len() <= PAGE as usize);
    }
    assert_eq!(journal.newest().await.expect("read").len(), 50);
    assert_eq!(
        journal
            .matching(&HistoryQuery::default())
            .await
            .expect("read")
            .len(),
        120
    );
}

#[tokio::test]
async fn the_records_of_what_is_over_are_not_read_at_the_start() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let over = deployed("maintenance-a", ago(30));
    journal.append(&over).await.expect("written");
    // Whoever reads this finds that it is damaged.
    let row = r#"INSERT INTO entries (release, at, "by", record) VALUES ('maintenance-a', 0, '', '{"type":"?"}')"#;
    journal.connection.execute(row).await.expect("written");
    let rests = summary(&over, false);
    journal.summarise(&rests).await.expect("kept");
    let going = [opened("hotfix-going", ago(0))];
    journal.append(&going).await.expect("written");
    journal.close().await;

    let again = open(&folder).await;
    assert!(again.damaged.is_none(), "it was read");
    assert_eq!(again.entries, going);
    let newest: Vec<_> = again
        .newest
        .iter()
        .map(|row| row.release.as_str())
        .collect();
    assert_eq!(newest, ["maintenance-a"]);
}

#[tokio::test]
async fn what_may_have_something_left_to_do_is_taken_up_again() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let over = deployed("maintenance-a", ago(0));
    journal.append(&over).await.expect("written");
    let followed = summary(&over, true);
    journal.summarise(&followed).await.expect("kept");
    journal.close().await;

    let mut again = open(&folder).await;
    assert_eq!(again.entries, over);
    assert_eq!(
        names(&mut again.journal, &HistoryQuery::default()).await,
        ["maintenance-a"]
    );
}

#[tokio::test]
async fn what_was_written_after_the_last_row_is_not_overlooked() {
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    let mut journal = open(&folder).await.journal;
    // One is taken up again, one is put aside; then the program is killed.
    let again = [opened("hotfix-b", ago(0))];
    let aside = [entry("hotfix-going", ago(0), Record::Closed)];
    journal.append(&again).await.expect("written");
    journal.append(&aside).await.expect("written");
    drop(journal);

    let mut after = open(&folder).await;
    let taken_up: Vec<_> = after.entries.iter().map(|it| it.release.as_str()).collect();
    assert_eq!(taken_up, ["hotfix-b", "hotfix-b", "hotfix-b"]);
    let rows = names(&mut after.journal, &text("hotfix-going")).await;
    assert_eq!(rows, ["hotfix-going"], "it got its row");
}

#[tokio::test]
async fn a_release_that_goes_on_is_not_over() {
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    let mut journal = open(&folder).await.journal;
    let on = [aside("hotfix-b", ago(20)), vec![opened("hotfix-b", ago(0))]].concat();
    journal.append(&on[2..]).await.expect("written");
    journal.summarise(&summary(&on, true)).await.expect("kept");
    assert_eq!(
        names(&mut journal, &HistoryQuery::default()).await,
        ["maintenance-a", "hotfix-c"]
    );
}

#[tokio::test]
async fn one_that_is_missing_damaged_or_of_another_shape_is_made_anew() {
    type Spoil = fn(&std::path::Path);
    let spoils: [(&str, Spoil); 4] = [
        ("missing", |file| {
            std::fs::remove_file(file).expect("removed");
        }),
        ("nothing of ours", |file| {
            std::fs::write(file, b"nothing".repeat(3000)).expect("written");
        }),
        ("cut off", |file| {
            let whole = std::fs::read(file).expect("read");
            std::fs::write(file, &whole[..whole.len() / 2]).expect("written");
        }),
        ("overwritten within", |file| {
            let mut whole = std::fs::read(file).expect("read");
            whole[4096..].fill(0x55);
            std::fs::write(file, whole).expect("written");
        }),
    ];
    for (how, spoil) in spoils {
        let folder = TempDir::new().expect("a folder");
        some(&folder).await;
        spoil(&folder.path().join("history.db"));
        let mut again = open(&folder).await;
        assert!(again.damaged.is_none(), "{how}: the journal is whole");
        assert_eq!(again.entries, [opened("hotfix-going", ago(0))], "{how}");
        assert_eq!(
            names(&mut again.journal, &HistoryQuery::default()).await,
            ["hotfix-b", "maintenance-a", "hotfix-c"],
            "{how}"
        );
    }
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    let mut journal = open(&folder).await.journal;
    let history = journal.history.as_mut().expect("there is one");
    let shape = history
        .connection
        .execute("PRAGMA user_version = 99; DELETE FROM releases");
    shape.await.expect("written");
    journal.close().await;
    let mut again = open(&folder).await.journal;
    assert_eq!(names(&mut again, &HistoryQuery::default()).await.len(), 3);
}

#[tokio::test]
async fn a_new_journal_has_a_new_history() {
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    std::fs::write(folder.path().join("journal.db"), b"nothing".repeat(500)).expect("written");
    let mut again = open(&folder).await;
    assert!(again.damaged.is_some());
    assert!(again.newest.is_empty() && again.entries.is_empty());
    let page = again.journal.page(&HistoryQuery::default(), NOW).await;
    assert_eq!(page.expect("read").all, 0);
}

#[tokio::test]
async fn without_room_for_it_everything_is_taken_up_as_before() {
    let folder = TempDir::new().expect("a folder");
    some(&folder).await;
    std::fs::remove_file(folder.path().join("history.db")).expect("removed");
    std::fs::create_dir(folder.path().join("history.db")).expect("something is in the way");
    let mut again = open(&folder).await;
    let releases: Vec<_> = again.entries.iter().map(|it| it.release.as_str()).collect();
    assert!(releases.contains(&"maintenance-a") && releases.contains(&"hotfix-going"));
    let problem = again.journal.page(&HistoryQuery::default(), NOW).await;
    assert!(
        problem
            .expect_err("there is none")
            .what
            .contains("cannot be read")
    );
    again
        .journal
        .append(&deployed("maintenance-d", ago(0)))
        .await
        .expect("written");
}
