//! Whether a change to the machine may be made.

use std::io::{self, BufRead, IsTerminal, Write};

/// How a person's agreement is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Given beforehand, by `--yes` or because a build server runs this.
    Given,
    /// Each question is asked at the terminal.
    Asked,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// There is no terminal to ask at.
    Nobody,
}

impl Consent {
    pub(crate) fn new(yes: bool) -> Self {
        if yes || std::env::var("CI").is_ok_and(|ci| ci == "true") {
            Self::Given
        } else {
            Self::Asked
        }
    }

    pub(crate) fn ask(self, question: &str) -> io::Result<Answer> {
        if self == Self::Given {
            return Ok(Answer::Yes);
        }
        if !io::stdin().is_terminal() {
            return Ok(Answer::Nobody);
        }
        print!("{question} (yes/no) ");
        io::stdout().flush()?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        Ok(understand(&line))
    }
}

/// Only a clear yes is one: an empty line, which a stray Enter gives, is not.
fn understand(line: &str) -> Answer {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Yes,
        _ => Answer::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_a_clear_yes_for_one() {
        assert_eq!(understand("Yes\n"), Answer::Yes);
        assert_eq!(understand("y\n"), Answer::Yes);
        assert_eq!(understand("\n"), Answer::No);
        assert_eq!(understand("yeah no\n"), Answer::No);
    }
}
