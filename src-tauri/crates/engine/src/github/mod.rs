//! GitHub through its REST API, version 2022-11-28, with octocrab: what a release needs to see, and the four writes
//! it may send.
//!
//! Reads are conditional, so that a look at an unchanged repository costs nothing of the hourly limit. Writes go to
//! the repository's present name, are sent once, and are never repeated or redirected by any layer.

mod act;
mod cache;
mod check;
mod checks;
mod compare;
mod error;
mod json;
mod landed;
mod life;
mod lineage;
mod outgoing;
mod path;
mod pulls;
mod refusal;
mod repository;
mod revision_branch;
mod source;
mod team_file;
mod wire;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use slipway_core::account::Standing;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{Lineage, Outgoing, Pull, Relation, Repository, Source};
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::team::{FoundTeamFile, Team};
use slipway_core::time::At;

use crate::endpoints::{Door, Endpoints};
use repository::Known;
use wire::Wire;

/// One sign-in at one GitHub. Cheap to share; reads and the one write may overlap.
pub struct GitHub {
    wire: Wire,
    /// Where its pages are, when that was set.
    pages: Option<Door>,
    known: Mutex<Option<Known>>,
    /// Compared commits never change.
    lineages: Mutex<HashMap<(Sha, Sha), Relation>>,
    /// Merged pull requests are read in detail once.
    merged: Mutex<HashMap<(String, PullNumber), Pull>>,
}

impl GitHub {
    /// A client for one token. Sends nothing yet; has to be called within a Tokio runtime.
    ///
    /// # Errors
    /// When the address is neither https nor on this computer, or the token cannot be a header.
    pub fn connect(endpoints: &Endpoints, token: &SecretString) -> Result<Self, Problem> {
        Ok(Self {
            pages: endpoints
                .github_web
                .as_deref()
                .map(|address| Door::to("GitHub’s pages", address))
                .transpose()?,
            wire: Wire::open(Door::to("GitHub", &endpoints.github_api)?, token)?,
            known: Mutex::default(),
            lineages: Mutex::default(),
            merged: Mutex::default(),
        })
    }

    /// Who the token belongs to ("Get the authenticated user") and what it may do ("Get a repository", "Get a
    /// reference", "List pull requests").
    ///
    /// # Errors
    /// When GitHub does not take the token, or cannot be asked. A permission that is missing is no error.
    pub async fn check(&self, team: &Team) -> Result<Standing, Problem> {
        check::read(self, team).await
    }

    /// The repository as a whole: "Get the authenticated user", "Get a repository", "Get a reference", "List matching
    /// references", "Get rules for a branch". The first two are read again after five minutes.
    ///
    /// # Errors
    /// When one of them cannot be read; rules that the token may not see count as none.
    pub async fn repository(&self, team: &Team) -> Result<Repository, Problem> {
        let mut repository = repository::read(self, team).await?;
        self.lead_to_pages(&mut repository.html_url);
        Ok(repository)
    }

    /// One release's branch, its pull requests, and how it landed. `lineage` and `outgoing` stay empty; see
    /// [`Self::lineage`] and [`Self::outgoing`].
    ///
    /// # Errors
    /// When a part of it cannot be read; what the token may not see (activity, checks) is left out.
    pub async fn source(&self, team: &Team, release: &Release) -> Result<Source, Problem> {
        let mut source = source::read(self, team, release).await?;
        for pull in &mut source.pulls {
            self.lead_to_pages(&mut pull.html_url);
        }
        if let Some(pull) = &mut source.release_pull {
            self.lead_to_pages(&mut pull.html_url);
        }
        Ok(source)
    }

    /// The team file at one commit: "Get repository content".
    ///
    /// # Errors
    /// When it cannot be read; that nothing stands there is an answer.
    pub async fn team_file(&self, team: &Team, commit: &Sha) -> Result<FoundTeamFile, Problem> {
        team_file::read(self, team, commit).await
    }

    /// How revisions of the pipeline relate to our commit ("Compare two commits"), in the repository that was last
    /// looked at. What was compared once is not asked again.
    ///
    /// # Errors
    /// When no repository was looked at yet, or a comparison cannot be read.
    pub async fn lineage(&self, ours: &Sha, revisions: &[Sha]) -> Result<Vec<Lineage>, Problem> {
        lineage::read(self, ours, revisions).await
    }

    /// What `commit` would bring to where `live` runs ("Compare two commits"), in the repository that was last looked at;
    /// `None` when GitHub does not know one of them there.
    ///
    /// # Errors
    /// When no repository was looked at yet, or the comparison cannot be read.
    pub async fn outgoing(&self, live: &Sha, commit: &Sha) -> Result<Option<Outgoing>, Problem> {
        outgoing::read(self, live, commit).await
    }

    /// Sends one write, once, to the repository that was last looked at.
    pub async fn act(&self, action: &Action) -> Outcome {
        act::send(self, action).await
    }

    /// How much longer GitHub asked to be left alone, after a [`Throttled`](slipway_core::problem::Code::Throttled).
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        self.wire.pause.left()
    }

    /// What GitHub's clock showed in its last answer, and when that arrived.
    pub(crate) fn time_there(&self) -> Option<(At, Instant)> {
        self.wire.heard.last()
    }

    /// An address out of GitHub's answers, at the place that was set for its pages.
    fn lead_to_pages(&self, address: &mut String) {
        let path = address
            .parse::<http::Uri>()
            .ok()
            .and_then(|uri| uri.into_parts().path_and_query);
        if let (Some(pages), Some(path)) = (&self.pages, path) {
            *address = format!("{}{path}", pages.base());
        }
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path of the repository that was last looked at, under its present name.
    fn last_path(&self) -> Option<String> {
        self.known().as_ref().map(|known| known.path.clone())
    }

    /// Forgets the name, so that the next look finds the repository's new one.
    fn forget(&self) {
        *self.known() = None;
    }
}
