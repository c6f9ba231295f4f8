//! What was asked for on the command line.

/// How to ask.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask <command>

  run  [--yes] [-- ARGS]           build Slipway and start it (for example: -- --practice)
  test [--yes] [--long] [-- ARGS]  run every test; ARGS go to cargo test, for example a part of a test's name
  bench [--yes]                    measure what Slipway costs and hold it against its budgets
  package [--yes] [--check]        make the .deb and the .rpm; --check tries them in a fresh Debian, as root
  deny                             hold the dependencies against .cargo/deny.toml
  gen                              rewrite ui/src/bindings.ts and slipway.schema.json from the Rust types
  ci                               what .ci/run runs: the tests and every check

  --yes   install missing system packages without asking (so does CI=true)
  --long  let the tests that can take longer do so

Compiled output goes to $CARGO_TARGET_DIR, or else to ~/.cache/slipway/target.";

/// One thing to do, with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Build the app and start it with these arguments.
    Run { yes: bool, args: Vec<String> },
    /// Run the tests, or those that the arguments select.
    Test {
        yes: bool,
        long: bool,
        args: Vec<String>,
    },
    /// Measure what Slipway costs.
    Bench { yes: bool },
    /// Rewrite the generated files.
    Gen,
    /// Make the installers.
    Package { yes: bool, check: bool },
    /// Check the dependencies' licences, sources, bans and advisories.
    Deny,
    /// Run what the build server runs.
    Ci,
    /// Say how to ask.
    Help,
}

impl Command {
    /// Reads the arguments that follow the program's name; the error says what was not understood.
    pub(crate) fn parse(args: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut args = args.into_iter();
        let Some(name) = args.next() else {
            return Err("Which command?".to_owned());
        };
        let (mut options, rest) = split(args);
        let yes = take(&mut options, "--yes");
        let command = match name.as_str() {
            "run" => Self::Run { yes, args: rest },
            "test" => {
                let long = take(&mut options, "--long");
                Self::Test {
                    yes,
                    long,
                    args: rest,
                }
            }
            "bench" => Self::Bench { yes },
            "package" => {
                let check = take(&mut options, "--check");
                Self::Package { yes, check }
            }
            "deny" => Self::Deny,
            "gen" => Self::Gen,
            "ci" => Self::Ci,
            "help" | "--help" | "-h" => Self::Help,
            _ => return Err(format!("There is no command {name:?}.")),
        };
        match options.first() {
            None => Ok(command),
            Some(option) => Err(format!("`{name}` does not know {option:?}.")),
        }
    }
}

/// Separates our own options from what stands behind `--` and is passed on untouched.
fn split(mut args: impl Iterator<Item = String>) -> (Vec<String>, Vec<String>) {
    let options = args.by_ref().take_while(|arg| arg != "--").collect();
    (options, args.collect())
}

fn take(options: &mut Vec<String>, name: &str) -> bool {
    let before = options.len();
    options.retain(|option| option != name);
    options.len() < before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_on_what_follows_the_dashes() {
        assert_eq!(
            parse("run --yes -- --practice --yes"),
            Ok(Command::Run {
                yes: true,
                args: vec!["--practice".to_owned(), "--yes".to_owned()],
            })
        );
    }

    #[test]
    fn reads_options_in_any_order() {
        let expected = Command::Test {
            yes: true,
            long: true,
            args: Vec::new(),
        };
        assert_eq!(parse("test --long --yes"), Ok(expected));
    }

    #[test]
    fn asks_for_nothing_by_default() {
        let expected = Command::Test {
            yes: false,
            long: false,
            args: Vec::new(),
        };
        assert_eq!(parse("test"), Ok(expected));
    }

    #[test]
    fn tries_the_packages_only_when_asked_to() {
        let package = |yes, check| Ok(Command::Package { yes, check });
        assert_eq!(parse("package"), package(false, false));
        assert_eq!(parse("package --check --yes"), package(true, true));
        assert_eq!(
            parse("deny --check"),
            Err("`deny` does not know \"--check\".".to_owned())
        );
    }

    #[test]
    fn names_the_option_it_does_not_know() {
        assert_eq!(
            parse("run --long"),
            Err("`run` does not know \"--long\".".to_owned())
        );
        assert_eq!(
            parse("gen extra"),
            Err("`gen` does not know \"extra\".".to_owned())
        );
    }

    #[test]
    fn names_the_command_it_does_not_know() {
        assert_eq!(
            parse("deploy"),
            Err("There is no command \"deploy\".".to_owned())
        );
        assert_eq!(parse(""), Err("Which command?".to_owned()));
    }

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(str::to_owned))
    }
}
