//! What an engine holds in memory. Nothing here waits; it is locked for moments only.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use slipway_core::account::Accounts;
use slipway_core::action::Action;
use slipway_core::desktop::{Desktop, Summons, TestNotice};
use slipway_core::draft::Draft;
use slipway_core::facts::Facts;
use slipway_core::history::History;
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::rules::{self, Course, Situation, TeamFiles};
use slipway_core::team::{AgreedTeam, Team};
use slipway_core::time::At;
use slipway_core::view::{Links, Mode};
use tokio::time::Instant;

use crate::endpoints;
use crate::engine::log::OpenLog;
use crate::engine::run::Beat;
use crate::engine::tracked::Tracked;
use crate::ports::Connect;
use crate::settings::Settings;
use crate::sight::Sight;
use crate::timing::Timing;
use crate::world::World;
use slipway_core::service::Service;

/// What an engine holds in memory.
#[derive(Default)]
pub(super) struct State {
    /// Makes their clients.
    pub(super) connect: Connect,
    /// The services, as they are signed in to now. Replaced as a whole.
    pub(super) world: Arc<World>,
    /// The team settings in use.
    pub(super) team: Arc<Team>,
    /// Where they come from, and the team files that wait.
    pub(super) team_files: TeamFiles,
    /// What the journal says of them is in use.
    pub(super) agreed: Option<AgreedTeam>,
    /// What this desktop keeps apart from any release.
    pub(super) desktop: Desktop,
    /// What is known of the sign-ins.
    pub(super) accounts: Accounts,
    /// What became of the last test notice.
    pub(super) tested: Option<TestNotice>,
    /// Their secrets. They are never shown, and cannot be printed.
    pub(super) secrets: endpoints::Accounts,
    /// Whose build is on the screen.
    pub(super) watched: Option<ReleaseId>,
    /// Counts the sign-ins of each service: an answer to an earlier one is not taken in.
    pub(super) sign_ins: BTreeMap<Service, u64>,
    /// The newest time that something asked for the window.
    pub(super) summons: Option<Summons>,
    /// Closing the window is asked about.
    pub(super) closing: bool,
    /// Whether Slipway starts at login, as the shell found it.
    pub(super) start_at_login: Option<bool>,
    pub(super) draft: Option<Draft>,
    /// The log that is open.
    pub(super) log: Option<OpenLog>,
    /// Logs opened so far.
    pub(super) logs: u64,
    /// Calls for logs within the hour, and whether there was more to read after each: closing one makes none undone.
    pub(super) log_calls: VecDeque<(Instant, bool)>,
    /// What is over, as far as it is shown.
    pub(super) history: History,
    /// Repository, workspace and pipeline; the same looks are in every release's facts.
    pub(super) shared: Facts,
    /// Releases taken up here and not put aside.
    pub(super) releases: BTreeMap<ReleaseId, Tracked>,
    pub(super) slots: BTreeMap<ReleaseId, Holder>,
    /// What was sent, made way for a person, and may still be replied to.
    pub(super) replies: BTreeSet<(ReleaseId, ActionSeq)>,
    pub(super) timings: BTreeMap<Sight, Timing>,
    /// How many seconds this computer's clock was ahead of each service's, when it last answered.
    pub(super) clocks: BTreeMap<Service, i64>,
    /// Both clocks, when they were read last.
    pub(super) beat: Option<Beat>,
    /// Since when this computer's clock tells how long ago something was: since the start, or since it was set.
    pub(super) steady_since: Option<At>,
    /// Services that do not accept the sign-in.
    pub(super) signed_out: BTreeMap<Service, Refusal>,
    /// Reads begun so far; each gets the next number.
    pub(super) reads: u64,
    /// The journal cannot be opened, or was damaged.
    pub(super) opening: Option<Problem>,
    /// The newest entry could not be written.
    pub(super) writing: Option<Problem>,
    /// The engine itself does not work as it should.
    pub(super) broken: Option<Problem>,
    pub(super) rev: u32,
    pub(super) links: Links,
}

/// A service that does not accept the sign-in is not asked again for a while.
pub(super) struct Refusal {
    pub(super) since: Instant,
    /// Its words.
    pub(super) problem: Problem,
}

/// Who is busy with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// A person asked for something.
    Person,
    /// Something that follows by itself.
    FollowUp {
        /// A person waits for it.
        awaited: bool,
        /// It is what a person asked for, tried again.
        again: bool,
    },
}

impl State {
    /// What rules decide on for a release, or for a branch that is none here.
    pub(super) fn situation<'a>(
        &'a self,
        settings: &'a Settings,
        release: &ReleaseId,
    ) -> Situation<'a> {
        let tracked = self.releases.get(release);
        Situation {
            team: &self.team,
            mode: settings.mode,
            now: settings.clock.now(),
            draft: self.draft.as_ref(),
            release: tracked.map(|tracked| &tracked.release),
            facts: tracked.map_or(&self.shared, |tracked| &tracked.facts),
        }
    }

    /// Releases in progress here, newest first.
    pub(super) fn open(&self) -> Vec<&Tracked> {
        let mut open: Vec<&Tracked> = self.releases.values().collect();
        open.sort_by_key(|tracked| std::cmp::Reverse(tracked.opened_at()));
        open
    }

    /// Follows a release from now on. What was seen of the outside systems as a whole is known for it, too.
    pub(super) fn track(&mut self, mut release: Release, now: At) -> &mut Tracked {
        rules::count_by_this_clock(&mut release, (0, self.steady_since), now);
        let mut facts = Facts {
            repository: self.shared.repository.clone(),
            workspace: self.shared.workspace.clone(),
            pipeline: self.shared.pipeline.clone(),
            ..Facts::default()
        };
        facts.source.connected = self.connected(Service::GitHub);
        facts.announcement.connected = self.connected(Service::Slack);
        facts.execution.connected = self.connected(Service::Aws);
        let id = release.id.clone();
        self.releases
            .entry(id)
            .insert_entry(Tracked::new(release, facts))
            .into_mut()
    }

    /// A service was sent something, and nobody knows yet whether it happened.
    pub(super) fn is_undecided(&self, service: Service) -> bool {
        let mut pending = self
            .releases
            .values()
            .filter_map(|it| it.release.pending.as_ref());
        let is_its = |action: &Action| Service::of(action) == service;
        // What may still arrive stands beside the release's own way, and would by then be sent by nobody.
        let on_its_way = |(release, seq): &(ReleaseId, ActionSeq)| {
            let release = self.releases.get(release);
            let in_doubt = release.and_then(|it| it.release.in_doubt.as_ref());
            in_doubt.is_some_and(|it| it.seq == *seq && is_its(&it.action))
        };
        pending.any(|pending| is_its(&pending.action)) || self.replies.iter().any(on_its_way)
    }

    /// What a person asked for is sent again by itself: in a while, or right now.
    pub(super) fn is_sent_again(&self, tracked: &Tracked, now: At) -> bool {
        let holder = self.slots.get(&tracked.release.id);
        let is_tried = matches!(holder, Some(Holder::FollowUp { again: true, .. }));
        tracked.again(now).is_some() || is_tried && tracked.asked.is_some()
    }

    /// Stops following a release that was put aside.
    pub(super) fn let_go(&mut self, release: &ReleaseId) {
        self.releases.remove(release);
        self.log.take_if(|log| log.log.release == *release);
        self.timings
            .retain(|sight, timing| timing.reading > 0 || sight.release() != Some(release));
    }

    /// Everything that is looked at by itself.
    pub(super) fn sights(&self, settings: &Settings) -> Vec<Sight> {
        Self::sights_of(settings, &self.courses(settings))
    }

    /// The same, where the courses are known.
    pub(super) fn sights_of(settings: &Settings, courses: &[Course<'_>]) -> Vec<Sight> {
        let of_releases = courses.iter().flat_map(|course| {
            let watched = rules::watched(course).iter();
            watched.map(|source| Sight::of(*source, &course.release.id))
        });
        let team_file = (settings.mode == Mode::Real).then_some(Sight::TeamFile);
        let shared = Sight::SHARED.into_iter().chain(team_file);
        shared.chain(of_releases).collect()
    }

    pub(super) fn courses<'a>(&'a self, settings: &'a Settings) -> Vec<Course<'a>> {
        let now = settings.clock.now();
        let course =
            |tracked: &'a Tracked| Course::new(&self.team, now, &tracked.release, &tracked.facts);
        self.open().into_iter().map(course).collect()
    }

    fn connected(&self, service: Service) -> bool {
        match service {
            Service::GitHub => self.shared.repository.connected,
            Service::Slack => self.shared.workspace.connected,
            Service::Aws => self.shared.pipeline.connected,
        }
    }

    /// When a sight is due: `None` for at once.
    pub(super) fn due(&self, sight: &Sight, every: Duration) -> Option<Instant> {
        self.timings.get(sight)?.due(every)
    }

    /// What was seen may be hours old: everything is due.
    pub(super) fn look_at_once(&mut self) {
        for timing in self.timings.values_mut() {
            timing.begin_anew();
        }
    }

    pub(super) fn looking(&self) -> bool {
        self.timings.values().any(|timing| timing.reading > 0)
    }

    /// Every release's facts, to put a shared look into.
    pub(super) fn facts_mut(&mut self) -> impl Iterator<Item = &mut Facts> {
        std::iter::once(&mut self.shared)
            .chain(self.releases.values_mut().map(|tracked| &mut tracked.facts))
    }

    /// The name that entries are signed with.
    pub(super) fn person(&self) -> String {
        self.shared
            .repository
            .stale()
            .map_or_else(|| "somebody".to_owned(), |seen| seen.me.name.clone())
    }

    pub(super) fn trouble(&self) -> Option<Problem> {
        self.broken
            .clone()
            .or_else(|| self.writing.clone())
            .or_else(|| self.opening.clone())
    }

    /// Since when an execution may carry a release that is followed here and has not ended.
    pub(super) fn oldest_landed(&self, settings: &Settings) -> Option<At> {
        let courses = self.courses(settings).into_iter();
        courses
            .filter(|course| !course.finished())
            .filter_map(|course| rules::since_landed(course.release, course.facts))
            .min()
    }
}
