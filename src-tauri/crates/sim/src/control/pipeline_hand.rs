//! What colleagues and bad luck do to the pipeline.

use serde::Deserialize;
use serde_json::json;

use super::{Done, Mistake};
use crate::aws::action_state;
use crate::world::{
    ActionStatus, ArmedFailure, BuildStatus, BulkLog, ExecutionMode, LogEvent, MARCUS, PEOPLE,
    PhaseKind, PipelineType, SourceKind, StageName, StopTrigger, Transition, Trigger, World,
};

/// The next builds fail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailBuild {
    /// What CodeBuild says.
    pub message: String,
    /// The phase's status code; `COMMAND_EXECUTION_ERROR` by default.
    pub code: Option<String>,
    /// The phase that fails, `BUILD` by default; `NONE` means that the build cannot even be started.
    pub phase: Option<String>,
    /// How many builds, 1 by default.
    pub times: Option<u32>,
    /// How they end: `FAILED` by default, or `FAULT`, `TIMED_OUT`, `STOPPED`.
    pub ends: Option<BuildStatus>,
    /// Whether CodePipeline tells it in the action's summary alone, without error details.
    #[serde(default)]
    pub in_summary: bool,
    /// What the command that fails says last, line by line.
    #[serde(default)]
    pub log: Vec<String>,
    /// The code of the action's error details, `JobFailed` by default.
    pub error_code: Option<String>,
}

/// Something happens to the log of the newest build.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLog {
    /// So many megabytes of lines are logged, once. They are made up when they are asked for.
    pub megabytes: Option<u32>,
    /// These lines are logged after that.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Whether pages without a line come in between.
    pub gaps: Option<bool>,
    /// The tokens that were given out for it are too old by now.
    #[serde(default)]
    pub old_tokens: bool,
    /// Whether somebody has deleted it.
    pub deleted: Option<bool>,
}

/// Somebody answers the approval that waits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerApproval {
    /// `Approved` or `Rejected`.
    pub status: ApprovalStatus,
    /// Login or ARN of who answers; Marcus by default.
    pub by: Option<String>,
    /// What they say about it.
    #[serde(default)]
    pub summary: String,
}

/// An approval's answer, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ApprovalStatus {
    /// Yes.
    Approved,
    /// No.
    Rejected,
}

#[derive(Debug, Deserialize)]
pub(super) struct Start {
    by: Option<String>,
    /// Of which commit; of what master points at by default.
    commit: Option<String>,
}

/// Somebody stops an execution in the console.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopExecution {
    /// Which.
    pub execution: String,
    /// Why.
    pub reason: Option<String>,
    /// Whether what runs is left to itself; else it ends first.
    #[serde(default)]
    pub abandon: bool,
}

/// Somebody retries a stage in the console.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryStage {
    /// Which stage.
    pub stage: StageName,
    /// Of which execution; of the one that was in it last by default.
    pub execution: Option<String>,
}

/// Somebody changes the pipeline. What is absent stays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePipeline {
    /// `SUPERSEDED`, `QUEUED` or `PARALLEL`.
    pub mode: Option<ExecutionMode>,
    /// `V1` or `V2`.
    pub kind: Option<PipelineType>,
    /// `connection`, `ecr` or `s3`.
    pub source: Option<SourceKind>,
    /// A stage gets another name, which is an edit: what has not ended is cancelled.
    pub rename: Option<RenameStage>,
    /// The stage is taken out, which is an edit, too.
    pub remove: Option<StageName>,
    /// Whether the state goes on showing its actions as they are now, whatever happens to them.
    pub lag: Option<bool>,
}

/// A stage's other name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameStage {
    /// Which stage.
    pub stage: StageName,
    /// What it is called from now on.
    pub to: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct SetTransition {
    stage: StageName,
    enabled: bool,
    reason: Option<String>,
    by: Option<String>,
}

pub(super) fn fail_build(world: &mut World, order: FailBuild) -> Done {
    let phase =
        match order.phase.as_deref() {
            None => Some(PhaseKind::Build),
            Some("NONE") => None,
            Some(name) => {
                let phase = serde_json::from_value(json!(name)).ok();
                let phase = phase.filter(|it| *it != PhaseKind::Completed);
                Some(phase.ok_or_else(|| {
                    Mistake::of(422, format!("no build can fail in a phase {name}"))
                })?)
            }
        };
    let ends = order.ends.unwrap_or(BuildStatus::Failed);
    if matches!(ends, BuildStatus::InProgress | BuildStatus::Succeeded) {
        return Err(Mistake::of(422, "no failure ends so"));
    }
    world.armed_failures.push(ArmedFailure {
        phase,
        code: order
            .code
            .unwrap_or_else(|| "COMMAND_EXECUTION_ERROR".to_owned()),
        message: order.message,
        ends,
        in_summary: order.in_summary,
        log: order.log,
        error_code: order.error_code,
        times: order.times.unwrap_or(1).max(1),
    });
    Ok(json!({}))
}

pub(super) fn change_log(world: &mut World, order: ChangeLog) -> Done {
    let at = world.now;
    let build = world
        .builds
        .last_mut()
        .ok_or_else(|| Mistake::of(422, "nothing was built yet"))?;
    if let Some(megabytes) = order.megabytes {
        if build.bulk.is_some() {
            return Err(Mistake::of(422, "it has such lines already"));
        }
        build.bulk = Some(BulkLog {
            after: build.log.len(),
            lines: megabytes as usize * 1_000_000 / BulkLog::LENGTH,
        });
    }
    let lines = order.lines.into_iter();
    build
        .log
        .extend(lines.map(|message| LogEvent { at, message }));
    build.token_age += u32::from(order.old_tokens);
    build.gaps = order.gaps.unwrap_or(build.gaps);
    build.log_deleted = order.deleted.unwrap_or(build.log_deleted);
    Ok(json!({"lines": build.logged()}))
}

pub(super) fn answer_approval(world: &mut World, order: AnswerApproval) -> Done {
    let waiting = world.pipeline.latest_action(StageName::Approval);
    let token = waiting
        .filter(|it| it.status == ActionStatus::InProgress)
        .and_then(|it| it.external_id.clone())
        .ok_or_else(|| Mistake::of(422, "no approval waits for an answer"))?;
    let by = arn(order.by.as_deref().unwrap_or(MARCUS.login));
    world
        .answer_approval(
            &token,
            order.status == ApprovalStatus::Approved,
            &by,
            &order.summary,
        )
        .map_err(|refusal| Mistake::of(422, format!("{refusal:?}")))?;
    Ok(json!({}))
}

pub(super) fn start(world: &mut World, order: Start) -> Done {
    let by = arn(order.by.as_deref().unwrap_or(MARCUS.login));
    let known = |sha: &String| world.repository.commits.contains_key(sha);
    if order.commit.as_ref().is_some_and(|sha| !known(sha)) {
        return Err(Mistake::of(422, "there is no such commit"));
    }
    let trigger = Trigger::StartPipelineExecution { by };
    let id = world.start_execution(trigger, order.commit, None);
    Ok(json!({"pipelineExecutionId": id}))
}

pub(super) fn stop(world: &mut World, order: StopExecution) -> Done {
    let StopExecution {
        execution,
        reason,
        abandon,
    } = order;
    world
        .stop_execution(&execution, StopTrigger { reason, abandon })
        .map_err(|refusal| Mistake::of(422, format!("{refusal:?}")))?;
    Ok(json!({}))
}

pub(super) fn retry(world: &mut World, order: RetryStage) -> Done {
    let latest = world
        .pipeline
        .stage(order.stage)
        .and_then(|stage| Some(stage.latest.as_ref()?.execution.clone()));
    let execution = order.execution.or(latest);
    let execution = execution.ok_or_else(|| Mistake::of(422, "nothing ran in that stage"))?;
    world
        .retry_stage(order.stage, &execution)
        .map_err(|refusal| Mistake::of(422, format!("{refusal:?}")))?;
    Ok(json!({}))
}

pub(super) fn change(world: &mut World, order: ChangePipeline) -> Done {
    let pipeline = &mut world.pipeline;
    if order.mode.is_some() || order.kind.is_some() || order.source.is_some() {
        // "Updating the pipeline increases the version number of the pipeline by 1":
        // <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_UpdatePipeline.html>
        pipeline.version += 1;
    }
    pipeline.mode = order.mode.unwrap_or(pipeline.mode);
    pipeline.kind = order.kind.unwrap_or(pipeline.kind);
    pipeline.source = order.source.unwrap_or(pipeline.source);
    if let Some(rename) = order.rename {
        world.rename_stage(rename.stage, rename.to);
    }
    if let Some(stage) = order.remove {
        world.remove_stage(stage);
    }
    match order.lag {
        Some(true) => {
            let stages: Vec<StageName> = world.pipeline.stages.iter().map(|it| it.name).collect();
            let shown = stages.into_iter();
            world.pipeline.lagging = shown.map(|it| (it, action_state(world, it))).collect();
        }
        Some(false) => world.pipeline.lagging.clear(),
        None => {}
    }
    Ok(json!({"version": world.pipeline.version}))
}

pub(super) fn set_transition(world: &mut World, order: SetTransition) -> Done {
    let now = world.now;
    let by = arn(order.by.as_deref().unwrap_or(MARCUS.login));
    if let Some(stage) = world.pipeline.stage_mut(order.stage) {
        let reason = order.reason.unwrap_or_else(|| "Closed by hand".to_owned());
        stage.transition = Transition {
            enabled: order.enabled,
            changed_by: Some(by),
            changed_at: Some(now),
            disabled_reason: (!order.enabled).then_some(reason),
        };
    }
    world.let_in(order.stage);
    Ok(json!({}))
}

/// The ARN that somebody acts under; what is no login is taken for one.
fn arn(by: &str) -> String {
    let person = PEOPLE.iter().find(|person| person.login == by);
    person.map_or_else(|| by.to_owned(), |person| person.arn())
}
