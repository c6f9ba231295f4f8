//! What ARCHITECTURE.md says is so, held: the ways dependencies may point, what core must not know, how long files get.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this holds more than one thing.
const LONGEST: usize = 500;

/// The shell shows; whatever needs more room than this is no longer glue.
const SHELL: usize = 500;

/// Where Tauri may be imported: the door to the host, and the test that puts a pretended Tauri behind that door.
const DOOR: &[&str] = &["ui/src/backend/", "ui/src/test/backend.test.ts"];

/// The files that are longer, and why that is right.
const LONGER: &[(&str, &str)] = &[("ui/src/bindings.ts", "generated")];

/// The pages that name files, and the folder that their short names are in.
const PAGES: &[(&str, &[&str])] = &[
    ("README.md", &["src-tauri/crates/engine/src"]),
    (
        "src-tauri/ARCHITECTURE.md",
        &[
            "src-tauri",
            "src-tauri/crates/core/src",
            "src-tauri/crates/core/src/rules",
            "src-tauri/crates/engine/src",
            "src-tauri/crates/engine/src/engine",
            "src-tauri/crates/tray/src",
            "tests",
            "ui/src",
        ],
    ),
    (
        "src-tauri/SECURITY.md",
        &[
            "src-tauri",
            "src-tauri/crates",
            "src-tauri/crates/core/src",
            "src-tauri/crates/engine/src",
        ],
    ),
];

const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
];

#[test]
fn dependencies_point_down() {
    let crates = [
        ("core", &["dependencies", "build-dependencies"][..], &[][..]),
        (
            "engine",
            &["dependencies", "build-dependencies"],
            &["slipway-core"],
        ),
        (
            "sim",
            &["dependencies", "build-dependencies", "dev-dependencies"],
            &[],
        ),
        (
            "practice",
            &["dependencies", "build-dependencies"],
            &["slipway-core", "slipway-engine", "slipway-sim"],
        ),
        (
            "launch",
            &["dependencies", "build-dependencies"],
            &["slipway-core"],
        ),
        (
            "tray",
            &["dependencies", "build-dependencies"],
            &["slipway-core"],
        ),
        ("host", &["dependencies", "build-dependencies"], &[]),
    ];
    for (name, sections, allowed) in crates {
        let manifest = read(&format!("src-tauri/crates/{name}/Cargo.toml"));
        let ours: Vec<String> = dependencies(&manifest, sections)
            .into_iter()
            .filter(|dependency| dependency.starts_with("slipway"))
            .collect();
        assert_eq!(ours, allowed, "what {name} may depend on of ours");
    }
}

#[test]
fn each_room_keeps_to_its_means() {
    const OUTSIDE: &[&str] = &["aws-", "hyper", "octocrab", "reqwest", "sqlx"];
    let rooms = [
        (
            "src-tauri/crates/core/Cargo.toml",
            [OUTSIDE, &["tokio", "tauri", "fastrand", "rand"]].concat(),
        ),
        ("src-tauri/crates/engine/Cargo.toml", vec!["tauri"]),
        ("src-tauri/crates/sim/Cargo.toml", vec!["tauri"]),
        ("src-tauri/crates/practice/Cargo.toml", vec!["tauri"]),
        ("src-tauri/crates/launch/Cargo.toml", vec!["tauri"]),
        ("src-tauri/crates/tray/Cargo.toml", OUTSIDE.to_vec()),
        ("src-tauri/crates/host/Cargo.toml", OUTSIDE.to_vec()),
        ("Cargo.toml", OUTSIDE.to_vec()),
    ];
    for (file, forbidden) in rooms {
        for dependency in dependencies(&read(file), &["dependencies"]) {
            let found = forbidden
                .iter()
                .find(|prefix| dependency.starts_with(**prefix));
            assert_eq!(found, None, "{file} must do without {dependency}");
        }
    }
}

#[test]
fn xtask_needs_nothing() {
    let manifest = read("src-tauri/crates/xtask/Cargo.toml");
    let needed = dependencies(
        &manifest,
        &["dependencies", "build-dependencies", "dev-dependencies"],
    );
    assert!(
        needed.is_empty(),
        "xtask has to compile in seconds on a bare machine: {needed:?}"
    );
}

#[test]
fn core_is_told_the_time_and_the_facts() {
    const WORDS: &[&str] = &[
        "async",
        "await",
        "Instant",
        "SystemTime",
        "println",
        "eprintln",
    ];
    const PATHS: &[&str] = &["Timestamp::now", "Zoned::now", "TimeZone::system"];
    const MODULES: &[&str] = &["env", "fs", "io", "net", "process", "thread"];
    for file in files(&["rs"]) {
        if !file.starts_with("src-tauri/crates/core/src") {
            continue;
        }
        for (number, line) in code(&read(&file)) {
            let words: Vec<&str> = words(line).collect();
            let uses = line.trim_start().starts_with("use std::") || line.contains("std::");
            let found = PATHS
                .iter()
                .find(|path| line.contains(**path))
                .or_else(|| WORDS.iter().find(|word| words.contains(word)))
                .or_else(|| MODULES.iter().find(|module| uses && words.contains(module)));
            assert_eq!(
                found, None,
                "{file}:{number}: core has no clock and no I/O: {line}"
            );
        }
    }
}

#[test]
fn one_folder_of_the_page_knows_tauri() {
    for file in files(&["ts", "svelte", "js"]) {
        let is_page =
            file.starts_with("ui/src/") && !DOOR.iter().any(|door| file.starts_with(door));
        assert!(
            !is_page || !read(&file).contains("@tauri-apps"),
            "{file}: only ui/src/backend imports Tauri"
        );
    }
}

#[test]
fn files_stay_short() {
    let mut long = BTreeSet::new();
    for file in files(&["rs", "ts", "svelte", "css", "js"]) {
        if read(&file).lines().count() > LONGEST {
            long.insert(file);
        }
    }
    let expected: BTreeSet<String> = LONGER.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(
        long, expected,
        "files over {LONGEST} lines, against those with a reason"
    );
}

/// What a page says of a file that was renamed, or of a test that is gone, holds nothing.
#[test]
fn what_the_pages_name_is_there() {
    for (page, folders) in PAGES {
        let text = read(page);
        for name in text.split('`').skip(1).step_by(2) {
            if let Some((module, item)) = name.rsplit_once("::") {
                assert!(is_item(module, item), "{page}: nothing is called {name}");
            }
            for path in paths(name) {
                let places = [""].iter().chain(*folders);
                let is_there = places
                    .map(|folder| root().join(folder).join(&path))
                    .any(|place| place.exists());
                assert!(is_there, "{page}: there is no {path}");
            }
        }
    }
}

/// `crates/core`, `engine/src/links.rs`, `{github,aws}/check.rs`; not what is typed, sent or kept on other computers.
fn paths(name: &str) -> Vec<String> {
    const ENDINGS: &[&str] = &[".md", ".rs", ".svelte", ".ts", ".yml"];
    const ROOMS: &[&str] = &["crates/", "src-tauri/", "src/", "tests/", "ui/"];
    let name = name.strip_prefix("../").unwrap_or(name);
    let is_path = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_./{},".contains(c));
    let is_ours = ENDINGS.iter().any(|ending| name.ends_with(ending))
        || ROOMS.iter().any(|room| name.starts_with(room));
    if !is_path || !is_ours {
        return Vec::new();
    }
    match (name.split_once('{'), name.split_once('}')) {
        (Some((before, _)), Some((inside, after))) => {
            let each = inside.trim_start_matches(before).trim_start_matches('{');
            each.split(',')
                .map(|one| format!("{before}{one}{after}"))
                .collect()
        }
        _ => vec![name.to_owned()],
    }
}

/// Something of that name is made in a file of that module; of modules that are not ours nothing is known.
fn is_item(module: &str, item: &str) -> bool {
    const OURS: &[&str] = &["core", "host"];
    let mut steps = module.split("::");
    let Some(room) = steps.next().filter(|room| OURS.contains(room)) else {
        return true;
    };
    let item = item.split('(').next().unwrap_or(item);
    let is_made = |text: &str| {
        ["fn", "struct", "enum", "mod", "trait", "const"]
            .iter()
            .any(|kind| {
                text.match_indices(&format!("{kind} {item}"))
                    .any(|(at, made)| {
                        let after = text[at + made.len()..].chars().next();
                        !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
                    })
            })
    };
    let folder = format!("src-tauri/crates/{room}/src/");
    let inside: Vec<&str> = steps.collect();
    files(&["rs"])
        .iter()
        .filter_map(|file| Some((file.strip_prefix(&folder)?, file)))
        .filter(|(inner, _)| {
            let stem = inner.trim_end_matches(".rs").to_lowercase();
            inside.iter().all(|step| {
                stem.split('/').any(|part| part == step.to_lowercase()) || stem == "lib"
            })
        })
        .any(|(_, file)| is_made(&read(file)))
}

#[test]
fn the_shell_stays_thin() {
    let lines: usize = files(&["rs"])
        .iter()
        .filter(|file| file.starts_with("src-tauri/src/"))
        .map(|file| read(file).lines().count())
        .sum();
    assert!(lines < SHELL, "the shell has {lines} lines");
}

#[test]
fn bindings_are_current() {
    is_current("ui/src/bindings.ts", &slipway_core::bindings());
}

#[test]
fn schema_is_current() {
    is_current(
        "src-tauri/crates/core/slipway.schema.json",
        &slipway_core::team::team_file_schema(),
    );
}

/// `cargo xtask gen` runs the tests that use this, to write the files.
fn is_current(name: &str, current: &str) {
    let file = root().join(name);
    if std::env::var_os("SLIPWAY_GEN").is_some() {
        fs::write(file, current).expect("a generated file can be written");
        return;
    }
    let kept = fs::read_to_string(file).unwrap_or_default();
    let differing = current
        .lines()
        .zip(kept.lines())
        .find(|(now, then)| now != then);
    assert!(
        current == kept,
        "{name} is not what the Rust types say; run `cargo xtask gen`. First difference: {differing:?}"
    );
}

#[test]
fn the_top_level_holds_what_belongs_there() {
    let ignored = read(".gitignore");
    let entries = fs::read_dir(root()).expect("the repository can be read");
    for entry in entries {
        let name = entry.expect("the repository can be read").file_name();
        let name = name.to_string_lossy();
        let is_ignored = ignored.lines().any(|line| line == format!("/{name}/"));
        assert!(
            name.starts_with('.') || is_ignored || TOP_LEVEL.contains(&&*name),
            "{name} does not belong at the top level"
        );
    }
}

/// Tauri takes the first package.json it finds for the page's.
#[test]
fn there_is_one_package_json() {
    let found = files(&["package.json"]);
    assert_eq!(found, ["ui/package.json"]);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, or this file would find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
    ];
    for file in files(&[
        "rs", "ts", "svelte", "css", "js", "html", "md", "toml", "json", "yml", "sh",
    ]) {
        if file.ends_with("package-lock.json") {
            continue;
        }
        let text = read(&file);
        let found = words(&text).find(|word| marks.contains(word));
        assert_eq!(found, None, "{file}");
    }
}

/// The names in sections such as `[dependencies]` and `[target.'cfg(unix)'.dependencies]`, sorted.
fn dependencies(manifest: &str, sections: &[&str]) -> Vec<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let section = header.trim_end_matches(']');
            let last = section.rsplit("'.").next().unwrap_or(section);
            inside = sections.contains(&last);
        } else if inside && line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            names.extend(line.split(['.', '=', ' ']).next().map(str::to_owned));
        }
    }
    names.into_iter().collect()
}

/// The lines that are not comments, numbered.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric() && char != '_')
}

/// Every file of ours whose name ends so, as a path from the root.
fn files(endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    collect(root(), endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<String>) {
    const MADE: &[&str] = &[".git", "dist", "gen", "node_modules", "target"];
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let entry = entry.expect("a folder can be read");
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        if path.is_dir() {
            if !MADE.contains(&&*name) {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| {
            name.strip_suffix(ending)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        }) {
            let path = path
                .strip_prefix(root())
                .expect("the walk starts at the root");
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

fn read(file: &str) -> String {
    let path: PathBuf = root().join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
