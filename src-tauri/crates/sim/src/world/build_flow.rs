//! How a build goes through its phases, what it logs, and how it fails.

use std::time::Duration;

use serde::Serialize;

use super::{
    ActionStatus, ArmedFailure, Build, BuildStatus, ErrorDetails, Event, LogEvent, Phase,
    PhaseKind, World,
};

const BUILD_FAILS: &str = "sim-build-fails";
const QUOTA: &str = "sim-quota";

impl World {
    /// Starts the build of a build action, unless a failure says that it cannot be started.
    pub(super) fn begin_build(&mut self, action: &str) {
        let fate = self.fate_of(action);
        if let Some(refusal) = fate.as_ref().filter(|it| it.phase.is_none()) {
            let code = refusal.error_code.clone();
            return self.build_failed(action, refusal.message.clone(), code, refusal.in_summary);
        }
        let id = format!("{}:{}", Build::PROJECT, self.ids.uuid());
        let source_version = self
            .pipeline
            .action(action)
            .and_then(|it| self.pipeline.execution(&it.execution)?.revision.clone())
            .map(|revision| revision.sha)
            .unwrap_or_default();
        if let Some(action) = self.pipeline.action_mut(action) {
            action.external_id = Some(id.clone());
        }
        self.builds.push(Build {
            id: id.clone(),
            number: self.builds.len() as u64 + 1,
            action: action.to_owned(),
            source_version,
            status: BuildStatus::InProgress,
            started_at: self.now,
            ended_at: None,
            phases: Vec::new(),
            log: Vec::new(),
            bulk: None,
            gaps: false,
            token_age: 0,
            log_deleted: false,
            fate,
            in_summary: false,
            error_code: None,
        });
        self.enter_phase(&id, PhaseKind::Submitted);
    }

    /// The current phase is over: the next one begins, or the build ends.
    pub(super) fn build_advances(&mut self, id: &str) {
        let now = self.now;
        let Some(build) = self.build_mut(id).filter(|it| it.ended_at.is_none()) else {
            return;
        };
        let kind = build.current_phase();
        let met = build.fate.take_if(|fate| fate.phase == Some(kind));
        if let Some(phase) = build.phases.last_mut() {
            phase.ended_at = Some(now);
            phase.failure = met
                .as_ref()
                .map(|fate| (fate.code.clone(), fate.message.clone()));
        }
        if let Some(fate) = &met {
            build.status = fate.ends;
            build.in_summary = fate.in_summary;
            build.error_code.clone_from(&fate.error_code);
            let said = fate.log.iter().cloned();
            let lines = [
                format!(
                    "[Container] Phase complete: {} State: {}",
                    name(kind),
                    name(fate.ends)
                ),
                format!(
                    "[Container] Phase context status code: {} Message: {}",
                    fate.code, fate.message
                ),
            ];
            build.log.extend(
                said.chain(lines)
                    .map(|message| LogEvent { at: now, message }),
            );
        }
        let next = match (kind, met.is_some()) {
            // What was built is still cleaned up after; whatever failed elsewhere goes straight to the end.
            (PhaseKind::Build, true) => PhaseKind::PostBuild,
            (_, true) => PhaseKind::Finalizing,
            (kind, false) => kind.next(),
        };
        if next == PhaseKind::Completed {
            self.complete_build(id);
        } else {
            self.enter_phase(id, next);
        }
    }

    pub(super) fn build_logs(&mut self, id: &str, message: String) {
        let at = self.now;
        if let Some(build) = self.build_mut(id).filter(|it| it.ended_at.is_none()) {
            build.log.push(LogEvent { at, message });
        }
    }

    /// The build of that id.
    pub fn build(&self, id: &str) -> Option<&Build> {
        self.builds.iter().find(|build| build.id == id)
    }

    fn build_mut(&mut self, id: &str) -> Option<&mut Build> {
        self.builds.iter_mut().find(|build| build.id == id)
    }

    fn enter_phase(&mut self, id: &str, kind: PhaseKind) {
        let started_at = self.now;
        let takes = self.phase_takes(kind);
        let Some(build) = self.build_mut(id) else {
            return;
        };
        build.phases.push(Phase {
            kind,
            started_at,
            ended_at: None,
            failure: None,
        });
        let lines = lines(kind, &build.source_version);
        let step = takes / (lines.len() as u32 + 1);
        for (index, message) in lines.into_iter().enumerate() {
            self.after(
                step * index as u32,
                Event::BuildLogs {
                    build: id.to_owned(),
                    message,
                },
            );
        }
        self.after(
            takes,
            Event::BuildAdvances {
                build: id.to_owned(),
            },
        );
    }

    fn complete_build(&mut self, id: &str) {
        let now = self.now;
        let Some(build) = self.build_mut(id) else {
            return;
        };
        let kind = PhaseKind::Completed;
        build.phases.push(Phase {
            kind,
            started_at: now,
            ended_at: None,
            failure: None,
        });
        build.ended_at = Some(now);
        let (action, ended, in_summary) = (build.action.clone(), build.status, build.in_summary);
        let error_code = build.error_code.clone();
        let failed = build
            .phases
            .iter()
            .find_map(|phase| Some((phase.kind, phase.failure.clone()?)));
        match failed {
            None => {
                build.status = BuildStatus::Succeeded;
                self.finish_action(&action, ActionStatus::Succeeded, None);
            }
            Some((kind, (code, message))) => {
                let phase = name(kind);
                let ended = name(ended);
                let message = format!(
                    "Build terminated with state: {ended}. Phase: {phase}, Code: {code}, Message: {message}"
                );
                self.build_failed(&action, message, error_code, in_summary);
            }
        }
    }

    /// A build's failure is the action's.
    fn build_failed(
        &mut self,
        action: &str,
        message: String,
        code: Option<String>,
        in_summary: bool,
    ) {
        if !in_summary {
            let code = code.unwrap_or_else(|| "JobFailed".to_owned());
            let error = Some(ErrorDetails { code, message });
            return self.finish_action(action, ActionStatus::Failed, error);
        }
        if let Some(action) = self.pipeline.action_mut(action) {
            action.summary = Some(message);
        }
        self.finish_action(action, ActionStatus::Failed, None);
    }

    /// The failure that a build meets: one that was armed, else the sentinel in the name of the branch it came from.
    fn fate_of(&mut self, action: &str) -> Option<ArmedFailure> {
        if let Some(armed) = self.armed_failures.first_mut() {
            armed.times = armed.times.saturating_sub(1);
            let fate = armed.clone();
            self.armed_failures.retain(|it| it.times > 0);
            return Some(fate);
        }
        let execution = self.pipeline.action(action)?.execution.clone();
        let request = self.ids.uuid();
        let words = self.words_about(&execution);
        let execution = self
            .pipeline
            .execution_mut(&execution)
            .filter(|it| !it.sentinel_spent)?;
        let fate = if words.contains(BUILD_FAILS) {
            let message = "Error while executing command: docker build --tag $REPOSITORY_URI:latest . \
                           Reason: exit status 1";
            (
                Some(PhaseKind::Build),
                "COMMAND_EXECUTION_ERROR",
                message.to_owned(),
            )
        } else if words.contains(QUOTA) {
            let message = format!(
                "Error calling startBuild: Cannot have more than 20 active builds for the account (Service: \
                 AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: {request})"
            );
            (None, "AccountLimitExceededException", message)
        } else {
            return None;
        };
        execution.sentinel_spent = true;
        let (phase, code, message) = fate;
        Some(ArmedFailure {
            phase,
            code: code.to_owned(),
            message,
            ends: BuildStatus::Failed,
            in_summary: false,
            log: Vec::new(),
            error_code: None,
            times: 0,
        })
    }

    /// The commit message of an execution and the names of the branches that were merged by it.
    fn words_about(&self, execution: &str) -> String {
        let Some(revision) = self
            .pipeline
            .execution(execution)
            .and_then(|it| it.revision.as_ref())
        else {
            return String::new();
        };
        let merged = self.repository.pulls.iter().filter(|pull| {
            matches!(&pull.state, super::PullState::Merged { sha, .. } if *sha == revision.sha)
        });
        merged.fold(revision.message.clone(), |words, pull| {
            format!("{words}\n{}", pull.head)
        })
    }

    fn phase_takes(&self, kind: PhaseKind) -> Duration {
        match kind {
            PhaseKind::Submitted | PhaseKind::Completed => Duration::ZERO,
            PhaseKind::Queued => self.pace.queued,
            PhaseKind::Provisioning => self.pace.provisioning,
            PhaseKind::DownloadSource => self.pace.download_source,
            PhaseKind::Install => self.pace.install,
            PhaseKind::PreBuild => self.pace.pre_build,
            PhaseKind::Build => self.pace.build,
            PhaseKind::PostBuild => self.pace.deploy,
            PhaseKind::UploadArtifacts | PhaseKind::Finalizing => self.pace.wrap_up,
        }
    }
}

/// As AWS writes it.
pub(crate) fn name(word: impl Serialize) -> String {
    serde_json::to_value(word)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// What a phase logs while it runs.
fn lines(kind: PhaseKind, commit: &str) -> Vec<String> {
    let tag = commit.get(..7).unwrap_or(commit);
    let entering = format!("[Container] Entering phase {}", name(kind));
    let own: &[&str] = match kind {
        PhaseKind::Submitted
        | PhaseKind::Queued
        | PhaseKind::Provisioning
        | PhaseKind::UploadArtifacts
        | PhaseKind::Finalizing
        | PhaseKind::Completed => return Vec::new(),
        PhaseKind::DownloadSource => {
            return vec![
                "[Container] Waiting for agent ping".to_owned(),
                format!("[Container] CODEBUILD_SRC_DIR=/codebuild/output/src418/src {tag}"),
            ];
        }
        PhaseKind::Install => &[
            "[Container] Running command docker version --format '{{.Server.Version}}'",
            "27.5.1",
        ],
        PhaseKind::PreBuild => &[
            "[Container] Running command aws ecr get-login-password --region us-east-2 | docker login",
            "Login Succeeded",
        ],
        PhaseKind::Build => &[
            "[Container] Running command docker build --tag $REPOSITORY_URI:latest .",
            "#1 [internal] load build definition from Dockerfile",
            "#4 [1/6] FROM public.ecr.aws/docker/library/python:3.13-slim",
            "#5 [2/6] COPY requirements.txt .",
            "#6 [3/6] RUN pip install --no-cache-dir -r requirements.txt",
            "#7 [4/6] COPY etl/ etl/",
            "#8 [5/6] RUN python -m compileall -q etl",
            "#9 exporting to image",
        ],
        PhaseKind::PostBuild => &[
            "[Container] Running command docker push $REPOSITORY_URI:latest",
            "latest: digest: sha256:5b1cf2a7c34f9b0c4c1c6f0bfb5b3b9f size: 1784",
            "[Container] Running command aws ecs update-service --cluster production --service etl",
        ],
    };
    std::iter::once(entering)
        .chain(own.iter().map(|&line| line.to_owned()))
        .collect()
}
