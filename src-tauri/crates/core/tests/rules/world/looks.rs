//! What the services show when the evening begins, and how looks fail.

use super::{CUT, LAST_WEEK, World, at, sha};
use slipway_core::facts::{
    Account, ActionState, BranchHead, Category, Channel, Execution, ExecutionStatus, Facts,
    Failing, Look, MergeMethod, Pipeline, Repository, Revision, RunStatus, Source, Stage,
    Workspace,
};
use slipway_core::problem::{Code, Problem};

pub(super) fn first() -> Facts {
    Facts {
        repository: Look::seen(repository(), at(0)),
        source: Look::seen(nothing(), at(0)),
        workspace: Look::seen(workspace(), at(0)),
        announcement: Look::seen(None, at(0)),
        pipeline: Look::seen(pipeline(), at(0)),
        execution: Look::seen(None, at(0)),
    }
}

fn nothing() -> Source {
    Source {
        branch: None,
        comparison: None,
        pulls: Vec::new(),
        release_pull: None,
        landed: None,
        lineage: Vec::new(),
        outgoing: None,
    }
}

fn repository() -> Repository {
    Repository {
        me: Account {
            login: "dana".into(),
            name: "Dana".into(),
        },
        full_name: "gitMLS/etl".into(),
        html_url: "https://github.com/gitMLS/etl".into(),
        merge_methods: vec![MergeMethod::Squash, MergeMethod::Merge],
        base: BranchHead {
            name: "master".into(),
            sha: sha(CUT),
        },
        branches: Vec::new(),
        merged: Vec::new(),
        reviews_required: 0,
        merge_queue: false,
    }
}

fn workspace() -> Workspace {
    Workspace {
        team: "Find Buyers".into(),
        bot: "slipway".into(),
        channel: Some(Channel {
            id: "C0DEPLOY".into(),
            name: "production-deployment".into(),
            private: true,
            members: Some(14),
        }),
        archived: false,
        reads_back: true,
    }
}

fn pipeline() -> Pipeline {
    let done = |name: &str, category| Stage {
        name: name.into(),
        execution: Some("last-week".into()),
        status: Some(RunStatus::Succeeded),
        waiting: None,
        disabled: None,
        actions: vec![ActionState {
            name: name.into(),
            category,
            run_order: 1,
            status: Some(RunStatus::Succeeded),
            token: None,
            changed_at: Some(at(-7 * 24 * 60 + 60)),
            timeout_minutes: None,
        }],
    };
    Pipeline {
        name: "docker-production".into(),
        region: "us-east-2".into(),
        account: "123456789012".into(),
        caller_arn: "arn:aws:sts::123456789012:assumed-role/Deployers/dana".into(),
        console_url: "https://us-east-2.console.aws.amazon.com/docker-production".into(),
        parallel: false,
        rolls_back: true,
        stages: vec![
            done("Source", Category::Source),
            done("Approval", Category::Approval),
            done("docker-build", Category::Work),
        ],
        executions: vec![Execution {
            id: "last-week".into(),
            status: ExecutionStatus::Succeeded,
            started_at: at(-7 * 24 * 60 + 30),
            updated_at: at(-7 * 24 * 60 + 66),
            revisions: vec![Revision {
                action: "Source".into(),
                sha: Some(sha(LAST_WEEK)),
                summary: "Merge pull request #398 from gitMLS/maintenance-2026-11-17".into(),
            }],
            rolls_back: None,
        }],
    }
}

/// No answer from a service.
fn no_answer() -> Problem {
    Problem::new(Code::Unreachable, "No answer.", "It is unknown.", "Wait.")
}

fn fail<T>(look: &mut Look<T>, world_now: slipway_core::time::At) {
    look.failing = Some(Failing {
        problem: no_answer(),
        since: world_now,
    });
}

fn sign_out<T>(look: &mut Look<T>) {
    look.connected = false;
}

fn never<T>(look: &mut Look<T>) {
    *look = Look::not_yet();
}

impl World {
    /// GitHub has not answered since now.
    pub(crate) fn github_down(mut self) -> Self {
        fail(&mut self.facts.repository, self.now);
        fail(&mut self.facts.source, self.now);
        self
    }

    /// Slack has not answered since now.
    pub(crate) fn slack_down(mut self) -> Self {
        fail(&mut self.facts.workspace, self.now);
        fail(&mut self.facts.announcement, self.now);
        self
    }

    /// AWS has not answered since now.
    pub(crate) fn aws_down(mut self) -> Self {
        fail(&mut self.facts.pipeline, self.now);
        fail(&mut self.facts.execution, self.now);
        self
    }

    /// Only the details of an execution cannot be read.
    pub(crate) fn details_down(mut self) -> Self {
        fail(&mut self.facts.execution, self.now);
        self
    }

    /// Everything answers again, with what was last seen.
    pub(crate) fn all_answer(mut self) -> Self {
        self.facts.repository.failing = None;
        self.facts.source.failing = None;
        self.facts.workspace.failing = None;
        self.facts.announcement.failing = None;
        self.facts.pipeline.failing = None;
        self.facts.execution.failing = None;
        self
    }

    /// Nobody is signed in to GitHub any more.
    pub(crate) fn signed_out_of_github(mut self) -> Self {
        sign_out(&mut self.facts.repository);
        sign_out(&mut self.facts.source);
        self
    }

    /// Nobody is signed in to Slack any more.
    pub(crate) fn signed_out_of_slack(mut self) -> Self {
        sign_out(&mut self.facts.workspace);
        sign_out(&mut self.facts.announcement);
        self
    }

    /// Nobody is signed in to AWS any more.
    pub(crate) fn signed_out_of_aws(mut self) -> Self {
        sign_out(&mut self.facts.pipeline);
        sign_out(&mut self.facts.execution);
        self
    }

    /// The program was started again and has not looked at anything yet; the journal is all there is.
    pub(crate) fn restarted(mut self) -> Self {
        never(&mut self.facts.repository);
        never(&mut self.facts.source);
        never(&mut self.facts.workspace);
        never(&mut self.facts.announcement);
        never(&mut self.facts.pipeline);
        never(&mut self.facts.execution);
        self
    }

    /// Every service was looked at once more, so many minutes after 7 pm, and shows the same.
    pub(crate) fn looked(mut self, minutes: i64) -> Self {
        self.now = at(minutes);
        let facts = &mut self.facts;
        [&mut facts.repository.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        [&mut facts.source.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        [&mut facts.workspace.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        [&mut facts.announcement.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        [&mut facts.pipeline.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        [&mut facts.execution.last]
            .into_iter()
            .flatten()
            .for_each(|seen| seen.at = at(minutes));
        self
    }
}
