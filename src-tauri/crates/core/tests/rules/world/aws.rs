//! What happens in the pipeline.

use super::{LAST_WEEK, OURS, World, at, sha};
use slipway_core::action::Gate;
use slipway_core::facts::{
    ActionRun, Category, ErrorDetails, Execution, ExecutionDetail, ExecutionStatus, Pipeline,
    Revision, RunStatus, Stage,
};
use slipway_core::ids::ExecutionId;

/// The execution that our merge starts.
pub(crate) const EXECUTION: &str = "tonight";
/// The token of its request for approval.
const TOKEN: &str = "token-of-tonight";

impl World {
    pub(crate) fn pipeline(&mut self) -> &mut Pipeline {
        &mut self.facts.pipeline.last.as_mut().unwrap().value
    }

    pub(crate) fn stage(&mut self, name: &str) -> &mut Stage {
        self.pipeline()
            .stages
            .iter_mut()
            .find(|stage| stage.name == name)
            .unwrap()
    }

    /// The newest execution in the list, changed; its details follow.
    pub(crate) fn ours(&mut self) -> &mut Execution {
        self.pipeline()
            .executions
            .iter_mut()
            .find(|it| it.id.as_str() == EXECUTION)
            .unwrap()
    }

    /// An execution in the list, the newest one, without details.
    pub(crate) fn execution(
        mut self,
        id: &str,
        revision: Option<&str>,
        started: i64,
        status: ExecutionStatus,
    ) -> Self {
        let execution = Execution {
            id: ExecutionId(id.into()),
            status,
            started_at: at(started),
            updated_at: at(started + 1),
            revisions: vec![Revision {
                action: "Source".into(),
                sha: revision.map(sha),
                summary: format!("{id} has a summary"),
            }],
            rolls_back: None,
        };
        self.pipeline().executions.insert(0, execution);
        self
    }

    /// Somebody rolled the stage back to last week's execution, at 8:15 pm.
    pub(crate) fn rolled_back(self, status: ExecutionStatus) -> Self {
        let mut world = self.execution("back", Some(LAST_WEEK), 75, status);
        world.pipeline().executions[0].rolls_back = Some("last-week".into());
        world
    }

    /// The pipeline picked our commit up at 7:40 pm.
    pub(crate) fn picked_up(self) -> Self {
        self.execution(EXECUTION, Some(OURS), 40, ExecutionStatus::InProgress)
            .enters("Source")
            .run("Source", Category::Source, RunStatus::InProgress, 40, 40)
    }

    /// Our execution is in this stage now.
    pub(crate) fn enters(mut self, stage: &str) -> Self {
        let stage = self.stage(stage);
        stage.execution = Some(EXECUTION.into());
        stage.status = Some(RunStatus::InProgress);
        for action in &mut stage.actions {
            action.token = None;
        }
        self
    }

    /// One run of an action of our execution; a later run of the same replaces what the stage shows.
    pub(crate) fn run(
        mut self,
        stage: &str,
        category: Category,
        status: RunStatus,
        started: i64,
        updated: i64,
    ) -> Self {
        let action = &mut self.stage(stage).actions[0];
        action.status = Some(status);
        action.changed_at = Some(at(updated));
        let id = format!("{stage}-{started}");
        let run = ActionRun {
            id: id.clone(),
            stage: stage.into(),
            action: stage.into(),
            category,
            status,
            started_at: at(started),
            updated_at: at(updated),
            updated_by: None,
            summary: String::new(),
            external_id: None,
            external_url: None,
            error: None,
        };
        let execution = self.ours().clone();
        let seen = self.facts.execution.last.as_mut().unwrap();
        let detail = seen.value.get_or_insert_with(|| ExecutionDetail {
            execution: execution.clone(),
            runs: Vec::new(),
            build: None,
            phases: Vec::new(),
            log: Vec::new(),
        });
        detail.execution = execution;
        match detail.runs.iter_mut().find(|run| run.id == id) {
            Some(before) => *before = run,
            None => detail.runs.push(run),
        }
        self
    }

    /// What was read of our execution.
    pub(crate) fn detail(&mut self) -> &mut ExecutionDetail {
        let seen = self.facts.execution.last.as_mut().unwrap();
        seen.value.as_mut().unwrap()
    }

    /// The newest run of our execution.
    pub(crate) fn newest_run(&mut self) -> &mut ActionRun {
        let seen = self.facts.execution.last.as_mut().unwrap();
        seen.value.as_mut().unwrap().runs.last_mut().unwrap()
    }

    fn status(mut self, status: ExecutionStatus, updated: i64) -> Self {
        let ours = self.ours();
        ours.status = status;
        ours.updated_at = at(updated);
        let ours = ours.clone();
        let seen = self.facts.execution.last.as_mut().unwrap();
        if let Some(detail) = &mut seen.value {
            detail.execution = ours;
        }
        self.now = self.now.max(at(updated));
        self
    }

    /// Our execution ended this way before it asked anybody.
    pub(crate) fn ended(self, status: ExecutionStatus) -> Self {
        self.status(status, 41)
    }

    /// Our execution asks for approval since 7:41 pm.
    pub(crate) fn asks(self) -> Self {
        self.asks_with(TOKEN, 41)
    }

    /// It asks (again) since then, with this token.
    pub(crate) fn asks_with(self, token: &str, since: i64) -> Self {
        let mut world = self
            .run("Source", Category::Source, RunStatus::Succeeded, 40, 41)
            .enters("Approval")
            .run(
                "Approval",
                Category::Approval,
                RunStatus::InProgress,
                since,
                since,
            )
            .status(ExecutionStatus::InProgress, since);
        world.newest_run().external_id = Some(token.into());
        world.stage("Approval").actions[0].token = Some(token.into());
        world
    }

    fn answered(self, status: RunStatus, by: Option<&str>, summary: &str, updated: i64) -> Self {
        let mut world = self;
        world.stage("Approval").actions[0].token = None;
        world.stage("Approval").actions[0].status = Some(status);
        world.stage("Approval").actions[0].changed_at = Some(at(updated));
        let run = world.newest_run();
        run.status = status;
        run.updated_at = at(updated);
        run.updated_by =
            by.map(|by| format!("arn:aws:sts::123456789012:assumed-role/Approvers/{by}"));
        run.summary = summary.to_owned();
        world
    }

    /// Lee approved in the AWS console at 7:52 pm; the build goes on.
    pub(crate) fn approved(self) -> Self {
        self.answered(RunStatus::Succeeded, Some("lee"), "Looks right", 52)
            .enters("docker-build")
            .run(
                "docker-build",
                Category::Work,
                RunStatus::InProgress,
                52,
                53,
            )
            .status(ExecutionStatus::InProgress, 53)
    }

    /// Lee rejected at 7:52 pm.
    pub(crate) fn rejected(self) -> Self {
        let mut world = self.answered(RunStatus::Failed, Some("lee"), "Not tonight", 52);
        world.stage("Approval").status = Some(RunStatus::Failed);
        world.status(ExecutionStatus::Failed, 52)
    }

    /// Nobody answered for seven days.
    pub(crate) fn expired(self) -> Self {
        let week = 7 * 24 * 60;
        let mut world = self.answered(RunStatus::Failed, None, "", 41 + week);
        world.stage("Approval").status = Some(RunStatus::Failed);
        world.status(ExecutionStatus::Failed, 41 + week)
    }

    /// When the newest build began.
    fn build_began(&self) -> i64 {
        let seen = self.facts.execution.last.as_ref().unwrap();
        let runs = &seen.value.as_ref().unwrap().runs;
        let newest = runs.iter().rfind(|run| run.category == Category::Work);
        newest.map_or(52, |run| run.started_at.seconds_since(at(0)) / 60)
    }

    /// The build failed 13 minutes after it began, at first at 8:05 pm.
    pub(crate) fn build_failed(self) -> Self {
        let began = self.build_began();
        let mut world = self.run(
            "docker-build",
            Category::Work,
            RunStatus::Failed,
            began,
            began + 13,
        );
        world.stage("docker-build").status = Some(RunStatus::Failed);
        let run = world.newest_run();
        run.summary = "Build terminated with state: FAILED".into();
        run.error = Some(ErrorDetails {
            code: "JobFailed".into(),
            message: "Phase: BUILD, Code: COMMAND_EXECUTION_ERROR".into(),
        });
        world.status(ExecutionStatus::Failed, began + 13)
    }

    /// CodeBuild turned the build down as soon as it was asked for, at first at 7:52 pm.
    pub(crate) fn build_turned_down(self) -> Self {
        let began = self.build_began();
        let mut world = self.build_failed();
        let run = world.newest_run();
        run.updated_at = run.started_at;
        run.summary.clear();
        run.error = Some(ErrorDetails {
            code: "JobFailed".into(),
            message: "Error calling startBuild: Cannot have more than 20 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException)".into(),
        });
        world.status(ExecutionStatus::Failed, began + 1)
    }

    /// The failed stage runs again since 8:10 pm.
    pub(crate) fn retried(self) -> Self {
        self.enters("docker-build")
            .run(
                "docker-build",
                Category::Work,
                RunStatus::InProgress,
                70,
                70,
            )
            .status(ExecutionStatus::InProgress, 70)
    }

    /// The build succeeded 16 minutes after it began, at first at 8:08 pm.
    pub(crate) fn deployed(self) -> Self {
        let began = self.build_began();
        let mut world = self.run(
            "docker-build",
            Category::Work,
            RunStatus::Succeeded,
            began,
            began + 16,
        );
        world.stage("docker-build").status = Some(RunStatus::Succeeded);
        world.status(ExecutionStatus::Succeeded, began + 16)
    }

    /// Our execution's status changed while it was being built.
    pub(crate) fn stopped_as(self, status: ExecutionStatus) -> Self {
        self.status(status, 60)
    }

    /// What ran in our execution was last read while it asked.
    pub(crate) fn details_as_asked(mut self) -> Self {
        let seen = self.facts.execution.last.as_mut().unwrap();
        let detail = seen.value.as_mut().unwrap();
        detail.execution.status = ExecutionStatus::InProgress;
        detail.runs.truncate(2);
        detail.runs[1].status = RunStatus::InProgress;
        self
    }

    /// What ran in our execution was never read.
    pub(crate) fn details_never_read(mut self) -> Self {
        self.facts.execution.last.as_mut().unwrap().value = None;
        self
    }

    /// The pipeline has a stage behind the build that deploys.
    pub(crate) fn with_deploy_stage(mut self) -> Self {
        let mut stage = self.stage("docker-build").clone();
        stage.name = "deploy".into();
        stage.actions[0].name = "deploy".into();
        stage.actions[0].category = Category::Deploy;
        stage.actions[0].changed_at = Some(at(-60));
        stage.execution = Some("last-week".into());
        stage.status = Some(RunStatus::Succeeded);
        self.pipeline().stages.push(stage);
        self
    }

    /// The build is done and the deploy behind it failed, 20 minutes after the approval.
    pub(crate) fn deploy_failed(self) -> Self {
        let mut world = self
            .run("docker-build", Category::Work, RunStatus::Succeeded, 52, 68)
            .enters("deploy")
            .run("deploy", Category::Deploy, RunStatus::Failed, 68, 72);
        world.stage("deploy").status = Some(RunStatus::Failed);
        world.status(ExecutionStatus::Failed, 72)
    }

    /// Our execution ended before the gate, because its source could not be fetched.
    pub(crate) fn source_failed(self) -> Self {
        let mut world = self.run("Source", Category::Source, RunStatus::Failed, 40, 41);
        world.stage("Source").status = Some(RunStatus::Failed);
        world.status(ExecutionStatus::Failed, 41)
    }

    /// Our execution waits in front of this stage, whose way in is switched off.
    pub(crate) fn held_before(mut self, stage: &str, why: &str) -> Self {
        let stage = self.stage(stage);
        stage.waiting = Some(EXECUTION.into());
        stage.disabled = Some(why.into());
        self
    }

    /// The gate that an answer counts for.
    pub(crate) fn gate(&self) -> Gate {
        Gate {
            stage: "Approval".into(),
            action: "Approval".into(),
            execution: EXECUTION.into(),
            token: TOKEN.into(),
            commit: sha(OURS),
        }
    }
}
