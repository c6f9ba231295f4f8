//! The parts of a longer run: what each was, how long it took, how it ended.

use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Result};

/// What was run so far.
pub(crate) struct Stages {
    began_at: Instant,
    ran: Vec<Stage>,
}

struct Stage {
    name: &'static str,
    took: Duration,
    failure: Option<String>,
}

impl Stages {
    /// Nothing yet; the time counts from here.
    pub(crate) fn begin() -> Self {
        Self {
            began_at: Instant::now(),
            ran: Vec::new(),
        }
    }

    /// Runs one part and says whether it went well.
    pub(crate) fn run(&mut self, name: &'static str, work: impl FnOnce() -> Result) -> bool {
        println!("\n=== {name}");
        let began_at = Instant::now();
        let outcome = work();
        self.end(name, began_at.elapsed(), outcome)
    }

    /// Runs the programs of each row one after the other, and the rows beside one another, while `work` goes on. None
    /// is kept from running by another's failure. What they print comes when all are done, so that it stays together.
    pub(crate) fn beside(
        &mut self,
        rows: Vec<Vec<(&'static str, Command)>>,
        work: impl FnOnce(&mut Self),
    ) {
        let timed = |(name, mut command): (&'static str, Command)| {
            let began_at = Instant::now();
            let outcome = process::run_unseen(&mut command);
            (name, began_at.elapsed(), outcome)
        };
        let ran: Vec<_> = thread::scope(|scope| {
            let run =
                |row: Vec<_>| scope.spawn(move || row.into_iter().map(timed).collect::<Vec<_>>());
            let rows: Vec<_> = rows.into_iter().map(run).collect();
            work(self);
            rows.into_iter().map(|row| row.join()).collect()
        });
        for row in ran {
            match row {
                Ok(row) => {
                    for (name, took, (printed, outcome)) in row {
                        println!("\n=== {name}, beside the others\n{printed}");
                        self.end(name, took, outcome);
                    }
                }
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    }

    fn end(&mut self, name: &'static str, took: Duration, outcome: Result) -> bool {
        let failure = outcome.err().map(|error| error.to_string());
        if let Some(failure) = &failure {
            eprintln!("{name}: {failure}");
        }
        let succeeded = failure.is_none();
        self.ran.push(Stage {
            name,
            took,
            failure,
        });
        succeeded
    }

    /// Prints the summary; one failure makes the whole a failure.
    pub(crate) fn finish(self) -> ExitCode {
        println!("\n{}", self.summary(self.began_at.elapsed()));
        if self.ran.iter().any(|stage| stage.failure.is_some()) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }

    fn summary(&self, total: Duration) -> String {
        let mut lines: Vec<String> = self.ran.iter().map(Stage::line).collect();
        lines.push(format!("{:14} {:>9}", "total", seconds(total)));
        lines.join("\n")
    }
}

impl Stage {
    fn line(&self) -> String {
        let outcome = match &self.failure {
            None => "ok".to_owned(),
            Some(failure) => format!("FAILED: {failure}"),
        };
        format!("{:14} {:>9}  {outcome}", self.name, seconds(self.took))
    }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_up_what_ran_and_how_it_ended() {
        let mut stages = Stages::begin();
        stages.end("page", Duration::from_millis(1_640), Ok(()));
        stages.end(
            "cargo test",
            Duration::from_secs(81),
            Err("`cargo test` failed".into()),
        );
        assert_eq!(
            stages.summary(Duration::from_millis(82_100)),
            "page               1.6 s  ok\n\
             cargo test        81.0 s  FAILED: `cargo test` failed\n\
             total             82.1 s"
        );
    }

    #[test]
    fn what_runs_beside_counts_as_well() {
        let mut stages = Stages::begin();
        let rows = vec![
            vec![
                ("missing", Command::new("no-such-program-anywhere")),
                ("cargo", version_of_cargo()),
            ],
            vec![("another row", version_of_cargo())],
        ];
        stages.beside(rows, |stages| {
            stages.run("work", || Ok(()));
        });
        let ended: Vec<_> = stages
            .ran
            .iter()
            .map(|stage| (stage.name, stage.failure.is_none()))
            .collect();
        assert_eq!(
            ended,
            [
                ("work", true),
                ("missing", false),
                ("cargo", true),
                ("another row", true),
            ]
        );
    }

    fn version_of_cargo() -> Command {
        let mut command = Command::new("cargo");
        command.arg("--version");
        command
    }
}
