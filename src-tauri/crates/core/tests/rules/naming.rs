//! Fix names and branch names.

use crate::table::check;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use slipway_core::draft::Draft;
use slipway_core::kind::Kind;
use slipway_core::rules::naming::{branch_name, parse};
use slipway_core::rules::{FixName, FixNameError, Form};
use slipway_core::team::Team;
use slipway_core::time::At;

fn folded(typed: &str) -> Result<String, FixNameError> {
    FixName::fold(typed).map(|name| name.as_str().to_owned())
}

#[test]
fn folds_what_people_type_into_a_fix_name() {
    let rows = [
        ("login-timeout", "login-timeout"),
        ("Login Timeout", "login-timeout"),
        ("  login   timeout  ", "login-timeout"),
        ("login_timeout", "login_timeout"),
        ("login__timeout", "login-timeout"),
        ("login_ timeout", "login-timeout"),
        ("_login_timeout_", "login_timeout"),
        ("-login-timeout-", "login-timeout"),
        ("--login..timeout~~", "login-timeout"),
        ("Größe", "gro-e"),
        ("Überlauf", "uberlauf"),
        ("Über lauf", "uber-lauf"),
        ("e\u{301}te\u{301}", "ete"),
        ("naïve café", "naive-cafe"),
        ("ﬁx the ﬂow", "fix-the-flow"),
        ("①②③", "123"),
        ("ＦＩＸ", "fix"),
        ("İstanbul", "istanbul"),
        ("K (Kelvin)", "k-kelvin"),
        ("fix 🐛 now", "fix-now"),
        ("🐛fix", "fix"),
        ("修复 login", "login"),
        ("can't log in", "can-t-log-in"),
        ("a/b", "a-b"),
        ("a\\b", "a-b"),
        ("v1.2.3", "v1-2-3"),
        ("fix.lock", "fix-lock"),
        ("..", "!none"),
        ("@{", "!none"),
        ("HEAD", "head"),
        ("refs/heads/master", "refs-heads-master"),
        ("fix\u{202e}nimda", "fix-nimda"),
        ("zero\u{200b}width", "zero-width"),
        ("line\nbreak\ttab", "line-break-tab"),
        ("42", "42"),
        ("4BE19D2", "4be19d2"),
        ("", "!missing"),
        ("   ", "!missing"),
        ("\u{3000}", "!missing"),
        ("修复", "!none"),
        ("🐛🐛", "!none"),
        ("---", "!none"),
        ("___", "!none"),
    ];
    check(rows.into_iter().map(|(typed, should)| {
        let is = match folded(typed) {
            Ok(name) => name,
            Err(FixNameError::Missing) => "!missing".to_owned(),
            Err(FixNameError::NoLetters) => "!none".to_owned(),
            Err(FixNameError::TooLong(_)) => "!long".to_owned(),
        };
        (format!("{typed:?}"), is, should.to_owned())
    }));
}

#[test]
fn a_name_may_have_sixty_characters_and_is_never_cut() {
    let sixty = "a".repeat(60);
    assert_eq!(folded(&sixty), Ok(sixty.clone()));
    assert_eq!(folded(&format!("--{sixty}--")), Ok(sixty.clone()));
    assert_eq!(folded(&format!("{sixty}b")), Err(FixNameError::TooLong(61)));
    assert_eq!(folded(&"ﬃ".repeat(20)), Ok("ffi".repeat(20)));
    assert_eq!(folded(&"ﬃ".repeat(21)), Err(FixNameError::TooLong(63)));
    assert_eq!(
        FixNameError::TooLong(61).to_string(),
        "Use at most 60 characters; this name has 61."
    );
}

#[test]
fn forty_hex_digits_are_no_commit_behind_the_prefix() {
    let hex = "4be19d2a".repeat(5);
    let name = branch_name(&Team::default(), Kind::Hotfix, date(2026, 11, 23), &hex);
    assert_eq!(name, format!("hotfix-2026-11-23-{hex}"));
    assert_eq!(ref_problem(&name), None);
}

#[test]
fn branch_names_follow_the_pattern_of_the_process() {
    let team = Team::default();
    let day = date(2026, 11, 24);
    assert_eq!(
        branch_name(&team, Kind::Maintenance, day, ""),
        "maintenance-2026-11-24"
    );
    assert_eq!(
        branch_name(&team, Kind::Hotfix, day, "login-timeout"),
        "hotfix-2026-11-24-login-timeout"
    );
}

fn parsed(team: &Team, name: &str) -> String {
    parse(team, name).map_or_else(
        || "no release".to_owned(),
        |parsed| {
            let fix = parsed
                .fix_name
                .map(|fix| format!(" {fix}"))
                .unwrap_or_default();
            format!("{} {}{fix}", parsed.kind.word(), parsed.date)
        },
    )
}

#[test]
fn a_branch_is_a_release_only_when_a_pattern_gives_exactly_its_name() {
    let team = Team::default();
    let rows = [
        ("maintenance-2026-11-24", "Maintenance 2026-11-24"),
        (
            "hotfix-2026-11-24-login-timeout",
            "Hotfix 2026-11-24 login-timeout",
        ),
        ("hotfix-2026-11-24-a", "Hotfix 2026-11-24 a"),
        ("maintenance-2026-11-24-2", "no release"),
        ("maintenance--2026-11-24", "no release"),
        ("maintenance-2026-11-31", "no release"),
        ("maintenance-2026-13-01", "no release"),
        ("maintenance-26-11-24", "no release"),
        ("maintenance-20261124", "no release"),
        ("maintenance-20261124  ", "no release"),
        ("maintenance-2026-W48-2", "no release"),
        ("maintenance-2026-11-2", "no release"),
        ("maintenance-", "no release"),
        ("maintenance", "no release"),
        ("hotfix-2026-11-24-", "no release"),
        ("hotfix-2026-11-24", "no release"),
        ("Hotfix-2026-11-24-a", "no release"),
        ("master", "no release"),
        ("", "no release"),
        ("maintenance-２０２６-11-24", "no release"),
        ("feature/maintenance-2026-11-24", "no release"),
    ];
    check(rows.map(|(name, should)| (name.to_owned(), parsed(&team, name), should.to_owned())));
}

#[test]
fn other_patterns_work_both_ways() {
    let patterns = [
        ("maintenance-{date}", "hotfix-{date}-{fix_name}"),
        ("maintenance--{date}", "hotfix--{date}-{fix_name}"),
        ("release/{date}", "hotfix/{date}/{fix_name}"),
        ("{date}-maintenance", "{date}-hotfix-{fix_name}"),
        ("m-{date}-x", "h-{date}-{fix_name}-x"),
        ("maintenance-{date}", "hotfix-{fix_name}-{date}"),
    ];
    for (maintenance, hotfix) in patterns {
        let team = Team {
            maintenance_branch: maintenance.into(),
            hotfix_branch: hotfix.into(),
            ..Team::default()
        };
        for (kind, fix) in [
            (Kind::Maintenance, ""),
            (Kind::Hotfix, "login-2026-11-24-timeout"),
        ] {
            let name = branch_name(&team, kind, date(2026, 11, 23), fix);
            let parsed = parse(&team, &name).unwrap_or_else(|| panic!("{name} is not recognised"));
            assert_eq!(parsed.kind, kind, "{name}");
            assert_eq!(parsed.date, date(2026, 11, 23), "{name}");
            assert_eq!(parsed.fix_name.unwrap_or_default(), fix, "{name}");
        }
    }
}

/// What `git check-ref-format --branch` and GitHub refuse, by the rules of the manual page.
fn ref_problem(name: &str) -> Option<&'static str> {
    let bad = |c: char| c.is_ascii_control() || " ~^:?*[\\".contains(c);
    let component =
        |part: &str| part.is_empty() || part.starts_with('.') || part.ends_with(".lock");
    let hex = |name: &str| name.len() == 40 && name.chars().all(|c| c.is_ascii_hexdigit());
    match name {
        "" => Some("empty"),
        "@" | "HEAD" => Some("reserved"),
        name if name.split('/').any(component) => Some("a component is empty, hidden or a lock"),
        name if name.contains("..") => Some("two dots"),
        name if name.contains(bad) => Some("a forbidden character"),
        name if name.ends_with('.') => Some("ends with a dot"),
        name if name.contains("@{") => Some("a reflog selector"),
        name if name.starts_with('-') => Some("looks like an option"),
        name if name.split('/').any(|part| part.len() > 255) => Some("too long for a file"),
        name if hex(name) => Some("looks like a commit"),
        _ => None,
    }
}

#[test]
fn the_rules_for_refs_in_this_test_know_what_git_refuses() {
    for name in [
        "", "@", "HEAD", "a..b", "a b", "a~1", "-a", "a.", "a/", "/a", "a//b", ".a", "a.lock",
        "a@{1",
    ] {
        assert!(ref_problem(name).is_some(), "{name:?}");
    }
    assert_eq!(ref_problem("maintenance-2026-11-24"), None);
}

fn any_date() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=31)
        .prop_filter_map("a real date", |(y, m, d)| Date::new(y, m, d).ok())
}

/// Text as people, and people who want to break it, type it.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 _-]{0,70}",
        "[a-z./@{}\\\\~^:?*\\[ -]{0,30}",
        "\\PC{0,40}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_name_that_the_form_takes_is_a_ref_and_comes_back_from_its_branch(
        typed in typed(), day in any_date(), kind in prop_oneof![Just(Kind::Maintenance), Just(Kind::Hotfix)],
    ) {
        let team = Team::default();
        let draft = Draft { kind, fix_name: typed, date: day.to_string() };
        let form = Form::read(&team, At(0), &draft);
        if let Some(name) = &form.name {
            prop_assert_eq!(ref_problem(name), None, "{}", name);
            let parsed = parse(&team, name).expect("its own branch is recognised");
            prop_assert_eq!(parsed.kind, kind);
            prop_assert_eq!(parsed.date, day);
            prop_assert_eq!(parsed.fix_name, form.fix_name.clone());
            prop_assert_eq!(&form.release().id.to_string(), name);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(typed in typed()) {
        if let Ok(once) = folded(&typed) {
            prop_assert!(once.len() <= 60);
            prop_assert_eq!(folded(&once), Ok(once));
        }
    }

    #[test]
    fn whatever_is_recognised_is_exactly_what_a_pattern_gives(name in "(maintenance|hotfix)-[0-9W+ -]{8,11}[a-z-]{0,6}") {
        let team = Team::default();
        if let Some(parsed) = parse(&team, &name) {
            let fix = parsed.fix_name.unwrap_or_default();
            prop_assert_eq!(branch_name(&team, parsed.kind, parsed.date, &fix), name);
        }
    }
}
