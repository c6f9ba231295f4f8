//! The words of every problem that Slipway can make, read out of its source: what happened, what it means, what to do.
//! A new one shows as a difference of the snapshot, and is read as prose before it is taken in.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Where problems are made.
const ROOMS: [&str; 6] = [
    "../core/src",
    "../engine/src",
    "../host/src",
    "../launch/src",
    "../practice/src",
    "../../src",
];

#[test]
fn are_said_in_three_parts() {
    let files: Vec<(String, String)> = ROOMS.iter().flat_map(|room| sources(room)).collect();
    let makers: BTreeSet<String> = files.iter().flat_map(|(_, text)| makers(text)).collect();
    let mut told = String::new();
    let mut whole = 0;
    for (file, text) in &files {
        let made = made_in(text, &makers);
        if made.is_empty() {
            continue;
        }
        let _ = writeln!(told, "{file}");
        for problem in made {
            whole += usize::from(problem.maker == "Problem::new");
            let _ = writeln!(told, "  {}", problem.maker.trim_start_matches("Problem::"));
            for part in &problem.parts {
                let _ = writeln!(told, "    {part}");
            }
            for words in &problem.words {
                let _ = writeln!(told, "      | {words}");
            }
            assert_plain(file, &problem);
        }
    }
    assert!(
        whole > 100,
        "only {whole} were found: the source is written otherwise now"
    );
    insta::assert_snapshot!(told);
}

/// One place that makes a problem, with the words that stand there.
struct Made {
    /// Who makes it: `Problem::new`, or a function that fills in the rest.
    maker: String,
    /// Its arguments, each with all the words it may say.
    parts: Vec<String>,
    /// Where an argument is only a name: the words that the function has for it.
    words: Vec<String>,
}

/// House style: short, present tense, "you"; nothing of what another program said in between.
fn assert_plain(file: &str, problem: &Made) {
    const RAW: [&str; 5] = ["{error", "{raw", "{message}", "{text}", "{panic"];
    for part in problem.parts.iter().chain(&problem.words) {
        let lower = format!(" {} ", part.to_lowercase());
        for word in ["!", "—", " we ", " our ", " please ", "oops", "sorry"] {
            assert!(!lower.contains(word), "{file}: {word:?} in {part:?}");
        }
        for raw in RAW {
            assert!(
                !part.contains(raw),
                "{file}: {raw:?} in {part:?}: that belongs beneath"
            );
        }
    }
    if problem.maker == "Problem::new" {
        let said = &problem.parts[1..];
        // What is typed wrongly is said by its field, which has room for a sentence.
        let field = problem.parts[0] == "Input";
        // Where its words are put in right there.
        let filled = said.is_empty();
        assert!(
            said.len() == 3 || field || filled,
            "{file}: {:?}",
            problem.parts
        );
        for part in said {
            assert!(!part.is_empty(), "{file}: {:?}", problem.parts);
        }
    }
}

/// The functions that give a problem.
fn makers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("fn ") {
        let rest = &text[at + 3..];
        let Some(open) = rest.find('(') else { continue };
        let name = rest[..open].split('<').next().unwrap_or_default();
        let Some(arguments) = balanced(&rest[open..]) else {
            continue;
        };
        let gives = rest[open + arguments.len()..].trim_start();
        if gives.starts_with("-> Problem {") || gives.starts_with("-> Option<Problem> {") {
            found.push(name.to_owned());
        }
    }
    found
}

/// Calls in a source, oldest first, as far as they say anything.
fn made_in(text: &str, makers: &BTreeSet<String>) -> Vec<Made> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut made = Vec::new();
    for (at, _) in text.match_indices('(') {
        let before = &text[..at];
        let start = before
            .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':'))
            .map_or(0, |it| it + 1);
        let name = &before[start..];
        let last = name.rsplit("::").next().unwrap_or_default();
        let whole = name == "Problem::new";
        let declared = before[..start].ends_with("fn ");
        if !whole && (!makers.contains(last) || declared || last.is_empty()) {
            continue;
        }
        let Some(call) = balanced(&text[at..]) else {
            continue;
        };
        let mut parts: Vec<String> = arguments(&call[1..call.len() - 1]);
        if whole {
            let words = said_before(before);
            made.push(Made {
                maker: name.to_owned(),
                words: if parts[1..].iter().all(|it| it.contains(' ')) {
                    Vec::new()
                } else {
                    words
                },
                parts,
            });
            continue;
        }
        let words = match parts.iter().any(|it| it == "what") {
            true => said_before(before),
            false => Vec::new(),
        };
        parts.retain(|it| it.contains(' '));
        if !parts.is_empty() || !words.is_empty() {
            made.push(Made {
                maker: last.to_owned(),
                words,
                parts,
            });
        }
    }
    for (at, _) in text.match_indices("Problem {") {
        if text[..at].ends_with("-> ")
            || text[..at].ends_with("impl ")
            || text[..at].ends_with("struct ")
        {
            continue;
        }
        let Some(fields) = balanced(&text[at + "Problem ".len()..]) else {
            continue;
        };
        let parts: Vec<String> = ["what:", "means:", "remedy:"]
            .iter()
            .filter_map(|field| {
                let rest = &fields[fields.find(field)? + field.len()..];
                arguments(rest)
                    .into_iter()
                    .next()
                    .filter(|it| it.contains(' '))
            })
            .collect();
        if !parts.is_empty() {
            made.push(Made {
                maker: "Problem {}".to_owned(),
                words: Vec::new(),
                parts,
            });
        }
    }
    made
}

/// The sentences that stand in a function before a call in it.
fn said_before(text: &str) -> Vec<String> {
    let body = &text[text
        .rfind("\nfn ")
        .max(text.rfind(" fn "))
        .unwrap_or_default()..];
    let mut said = Vec::new();
    let mut letters = body.chars();
    while letters.by_ref().any(|letter| letter == '"') {
        let word = literal(&mut letters);
        if word.contains(' ') {
            said.push(word);
        }
    }
    said
}

/// The rest of a string whose opening quote was just read, and its closing one.
fn literal(letters: &mut std::str::Chars<'_>) -> String {
    let mut word = String::new();
    while let Some(inside) = letters.next() {
        match inside {
            '\\' => word.extend(letters.next()),
            '"' => break,
            other => word.push(other),
        }
    }
    word
}

/// What stands between a bracket and the one that closes it, with both.
fn balanced(text: &str) -> Option<&str> {
    let mut depth = 0_i32;
    let mut quoted = false;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if quoted {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => quoted = true,
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(..=at);
        }
    }
    None
}

/// Arguments, each as the words in it; without any, as what is written there.
fn arguments(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut words, mut code, mut depth) = (Vec::new(), String::new(), 0_i32);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => words.push(literal(&mut letters)),
            ',' if depth == 0 => parts.push(part(&mut words, &mut code)),
            other => {
                match other {
                    '(' | '{' | '[' => depth += 1,
                    ')' | '}' | ']' => depth -= 1,
                    _ => {}
                }
                code.push(other);
            }
        }
    }
    parts.push(part(&mut words, &mut code));
    parts.retain(|it| !it.is_empty());
    parts
}

fn part(words: &mut Vec<String>, code: &mut String) -> String {
    let said = std::mem::take(words).join(" | ");
    let code = std::mem::take(code);
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() {
        code.trim_start_matches("Code::").to_owned()
    } else {
        said
    }
}

fn sources(room: &str) -> Vec<(String, String)> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join(room);
    let mut found = Vec::new();
    let mut folders = vec![room];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a room") {
            let path: PathBuf = entry.expect("a file").path();
            if path.is_dir() {
                // A test's own pretence says nothing to anybody.
                folders.extend(Some(path).filter(|path| !path.ends_with("schedules")));
            } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).expect("it is read");
                found.push((named(&path), text));
            }
        }
    }
    found.sort();
    found
}

/// From the crate's name on.
fn named(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|it| it.as_os_str().to_string_lossy().into_owned())
        .collect();
    let at = parts.iter().rposition(|it| it == "src").unwrap_or_default();
    parts[at.saturating_sub(1)..].join("/")
}
