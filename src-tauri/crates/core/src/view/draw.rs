//! From a scene to a view.

use crate::desktop::Notice;
use crate::rules::{Course, Form};
use crate::text::line;
use crate::view::etl::initials;
use crate::view::{
    AccountsScreen, BranchScreen, HistoryScreen, Home, Links, LogScreen, NoticeView, Person,
    ReleaseView, Scene, SettingsScreen, Tray, View, Viewed, Waterline,
};
use crate::words;

/// Everything on screen, and the addresses behind its links.
#[must_use]
pub fn view(scene: &Scene<'_>) -> Viewed {
    let mut links = Links::default();
    let draft = scene.draft.map(|(draft, facts)| {
        let release = Form::read(scene.team, scene.now, draft).release();
        let course = Course::new(scene.team, scene.now, &release, facts);
        let branch = BranchScreen::of_draft(scene, draft, facts);
        ReleaseView::with_branch(scene, &course, branch, &mut links)
    });
    let releases = scene
        .releases
        .iter()
        .map(|(release, facts)| ReleaseView::draw(scene, release, facts, &mut links))
        .collect();
    let view = View {
        rev: scene.rev,
        mode: scene.mode,
        now: scene.now,
        zone: scene.zone.to_owned(),
        team_zone: scene.team.window.zone.clone(),
        team_clock: words::team::zone(&scene.team.window.zone),
        waterline: Waterline::draw(scene),
        person: scene.shared.repository.stale().map(|repository| Person {
            name: line(&repository.me.name, 80),
            initials: initials(&repository.me.name),
            detail: line(&repository.me.login, 80),
        }),
        home: Home::draw(scene),
        draft,
        releases,
        history: HistoryScreen::draw(scene, &mut links),
        notices: notices(scene),
        accounts: AccountsScreen::draw(scene, &mut links),
        settings: SettingsScreen::draw(scene),
        tray: Tray::draw(scene),
        summons: scene.summons.clone(),
        log: scene.log.map(|log| LogScreen::draw(scene, log)),
        closing: scene.closing,
        trouble: scene.trouble.clone(),
    };
    Viewed { view, links }
}

fn notices(scene: &Scene<'_>) -> Vec<NoticeView> {
    let here = |notice: &Notice| {
        scene
            .releases
            .iter()
            .any(|(release, _)| release.id == notice.release)
            || scene.keeps(notice.release.as_str())
    };
    scene
        .desktop
        .notices
        .iter()
        .map(|notice| NoticeView::draw(notice, here(notice)))
        .collect()
}
