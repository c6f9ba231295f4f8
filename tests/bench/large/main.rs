//! A release with more in it than any was: what deciding about it and drawing it costs. It is compiled as what is shipped,
//! and prints how many milliseconds each of many rounds took.

#![expect(clippy::print_stdout, reason = "what was measured")]

use std::time::Instant;

use slipway_core::account::Accounts;
use slipway_core::declaration::{Declaration, StatementRun};
use slipway_core::desktop::Desktop;
use slipway_core::facts::{
    BranchSeen, Checks, Comparison, Facts, Look, Mergeability, Pull, PullState, Review, Source,
    Verdict,
};
use slipway_core::history::History;
use slipway_core::ids::{PullNumber, ReleaseId, Sha};
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Record};
use slipway_core::release::Release;
use slipway_core::rules::{self, Situation, TeamFiles};
use slipway_core::team::Team;
use slipway_core::time::At;
use slipway_core::view::{self, Mode, Scene};

const PULLS: u32 = 1_000;
const RECORDS: u32 = 10_000;
const TIMES: usize = 200;
const NOW: At = At(1_795_600_000_000);

fn main() {
    let rounds = rounds();
    println!("{}", serde_json::to_string(&rounds).expect("numbers"));
}

fn rounds() -> Vec<f64> {
    let release = release();
    let facts = Facts {
        source: Look::seen(source(&release.id), NOW),
        ..Facts::default()
    };
    let team = Team::default();
    let round = || {
        let began_at = Instant::now();
        let situation = Situation {
            team: &team,
            mode: Mode::Real,
            now: NOW,
            draft: None,
            release: Some(&release),
            facts: &facts,
        };
        let follows = rules::follow_ups(&situation);
        let viewed = view::view(&Scene {
            rev: 1,
            mode: Mode::Real,
            now: NOW,
            zone: "America/Chicago",
            team: &team,
            team_files: &TeamFiles::default(),
            draft: None,
            releases: vec![(&release, &facts)],
            history: &History::default(),
            shared: &Facts::default(),
            sending: Vec::new(),
            again: Vec::new(),
            wrong_clock: None,
            looking: false,
            accounts: &Accounts::default(),
            desktop: &Desktop::default(),
            tested: None,
            summons: None,
            closing: false,
            start_at_login: None,
            log: None,
            trouble: None,
        });
        let took = began_at.elapsed().as_secs_f64() * 1_000.0;
        let shown = &viewed.view.releases[0];
        assert_eq!(
            shown.etl.merged.len() + shown.etl.open.len(),
            PULLS as usize
        );
        assert!(follows.len() <= 3);
        took
    };
    (0..TIMES).map(|_| round()).collect()
}

fn release() -> Release {
    let id = ReleaseId("maintenance-2026-11-24".to_owned());
    let entry = |record| Entry {
        release: id.clone(),
        at: NOW,
        by: "Dana Whitfield".to_owned(),
        record,
    };
    let opened = Record::Opened {
        kind: Kind::Maintenance,
        date: "2026-11-24".parse().expect("a day"),
        fix_name: None,
        adopted: false,
    };
    let statement = |number: u32| {
        let sql = format!("update listing set price = price * 1.02 where county = {number};");
        let run = StatementRun {
            by: "Dana Whitfield".to_owned(),
            at: NOW,
            result: "12,482 rows".to_owned(),
        };
        let added = Declaration::StatementAdded { sql };
        let ran = Declaration::StatementRan { number, run };
        [added, ran].map(|declaration| Record::Declared { declaration })
    };
    let statements = (1..=RECORDS / 2).flat_map(statement);
    let entries: Vec<Entry> = [opened].into_iter().chain(statements).map(entry).collect();
    Release::fold(&entries).expect("it begins with its opening")
}

fn source(branch: &ReleaseId) -> Source {
    Source {
        branch: Some(BranchSeen {
            sha: sha(0),
            cut: Some(sha(1)),
            created_by: Some("dana-whitfield".to_owned()),
            created_at: Some(NOW),
        }),
        comparison: Some(Comparison {
            ahead_by: PULLS,
            ..Comparison::default()
        }),
        pulls: (1..=PULLS).map(|number| pull(branch, number)).collect(),
        release_pull: None,
        landed: None,
        lineage: Vec::new(),
        outgoing: None,
    }
}

fn pull(branch: &ReleaseId, number: u32) -> Pull {
    let merged = PullState::Merged {
        by: Some("dana-whitfield".to_owned()),
        at: NOW,
        sha: sha(number + PULLS),
    };
    Pull {
        number: PullNumber(number),
        title: format!("Load the listings of county {number} again"),
        author: "priya-raman".to_owned(),
        state: if number.is_multiple_of(2) {
            merged
        } else {
            PullState::Open
        },
        draft: false,
        head_ref: format!("etl-{number}"),
        head_sha: sha(number),
        base_ref: branch.to_string(),
        opened_at: NOW,
        mergeability: Mergeability::Clean,
        files: 12,
        additions: 240,
        deletions: 12,
        checks: Checks {
            passed: vec!["build".to_owned(), "lint".to_owned()],
            ..Checks::default()
        },
        reviews: vec![Review {
            by: "marcus-oyelaran".to_owned(),
            verdict: Verdict::Approved,
        }],
        commits: Vec::new(),
        html_url: format!("https://github.com/gitMLS/etl/pull/{number}"),
    }
}

fn sha(nth: u32) -> Sha {
    Sha::from(format!("{nth:040x}").as_str())
}
