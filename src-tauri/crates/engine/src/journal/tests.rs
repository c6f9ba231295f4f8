use std::time::{Duration, Instant};

use jiff::civil::date;
use slipway_core::account::KeptAccount;
use slipway_core::action::{Action, Outcome};
use slipway_core::declaration::Declaration;
use slipway_core::desktop::{Desktop, DesktopEntry, DesktopRecord, Event, Preference};
use slipway_core::ids::{ActionSeq, ReleaseId, Sha};
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::record::{Entry, Record};
use slipway_core::release::Release;
use slipway_core::service::Service;
use slipway_core::time::At;
use sqlx::Executor;
use tempfile::TempDir;

use super::{Folder, Journal, Opened, look_through, schema};

const NAME: &str = "maintenance-2026-11-24";

#[tokio::test]
async fn gives_back_what_was_appended_and_a_release_is_its_fold() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let action = Action::CreateBranch {
        name: NAME.to_owned(),
        sha: Sha::from("9f3c1e7"),
    };
    let entries = [
        opened(NAME),
        entry(
            NAME,
            Record::Sending {
                seq: ActionSeq(1),
                action,
            },
        ),
        entry(
            NAME,
            Record::Sent {
                seq: ActionSeq(1),
                outcome: Outcome::Done,
            },
        ),
        entry(
            NAME,
            Record::Declared {
                declaration: Declaration::Announced,
            },
        ),
    ];
    journal.append(&entries[..2]).await.expect("written");
    journal.append(&entries[2..]).await.expect("written");
    journal.close().await;

    let opened = open(&folder).await;
    assert_eq!(opened.entries, entries);
    assert!(opened.damaged.is_none());
    let release = Release::fold(&opened.entries).expect("a release");
    assert_eq!(release.done.len(), 1);
    assert!(release.announced.is_some() && release.pending.is_none());
}

#[tokio::test]
async fn leaves_out_releases_that_were_put_aside_until_they_are_taken_up_again() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal
        .append(&[
            opened(NAME),
            opened("hotfix-a"),
            entry(NAME, Record::Closed),
        ])
        .await
        .expect("written");
    journal.close().await;

    let mut opened_again = open(&folder).await;
    assert_eq!(opened_again.entries, [opened("hotfix-a")]);

    opened_again
        .journal
        .append(&[opened(NAME)])
        .await
        .expect("written");
    let all = opened_again
        .journal
        .of_release(&ReleaseId::from(NAME))
        .await
        .expect("read");
    assert_eq!(
        all,
        [opened(NAME), entry(NAME, Record::Closed), opened(NAME)]
    );
    opened_again.journal.close().await;
    assert_eq!(open(&folder).await.entries.len(), 4);
}

#[tokio::test]
async fn entries_are_neither_changed_nor_removed() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal.append(&[opened(NAME)]).await.expect("written");
    for statement in ["UPDATE entries SET at = 0", "DELETE FROM entries"] {
        let error = journal
            .connection
            .execute(statement)
            .await
            .expect_err(statement);
        assert!(error.to_string().contains("entries are kept"), "{error}");
    }
}

#[tokio::test]
async fn says_that_the_disk_is_full_and_keeps_nothing_of_what_did_not_fit() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal.append(&[opened(NAME)]).await.expect("written");
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&mut journal.connection)
        .await
        .expect("counted");
    limit(&mut journal, pages).await;

    let long = Record::Declared {
        declaration: Declaration::StatementAdded {
            sql: "x".repeat(100_000),
        },
    };
    let entries = [
        entry(
            NAME,
            Record::Declared {
                declaration: Declaration::NoMorePulls,
            },
        ),
        entry(NAME, long),
    ];
    let problem = journal
        .append(&entries)
        .await
        .expect_err("there is no room");
    assert_eq!(problem.code, Code::Journal);
    assert!(problem.what.contains("disk is full"), "{}", problem.what);
    assert_eq!(
        journal
            .of_release(&ReleaseId::from(NAME))
            .await
            .expect("read"),
        [opened(NAME)]
    );

    limit(&mut journal, 1_000_000).await;
    journal.append(&entries).await.expect("there is room again");
    assert_eq!(
        journal
            .of_release(&ReleaseId::from(NAME))
            .await
            .expect("read")
            .len(),
        3
    );
}

#[tokio::test]
async fn a_damaged_journal_is_kept_aside_and_a_new_one_begun() {
    let folder = TempDir::new().expect("a folder");
    for (round, kept) in ["journal.damaged-2026-11-24", "journal.damaged-2026-11-24-2"]
        .into_iter()
        .enumerate()
    {
        let mut journal = open(&folder).await.journal;
        journal.append(&[opened(NAME)]).await.expect("written");
        journal.close().await;
        let file = folder.path().join("journal.db");
        let whole = std::fs::read(&file).expect("read");
        // Once without its beginning, once with its tables overwritten.
        let damaged = if round == 0 {
            b"nothing".repeat(500)
        } else {
            [&whole[..100], &[0x55; 9_000]].concat()
        };
        std::fs::write(&file, &damaged).expect("written");

        let opened = open(&folder).await;
        let problem = opened.damaged.expect("it is said");
        assert_eq!(problem.code, Code::Journal);
        assert!(problem.what.contains(kept), "{}", problem.what);
        assert!(opened.entries.is_empty());
        assert_eq!(
            std::fs::read(folder.path().join(kept)).expect("it is kept"),
            damaged
        );
        opened.journal.close().await;
        std::fs::remove_file(&file).expect("removed");
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_understood_counts_as_damage() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal.append(&[opened(NAME)]).await.expect("written");
    let row = r#"INSERT INTO entries (release, at, "by", record) VALUES ('maintenance-2026-11-24', 0, '', '{"type":"?"}')"#;
    journal.connection.execute(row).await.expect("written");
    journal.close().await;
    assert!(open(&folder).await.damaged.is_some());
}

#[tokio::test]
async fn a_journal_of_a_newer_version_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal.append(&[opened(NAME)]).await.expect("written");
    // With a kind of record that is not known yet: that is no damage.
    for row in [
        r#"INSERT INTO desktop (at, record) VALUES (0, '{"type":"later"}')"#,
        "UPDATE schema_version SET version = version + 1",
    ] {
        journal.connection.execute(row).await.expect("written");
    }
    journal.close().await;
    let before = std::fs::read(folder.path().join("journal.db")).expect("read");

    let problem = refused(&folder).await;
    assert!(problem.contains("newer Slipway"), "{problem}");
    assert_eq!(
        std::fs::read(folder.path().join("journal.db")).expect("read"),
        before
    );
}

#[tokio::test]
async fn one_at_a_time_has_it_open() {
    let folder = TempDir::new().expect("a folder");
    let first = open(&folder).await;
    let problem = Folder::take(folder.path()).expect_err("it is taken");
    assert!(problem.what.contains("already open"), "{}", problem.what);
    first.journal.close().await;
    open(&folder).await;
}

#[tokio::test]
async fn makes_a_missing_folder_and_says_when_it_cannot() {
    let folder = TempDir::new().expect("a folder");
    let below = folder.path().join("not").join("yet");
    Journal::open(Folder::take(&below).expect("taken"), date(2026, 11, 24))
        .await
        .expect("opened");

    std::fs::write(folder.path().join("file"), "").expect("written");
    let problem = Folder::take(&folder.path().join("file").join("below"))
        .expect_err("there is a file in the way");
    assert_eq!(problem.code, Code::Journal);
    assert!(
        problem.what.contains("cannot write to its data folder"),
        "{}",
        problem.what
    );
}

#[cfg(unix)]
#[test]
fn says_that_a_folder_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().expect("a folder");
    let set = |mode| {
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("set")
    };
    set(0o500);
    // Whoever may write everywhere cannot be told this.
    if std::fs::write(folder.path().join("probe"), "").is_err() {
        let problem = Folder::take(folder.path()).expect_err("it cannot be written");
        assert!(
            problem.what.contains("cannot write to its data folder"),
            "{}",
            problem.what
        );
    }
    set(0o700);
}

async fn open(folder: &TempDir) -> Opened {
    let folder = Folder::take(folder.path()).expect("the folder is free");
    Journal::open(folder, date(2026, 11, 24))
        .await
        .expect("the journal opens")
}

async fn refused(folder: &TempDir) -> String {
    let folder = Folder::take(folder.path()).expect("the folder is free");
    let problem = Journal::open(folder, date(2026, 11, 24))
        .await
        .expect_err("the journal does not open");
    assert_eq!(problem.code, Code::Journal);
    problem.what
}

async fn limit(journal: &mut Journal, pages: i64) {
    let pragma = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    journal.connection.execute(pragma).await.expect("set");
}

fn opened(release: &str) -> Entry {
    let kind = Kind::Maintenance;
    entry(
        release,
        Record::Opened {
            kind,
            date: date(2026, 11, 24),
            fix_name: None,
            adopted: false,
        },
    )
}

fn entry(release: &str, record: Record) -> Entry {
    Entry {
        release: ReleaseId::from(release),
        at: At(1_795_000_000_000),
        by: "Dana Whitfield".to_owned(),
        record,
    }
}

#[tokio::test]
async fn keeps_what_belongs_to_no_release_apart() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let entries = [
        DesktopRecord::SignedIn {
            account: KeptAccount::GitHubToken,
            origin: "https://api.github.com".to_owned(),
        },
        DesktopRecord::Prefers {
            preference: Preference::Notices {
                event: Event::Building,
                on: false,
            },
        },
    ]
    .map(|record| DesktopEntry {
        at: At(1_000),
        record,
    });
    for entry in &entries {
        journal.append_desktop(entry).await.expect("written");
    }
    journal.close().await;

    let opened = open(&folder).await;
    assert_eq!(opened.desktop, entries);
    assert_eq!(opened.entries, []);
    let desktop = Desktop::fold(&opened.desktop);
    assert!(desktop.accounts.contains_key(&Service::GitHub));
    assert!(desktop.preferences.muted.contains(&Event::Building));
}

#[tokio::test]
async fn an_older_journal_goes_on_with_all_that_is_in_it() {
    for left in [
        "DROP TABLE desktop; UPDATE schema_version SET version = 1",
        "UPDATE schema_version SET version = 2",
    ] {
        let folder = TempDir::new().expect("a folder");
        let mut journal = open(&folder).await.journal;
        journal.append(&[opened(NAME)]).await.expect("written");
        let left = journal.connection.execute(left).await;
        left.expect("as that version left it");
        journal.close().await;

        let mut again = open(&folder).await;
        assert_eq!(again.entries, [opened(NAME)]);
        assert!(again.desktop.is_empty() && again.damaged.is_none());
        let entry = DesktopEntry {
            at: At(1_000),
            record: DesktopRecord::SignedOut {
                service: Service::Aws,
            },
        };
        again.journal.append_desktop(&entry).await.expect("written");
        let version: i64 = sqlx::query_scalar("SELECT version FROM schema_version")
            .fetch_one(&mut again.journal.connection)
            .await
            .expect("read");
        assert_eq!(version, schema::VERSION, "an older Slipway leaves it alone");
        again.journal.close().await;
        assert_eq!(open(&folder).await.desktop, [entry]);
    }
}

#[tokio::test]
async fn a_folder_is_waited_for_while_another_process_ends() {
    let folder = TempDir::new().expect("a folder");
    let taken = Folder::take(folder.path()).expect("the folder is free");
    Folder::released(folder.path(), Duration::from_millis(50)).await;
    Folder::take(folder.path()).expect_err("it is waited for no longer than that");

    let ending = async {
        tokio::task::yield_now().await;
        drop(taken);
    };
    let released = Folder::released(folder.path(), Duration::from_secs(60));
    let begun = Instant::now();
    tokio::join!(released, ending);
    assert!(begun.elapsed() < Duration::from_secs(30));
    Folder::take(folder.path()).expect("the folder is free");
}

#[tokio::test]
async fn what_was_told_long_ago_is_read_only_of_releases_that_are_followed() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    journal.append(&[opened(NAME)]).await.expect("written");
    let chosen = DesktopEntry {
        at: At(1_000),
        record: DesktopRecord::Prefers {
            preference: Preference::LoginOffered,
        },
    };
    journal.append_desktop(&chosen).await.expect("written");
    let told = |release: &str, notices: i64| {
        format!(
            r#"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {notices})
               INSERT INTO desktop (at, record) SELECT i, json_object('type', 'told', 'notice', json_object(
                 'key', '{release}/' || i, 'event', 'failed', 'release', '{release}', 'step', 'build',
                 'title', 'The build failed', 'body', '', 'at', i, 'shows', json('true'))) FROM n"#
        )
    };
    for told in [told(NAME, 2), told("hotfix-over", 1200)] {
        let told = journal.connection.execute(sqlx::AssertSqlSafe(told)).await;
        told.expect("written");
    }
    journal.close().await;

    let mut opened = open(&folder).await;
    let desktop = Desktop::fold(&opened.desktop);
    assert!(desktop.preferences.login_offered);
    let knows = |key: &str| desktop.told.contains(key);
    assert!(knows("maintenance-2026-11-24/1") && knows("hotfix-over/1200"));
    assert!(!knows("hotfix-over/1") && desktop.told.len() == 402);
    let newest = desktop.notices.front().map(|notice| notice.key.as_str());
    assert_eq!(newest, Some("hotfix-over/1200"));

    let over = ReleaseId::from("hotfix-over");
    let told = opened.journal.told_of(&over).await.expect("read");
    let mut remembers = desktop.clone();
    remembers.remember(&told);
    assert!(remembers.told.contains("hotfix-over/1"));
    assert_eq!(remembers.notices, desktop.notices);
}

#[tokio::test]
async fn what_is_damaged_in_a_large_journal_is_found_afterwards() {
    let folder = TempDir::new().expect("a folder");
    let mut journal = open(&folder).await.journal;
    let long = Record::Declared {
        declaration: Declaration::StatementAdded {
            sql: "SELECT 1; ".repeat(10_000),
        },
    };
    let old: Vec<Entry> = (0..40).map(|_| entry("hotfix-old", long.clone())).collect();
    let old = [vec![opened("hotfix-old")], old].concat();
    journal.append(&old).await.expect("written");
    journal
        .append(&[entry("hotfix-old", Record::Closed), opened(NAME)])
        .await
        .expect("written");
    journal.close().await;
    look_through(folder.path()).await.expect("it is whole");

    let file = folder.path().join("journal.db");
    let mut whole = std::fs::read(&file).expect("read");
    let middle = whole.len() / 2;
    whole[middle..middle + 40_000].fill(0x55);
    std::fs::write(&file, whole).expect("written");
    let again = open(&folder).await;
    assert!(again.damaged.is_none());
    assert_eq!(again.entries, [opened(NAME)]);
    let problem = look_through(folder.path()).await;
    let problem = problem.expect_err("it is found");
    assert_eq!(problem.what, "A part of the journal is damaged.");
}
