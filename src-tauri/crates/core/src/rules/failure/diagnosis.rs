//! What a failure was found to be.

use crate::facts::{ActionRun, BuildStatus, Category, ErrorDetails};
use crate::rules::failure::last_words::last_words;
use crate::rules::failure::{Place, Rule, Says, Signs, matches, rules, says};

/// The longest quotation.
const QUOTE: usize = 300;

/// What a failure was found to be, and the words of AWS or of a command that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is said of it.
    pub says: &'static Says,
    /// The line that tells it (cut); empty where nothing was told.
    pub quote: String,
}

impl Diagnosis {
    /// Reads what there is to read.
    #[must_use]
    pub fn of(signs: &Signs<'_>) -> Self {
        if let Some(answered) = signs.answered {
            let says = if answered {
                &says::REJECTED
            } else {
                &says::EXPIRED
            };
            return Self::quoting(says, signs.message);
        }
        if signs.stopped || signs.build == Some(BuildStatus::Stopped) {
            return Self::quoting(&says::STOPPED, signs.message);
        }
        Self::by_rule(signs).unwrap_or_else(|| {
            let first = signs.told().next().unwrap_or_default();
            let says = if signs.is_outside_commands() {
                &says::OUTSIDE_COMMANDS
            } else {
                &says::UNKNOWN
            };
            Self::quoting(says, first)
        })
    }

    fn by_rule(signs: &Signs<'_>) -> Option<Self> {
        if signs.is_own_text() {
            return of_a_command(signs);
        }
        let told: Vec<&str> = signs.told().collect();
        let build = signs.build.map_or("", BuildStatus::as_str);
        let codes = [
            (Place::PhaseCode, signs.phase_code),
            (Place::ErrorCode, signs.code),
            (Place::Build, build),
        ];
        in_order(Place::Told, &told).or_else(|| {
            let said = told.first().copied().unwrap_or_default();
            codes.into_iter().find_map(|(place, code)| {
                let rule = at(place).find(|rule| rule.pattern == [code])?;
                Some(Self::quoting(rule.says, said))
            })
        })
    }

    fn quoting(says: &'static Says, quote: &str) -> Self {
        let quote = crate::text::line(plain(quote), QUOTE);
        Self { says, quote }
    }
}

const CALLING: &str = "Error calling startBuild: ";

/// CodeBuild turned it down when CodePipeline asked for it, so nothing of it ever ran.
pub(crate) fn never_began(run: &ActionRun) -> bool {
    let turned_down = |error: &ErrorDetails| error.message.trim_start().starts_with(CALLING);
    run.category == Category::Work && run.error.as_ref().is_some_and(turned_down)
}

/// The part for people of what CodePipeline says when it could not start a build:
/// `Error calling startBuild: … (Service: AWSCodeBuild; Status Code: 400; …)`.
fn plain(text: &str) -> &str {
    let text = text.trim();
    let said = text.strip_prefix(CALLING);
    let said = said.and_then(|it| it.split_once(" (Service: "));
    said.map_or(text, |(said, _)| said)
}

/// Its last words, the newest first, else the code.
fn of_a_command(signs: &Signs<'_>) -> Option<Diagnosis> {
    let code = Diagnosis::quoting(
        &says::COMMAND_FAILED,
        [signs.phase_message, signs.message]
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
    );
    if signs.phase_code == "YAML_FILE_ERROR" {
        return Some(Diagnosis {
            says: &says::BUILDSPEC,
            ..code
        });
    }
    let log: Vec<&str> = signs.log.iter().map(|line| line.text.as_str()).collect();
    let known = last_words(&log).into_iter().find_map(|line| {
        let rule = at(Place::Log).find(|rule| matches(rule.pattern, line))?;
        Some(Diagnosis::quoting(rule.says, line))
    });
    Some(known.unwrap_or(code))
}

/// The first rule of the table that any of the lines fits.
fn in_order(place: Place, lines: &[&str]) -> Option<Diagnosis> {
    at(place).find_map(|rule| {
        let line = lines.iter().find(|line| matches(rule.pattern, line))?;
        Some(Diagnosis::quoting(rule.says, line))
    })
}

fn at(place: Place) -> impl Iterator<Item = &'static Rule> {
    rules().filter(move |rule| rule.place == place)
}
