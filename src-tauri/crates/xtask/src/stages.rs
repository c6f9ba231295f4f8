//! The parts of a longer run: what each was, how long it took, how it ended.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::process::Result;

/// What was run so far.
#[derive(Default)]
pub(crate) struct Stages(Vec<Stage>);

struct Stage {
    name: &'static str,
    took: Duration,
    failure: Option<String>,
}

impl Stages {
    /// Runs one part and says whether it went well.
    pub(crate) fn run(&mut self, name: &'static str, work: impl FnOnce() -> Result) -> bool {
        println!("\n=== {name}");
        let started_at = Instant::now();
        let failure = work().err().map(|error| error.to_string());
        if let Some(failure) = &failure {
            eprintln!("{name}: {failure}");
        }
        let succeeded = failure.is_none();
        self.0.push(Stage {
            name,
            took: started_at.elapsed(),
            failure,
        });
        succeeded
    }

    /// Prints the summary; one failure makes the whole a failure.
    pub(crate) fn finish(self) -> ExitCode {
        println!("\n{}", self.summary());
        if self.0.iter().any(|stage| stage.failure.is_some()) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }

    fn summary(&self) -> String {
        let mut lines: Vec<String> = self.0.iter().map(Stage::line).collect();
        let total = self.0.iter().map(|stage| stage.took).sum();
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
        let stages = Stages(vec![
            stage("page", 1_640, None),
            stage("cargo test", 81_000, Some("`cargo test` failed")),
        ]);
        assert_eq!(
            stages.summary(),
            "page               1.6 s  ok\n\
             cargo test        81.0 s  FAILED: `cargo test` failed\n\
             total             82.6 s"
        );
    }

    fn stage(name: &'static str, milliseconds: u64, failure: Option<&str>) -> Stage {
        Stage {
            name,
            took: Duration::from_millis(milliseconds),
            failure: failure.map(str::to_owned),
        }
    }
}
