//! Which team settings are in use, what waits beside them, and what is said about it.

use crate::table::check;
use crate::team_file::any::any_team;
use crate::world::{World, sha};
use insta::assert_snapshot;
use proptest::prelude::*;
use slipway_core::desktop::{Desktop, DesktopEntry, DesktopRecord};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::TeamFiles;
use slipway_core::team::{
    AgreedTeam, DatabaseEngine, Duty, FoundTeamFile, Person, Team, TeamFileContent, TeamSource,
};
use slipway_core::time::At;
use slipway_core::view::{self, Home, SettingsScreen, TeamChangeView};

/// Settings in use and the files beside them, as the engine holds them.
#[derive(Clone, Default)]
struct Desk {
    files: TeamFiles,
    used: Team,
    journal: Vec<DesktopEntry>,
}

impl Desk {
    /// What applies at once is in use after this; tells how often something had to be written down.
    fn settle(&mut self) -> usize {
        let mut written = 0;
        while let Some(agreed) = self.files.at_once(&self.used) {
            self.put(agreed);
            written += 1;
            assert!(written < 5, "it never ends");
        }
        written
    }

    fn put(&mut self, team: AgreedTeam) {
        self.write(DesktopRecord::AgreedTeam { team });
    }

    /// Written down, and in use.
    fn write(&mut self, record: DesktopRecord) {
        let at = At(0);
        self.journal.push(DesktopEntry { at, record });
        let Desktop {
            team, team_before, ..
        } = self.desktop();
        let (team, before) = (team.as_ref(), team_before.as_ref());
        let used = self.files.put_in_use(team, before, &Team::default());
        if used.repository != self.used.repository {
            self.files.look_anew();
        }
        self.used = used;
    }

    fn desktop(&self) -> Desktop {
        Desktop::fold(&self.journal)
    }

    fn find(mut self, commit: &str, content: TeamFileContent) -> Self {
        self.files.find(FoundTeamFile {
            repository: self.used.repository.clone(),
            commit: sha(commit),
            content,
        });
        self.settle();
        self
    }

    fn text(self, commit: &str, text: &str) -> Self {
        self.find(commit, TeamFileContent::Text(text.to_owned()))
    }

    fn import(mut self, text: &str) -> Self {
        self.files.import(text).expect("a team file");
        self.settle();
        self
    }

    fn offer(&self) -> Option<String> {
        self.files.waiting(&self.used).map(|waiting| waiting.id)
    }

    fn agree(mut self) -> Self {
        let offer = self.offer().expect("something waits");
        let agreed = self.files.agree(&self.used, &offer).expect("a yes to it");
        self.put(agreed);
        self.settle();
        self
    }

    fn decline(mut self) -> Self {
        let offer = self.offer().expect("something waits");
        let declined = self.files.decline(&self.used, &offer).expect("not now");
        self.write(declined);
        self
    }

    fn forgetting(&self) -> Option<String> {
        self.files.forgetting(&self.used).map(|it| it.id)
    }

    fn forget(mut self) -> Self {
        let shown = self.forgetting().expect("a file was chosen");
        let forgotten = self.files.forget(&self.used, &shown).expect("a yes to it");
        self.files.drop_imported();
        if let Some(forgotten) = forgotten {
            self.write(forgotten);
        }
        self.settle();
        self
    }

    /// After the next start: what was written down is all that is left.
    fn restart(self) -> Self {
        let Desktop {
            team, team_before, ..
        } = self.desktop();
        let mut files = TeamFiles::default();
        let used = files.put_in_use(team.as_ref(), team_before.as_ref(), &Team::default());
        Self {
            files,
            used,
            journal: self.journal,
        }
    }

    /// "source: channel, hotfix pattern; what is offered".
    fn says(&self) -> String {
        let source = self.files.source().map(TeamSource::words);
        let declined = self.desktop().declined_team;
        let waiting = self.files.waiting(&self.used).into_iter();
        let waiting = waiting.filter(|waiting| declined.as_ref() != Some(&waiting.key));
        let keys: Vec<&str> = waiting
            .flat_map(|waiting| waiting.changes)
            .map(|change| change.key)
            .collect();
        format!(
            "{}: {}, {}; {}",
            source.unwrap_or("Built in".to_owned()),
            self.used.channel,
            self.used.hotfix_branch.split('{').next().unwrap(),
            keys.join(" ")
        )
    }
}

const CHANNEL: &str = "slack.channel = \"a\"\n";
const HOTFIX: &str = "hotfix.branch = \"fix-{date}-{fix_name}\"\n";
const BOTH: &str = "slack.channel = \"a\"\nhotfix.branch = \"fix-{date}-{fix_name}\"\n";

#[test]
#[rustfmt::skip]
fn what_is_in_use_and_what_waits() {
    let desk = Desk::default;
    let gone = TeamFileContent::Absent;
    let rows = [
        ("no file", desk().find("1", gone.clone()), "Built in: production-deployment, hotfix-; "),
        ("a file that changes nothing", desk().text("1", ""), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, hotfix-; "),
        ("a file with a change that applies at once", desk().text("1", HOTFIX), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; "),
        ("one that waits", desk().text("1", CHANNEL), "Built in: production-deployment, hotfix-; slack.channel"),
        ("both", desk().text("1", BOTH), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; slack.channel"),
        ("both, after a yes", desk().text("1", BOTH).agree(), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("base moved without the file", desk().text("1", BOTH).agree().text("2", BOTH), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("it is still there after a restart", desk().text("1", BOTH).agree().restart().text("2", BOTH), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("the same settings in other words", desk().text("1", BOTH).agree().text("2", &format!("# why\n{BOTH}")), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("the file is broken", desk().text("1", BOTH).agree().text("2", "base = 1"), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("the file is removed", desk().text("1", BOTH).agree().find("2", gone.clone()), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("the file is removed before a yes", desk().text("1", CHANNEL).find("2", gone), "Built in: production-deployment, hotfix-; "),
        ("another repository", desk().text("1", "repository = \"a/b\""), "Built in: production-deployment, hotfix-; repository"),
        ("imported", desk().import(BOTH), "A file that you chose: production-deployment, fix-; slack.channel"),
        ("imported, after a yes", desk().import(BOTH).agree(), "A file that you chose: a, fix-; "),
        ("imported, then found another", desk().import(BOTH).agree().text("1", ""), "A file that you chose: a, fix-; slack.channel hotfix.branch"),
        ("imported, then a yes to the repository's", desk().import(BOTH).agree().text("1", "").agree(), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, hotfix-; "),
        ("imported, and found the same", desk().import(BOTH).agree().text("1", BOTH), ".slipway.toml in gitMLS/etl at 1000000: a, fix-; "),
        ("found, then imported another", desk().text("1", HOTFIX).import(CHANNEL), "A file that you chose: production-deployment, hotfix-; slack.channel"),
        ("the repository's does not come between", desk().import(CHANNEL).text("1", HOTFIX), "Built in: production-deployment, hotfix-; slack.channel"),
        ("not now", desk().text("1", BOTH).decline(), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; "),
        ("not now, after a restart and with base moved on", desk().text("1", BOTH).decline().restart().text("2", &format!("# why\n{BOTH}")), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; "),
        ("not now, then a file of one's own, forgotten", desk().text("1", CHANNEL).decline().import(HOTFIX).forget(), "Built in: production-deployment, hotfix-; "),
        ("half in use and not now, then the same", desk().text("1", BOTH).decline().import("# mine").forget(), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; "),
        ("not now, then a change that need not wait", desk().text("1", CHANNEL).decline().text("2", BOTH), ".slipway.toml in gitMLS/etl at 2000000: production-deployment, fix-; "),
        ("not now, then something else to ask", desk().text("1", CHANNEL).decline().text("2", "slack.channel = \"b\""), "Built in: production-deployment, hotfix-; slack.channel"),
        ("not now, then taken in Settings", desk().text("1", CHANNEL).decline().agree(), ".slipway.toml in gitMLS/etl at 1000000: a, hotfix-; "),
        ("imported and forgotten", desk().import(BOTH).agree().forget(), "Built in: production-deployment, hotfix-; "),
        ("imported and forgotten, after a restart", desk().import(BOTH).agree().forget().restart(), "Built in: production-deployment, hotfix-; "),
        ("imported, forgotten after a restart", desk().import(BOTH).agree().restart().forget(), "Built in: production-deployment, hotfix-; "),
        ("half of it in use, and forgotten", desk().import(BOTH).forget(), "Built in: production-deployment, hotfix-; "),
        ("it only waits, and is forgotten", desk().import(CHANNEL).forget(), "Built in: production-deployment, hotfix-; "),
        ("it only waits beside the repository's, and is forgotten", desk().text("1", HOTFIX).import(CHANNEL).forget(), ".slipway.toml in gitMLS/etl at 1000000: production-deployment, fix-; "),
        ("forgotten where the repository has one", desk().text("1", CHANNEL).agree().import(HOTFIX).agree().text("2", BOTH).forget(), ".slipway.toml in gitMLS/etl at 2000000: a, fix-; "),
        ("forgotten before the repository's was looked at", desk().text("1", CHANNEL).agree().import(HOTFIX).agree().restart().forget(), ".slipway.toml in gitMLS/etl at 1000000: a, hotfix-; "),
        ("forgotten where it led to another repository", desk().text("1", CHANNEL).agree().import("repository = \"a/b\"").agree().text("5", HOTFIX).forget(), ".slipway.toml in gitMLS/etl at 1000000: a, hotfix-; "),
        ("imported again before a yes", desk().import(CHANNEL).import(HOTFIX), "A file that you chose: production-deployment, fix-; "),
    ];
    check(rows.map(|(row, desk, should)| (row.to_owned(), desk.says(), should.to_owned())));
}

#[test]
fn a_yes_is_for_what_was_shown_and_nothing_else() {
    let shown = Desk::default().text("1", CHANNEL);
    let offer = shown.offer().expect("it waits");
    let refused = |desk: &Desk| desk.files.agree(&desk.used, &offer).err().map(|it| it.code);
    let same = shown.clone().text("2", CHANNEL);
    assert_eq!(refused(&same), None, "base moved, the file did not");
    let others = [
        ("another channel", "slack.channel = \"b\""),
        (
            "another pipeline too",
            "slack.channel = \"a\"\npipeline.name = \"x\"",
        ),
        ("nothing any more", ""),
        ("broken", "="),
    ];
    check(others.map(|(row, text)| {
        let desk = shown.clone().text("2", text);
        (row.to_owned(), refused(&desk), Some(Code::Changed))
    }));
    let imported = shown.clone().import(CHANNEL);
    assert_eq!(
        refused(&imported),
        Some(Code::Changed),
        "from another source"
    );
    let back = shown.text("2", "").text("3", CHANNEL);
    assert_eq!(refused(&back), Some(Code::Changed), "from another commit");
}

#[test]
fn not_now_and_forgetting_are_for_what_was_shown_too() {
    let shown = Desk::default().text("1", CHANNEL);
    let offer = shown.offer().expect("it waits");
    let other = shown.text("2", "slack.channel = \"b\"");
    let declined = other.files.decline(&other.used, &offer);
    assert_eq!(declined.expect_err("another offer").code, Code::Changed);

    assert!(other.forgetting().is_none(), "nothing was chosen");
    let nothing = other.files.forget(&other.used, &offer);
    assert_eq!(nothing.expect_err("nothing was chosen").code, Code::Changed);

    let chosen = Desk::default().text("1", "").import(BOTH).agree();
    let shown = chosen.forgetting().expect("it can be forgotten");
    let moved = chosen.text("2", HOTFIX);
    let forgotten = moved.files.forget(&moved.used, &shown);
    assert_eq!(
        forgotten.expect_err("it leads elsewhere").code,
        Code::Changed
    );
}

#[test]
fn what_is_looked_at_anew_is_forgotten_until_then() {
    let mut desk = Desk::default().text("1", CHANNEL);
    desk.files.look_anew();
    assert!(desk.offer().is_none() && desk.files.found().is_none());
    let broken = Desk::default().text("1", "=");
    let mut missed = broken.clone();
    missed
        .files
        .miss(Problem::new(Code::Forbidden, "a", "b", "c"));
    assert_eq!(missed.files.problem(), broken.files.problem());
    missed.files.look_anew();
    assert!(missed.files.problem().is_none());
}

#[test]
fn settings_of_another_version_are_not_guessed_at() {
    let mut files = TeamFiles::default();
    let agreed = AgreedTeam {
        text: "slack.channel = \"a\"\nfuture = 1".to_owned(),
        source: TeamSource::File,
    };
    let used = files.put_in_use(Some(&agreed), None, &Team::default());
    assert_eq!((used, files.source()), (Team::default(), None));
    assert!(files.problem().is_some());
}

/// A team file as large as one may be is still read when it is written out with all its keys.
#[test]
fn what_was_agreed_to_is_read_back_however_long_it_became() {
    // Written out, every quote in such an ARN needs a backslash.
    let entry = |n| {
        let (name, quotes) = ("x".repeat(60), "\"".repeat(80));
        format!("{{name='{n}{name}',aws='arn:aws:iam::{n}:{quotes}'}}")
    };
    let entries: Vec<String> = (0..500).map(entry).collect();
    let text = format!("people=[{}]", entries.join(","));
    let team = Team::read(&text).expect("it is read");
    let agreed = AgreedTeam::of(&team, TeamSource::File);
    assert!(text.len() > 80_000 && agreed.text.len() > text.len());
    assert_eq!(agreed.team().as_ref(), Ok(&team));
}

proptest! {
    #[test]
    fn a_file_settles_and_after_a_yes_it_is_what_is_used(used in any_team(), read in any_team(), by_hand: bool) {
        let mut desk = Desk { used, ..Desk::default() };
        if by_hand {
            let chosen = AgreedTeam::of(&desk.used, TeamSource::File);
            desk.put(chosen);
        }
        let before = desk.used.clone();
        let mut desk = desk.text("1", &read.to_toml());
        prop_assert!(!by_hand || desk.used == before || read == before, "what was chosen by hand stays");
        prop_assert_eq!(desk.settle(), 0);
        if desk.offer().is_some() {
            desk = desk.agree();
        }
        prop_assert_eq!(&desk.used, &read);
        prop_assert!(desk.files.waiting(&read).is_none());
        prop_assert!(desk.forgetting().is_none());
    }
}

fn screens(desk: Desk) -> (SettingsScreen, Home) {
    let mut world = World::maintenance();
    world.desktop = desk.desktop();
    (world.team, world.team_files) = (desk.used, desk.files);
    let view = view::view(&world.scene()).view;
    (view.settings, view.home)
}

fn change(it: &TeamChangeView) -> String {
    format!("  {} ({}): {} -> {}", it.label, it.key, it.old, it.new)
}

fn screen(desk: Desk) -> String {
    let (settings, home) = screens(desk);
    let mut lines = vec![settings.source];
    lines.extend(
        settings
            .rows
            .iter()
            .map(|row| format!("{}: {}", row.label, row.text)),
    );
    if let Some(offer) = settings.offer {
        let how = if offer.declined { "Not now" } else { "Waits" };
        lines.push(format!("{how}, from {}", offer.source));
        lines.extend(offer.changes.iter().map(change));
    }
    if let Some(forgetting) = settings.forgetting {
        lines.push(format!("Forget: {}", forgetting.text));
        lines.extend(forgetting.changes.iter().map(change));
    }
    if let Some(problem) = settings.problem {
        lines.push(format!(
            "{}\n{}\n{}",
            problem.what, problem.means, problem.remedy
        ));
    }
    lines.push(format!(
        "Home: {}",
        home.settings_wait.unwrap_or("nothing".to_owned())
    ));
    lines.join("\n")
}

#[test]
fn the_settings_in_words() {
    let whole = Team {
        channel: "deploys".to_owned(),
        database_engine: Some(DatabaseEngine::Mysql),
        database_ask: Some("The DBAs, on #dba".to_owned()),
        forbid_own: true,
        aws_start_url: Some("https://acme.awsapps.com/start".to_owned()),
        aws_sso_region: Some("eu-west-1".to_owned()),
        people: vec![
            Person {
                name: "Dana Whitfield".to_owned(),
                github: Some("dana".to_owned()),
                aws: Some("arn:aws:sts::*:assumed-role/*/dana".to_owned()),
                slack: Some("U012AB3CD".to_owned()),
                does: vec![Duty::ReleaseEngineer, Duty::Approver],
            },
            Person {
                name: "Bob".to_owned(),
                github: None,
                aws: None,
                slack: None,
                does: Vec::new(),
            },
        ],
        ..Team::default()
    };
    let mut berlin = whole.clone();
    berlin.window.zone = "Europe/Berlin".to_owned();
    let text = whole.to_toml();
    let said = [
        screen(Desk::default()),
        screen(Desk::default().text("4f2c91a", &text)),
        screen(Desk::default().import(&text).agree()),
        screen(
            Desk::default()
                .import(&text)
                .agree()
                .text("4f2c91a", &berlin.to_toml()),
        ),
        screen(
            Desk::default()
                .text("4f2c91a", &text)
                .agree()
                .find("5", TeamFileContent::Absent),
        ),
        screen(Desk::default().text("4f2c91a", CHANNEL).decline()),
        screen(Desk::default().import(CHANNEL)),
    ];
    assert_snapshot!(said.join("\n\n"));
}

#[test]
fn why_a_team_file_is_not_used() {
    let wrong = [
        TeamFileContent::Text("base = \"main\"\n[approval]\nforbid_own = \"yes\"\n".to_owned()),
        TeamFileContent::of(vec![b'x'; 100_001]),
        TeamFileContent::of(vec![0xff]),
        TeamFileContent::of(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n".to_vec(),
        ),
        TeamFileContent::Folder,
        TeamFileContent::Submodule,
        TeamFileContent::Link,
    ];
    let said = wrong.map(|content| {
        let desk = Desk::default().find("4f2c91a", content);
        assert_eq!(desk.used, Team::default());
        let (settings, home) = screens(desk);
        let problem = settings.problem.expect("a problem");
        assert_eq!(home.settings_wait.as_ref(), Some(&problem.what));
        format!("{}\n{}\n{}", problem.what, problem.means, problem.remedy)
    });
    let mut none = TeamFiles::default();
    let refused = ["", " \n", "[", "slack.channel = 3"].map(|text| {
        let problem = none.import(text).expect_err("no team file");
        assert_eq!(problem.code, Code::Input);
        format!(
            "{} {} {} {}",
            problem.what, problem.means, problem.remedy, problem.raw
        )
    });
    assert_snapshot!(format!(
        "{}\n\nImported:\n{}",
        said.join("\n\n"),
        refused.join("\n")
    ));
}

/// Where tokens and messages are sent is this desktop's, not the team's: whoever may write to base cannot move it.
#[test]
fn no_endpoint_can_be_set_in_a_team_file() {
    let keys = [
        "endpoint",
        "host",
        "api",
        "api_url",
        "url",
        "proxy",
        "endpoint_url",
        "web",
        "origin",
    ];
    let tables = ["", "github.", "slack.", "aws.", "pipeline."];
    let all = tables
        .iter()
        .flat_map(|table| keys.iter().map(move |key| format!("{table}{key}")));
    check(all.map(|key| {
        let read = Team::read(&format!("{key} = \"https://evil.example\""));
        (key, read.is_err(), true)
    }));
}
