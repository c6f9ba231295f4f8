//! What becomes of the team in use when a team file is read.

use crate::team::{DatabaseEngine, Person, Team};
use crate::words::team as words;
use std::mem::replace;

/// A team that was read, against the one in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamUpdate {
    /// What is in use from now on: everything of the read team but the changes that wait for a person's yes. After
    /// the yes it is the read team itself.
    pub team: Team,
    /// The changes of host, pipeline, repository, channel, sign-in or approval rule: each waits for a yes.
    pub asks: Vec<TeamChange>,
}

/// One change that a person has to see before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamChange {
    /// The key in the team file.
    pub key: &'static str,
    /// What is in use, in words.
    pub old: String,
    /// What was read, in words.
    pub new: String,
}

impl TeamUpdate {
    /// Parts what may apply at once from what a person has to see first: where a deploy goes, where secrets and
    /// messages are sent, how a release gets into base and who may approve it. The list of people is among them,
    /// because who is who decides whether an approver started the release.
    #[must_use]
    pub fn new(used: &Team, read: &Team) -> Self {
        let mut update = Self {
            team: read.clone(),
            asks: Vec::new(),
        };
        // Named one by one, so that a new key has to be put on one side or the other.
        let Team {
            repository,
            base,
            maintenance_branch: _,
            hotfix_branch: _,
            window: _,
            channel,
            database_host,
            database_engine: _,
            database_ask: _,
            region,
            pipeline,
            forbid_own,
            merge_via,
            aws_start_url,
            aws_sso_region,
            people,
        } = &mut update.team;
        let asks = &mut update.asks;
        hold(
            "repository",
            repository,
            &used.repository,
            asks,
            String::clone,
        );
        hold("base", base, &used.base, asks, String::clone);
        hold("slack.channel", channel, &used.channel, asks, |name| {
            format!("#{name}")
        });
        hold(
            "database.host",
            database_host,
            &used.database_host,
            asks,
            String::clone,
        );
        hold("pipeline.region", region, &used.region, asks, String::clone);
        hold(
            "pipeline.name",
            pipeline,
            &used.pipeline,
            asks,
            String::clone,
        );
        hold(
            "approval.forbid_own",
            forbid_own,
            &used.forbid_own,
            asks,
            words::own_release,
        );
        hold(
            "merge.via",
            merge_via,
            &used.merge_via,
            asks,
            words::merge_way,
        );
        hold(
            "aws.start_url",
            aws_start_url,
            &used.aws_start_url,
            asks,
            optional,
        );
        hold(
            "aws.sso_region",
            aws_sso_region,
            &used.aws_sso_region,
            asks,
            optional,
        );
        let changed = differences(&used.people, people, identity);
        if !changed.is_empty() {
            people.clone_from(&used.people);
            asks.extend(changed);
        }
        update
    }

    /// Holds everything back until a person said yes: what they chose themselves is not changed by a file that they
    /// did not choose.
    #[must_use]
    pub fn held(used: &Team, read: &Team) -> Self {
        let mut update = Self::new(used, read);
        let Team {
            maintenance_branch,
            hotfix_branch,
            window,
            database_engine,
            database_ask,
            people,
            ..
        } = &mut update.team;
        let asks = &mut update.asks;
        hold(
            "maintenance.branch",
            maintenance_branch,
            &used.maintenance_branch,
            asks,
            String::clone,
        );
        hold("maintenance", window, &used.window, asks, words::window);
        hold(
            "hotfix.branch",
            hotfix_branch,
            &used.hotfix_branch,
            asks,
            String::clone,
        );
        hold(
            "database.engine",
            database_engine,
            &used.database_engine,
            asks,
            engine,
        );
        hold(
            "database.ask",
            database_ask,
            &used.database_ask,
            asks,
            optional,
        );
        if people != &used.people {
            asks.extend(differences(&used.people, people, description));
            people.clone_from(&used.people);
        }
        update
    }
}

/// Keeps what is used and asks about what was read, when they differ.
fn hold<T: Clone + PartialEq>(
    key: &'static str,
    read: &mut T,
    used: &T,
    asks: &mut Vec<TeamChange>,
    say: impl Fn(&T) -> String,
) {
    if read != used {
        let new = replace(read, used.clone());
        asks.push(TeamChange {
            key,
            old: say(used),
            new: say(&new),
        });
    }
}

/// Everybody who is not as before, in these words.
fn differences(
    used: &[Person],
    read: &[Person],
    describe: impl Fn(&Person) -> String,
) -> Vec<TeamChange> {
    let named = |people: &[Person], name: &str| {
        let person = people.iter().find(|person| person.name == name);
        person.map(&describe)
    };
    let is_new = |person: &&Person| used.iter().all(|other| other.name != person.name);
    used.iter()
        .chain(read.iter().filter(is_new))
        .filter_map(|Person { name, .. }| {
            let (old, new) = (named(used, name), named(read, name));
            let words = |said: Option<String>| match said {
                Some(said) => format!("{name}: {said}"),
                None => format!("{name} is not listed"),
            };
            (old != new).then(|| TeamChange {
                key: "people",
                old: words(old),
                new: words(new),
            })
        })
        .collect()
}

/// What matters for approvals.
fn identity(person: &Person) -> String {
    let github = person.github.as_deref().unwrap_or("unknown");
    let aws = person.aws.as_deref().unwrap_or("unknown");
    format!("GitHub {github}, AWS {aws}")
}

/// All that is known of a person.
fn description(person: &Person) -> String {
    let slack = person.slack.as_deref().unwrap_or("unknown");
    let mut words = format!("{}, Slack {slack}", identity(person));
    let duties: Vec<&str> = person.does.iter().map(|duty| duty.words()).collect();
    if !duties.is_empty() {
        words.push_str(", ");
        words.push_str(&duties.join(", "));
    }
    words
}

fn engine(engine: &Option<DatabaseEngine>) -> String {
    engine.map_or("not told", DatabaseEngine::name).to_owned()
}

fn optional(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(|| "none".to_owned())
}
