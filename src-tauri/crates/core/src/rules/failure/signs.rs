//! What there is to read of a failure.

use crate::facts::{ActionRun, BuildStatus, Category, ExecutionDetail, LogLine, RunStatus};
use crate::rules::failure::terminated::Terminated;

/// What AWS told of one action that failed. Empty where it told nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs<'a> {
    /// `errorDetails.code`.
    pub code: &'a str,
    /// `errorDetails.message`, else the action's summary.
    pub message: &'a str,
    /// How its build ended.
    pub build: Option<BuildStatus>,
    /// The phase that failed (`phaseType`).
    pub phase: &'a str,
    /// Its `contexts[].statusCode`.
    pub phase_code: &'a str,
    /// Its `contexts[].message`.
    pub phase_message: &'a str,
    /// The last lines of its log, oldest first.
    pub log: &'a [LogLine],
    /// It is an approval, and somebody answered it or nobody did.
    pub answered: Option<bool>,
    /// It was stopped or abandoned.
    pub stopped: bool,
}

impl<'a> Signs<'a> {
    /// Those of a run. The build and its log count only where they are this run's: a retry that could not even be started
    /// has none, though the attempt before it had.
    #[must_use]
    pub fn of(run: &'a ActionRun, detail: &'a ExecutionDetail) -> Self {
        let told = run.error.as_ref();
        let message = told.map(|error| error.message.as_str());
        let mut signs = Self {
            code: told.map_or("", |error| error.code.as_str()),
            message: message
                .filter(|it| !it.trim().is_empty())
                .unwrap_or(&run.summary),
            answered: (run.category == Category::Approval).then_some(run.updated_by.is_some()),
            stopped: run.status == RunStatus::Stopped,
            ..Self::default()
        };
        let build = detail.build.as_ref();
        if let Some(build) = build.filter(|it| Some(&it.id) == run.external_id.as_ref()) {
            signs.build = Some(build.status);
            signs.log = &detail.log;
            let failed = |status: Option<RunStatus>| {
                status.is_some_and(|it| !matches!(it, RunStatus::Succeeded | RunStatus::InProgress))
            };
            if let Some(phase) = detail.phases.iter().find(|it| failed(it.status)) {
                signs.phase = &phase.name;
                signs.phase_code = &phase.code;
                signs.phase_message = &phase.message;
            }
        }
        signs.told_in_words()
    }

    /// The same, with what CodePipeline says of the build where the build itself could not be read.
    #[must_use]
    pub fn told_in_words(mut self) -> Self {
        let Some(told) = Terminated::parse(self.message) else {
            return self;
        };
        if self.phase.is_empty() {
            (self.phase, self.phase_code, self.phase_message) =
                (told.phase, told.code, told.message);
        }
        self.build = self.build.or_else(|| BuildStatus::parse(told.state));
        self
    }

    /// A command or a file of the repository failed, and what is said of it may hold anything.
    pub(super) fn is_own_text(&self) -> bool {
        matches!(
            self.phase_code,
            "COMMAND_EXECUTION_ERROR" | "YAML_FILE_ERROR"
        ) || self.message.starts_with("Error while executing command")
            || self
                .phase_message
                .starts_with("Error while executing command")
    }

    /// AWS's own words, the build's before the pipeline's.
    pub(super) fn told(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        [self.phase_message, self.message]
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| !line.trim().is_empty())
    }

    /// No command of the build's own ran in the phase that failed.
    pub(super) fn is_outside_commands(&self) -> bool {
        matches!(
            self.phase,
            "SUBMITTED"
                | "QUEUED"
                | "PROVISIONING"
                | "DOWNLOAD_SOURCE"
                | "UPLOAD_ARTIFACTS"
                | "FINALIZING"
        )
    }
}
