//! Deploys of long ago, as the journal holds them.

use std::path::Path;

use slipway_core::action::{Action, Outcome};
use slipway_core::declaration::{Declaration, StatementRun};
use slipway_core::facts::MergeMethod;
use slipway_core::ids::{ActionSeq, PullNumber, Sha};
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Milestone, Record};
use slipway_core::time::At;
use slipway_engine::journal::{Folder, Journal};

/// Years of them.
pub(crate) const RELEASES: i64 = 5000;
/// Long before now.
const LONG_AGO: At = At(1_500_000_000_000);

/// Writes so many into the journal of a data folder.
pub(crate) async fn write(data: &Path, releases: i64) {
    let mut journal = open(data).await;
    let all: Vec<Entry> = (0..releases).flat_map(deploy).collect();
    journal.append(&all).await.expect("written");
    journal.close().await;
}

async fn open(data: &Path) -> Journal {
    let folder = Folder::take(data).expect("the folder is free");
    let today = "2026-11-24".parse().expect("a day");
    Journal::open(folder, today)
        .await
        .expect("it opens")
        .journal
}

/// What a whole deploy leaves in the journal: about sixty records.
fn deploy(n: i64) -> Vec<Entry> {
    let began = LONG_AGO.plus_seconds(n * 43_200);
    let at = |minutes: i64| began.plus_seconds(minutes * 60);
    let name = format!("maintenance-{n:05}");
    let mut entries: Vec<Entry> = Vec::new();
    let mut seq = 0;
    let mut push = |minutes: i64, record: Record| {
        entries.push(Entry {
            release: name.as_str().into(),
            at: at(minutes),
            by: "Dana Whitfield".to_owned(),
            record,
        });
    };
    let mut sent = |push: &mut dyn FnMut(i64, Record), minutes: i64, action: Action| {
        seq += 1;
        let seq = ActionSeq(seq);
        push(minutes, Record::Sending { seq, action });
        let outcome = Outcome::Done;
        push(minutes, Record::Sent { seq, outcome });
    };
    push(
        0,
        Record::Opened {
            kind: Kind::Maintenance,
            date: "2026-11-24".parse().expect("a day"),
            fix_name: None,
            adopted: false,
        },
    );
    sent(
        &mut push,
        0,
        Action::CreateBranch {
            name: name.clone(),
            sha: Sha(format!("{n:040}")),
        },
    );
    let message = "The branch is ready. ETL team: please open your pull requests against it.";
    sent(
        &mut push,
        4,
        Action::PostAnnouncement {
            channel: "C0DEPLOY".into(),
            text: message.repeat(4),
        },
    );
    for pull in 0..8_i64 {
        let number = PullNumber(u32::try_from(n * 8 + pull).expect("small"));
        let title = format!("Load the listings of feed {pull} of county {n}");
        sent(
            &mut push,
            10 + pull,
            Action::MergePull {
                number,
                head: Sha(format!("{pull:040}")),
                method: MergeMethod::Merge,
                title: title.clone(),
            },
        );
        let milestone = Milestone::PullMerged {
            number,
            title,
            author: "sam".to_owned(),
            by: Some("dana".to_owned()),
            at: at(10 + pull),
        };
        push(10 + pull, Record::Saw { milestone });
        sent(
            &mut push,
            10 + pull,
            Action::UpdateAnnouncement {
                channel: "C0DEPLOY".into(),
                ts: "1795575840.000100".into(),
                text: message.repeat(4),
            },
        );
    }
    let said = [
        Declaration::NoMorePulls,
        Declaration::StatementAdded {
            sql: format!("UPDATE feeds SET active = 1 WHERE county = {n}"),
        },
        Declaration::StatementRan {
            number: 1,
            run: StatementRun {
                by: "Kim".to_owned(),
                at: at(30),
                result: "12,482 rows".to_owned(),
            },
        },
    ];
    for declaration in said {
        push(30, Record::Declared { declaration });
    }
    let saw = [
        Milestone::Branch {
            cut: Some(Sha::from("9f3c1e7")),
            by: Some("dana".to_owned()),
            at: at(1),
        },
        Milestone::Announcement { at: at(4) },
        Milestone::Landed {
            sha: Sha(format!("{n:040}")),
            by: Some("dana".to_owned()),
            at: at(38),
        },
        Milestone::Execution {
            id: format!("execution-{n}").as_str().into(),
            at: at(40),
        },
        Milestone::ApprovalAsked { at: at(41) },
        Milestone::ApprovalAnswered {
            execution: format!("execution-{n}").as_str().into(),
            approved: true,
            by: Some("lee".to_owned()),
            comment: "Looks right".to_owned(),
            at: at(52),
        },
        Milestone::BuildEnded {
            succeeded: true,
            at: at(68),
        },
        Milestone::Finished { at: at(80) },
    ];
    for milestone in saw {
        push(68, Record::Saw { milestone });
    }
    entries
}
