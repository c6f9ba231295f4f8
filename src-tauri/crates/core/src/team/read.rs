//! From the text of a team file to a team, or to one sentence that says where it goes wrong.

use super::Team;
use super::check::{self, Wrong};
use super::file::TeamFile;
use super::places::Places;
use crate::text::line;
use serde::Deserialize;
use toml::de::{DeTable, Deserializer, Error};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The most bytes that a team file may have.
pub const LARGEST: usize = 100_000;

/// The most dots outside of texts. A team file needs one for each of its keys; with thousands of them a small file
/// nests so deeply that dropping what was parsed overflows the stack.
const MOST_DOTS: usize = 500;

/// Why a team file is not used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct TeamFileError {
    /// The line, from 1; none when it is about the whole file.
    pub line: Option<usize>,
    /// The key with dots, such as `maintenance.until`; none where no key can be made out.
    pub key: Option<String>,
    /// The sentence; it names both.
    pub says: String,
    /// The parser's own words; empty where they say no more.
    pub raw: String,
}

impl Team {
    /// Reads a team file over the built-in default: what it leaves out stays as that has it.
    ///
    /// # Errors
    /// When it is too large, is no TOML, has a key that Slipway does not know or a value that cannot be right.
    pub fn read(text: &str) -> Result<Self, TeamFileError> {
        Self::read_within(text, LARGEST)
    }

    /// Reads what [`Self::to_toml`] wrote of a team file, which may be longer than that was.
    pub(super) fn read_back(text: &str) -> Result<Self, TeamFileError> {
        Self::read_within(text, 4 * LARGEST)
    }

    fn read_within(text: &str, largest: usize) -> Result<Self, TeamFileError> {
        if text.len() > largest {
            return Err(whole("is larger than 100 kB"));
        }
        let tokens = Source::new(text).lex();
        if tokens
            .filter(|token| token.kind() == TokenKind::Dot)
            .count()
            > MOST_DOTS
        {
            return Err(whole("nests deeper than any team needs"));
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let places = Places::of(table.get_ref());
        if let Some(error) = errors.first() {
            return Err(syntax(text, &places, error));
        }
        let file = TeamFile::deserialize(Deserializer::from(table))
            .map_err(|error| form(text, &places, &error))?;
        check::team(file).map_err(|wrong| value(text, &places, &wrong))
    }
}

/// It is not looked into at all.
fn whole(why: &str) -> TeamFileError {
    TeamFileError {
        line: None,
        key: None,
        says: format!("The team file {why}, so it was not read."),
        raw: String::new(),
    }
}

/// It is no TOML.
fn syntax(text: &str, places: &Places, error: &Error) -> TeamFileError {
    let start = start(error);
    let place = places.named_at(start).or_else(|| places.valued_at(start));
    let key = place.map(|place| place.key.clone());
    let key = key.or_else(|| written_at(text, start));
    let raw = line(error.message(), 300);
    TeamFileError {
        raw,
        ..said(text, start, key, |key| {
            if error.message().starts_with("duplicate key") {
                format!("{key} stands there twice")
            } else {
                format!("{key} cannot be read as TOML")
            }
        })
    }
}

/// What stands before the equals sign of a line that could not be taken apart, if it looks like a key.
fn written_at(text: &str, start: usize) -> Option<String> {
    let begin = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    let key = text.get(begin..)?.split(['=', '\n']).next()?.trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!key.is_empty() && key.chars().all(is_key)).then(|| key.to_owned())
}

/// It is TOML, but not of a team file's form.
fn form(text: &str, places: &Places, error: &Error) -> TeamFileError {
    let start = start(error);
    let raw = line(error.message(), 300);
    let message = quoted(&raw);
    let expected = message.split_once(", expected ").map(|(_, after)| after);
    if message.starts_with("unknown field") {
        let key = places.named_at(start).map(|place| place.key.clone());
        let known = expected.unwrap_or("another");
        return TeamFileError {
            raw,
            ..said(text, start, key, |key| {
                format!("there is no key {key}; it must be {known}")
            })
        };
    }
    let key = places.valued_at(start).map(|place| place.key.clone());
    let error = said(text, start, key, |key| {
        match (expected, message.strip_prefix("missing field ")) {
            (Some("a string"), _) => format!("{key} must be text in quotes"),
            (Some("a boolean"), _) => format!("{key} must be true or false"),
            (Some("a sequence"), _) => format!("{key} must be a list"),
            (Some(expected), _) => format!("{key} must be {expected}"),
            (None, Some(name)) => format!("an entry of {key} lacks the key {name}"),
            (None, None) => format!("{key} cannot be used"),
        }
    });
    TeamFileError { raw, ..error }
}

/// The same with the quotation marks that people use: what is read as text is no Markdown.
fn quoted(message: &str) -> String {
    let mut is_open = false;
    let quote = |letter| {
        if letter != '`' {
            return letter;
        }
        is_open = !is_open;
        if is_open { '“' } else { '”' }
    };
    message.chars().map(quote).collect()
}

/// It is of the right form, but a value cannot be right.
fn value(text: &str, places: &Places, wrong: &Wrong) -> TeamFileError {
    let place = wrong.paths.iter().find_map(|path| places.of_path(path));
    let (start, key) = place.map_or((0, None), |place| (place.start, Some(place.key.clone())));
    said(text, start, key, |key| format!("{key} must {}", wrong.must))
}

/// One sentence about a place and the key there.
fn said(
    text: &str,
    start: usize,
    key: Option<String>,
    sentence: impl FnOnce(&str) -> String,
) -> TeamFileError {
    let before = text.as_bytes().iter().take(start);
    let number = before.filter(|byte| **byte == b'\n').count() + 1;
    let key = key.map(|key| line(&key, 100));
    let named = key.as_ref().map(|key| format!("“{key}”"));
    let sentence = sentence(named.as_deref().unwrap_or("this"));
    TeamFileError {
        line: Some(number),
        key,
        says: format!("Line {number} of the team file: {sentence}."),
        raw: String::new(),
    }
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}
