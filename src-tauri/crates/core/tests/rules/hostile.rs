//! Text from outside is text, wherever it goes.

use crate::world::World;
use proptest::prelude::*;
use slipway_core::action::Action;
use slipway_core::facts::{BranchHead, Relation};
use slipway_core::ids::ReleaseId;
use slipway_core::rules::naming;
use slipway_core::words::{announcement, pull_request, report};

const JOINER: char = '\u{2060}';

/// What somebody may have typed as a title, a name, a reason.
const HOSTILE: [&str; 20] = [
    "@channel",
    "<!here> <!channel> <@U012> <#C012|general>",
    "<https://evil.example|click> https://evil.example www.evil.example",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "&lt;!here&gt; &amp;",
    "@gitMLS/etl please",
    "Fixes #1, closes gitMLS/etl#2, resolves GH-3",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[link](javascript:alert(1)) ![image](https://evil.example/x.png)",
    "| a | b |\n| --- | --- |",
    "```\nout of the block\n```",
    "``\u{200b}` joins when the invisible one is dropped",
    "# heading\n- list\n> quote",
    "safe\u{202e}txt.exe\u{202c}",
    "\u{200f}right to left\u{061c}",
    "\u{1b}[31mred\u{1b}[0m\u{7}",
    "$x^2$ and :shipit: and C:\\dir\\*",
    "line one\r\nline two\u{2028}line three",
    "…\\`\\*\\@",
];

fn in_every_place(text: &str) -> World {
    let mut world = World::maintenance().branch().announced();
    world.repository().me.name = text.to_owned();
    world.facts.workspace.last.as_mut().unwrap().value.bot = text.to_owned();
    let mut world = world.pull_that(412, |pull| {
        pull.title = text.to_owned();
        pull.author = text.to_owned();
        pull.checks.failed = vec![text.to_owned()];
    });
    world.source().pulls.extend([crate::world::pull(415)]);
    let mut world = world.merged(412).no_more();
    for commit in &mut world.source().comparison.as_mut().unwrap().commits {
        commit.title = text.to_owned();
        commit.author = text.to_owned();
    }
    let world = world
        .statement(text)
        .without_database()
        .release_pull()
        .landed()
        .picked_up()
        .asks();
    let more = World::other_commit(text);
    let mut world = world.related("d00d", Relation::Descendant(vec![more]));
    world.ours().revisions[0].sha = Some(crate::world::sha("d00d"));
    world.ours().revisions[0].summary = text.to_owned();
    let mut world = world.approved();
    world.newest_run().summary = text.to_owned();
    world.build_failed().noted()
}

/// Our own signs are taken away; what is left must not act.
fn acts_in_slack(text: &str) -> Option<String> {
    let ours = text.strip_prefix('*').unwrap_or(text);
    let ours: String = ours
        .lines()
        .map(|line| line.trim_end_matches(['*', '_']).trim_start_matches('_'))
        .collect::<Vec<_>>()
        .join("\n");
    let chars: Vec<char> = ours.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let opens = !before.is_alphanumeric() && !after.is_whitespace();
        match c {
            '<' | '>' | '`' => return Some(format!("{c} in {ours}")),
            '*' | '_' | '~' if opens => return Some(format!("{c} opens in {ours}")),
            '&' => {
                let rest: String = chars[at..].iter().take(5).collect();
                let known = ["&amp;", "&lt;", "&gt;"]
                    .iter()
                    .any(|entity| rest.starts_with(entity));
                if !known {
                    return Some(format!("a bare & in {ours}"));
                }
            }
            _ => {}
        }
    }
    None
}

/// What GitHub would read out of a line of our Markdown, other than text.
fn acts_in_markdown(escaped: &str) -> Option<String> {
    let chars: Vec<char> = escaped.chars().collect();
    let mut is_escaped = false;
    for (at, c) in chars.iter().enumerate() {
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        if is_escaped {
            is_escaped = false;
        } else if *c == '\\' {
            is_escaped = true;
            continue;
        } else if "`*_{}[]<>()#+!|~&$".contains(*c) {
            return Some(format!("{c} acts in {escaped:?}"));
        }
        // These are looked for after the backslashes are gone.
        let links = matches!(c, '@' | '#') || (*c == ':' && after == '/');
        if links && after != JOINER {
            return Some(format!("{c} links in {escaped:?}"));
        }
    }
    let lower = escaped.to_ascii_lowercase();
    let begins = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let links = |word: &&&str| {
        let mut found = lower.match_indices(**word);
        found.any(|(at, _)| begins(at) && !lower[at + word.len()..].starts_with(JOINER))
    };
    let found = ["www.", "gh-"].iter().find(links);
    found.map(|it| format!("{it} in {escaped:?}"))
}

fn unseen(text: &str) -> Option<char> {
    let hidden = |c: &char| {
        (c.is_control() && *c != '\n' && *c != '\t')
            || matches!(*c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}')
    };
    text.chars().find(hidden)
}

#[test]
fn hostile_text_is_inert_in_slack() {
    for text in HOSTILE {
        let message = announcement::message(text, "Step 3 of 8: waiting for pull requests");
        assert_eq!(acts_in_slack(&message), None, "{text:?}");
        assert_eq!(unseen(&message), None, "{text:?}");
        let result = report::slack(&in_every_place(text).course(), text);
        assert_eq!(acts_in_slack(&result), None, "{text:?}");
        assert_eq!(unseen(&result), None, "{text:?}");
    }
}

/// Everything that Slipway says in Slack about a release: the message, its updates, what its thread tells.
fn said_in_slack(text: &str) -> Vec<String> {
    let landed = || {
        let mut world = World::maintenance().branch().announced();
        world.release.id = ReleaseId(format!("hotfix-2026-11-24-{text}"));
        world.team.base = text.to_owned();
        world.team.pipeline = text.to_owned();
        world.repository().me.name = text.to_owned();
        let world = world.pull_that(412, |pull| {
            pull.title = text.to_owned();
            pull.author = text.to_owned();
        });
        let world = world.merged(412).no_more().no_database();
        world.release_pull().landed().picked_up().asks()
    };
    let stage = |mut world: World| {
        let seen = world.facts.execution.last.as_mut().unwrap();
        for run in &mut seen.value.as_mut().unwrap().runs {
            run.summary = text.to_owned();
            if run.updated_by.is_some() {
                run.updated_by = Some(text.to_owned());
            }
        }
        world
    };
    let named = |mut world: World| {
        let seen = world.facts.execution.last.as_mut().unwrap();
        world.now = world.now.plus_seconds(1);
        seen.value.as_mut().unwrap().runs.last_mut().unwrap().stage = text.to_owned();
        world
    };
    let worlds = [
        landed(),
        stage(landed().rejected()),
        stage(landed().expired()),
        stage(landed().approved().build_failed()),
        named(stage(landed().approved().build_failed())),
        stage(landed().approved().build_failed().retried()),
        stage(landed().approved().deployed()),
    ];
    let mut said = Vec::new();
    for mut world in worlds {
        let close = slipway_core::intent::Intent::CloseRelease {
            release: world.id(),
        };
        let farewell = world.decide(&close).unwrap().farewell;
        said.extend(farewell.and_then(written));
        while let Some(action) = world.follow_up() {
            said.extend(written(action.clone()));
            world = world.did(action);
        }
    }
    said
}

fn written(action: Action) -> Option<String> {
    match action {
        Action::UpdateAnnouncement { text, .. } | Action::TellChange { text, .. } => Some(text),
        _ => None,
    }
}

/// Each line is looked at alone: our own marks stand around whole lines.
fn acts_in_a_line(text: &str) -> Option<String> {
    text.lines().find_map(acts_in_slack)
}

#[test]
fn hostile_text_is_inert_in_updates_and_in_the_thread() {
    let long = "<!channel> *long* & ".repeat(250);
    let mut told = 0;
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let said = said_in_slack(text);
        told += said.len();
        for said in said {
            assert_eq!(acts_in_a_line(&said), None, "{text:?}");
            assert_eq!(unseen(&said), None, "{text:?}");
            // What is so comes first, and all of it fits.
            assert!(said.chars().count() <= 4000, "{said}");
            let first = said.lines().next().unwrap();
            assert!(first.chars().count() <= 200, "{first}");
        }
    }
    assert!(told > 12 * HOSTILE.len(), "only {told} messages");
}

#[test]
fn words_and_names_keep_their_signs_in_slack() {
    for plain in [
        "hotfix-2026-11-24-login_timeout",
        "SELECT * FROM feeds",
        "2*3 ~ 6",
        "a_b_c",
        "Größe",
    ] {
        assert_eq!(announcement::escape(plain), plain);
    }
    assert_eq!(
        announcement::escape("*bold* <!here> & `x`"),
        "∗bold∗ &lt;!here&gt; &amp; ˋxˋ"
    );
}

#[test]
fn hostile_text_is_inert_on_github() {
    for text in HOSTILE {
        let body = pull_request::body(&in_every_place(text).course());
        let titles: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("- #412 "))
            .collect();
        assert_eq!(titles.len(), 1, "{text:?} breaks out of its line: {body}");
        assert_eq!(acts_in_markdown(titles[0]), None);
        assert_eq!(body.lines().count(), 5, "{text:?} adds lines: {body}");
        assert_eq!(unseen(&body), None, "{text:?}");
    }
}

#[test]
fn hostile_text_is_inert_in_the_report() {
    for text in HOSTILE {
        let report = report::markdown(&in_every_place(text).course());
        let table = report.split("\n## ").next().unwrap();
        let rows: Vec<&str> = table
            .lines()
            .filter(|line| line.starts_with("| "))
            .collect();
        assert_eq!(rows.len(), 10, "{text:?} adds rows: {report}");
        for row in &rows[2..] {
            let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
            assert_eq!(cells.len(), 5, "{text:?} adds cells: {row}");
            for cell in cells {
                assert_eq!(acts_in_markdown(cell), None, "{row}");
            }
        }
        let fence = report
            .lines()
            .find_map(|line| line.strip_suffix("sql"))
            .unwrap();
        let closes = report.lines().filter(|line| line.trim() == fence).count();
        assert_eq!(closes, 1, "{text:?} ends its own block: {report}");
        assert!(fence.len() >= 3);
        assert_eq!(unseen(&report), None, "{text:?}");
    }
}

#[test]
#[rustfmt::skip]
fn a_name_of_a_branch_is_code_and_a_word_of_a_command_line() {
    let named = |name: &str| {
        let mut world = World::hotfix("login").branch();
        world.release.id = ReleaseId(name.to_owned());
        world
    };
    let rows = [
        ("hotfix-2026-11-24-login", "hotfix-2026-11-24-login", "compare/hotfix-2026-11-24-login..."),
        ("hotfix-2026-11-24-$(id)", "'hotfix-2026-11-24-$(id)'", "compare/hotfix-2026-11-24-%24%28id%29..."),
        ("hotfix-2026-11-24-a;b", "'hotfix-2026-11-24-a;b'", "compare/hotfix-2026-11-24-a%3Bb..."),
        ("hotfix-2026-11-24-it's", r"'hotfix-2026-11-24-it'\''s'", "compare/hotfix-2026-11-24-it%27s..."),
        ("hotfix-2026-11-24-a#b&c", "'hotfix-2026-11-24-a#b&c'", "compare/hotfix-2026-11-24-a%23b%26c..."),
        ("hotfix-2026-11-24-ö", "'hotfix-2026-11-24-ö'", "compare/hotfix-2026-11-24-%C3%B6..."),
    ];
    for (name, word, address) in rows {
        let world = named(name);
        let viewed = slipway_core::view::view(&world.scene());
        let branch = &viewed.view.releases[0].branch;
        let fetch = branch.git_commands.lines().next().unwrap();
        assert_eq!(fetch, format!("git fetch origin {word}"));
        let link = branch.compare_link.as_ref().unwrap();
        assert_eq!(
            viewed.links.address(&link.id),
            Some(format!("https://github.com/gitMLS/etl/{address}").as_str())
        );
    }
    let body = pull_request::body(&named("hotfix-2026-11-24-`@channel`").course());
    assert!(
        body.starts_with("Brings `` hotfix-2026-11-24-`@channel` `` into `master`."),
        "{body}"
    );
}

#[test]
fn a_branch_with_an_invisible_name_is_no_release() {
    let team = slipway_core::team::Team::default();
    for name in [
        "hotfix-2026-11-24-a\u{202e}b",
        "hotfix-2026-11-24-\u{200b}",
        "hotfix-2026-11-24-a\u{7f}",
    ] {
        assert_eq!(naming::parse(&team, name), None);
        let mut world = World::maintenance();
        let head = BranchHead {
            name: name.to_owned(),
            sha: crate::world::sha("7aa0c41"),
        };
        world.repository().branches.push(head);
        let viewed = slipway_core::view::view(&world.scene());
        assert_eq!(viewed.view.home.found, []);
    }
}

#[test]
fn hostile_text_reaches_the_page_as_text_that_is_cut_and_clean() {
    for text in HOSTILE {
        let mut world = in_every_place(text);
        // What somebody typed here as SQL is shown exactly as it will be run.
        world.release.statements.clear();
        let viewed = slipway_core::view::view(&world.scene());
        let value = serde_json::to_value(&viewed.view).unwrap();
        each_text(&value, &mut |shown| {
            let shown = shown.replace(JOINER, "");
            assert_eq!(unseen(&shown), None, "{shown:?} of {text:?}");
        });
    }
}

#[test]
fn a_hundred_kilobytes_are_cut_everywhere() {
    let long = "long & <long> @long ".repeat(5000);
    let mut world = in_every_place(&long);
    world.release.statements.clear();
    let viewed = slipway_core::view::view(&world.scene());
    let value = serde_json::to_value(&viewed.view).unwrap();
    each_text(&value, &mut |shown| {
        assert!(
            shown.chars().count() <= 5000,
            "{} characters: {shown:.80}",
            shown.chars().count()
        );
    });
    assert!(report::slack(&world.course(), &long).chars().count() < 12_000);
    assert!(pull_request::body(&world.course()).chars().count() < 2000);
    assert!(announcement::message(&long, "x").chars().count() < 14_000);
    let approval = world.view().approval;
    assert!(approval.answer.unwrap().text.chars().count() <= 512);
}

fn each_text(value: &serde_json::Value, look: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => look(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| each_text(value, look)),
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|value| each_text(value, look));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_inert_in_slack(text in prop_oneof!["[ *_~`<>&a-z\\n]{0,30}", any::<String>()]) {
        let escaped = announcement::escape(&text);
        prop_assert_eq!(acts_in_slack(&format!(".{escaped}.")), None);
    }

    #[test]
    fn any_title_is_inert_in_updates_and_in_the_thread(
        text in prop_oneof!["[ *_~`<>&!@#|a-z\\n]{0,40}", any::<String>()],
        at in any::<prop::sample::Index>(),
    ) {
        let said = said_in_slack(&text);
        let said = at.get(&said);
        prop_assert_eq!(acts_in_a_line(said), None);
        prop_assert_eq!(unseen(said), None);
    }

    #[test]
    fn any_text_is_inert_in_markdown(text in prop_oneof!["[ @#:/`*_|<>&\\\\a-zGHW.-]{0,30}", any::<String>()]) {
        prop_assert_eq!(acts_in_markdown(&pull_request::escape(&text)), None);
    }

    #[test]
    fn any_text_as_code_ends_where_it_ends(text in "[`a-z ]{1,20}") {
        let code = pull_request::code(&text);
        let ticks = code.len() - code.trim_start_matches('`').len();
        let fence = "`".repeat(ticks);
        let inside = &code[ticks..code.len() - ticks];
        prop_assert!(code.ends_with(&fence));
        prop_assert!(!inside.split(|c| c != '`').any(|run| run.len() == ticks), "{}", code);
    }
}
