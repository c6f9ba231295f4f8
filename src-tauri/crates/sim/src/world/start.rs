//! The world as it is at first: a few weeks of releases, played with the same moves as everything later.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::Weekday;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

use super::{
    Access, ActionStatus, ActivityKind, Channel, DANA, FileChange, MARCUS, MergeMethod, NewCommit,
    NewPull, PRIYA, Pipeline, Repository, Story, TOMAS, World, ids::Ids,
};
use crate::{Credentials, Pace};

/// What went out in the past, title and branch, one a week.
const WORK: [(&str, &str); 4] = [
    ("Import Coconino county tax rolls", "coconino-tax-rolls"),
    (
        "Keep the agent’s second phone number",
        "second-phone-number",
    ),
    ("Retry the MLS feed on a timeout", "feed-retry"),
    ("Map “lot size” from acres", "lot-size"),
];

impl World {
    /// A world at the given time, with last week's release in production.
    pub fn fresh(now: Timestamp, pace: Pace) -> World {
        let tuesdays = past_tuesdays(now);
        let first = tuesdays.first().map_or(now, Zoned::timestamp);
        let began = first
            .checked_sub(SignedDuration::from_hours(24 * 90))
            .unwrap_or(first);
        let mut world = World {
            version: World::VERSION,
            now: began,
            clock_offset: SignedDuration::ZERO,
            pace: Pace::practice(),
            story: Story {
                etl_pulls: 1,
                announced: BTreeSet::new(),
            },
            repository: Repository::empty(),
            channel: Channel::empty(),
            pipeline: Pipeline::new(began),
            builds: Vec::new(),
            armed_failures: Vec::new(),
            expired: BTreeSet::new(),
            denied: BTreeSet::new(),
            access: Access::default(),
            due: Vec::new(),
            github_quota: (0, 0),
            ids: Ids::new(now.to_string()),
            credentials: Credentials::default(),
            endpoints: None,
        };
        world.lay_foundation();
        let last = tuesdays.len().saturating_sub(1);
        for (week, evening) in tuesdays.iter().enumerate() {
            world.play_release(evening, WORK[week % WORK.len()], week == last);
        }
        world.settle(now);
        world.pace = pace;
        world
    }

    fn lay_foundation(&mut self) {
        let files = FileChange::spread(|it| format!("etl/base_{it:02}.py"), 20, 4_200, 0);
        let (author, at) = (TOMAS.login, self.now);
        let root = self.repository.commit(NewCommit {
            parents: Vec::new(),
            message: "Load listings",
            author,
            at,
            files,
        });
        let files = FileChange::spread(|_| "Dockerfile".to_owned(), 1, 31, 0);
        let message = "Build the image in CodeBuild";
        let top = self.repository.commit(NewCommit {
            parents: vec![root],
            message,
            author,
            at,
            files,
        });
        // Pointed, not pushed: the pipeline was not there yet.
        self.repository.point(
            Repository::DEFAULT_BRANCH,
            Some(&top),
            ActivityKind::BranchCreation,
            author,
            at,
        );
    }

    /// Plays one Tuesday evening. Only the newest release's branches are still there afterwards.
    fn play_release(&mut self, evening: &Zoned, (title, slug): (&str, &str), newest: bool) {
        let date = evening.date();
        let branch = format!("maintenance-{date}");
        self.settle(evening.timestamp());
        let Some(master) = self
            .repository
            .branches
            .get(Repository::DEFAULT_BRANCH)
            .cloned()
        else {
            return;
        };
        self.create_branch(&branch, &master, DANA.login);
        self.story.announced.insert(branch.clone());

        let work = self.open_new_work(NewPull {
            base: branch.clone(),
            head: format!("etl/{slug}-{date}"),
            title: title.to_owned(),
            body: None,
            author: PRIYA.login.to_owned(),
            files: FileChange::spread(
                |it| format!("etl/{}/{it:02}.py", slug.replace('-', "_")),
                6,
                154,
                41,
            ),
            checks: vec!["unit-tests".to_owned(), "schema-check".to_owned()],
            approved_by: vec![TOMAS.login.to_owned()],
            conflict: false,
        });
        self.wait(Duration::from_secs(900));
        let release = work.and_then(|number| {
            self.merge_pull(number, MergeMethod::Merge, DANA.login, None)?;
            let title = format!("Release {branch}");
            self.open_pull(
                Repository::DEFAULT_BRANCH,
                &branch,
                &title,
                None,
                DANA.login,
                false,
            )
        });
        self.wait(Duration::from_secs(300));
        if let Some(number) = release {
            self.merge_pull(number, MergeMethod::Merge, DANA.login, None);
        }
        self.wait(Duration::from_secs(600));
        let waiting = self
            .pipeline
            .actions
            .iter()
            .find(|it| it.status == ActionStatus::InProgress);
        if let Some(token) = waiting.and_then(|it| it.external_id.clone()) {
            // The token was read a line above; the approval cannot have been answered since.
            let _ = self.answer_approval(&token, true, &MARCUS.arn(), "");
        }
        self.wait(Duration::from_secs(1_200));
        if !newest {
            self.delete_branch(&branch, DANA.login);
            self.delete_branch(&format!("etl/{slug}-{date}"), PRIYA.login);
        }
    }

    fn wait(&mut self, time: Duration) {
        if let Ok(then) = self.now.checked_add(time) {
            self.settle(then);
        }
    }
}

/// The evenings of the last few releases, oldest first: Tuesdays at 7 pm in Los Angeles, before today.
fn past_tuesdays(now: Timestamp) -> Vec<Zoned> {
    let pacific =
        TimeZone::get("America/Los_Angeles").unwrap_or(TimeZone::fixed(Offset::constant(-8)));
    let today = now.to_zoned(pacific.clone()).date();
    (1..=WORK.len() as i32)
        .rev()
        .filter_map(|weeks| {
            let tuesday = today.nth_weekday(-weeks, Weekday::Tuesday).ok()?;
            tuesday.at(19, 0, 0, 0).to_zoned(pacific.clone()).ok()
        })
        .collect()
}
