//! What is over: found, opened and taken along, in the window.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use slipway_core::declaration::{Declaration, StatementRun};
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Milestone, Record};
use slipway_core::time::At;
use slipway_engine::journal::{Folder, Journal};

use crate::browser::{Browser, handle};
use crate::desktop::Desktop;
use crate::pictures::Pictures;
use crate::wait;

const WEEK: i64 = 7 * 86_400;
const PEOPLE: [(&str, &str); 3] = [
    ("Dana Whitfield", "marcus"),
    ("Jun Park", "dana"),
    ("Tomás Herrera", "marcus"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_searched_opened_and_saved() {
    let desktop = Desktop::start().await;
    fill(&desktop, 120).await;
    let browser = Browser::start(&desktop).await;
    let pictures = Pictures::of("history");
    browser.await_screen("home").await;
    browser.click(&handle("nav-history")).await;
    browser.await_screen("history").await;
    total(&browser, "120").await;
    assert_eq!(rows(&browser).await, 50);
    pictures.take(&browser, "history").await;

    browser.click(&handle("action-earlier")).await;
    extent(&browser, "51 to 100 of 120").await;
    browser.click(&handle("field-search")).await;
    browser.write("TOMAS zip-lookup").await;
    total(&browser, "40").await;
    pictures.take(&browser, "history-found").await;
    browser.write(" nowhere").await;
    let nothing = || async { browser.text(&handle("nothing-found")).await };
    let said = wait::until(wait::LIMIT, nothing).await;
    assert!(said.is_some_and(|said| said.contains("Nothing found")));
    pictures.take(&browser, "history-none").await;
    browser.click(&handle("action-clear-search")).await;
    total(&browser, "120").await;

    browser.click(&handle("action-save-history")).await;
    let saved = || async { browser.text(&handle("saved")).await };
    let saved = wait::until(wait::LIMIT, saved).await.expect("it is said");
    let file = saved
        .trim()
        .strip_prefix("Saved as ")
        .expect("it says where");
    let file = std::fs::read(file).expect("there it is");
    let kept: Value = serde_json::from_slice(&file).expect("it is JSON");
    assert_eq!(kept["slipway_report"], 1);
    assert_eq!(kept["releases"].as_array().map(Vec::len), Some(120));

    let newest = format!("{} button", handle("past-maintenance-2026-w000"));
    browser.click(&newest).await;
    browser.await_screen("report").await;
    pictures.take(&browser, "report").await;
    browser.click(&handle("action-close-report")).await;
    browser.await_screen("history").await;
    let rejected = format!("{} button", handle("past-hotfix-2026-w005-zip-lookup"));
    browser.click(&rejected).await;
    browser.await_screen("report").await;
    pictures.take(&browser, "report-rejected").await;
}

async fn total(browser: &Browser, wanted: &str) {
    let is = || async {
        let total = browser.attribute("screen-history", "data-total").await;
        (total.as_deref() == Some(wanted)).then_some(())
    };
    if wait::until(wait::LIMIT, is).await.is_none() {
        browser.fail(&format!("there are not {wanted}")).await;
    }
}

async fn extent(browser: &Browser, wanted: &str) {
    let is = || async {
        let said = browser.text(&handle("extent")).await?;
        said.starts_with(wanted).then_some(())
    };
    if wait::until(wait::LIMIT, is).await.is_none() {
        browser.fail(&format!("it does not say {wanted}")).await;
    }
}

async fn rows(browser: &Browser) -> usize {
    let count = "return document.querySelectorAll('[data-testid^=\"past-\"]').length;";
    browser.run(count).await
}

/// So many weeks, each with a deploy, in the journal of practice.
async fn fill(desktop: &Desktop, weeks: i64) {
    let data = desktop.data().join("practice");
    let folder = Folder::take(&data).expect("the folder is free");
    let today = "2026-11-24".parse().expect("a day");
    let opened = Journal::open(folder, today).await.expect("it opens");
    let mut journal = opened.journal;
    for week in 0..weeks {
        journal.append(&deploy(week)).await.expect("written");
    }
    journal.close().await;
    // Made by the program from what is in the journal.
    std::fs::remove_file(data.join("history.db")).expect("removed");
}

/// One of three kinds of evenings.
fn deploy(week: i64) -> Vec<Entry> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("later");
    let now = At(i64::try_from(now.as_millis()).expect("not that late"));
    let began = now.plus_seconds(-3 * 86_400 - week * WEEK);
    let at = |minutes: i64| began.plus_seconds(minutes * 60);
    let hotfix = week % 3 != 0;
    let (by, approver) = PEOPLE[usize::try_from(week % 3).expect("small")];
    let rejected = week % 6 == 5;
    let kind = if hotfix {
        Kind::Hotfix
    } else {
        Kind::Maintenance
    };
    let fix_name = match week % 3 {
        1 => Some("duplicate-leads"),
        2 => Some("zip-lookup"),
        _ => None,
    };
    let name = match fix_name {
        Some(fix_name) => format!("hotfix-2026-w{week:03}-{fix_name}"),
        None => format!("maintenance-2026-w{week:03}"),
    };
    let entry = |minutes: i64, record: Record| Entry {
        release: name.as_str().into(),
        at: at(minutes),
        by: by.to_owned(),
        record,
    };
    let saw = |minutes: i64, milestone: Milestone| entry(minutes, Record::Saw { milestone });
    let said = |minutes: i64, declaration| entry(minutes, Record::Declared { declaration });
    let mut entries = vec![
        entry(
            0,
            Record::Opened {
                kind,
                date: "2026-11-24".parse().expect("a day"),
                fix_name: fix_name.map(str::to_owned),
                adopted: false,
            },
        ),
        saw(
            1,
            Milestone::Branch {
                cut: Some(Sha::from("9f3c1e7")),
                by: Some("dana".to_owned()),
                at: at(1),
            },
        ),
        said(3, Declaration::Announced),
        saw(
            18,
            Milestone::PullMerged {
                number: PullNumber(400 + u32::try_from(week).expect("small")),
                title: "Import the county tax roll".to_owned(),
                author: "priya".to_owned(),
                by: Some("dana".to_owned()),
                at: at(18),
            },
        ),
        said(18, Declaration::NoMorePulls),
        said(
            20,
            Declaration::StatementAdded {
                sql: "UPDATE feeds\nSET active = 1\nWHERE id = 412".to_owned(),
            },
        ),
        said(
            31,
            Declaration::StatementRan {
                number: 1,
                run: StatementRun {
                    by: "Elena Vasquez".to_owned(),
                    at: at(30),
                    result: "12,482 rows".to_owned(),
                },
            },
        ),
        saw(
            38,
            Milestone::Landed {
                sha: Sha::from("4be19d2a81c09e77aa0014f2c91a0000000000ab"),
                by: Some("dana".to_owned()),
                at: at(38),
            },
        ),
        saw(41, Milestone::ApprovalAsked { at: at(41) }),
        saw(
            53,
            Milestone::ApprovalAnswered {
                execution: "7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e".into(),
                approved: !rejected,
                by: Some(approver.to_owned()),
                comment: "Checked the tax roll counts with Priya.".to_owned(),
                at: at(53),
            },
        ),
    ];
    if rejected {
        entries.push(entry(60, Record::Closed));
        return entries;
    }
    if week % 4 == 1 {
        let failed = Milestone::BuildEnded {
            succeeded: false,
            at: at(60),
        };
        entries.push(saw(60, failed));
    }
    let ended = Milestone::BuildEnded {
        succeeded: true,
        at: at(68 + week % 20),
    };
    entries.push(saw(90, ended));
    entries.push(said(91, Declaration::ResultShared));
    entries
}
