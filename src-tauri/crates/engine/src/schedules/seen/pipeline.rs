//! CodePipeline and CodeBuild.

use slipway_core::facts::{
    ActionRun, ActionState, Category, ErrorDetails, Execution, ExecutionDetail, ExecutionStatus,
    Pipeline, Revision, RunStatus, Stage,
};
use slipway_core::ids::{ApprovalToken, ExecutionId};
use slipway_sim::world::{
    ActionExecution, ActionStatus, Execution as PretendedExecution,
    ExecutionStatus as PretendedStatus, Pipeline as Pretended, Stage as PretendedStage, StageName,
    StageStatus, World,
};

use super::{at, sha};

const ME: &str = "arn:aws:sts::418295017734:assumed-role/ReleaseApprover/dana.whitfield";

pub(in crate::schedules) fn pipeline(world: &World) -> Pipeline {
    let executions = world.pipeline.executions.iter().rev();
    Pipeline {
        name: Pretended::NAME.to_owned(),
        region: Pretended::REGION.to_owned(),
        account: Pretended::ACCOUNT.to_owned(),
        caller_arn: ME.to_owned(),
        console_url: String::new(),
        parallel: false,
        rolls_back: true,
        stages: world
            .pipeline
            .stages
            .iter()
            .map(|it| stage(world, it))
            .collect(),
        executions: executions.map(execution).collect(),
    }
}

pub(in crate::schedules) fn detail(world: &World, id: &ExecutionId) -> Option<ExecutionDetail> {
    let found = world.pipeline.execution(id.as_str())?;
    let mut runs: Vec<ActionRun> = world
        .pipeline
        .actions
        .iter()
        .filter(|action| action.execution == found.id)
        .map(run)
        .collect();
    runs.sort_by_key(|run| run.started_at);
    Some(ExecutionDetail {
        execution: execution(found),
        runs,
        build: None,
        phases: Vec::new(),
        log: Vec::new(),
    })
}

fn stage(world: &World, stage: &PretendedStage) -> Stage {
    let latest = stage.latest.as_ref();
    let status = latest.map(|run| match run.status {
        StageStatus::InProgress => RunStatus::InProgress,
        StageStatus::Stopped | StageStatus::Stopping => RunStatus::Stopped,
        StageStatus::Succeeded => RunStatus::Succeeded,
        StageStatus::Failed => RunStatus::Failed,
        StageStatus::Cancelled => RunStatus::Cancelled,
    });
    let action = world.pipeline.latest_action(stage.name);
    let is_running = status == Some(RunStatus::InProgress);
    let waits = |action: &&ActionExecution| {
        is_running && stage.name == StageName::Approval && action.status == ActionStatus::InProgress
    };
    let token = action
        .filter(waits)
        .and_then(|it| it.external_id.as_deref());
    let transition = &stage.transition;
    Stage {
        name: world.pipeline.title(stage.name).to_owned(),
        execution: latest.map(|run| ExecutionId(run.execution.clone())),
        status,
        waiting: stage.inbound.clone().map(ExecutionId),
        disabled: (!transition.enabled)
            .then(|| transition.disabled_reason.clone().unwrap_or_default()),
        actions: vec![ActionState {
            name: stage.name.action().to_owned(),
            category: category(stage.name),
            run_order: 1,
            status: action.map(|it| run_status(it.status)),
            token: token.map(ApprovalToken::from),
            changed_at: action.map(|it| at(it.updated_at)),
            timeout_minutes: None,
        }],
    }
}

fn execution(pretended: &PretendedExecution) -> Execution {
    let revision = pretended.revision.as_ref();
    Execution {
        id: ExecutionId(pretended.id.clone()),
        status: match pretended.status {
            PretendedStatus::InProgress => ExecutionStatus::InProgress,
            PretendedStatus::Stopping => ExecutionStatus::Stopping,
            PretendedStatus::Stopped => ExecutionStatus::Stopped,
            PretendedStatus::Succeeded => ExecutionStatus::Succeeded,
            PretendedStatus::Superseded => ExecutionStatus::Superseded,
            PretendedStatus::Failed => ExecutionStatus::Failed,
            PretendedStatus::Cancelled => ExecutionStatus::Cancelled,
        },
        started_at: at(pretended.started_at),
        updated_at: at(pretended.updated_at),
        revisions: revision
            .map(|it| Revision {
                action: StageName::Source.action().to_owned(),
                sha: Some(sha(&it.sha)),
                summary: it.message.lines().next().unwrap_or_default().to_owned(),
            })
            .into_iter()
            .collect(),
        rolls_back: pretended.rolls_back.clone().map(ExecutionId),
    }
}

fn run(action: &ActionExecution) -> ActionRun {
    ActionRun {
        id: action.id.clone(),
        stage: action.stage.as_str().to_owned(),
        action: action.stage.action().to_owned(),
        category: category(action.stage),
        status: run_status(action.status),
        started_at: at(action.started_at),
        updated_at: at(action.updated_at),
        updated_by: action.updated_by.clone(),
        summary: action.summary.clone().unwrap_or_default(),
        external_id: action.external_id.clone(),
        external_url: None,
        error: action.error.as_ref().map(|error| ErrorDetails {
            code: error.code.clone(),
            message: error.message.clone(),
        }),
    }
}

fn run_status(status: ActionStatus) -> RunStatus {
    match status {
        ActionStatus::InProgress => RunStatus::InProgress,
        ActionStatus::Abandoned => RunStatus::Stopped,
        ActionStatus::Succeeded => RunStatus::Succeeded,
        ActionStatus::Failed => RunStatus::Failed,
    }
}

fn category(stage: StageName) -> Category {
    match stage {
        StageName::Source => Category::Source,
        StageName::Approval => Category::Approval,
        StageName::Build => Category::Work,
    }
}
