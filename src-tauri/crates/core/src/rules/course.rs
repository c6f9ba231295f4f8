//! One release's way through the eight steps, computed from what was seen and declared.

use crate::facts::{
    ActionRun, Execution, ExecutionDetail, Facts, Landed, Outgoing, Pull, PullState, Source,
};
use crate::ids::Sha;
use crate::record::{Milestone, PushedCommit};
use crate::release::Release;
use crate::rules::pushed::pushed;
use crate::rules::standing::Standing;
use crate::rules::{execution, steps};
use crate::team::Team;
use crate::time::At;
use crate::view::{StepId, StepState};
use crate::words::Clock;

/// Everything that the rules of single steps share.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    /// The team.
    pub team: &'a Team,
    /// Now.
    pub now: At,
    /// The release.
    pub release: &'a Release,
    /// What was seen for it.
    pub facts: &'a Facts,
    /// The steps' standings, in order, as far as they are computed.
    standings: Vec<Standing>,
}

impl<'a> Course<'a> {
    /// Computes the whole course.
    #[must_use]
    pub fn new(team: &'a Team, now: At, release: &'a Release, facts: &'a Facts) -> Self {
        let mut course = Self {
            team,
            now,
            release,
            facts,
            standings: Vec::with_capacity(8),
        };
        for step in StepId::ALL {
            let standing = match step {
                StepId::Branch => steps::branch::standing(&course),
                StepId::Announce => steps::announce::standing(&course),
                StepId::Etl => steps::etl::standing(&course),
                StepId::Database => steps::database::standing(&course),
                StepId::Merge => steps::merge::standing(&course),
                StepId::Approval => steps::approval::standing(&course),
                StepId::Build => steps::build::standing(&course),
                StepId::Finish => steps::finish::standing(&course),
            };
            course.standings.push(standing);
        }
        course
    }

    /// The course of a release that is over, by its records alone; the facts tell only names. Its clock is that of its
    /// own day.
    #[must_use]
    pub fn past(team: &'a Team, release: &'a Release, facts: &'a Facts) -> Self {
        let began = release.opened.as_ref().map_or(At(0), |mark| mark.at);
        let mut course = Self {
            team,
            now: began,
            release,
            facts,
            standings: Vec::with_capacity(8),
        };
        for step in StepId::ALL {
            let standing = steps::past::standing(&course, step);
            course.standings.push(standing);
        }
        course
    }

    /// Where a step stands.
    #[must_use]
    pub fn standing(&self, step: StepId) -> &Standing {
        &self.standings[step as usize]
    }

    /// A step's state.
    #[must_use]
    pub fn state(&self, step: StepId) -> StepState {
        self.standing(step).state
    }

    /// Nothing is left to do in a step.
    #[must_use]
    pub fn settled(&self, step: StepId) -> bool {
        self.state(step).is_settled()
    }

    /// The first step that is not settled; the last one when all are.
    #[must_use]
    pub fn current(&self) -> StepId {
        StepId::ALL
            .into_iter()
            .find(|step| !self.settled(*step))
            .unwrap_or(StepId::Finish)
    }

    /// Every step is settled.
    #[must_use]
    pub fn finished(&self) -> bool {
        StepId::ALL.into_iter().all(|step| self.settled(step))
    }

    /// Words for instants.
    #[must_use]
    pub fn clock(&self) -> Clock<'a> {
        Clock {
            window: &self.team.window,
            now: self.now,
        }
    }

    /// The source side, when it can be relied on.
    #[must_use]
    pub fn source(&self) -> Option<&'a Source> {
        self.facts.source.fresh()
    }

    /// How the release landed in base: as seen now, else as noted when it was seen.
    #[must_use]
    pub fn landed(&self) -> Option<Landed> {
        let seen = self
            .facts
            .source
            .stale()
            .and_then(|source| source.landed.clone());
        seen.or_else(|| {
            self.release
                .milestones
                .iter()
                .rev()
                .find_map(|milestone| match milestone {
                    Milestone::Landed { sha, by, at } => Some(Landed {
                        sha: sha.clone(),
                        by: by.clone(),
                        at: *at,
                    }),
                    Milestone::Branch { .. }
                    | Milestone::Announcement { .. }
                    | Milestone::PullMerged { .. }
                    | Milestone::Pushed { .. }
                    | Milestone::Execution { .. }
                    | Milestone::ApprovalAsked { .. }
                    | Milestone::ApprovalAnswered { .. }
                    | Milestone::BuildEnded { .. }
                    | Milestone::Stopped { .. }
                    | Milestone::RolledBack { .. }
                    | Milestone::Finished { .. } => None,
                })
        })
    }

    /// The branch holds something that base did not have when it was cut.
    #[must_use]
    pub fn holds_work(&self) -> bool {
        let now = self.facts.source.stale().is_some_and(|source| {
            source
                .comparison
                .as_ref()
                .is_some_and(|comparison| comparison.ahead_by > 0)
                || source
                    .pulls
                    .iter()
                    .any(|pull| matches!(pull.state, PullState::Merged { .. }))
        });
        // What was merged is in base, so the comparison is empty again.
        now || self.landed().is_some()
            || self
                .release
                .milestones
                .iter()
                .any(|milestone| matches!(milestone, Milestone::PullMerged { .. }))
    }

    /// Commits that no pull request brought in, and how many there are: as seen while the branch differs from base, else
    /// as noted before it landed.
    #[must_use]
    pub fn pushed(&self) -> (u32, Vec<PushedCommit>) {
        let source = self.facts.source.stale();
        let seen = source
            .filter(|source| source.comparison.as_ref().is_some_and(|it| it.ahead_by > 0))
            .and_then(pushed);
        let noted = || {
            let milestones = self.release.milestones.iter().rev();
            milestones
                .clone()
                .find(|milestone| matches!(milestone, Milestone::Pushed { .. }))
                .cloned()
        };
        match seen.or_else(noted) {
            Some(Milestone::Pushed { total, commits }) => (total, commits),
            Some(_) | None => (0, Vec::new()),
        }
    }

    /// "4f2c91a Fix typo, by Dana".
    #[must_use]
    pub fn pushed_words(&self, commit: &PushedCommit) -> String {
        let author = self.name_of(&commit.author);
        format!("{} {}, by {author}", commit.sha.short(), commit.title)
    }

    /// GitHub shows no branch any more. Its release goes on only when somebody restores it.
    #[must_use]
    pub fn branch_is_gone(&self) -> bool {
        self.source().is_some_and(|source| source.branch.is_none())
    }

    /// "None this time" was said, and the branch was seen to hold nothing indeed: the release ends at the database step.
    #[must_use]
    pub fn nothing_to_release(&self) -> bool {
        self.release.no_etl.is_some()
            && self.facts.source.stale().is_some()
            && self.landed().is_none()
            && !self.holds_work()
    }

    /// Open pull requests into the branch, oldest first.
    #[must_use]
    pub fn open_pulls(&self) -> Vec<&'a Pull> {
        let pulls = self
            .source()
            .map(|source| source.pulls.as_slice())
            .unwrap_or_default();
        pulls
            .iter()
            .filter(|pull| pull.state == PullState::Open)
            .collect()
    }

    /// Merged pull requests, oldest first, however old the look is.
    #[must_use]
    pub fn merged_pulls(&self) -> Vec<&'a Pull> {
        let pulls = self
            .facts
            .source
            .stale()
            .map(|source| source.pulls.as_slice())
            .unwrap_or_default();
        pulls
            .iter()
            .filter(|pull| matches!(pull.state, PullState::Merged { .. }))
            .collect()
    }

    /// Our execution in the pipeline's list.
    #[must_use]
    pub fn execution(&self) -> Option<&'a Execution> {
        let id = execution::our_execution(self.release, self.facts)?;
        self.facts
            .pipeline
            .stale()?
            .executions
            .iter()
            .find(|execution| execution.id == id)
    }

    /// The commit that our execution would release.
    #[must_use]
    pub fn commit(&self) -> Option<&'a Sha> {
        execution::commit(self.release, self.facts, self.execution()?)
    }

    /// Our execution brings something to production that can be compared with what runs there.
    #[must_use]
    pub fn has_outgoing(&self) -> bool {
        execution::outgoing(self.release, self.facts).is_some()
    }

    /// What our execution brings to production, if that was compared.
    #[must_use]
    pub fn outgoing(&self) -> Option<&'a Outgoing> {
        let (live, commit) = execution::outgoing(self.release, self.facts)?;
        let outgoing = self.facts.source.stale()?.outgoing.as_ref();
        outgoing.filter(|it| it.live == live && it.commit == commit)
    }

    /// Our execution in detail, if that is the one that was read.
    #[must_use]
    pub fn detail(&self) -> Option<&'a ExecutionDetail> {
        let ours = self.execution()?;
        self.facts
            .execution
            .stale()?
            .as_ref()
            .filter(|detail| detail.execution.id == ours.id)
    }

    /// What ran in our execution, when it was read since the list shows the execution as it is now.
    #[must_use]
    pub fn runs(&self) -> Option<&'a [ActionRun]> {
        let ours = self.execution()?;
        let detail = self.detail()?;
        let seen = &detail.execution;
        (seen.status == ours.status && seen.updated_at == ours.updated_at)
            .then_some(detail.runs.as_slice())
    }

    /// What ran in our execution cannot be read now, so there is no use in waiting for it.
    #[must_use]
    pub fn runs_are_hidden(&self) -> bool {
        !self.facts.execution.connected || self.facts.execution.failing.is_some()
    }

    /// A person's display name for a GitHub login.
    #[must_use]
    pub fn name_of(&self, login: &str) -> String {
        let name = match self.facts.repository.stale() {
            Some(repository) if repository.me.login == login => &repository.me.name,
            Some(_) | None => login,
        };
        crate::text::line(name, 80)
    }
}
