//! One release with all its screens.

use crate::action::Action;
use crate::facts::Facts;
use crate::ids::ReleaseId;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::release::{Pending, Release};
use crate::rules::Course;
use crate::rules::steps::merge::open_pull;
use crate::view::{
    AnnounceScreen, ApprovalScreen, BranchScreen, BuildScreen, Control, DatabaseScreen, EtlScreen,
    FinishScreen, Links, MergeScreen, Scene, StepId, StepState, StepView, Undecided, lately,
};
use crate::words;
use serde::Serialize;
use ts_rs::TS;

/// One release with all its screens.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseView {
    /// Its identity: the branch name (empty for a draft without a usable name).
    pub id: ReleaseId,
    /// Kind.
    pub kind: Kind,
    /// "Maintenance", "Hotfix".
    pub kind_word: String,
    /// "Tuesday 24 November".
    pub date_words: String,
    /// The eight steps in order.
    pub steps: Vec<StepView>,
    /// The step to show when the person has not chosen another: the first that is not settled.
    pub current: StepId,
    /// Steps 1 to 8.
    pub branch: BranchScreen,
    /// Tell the team.
    pub announce: AnnounceScreen,
    /// Merge the ETL pull request.
    pub etl: EtlScreen,
    /// Database changes.
    pub database: DatabaseScreen,
    /// Merge into base.
    pub merge: MergeScreen,
    /// Approve the deploy.
    pub approval: ApprovalScreen,
    /// Watch the build.
    pub build: BuildScreen,
    /// Wrap up.
    pub finish: FinishScreen,
    /// What can be done about the execution that carries it, beside a retry.
    pub control: Control,
    /// The last action of this release that did not work, until the next one or until it is seen to be settled.
    pub problem: Option<Problem>,
    /// Looks do not tell what became of the last action: a person is asked, instead of `problem`.
    pub undecided: Option<Undecided>,
    /// An action is being sent or looked up: buttons that act are off, with this sentence as the reason.
    pub busy: Option<String>,
    /// What a person asked for did not get through and is sent again by itself, unless they press anything meanwhile.
    pub again: Option<String>,
    /// What stays when the release is put aside; `None` while that is not possible.
    pub aside: Option<String>,
    /// The release reached production: the hull floats.
    pub afloat: bool,
}

impl ReleaseView {
    /// Draws a release that has a branch, or is about to get one.
    pub(crate) fn draw(
        scene: &Scene<'_>,
        release: &Release,
        facts: &Facts,
        links: &mut Links,
    ) -> Self {
        let course = Course::new(scene.team, scene.now, release, facts);
        let branch = BranchScreen::of_release(&course, links);
        Self::with_branch(scene, &course, branch, links)
    }

    pub(crate) fn with_branch(
        scene: &Scene<'_>,
        course: &Course<'_>,
        branch: BranchScreen,
        links: &mut Links,
    ) -> Self {
        let release = course.release;
        let undecided = Undecided::draw(course);
        let again = scene.again.contains(&release.id);
        let mut view = Self {
            id: release.id.clone(),
            kind: release.kind,
            kind_word: release.kind.word().to_owned(),
            date_words: words::date(release.date),
            steps: StepId::ALL
                .into_iter()
                .map(|step| StepView::draw(course, step))
                .collect(),
            current: course.current(),
            branch,
            announce: AnnounceScreen::draw(course, links),
            etl: EtlScreen::draw(course, links),
            database: DatabaseScreen::draw(course),
            merge: MergeScreen::draw(course, links),
            approval: ApprovalScreen::draw(scene, course, links),
            build: BuildScreen::draw(scene, course, links),
            finish: FinishScreen {
                saved: scene.saved(Some(&release.id)),
                ..FinishScreen::draw(course)
            },
            control: Control::draw(scene, course),
            problem: problem(course).filter(|_| undecided.is_none() && !again),
            undecided,
            busy: busy(scene, release),
            again: again.then(|| sent_again(release)).flatten(),
            aside: aside(course),
            afloat: course.state(StepId::Build) == StepState::Done,
        };
        lately::hold_back(&mut view, course);
        view
    }
}

/// The last action's problem, while it still says something: not once its step is settled.
fn problem(course: &Course<'_>) -> Option<Problem> {
    if let Some(unknown) = course
        .release
        .pending
        .as_ref()
        .filter(|pending| !pending.action.is_repeatable())
        .and_then(|pending| pending.unknown.clone())
    {
        return Some(unknown);
    }
    let (action, problem) = course.release.last_problem.as_ref()?;
    let step = match action {
        Action::CreateBranch { .. } => StepId::Branch,
        Action::PostAnnouncement { .. } => StepId::Announce,
        Action::MergePull { .. } => StepId::Etl,
        Action::OpenReleasePull { .. } if open_pull(course).is_some() => return None,
        Action::OpenReleasePull { .. } | Action::MergeRelease { .. } => StepId::Merge,
        Action::AnswerApproval { .. } => StepId::Approval,
        Action::RetryStage { .. } | Action::StopExecution { .. } | Action::RollBack { .. } => {
            StepId::Build
        }
        Action::StartExecution { .. } | Action::EnableTransition { .. } => {
            let open = [StepId::Approval, StepId::Build];
            open.into_iter().find(|step| !course.settled(*step))?
        }
        Action::PostResult { .. } => StepId::Finish,
        // Keeping the message true is nobody's click; the next look tries again.
        Action::UpdateAnnouncement { .. } | Action::TellChange { .. } => return None,
    };
    (!course.settled(step)).then(|| problem.clone())
}

/// A release can be put aside whatever state it is in, but not while something is being sent.
fn aside(course: &Course<'_>) -> Option<String> {
    let release = course.release;
    let being_sent = |pending: &Pending| pending.unknown.is_none();
    if release.opened.is_none() || release.pending.as_ref().is_some_and(being_sent) {
        return None;
    }
    let ran = release
        .statements
        .iter()
        .filter(|statement| statement.run.is_some())
        .count();
    let database = match ran {
        0 => String::new(),
        1 => ", and the database change already made stays too".to_owned(),
        ran => format!(", and {ran} database changes already made stay too"),
    };
    let mut said = format!(
        "Slipway no longer follows it here. Nothing is undone: the branch, its pull requests and commits stay on GitHub{database}."
    );
    if course.landed().is_some() && !course.settled(StepId::Build) {
        let moves = course.execution().is_some_and(|ours| ours.status.moves());
        said.push_str(&if moves {
            format!(" {} goes on with it.", course.team.pipeline)
        } else {
            format!(
                " What was merged stays in {} and goes out with the next deploy.",
                course.team.base
            )
        });
    }
    let is_out = course.state(StepId::Build) == StepState::Done;
    let is_lost = course.landed().is_none() && course.branch_is_gone();
    if !is_out && !is_lost {
        said.push_str(" Until a week after its date you can take it over again from Home.");
    }
    if release.pending.is_some() {
        said.push_str(" What became of the last action stays open until then.");
    }
    Some(said)
}

fn busy(scene: &Scene<'_>, release: &Release) -> Option<String> {
    let sending = scene.sending.contains(&release.id);
    match &release.pending {
        Some(pending) => {
            let doing = doing(&pending.action)?;
            Some(match &pending.unknown {
                None => format!("{doing}."),
                Some(_) => {
                    format!("{doing}: the answer was lost, Slipway looks whether it happened.")
                }
            })
        }
        None => sending.then(|| "Looking once more before anything is sent.".to_owned()),
    }
}

/// It is still the person's to press this or another button, which then counts instead.
fn sent_again(release: &Release) -> Option<String> {
    let (action, _) = release.last_problem.as_ref()?;
    let doing = doing(action)?;
    Some(format!(
        "{doing}: it did not get through, Slipway sends it again by itself."
    ))
}

fn doing(action: &Action) -> Option<&'static str> {
    Some(match action {
        Action::CreateBranch { .. } => "Creating the branch",
        Action::PostAnnouncement { .. } => "Posting the message",
        Action::UpdateAnnouncement { .. } | Action::TellChange { .. } => return None,
        Action::MergePull { .. } => "Merging the pull request",
        Action::OpenReleasePull { .. } => "Opening the pull request",
        Action::MergeRelease { .. } => "Merging",
        Action::AnswerApproval { .. } => "Sending your answer",
        Action::RetryStage { .. } => "Starting the stage again",
        Action::StopExecution { .. } => "Stopping the deploy",
        Action::StartExecution { .. } => "Starting the pipeline",
        Action::RollBack { .. } => "Rolling back",
        Action::EnableTransition { .. } => "Switching the transition on",
        Action::PostResult { .. } => "Posting the result",
    })
}
