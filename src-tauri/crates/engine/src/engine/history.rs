//! What a person asks for about what is over.

use std::sync::Arc;

use slipway_core::facts::Facts;
use slipway_core::history::{HistoryAsk, HistoryQuery, Opened, PastRelease, Saved};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::{Code, Problem};
use slipway_core::release::Release;
use slipway_core::rules::Course;
use slipway_core::words::report;

use crate::engine::record::no_journal;
use crate::engine::{Engine, Stage};
use crate::export::Export;
use crate::ports::Book;

impl Engine {
    /// Does what a person asks for about what is over. The journal is held meanwhile, so that answers come in the order in
    /// which they were asked for.
    pub(super) async fn carry_out_ask(self: Arc<Self>, ask: HistoryAsk) -> Result<(), Problem> {
        self.reach(Stage::Running).await;
        self.open_journal().await;
        let done = match ask {
            HistoryAsk::Show { query } => {
                self.show_page(query).await;
                Ok(())
            }
            HistoryAsk::Open { release } => self.open_past(&release).await,
            HistoryAsk::Close => {
                let _in_order = self.journal.lock().await;
                self.state().history.opened = None;
                Ok(())
            }
            HistoryAsk::Leave => {
                let _in_order = self.journal.lock().await;
                let mut state = self.state();
                state.history.shown = None;
                state.history.opened = None;
                state.history.saved = None;
                Ok(())
            }
            HistoryAsk::Save { query } => self.save_all(&query).await,
            HistoryAsk::SaveReport { release } => self.save_one(&release).await,
        };
        self.publish();
        done
    }

    async fn show_page(&self, query: HistoryQuery) {
        let mut journal = self.journal.lock().await;
        let now = self.settings.clock.now();
        let page = match journal.as_mut() {
            Some(journal) => journal.page(&query, now).await,
            None => Err(self.state().trouble().unwrap_or_else(no_journal)),
        };
        self.state().history.shown = Some((query, page));
    }

    /// The page that is shown, as it is now.
    pub(super) async fn show_page_again(&self, journal: &mut dyn Book) {
        let query = {
            let state = self.state();
            state.history.shown.as_ref().map(|(query, _)| query.clone())
        };
        let Some(query) = query else { return };
        let page = journal.page(&query, self.settings.clock.now()).await;
        self.state().history.shown = Some((query, page));
    }

    async fn open_past(&self, release: &ReleaseId) -> Result<(), Problem> {
        let mut journal = self.journal.lock().await;
        let opened = self.past(&mut journal, release).await?;
        self.state().history.opened = Some(opened);
        Ok(())
    }

    async fn past(
        &self,
        journal: &mut Option<Box<dyn Book>>,
        release: &ReleaseId,
    ) -> Result<Opened, Problem> {
        let Some(journal) = journal else {
            return Err(self.state().trouble().unwrap_or_else(no_journal));
        };
        let entries = journal.of_release(release).await?;
        let folded = Release::fold(&entries);
        let opened = folded.and_then(|release| {
            let row = PastRelease::of(&release)?;
            Some(Opened { release, row })
        });
        opened.ok_or_else(not_over)
    }

    /// The report of one release: as it is shown while it is followed, else from its records.
    async fn save_one(&self, release: &ReleaseId) -> Result<(), Problem> {
        let now = self.settings.clock.now();
        let followed = {
            let state = self.state();
            let tracked = state.releases.get(release);
            tracked.map(|tracked| {
                let course = Course::new(&state.team, now, &tracked.release, &tracked.facts);
                report::json(&course, now)
            })
        };
        let json = match followed {
            Some(json) => json,
            None => {
                let mut journal = self.journal.lock().await;
                let opened = self.past(&mut journal, release).await?;
                let (team, names) = self.team_and_names();
                report::json(&Course::past(&team, &opened.release, &names), now)
            }
        };
        let mut export = self.export(release.as_str()).await?;
        export.write(&json).await?;
        self.saved(export, Some(release.clone())).await
    }

    /// The reports of all that match, one after the other: nothing else waits for all of them.
    async fn save_all(&self, query: &HistoryQuery) -> Result<(), Problem> {
        let now = self.settings.clock.now();
        let matching = {
            let mut journal = self.journal.lock().await;
            match journal.as_mut() {
                Some(journal) => journal.matching(query).await?,
                None => return Err(self.state().trouble().unwrap_or_else(no_journal)),
            }
        };
        let day = self.today();
        let mut export = self.export(&format!("history-{day}")).await?;
        export.write(&report::beginning(now)).await?;
        let (team, names) = self.team_and_names();
        let mut comma = "";
        for release in &matching {
            let opened = {
                let mut journal = self.journal.lock().await;
                self.past(&mut journal, release).await
            };
            let opened = match opened {
                Ok(opened) => opened,
                Err(problem) if problem.code == Code::NotOffered => continue,
                Err(problem) => return Err(problem),
            };
            let course = Course::past(&team, &opened.release, &names);
            let document = report::document(&course);
            export.write(&format!("{comma}{document}")).await?;
            comma = ",\n";
        }
        export.write(report::end()).await?;
        self.saved(export, None).await
    }

    async fn export(&self, name: &str) -> Result<Export, Problem> {
        Export::begin(&self.settings.downloads, self.settings.mode, name).await
    }

    async fn saved(&self, export: Export, release: Option<ReleaseId>) -> Result<(), Problem> {
        let path = export.finish().await?.display().to_string();
        self.state().history.saved = Some(Saved { release, path });
        Ok(())
    }

    fn team_and_names(&self) -> (Arc<slipway_core::team::Team>, Facts) {
        let state = self.state();
        (state.team.clone(), state.shared.names())
    }
}

fn not_over() -> Problem {
    Problem::new(
        Code::NotOffered,
        "This deploy is not in the history.",
        "It is in progress, or Slipway has no records of it.",
        "Look for it on Home.",
    )
}
