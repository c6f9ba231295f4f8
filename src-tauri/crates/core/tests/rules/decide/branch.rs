//! Making and adopting branches: with a form, again after a failure, and never twice.

use super::{outcome, wish};
use crate::table::check;
use crate::world::{CUT, HEAD, World, action, sha};
use slipway_core::draft::Draft;
use slipway_core::facts::{BranchHead, Facts};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::record::Record;
use slipway_core::release::Release;
use slipway_core::rules::{Situation, decide};
use slipway_core::time::At;
use slipway_core::view::Mode;

struct Form {
    draft: Draft,
    facts: Facts,
    now: At,
    release: Option<Release>,
}

impl Form {
    fn hotfix(fix_name: &str) -> Self {
        let draft = Draft {
            kind: Kind::Hotfix,
            fix_name: fix_name.into(),
            date: String::new(),
        };
        Self::of(draft)
    }

    fn maintenance() -> Self {
        Self::of(Draft {
            kind: Kind::Maintenance,
            fix_name: String::new(),
            date: String::new(),
        })
    }

    fn of(draft: Draft) -> Self {
        let world = World::maintenance();
        Self {
            draft,
            facts: world.facts,
            now: world.now,
            release: None,
        }
    }

    fn existing(mut self, name: &str, head: &str) -> Self {
        let branches = &mut self.facts.repository.last.as_mut().unwrap().value.branches;
        branches.push(BranchHead {
            name: name.into(),
            sha: sha(head),
        });
        self
    }

    fn merged(mut self, name: &str, head: &str) -> Self {
        let merged = &mut self.facts.repository.last.as_mut().unwrap().value.merged;
        merged.push(World::merged_release(name, head));
        self
    }

    fn taken_up(mut self, world: World) -> Self {
        self.release = Some(world.release);
        self
    }

    fn decides(&self, intent: &Intent) -> String {
        let team = slipway_core::team::Team::default();
        let situation = Situation {
            team: &team,
            mode: Mode::Real,
            now: self.now,
            draft: Some(&self.draft),
            release: self.release.as_ref(),
            facts: &self.facts,
        };
        outcome(decide(intent, &situation))
    }
}

#[test]
#[rustfmt::skip]
fn a_form_becomes_a_release() {
    let login = "hotfix-2026-11-24-login";
    let maintenance = "maintenance-2026-11-24";
    let rows = [
        ("hotfix", Form::hotfix("Login"), wish::create(login, CUT), "writes opened, adopted: false, sends create hotfix-2026-11-24-login at 9f3c1e7"),
        ("maintenance", Form::maintenance(), wish::create(maintenance, CUT), "writes opened, adopted: false, sends create maintenance-2026-11-24 at 9f3c1e7"),
        ("typed on", Form::hotfix("Login t"), wish::create(login, CUT), "Changed: The name changed while you pressed the button."),
        ("not typed yet", Form::hotfix(""), wish::create("", CUT), "Input: "),
        ("unusable", Form::hotfix("修复"), wish::create("", CUT), "Input: Use letters or digits, such as login-timeout."),
        ("base moved", Form::hotfix("Login"), wish::create(login, HEAD), "Changed: master moved from 7aa0c41 to 9f3c1e7 meanwhile."),
        ("taken meanwhile", Form::hotfix("Login").existing(login, HEAD), wish::create(login, CUT), "Changed: The branch hotfix-2026-11-24-login exists already, at 7aa0c41."),
        (
            "taken meanwhile, by maintenance",
            Form::maintenance().existing(maintenance, CUT),
            wish::create(maintenance, CUT),
            "Changed: The branch maintenance-2026-11-24 exists already, at 9f3c1e7.",
        ),
        (
            "branches below it",
            Form::hotfix("Login").existing("hotfix-2026-11-24-login/a", HEAD),
            wish::create(login, CUT),
            "Input: Branches below this name exist, so GitHub cannot make it. Use another one.",
        ),
        ("adopt", Form::maintenance().existing(maintenance, HEAD), wish::adopt(maintenance, HEAD), "writes opened, adopted: true"),
        ("adopt a moved one", Form::maintenance().existing(maintenance, HEAD), wish::adopt(maintenance, CUT), "Changed: maintenance-2026-11-24 moved from 9f3c1e7 to 7aa0c41 meanwhile."),
        ("adopt a deleted one", Form::maintenance(), wish::adopt(maintenance, CUT), "Changed: The branch maintenance-2026-11-24 is gone."),
        ("adopt one that was merged and deleted", Form::maintenance().merged(maintenance, HEAD), wish::adopt(maintenance, HEAD), "writes opened, adopted: true"),
        ("adopt one that was merged, deleted and made again", Form::maintenance().merged(maintenance, HEAD).existing(maintenance, CUT), wish::adopt(maintenance, HEAD), "Changed: maintenance-2026-11-24 moved from 7aa0c41 to 9f3c1e7 meanwhile."),
        ("adopt what is no release", Form::maintenance().existing("maintenance-soon", CUT), wish::adopt("maintenance-soon", CUT), "NotOffered: This branch is not named like a release."),
        ("adopt a hotfix", Form::maintenance().existing(login, CUT), wish::adopt(login, CUT), "writes opened, adopted: true"),
    ];
    check(rows.map(|(row, form, intent, should)| {
        (row.to_owned(), form.decides(&intent), should.to_owned())
    }));
}

#[test]
fn a_release_begun_anew_inherits_nothing_and_an_adopted_one_goes_on() {
    let opened = |adopted| Record::Opened {
        kind: Kind::Maintenance,
        date: "2026-11-24".parse().unwrap(),
        fix_name: None,
        adopted,
    };
    let before = World::maintenance()
        .branch()
        .noted()
        .announced()
        .told_another_way()
        .no_more()
        .no_database()
        .statement("SELECT 1")
        .record(Record::Closed)
        .at(60);
    let anew = before.clone().record(opened(false));
    let mut fresh = World::maintenance().at(60).record(opened(false)).release;
    fresh.opened.as_mut().unwrap().at = anew.now;
    fresh.next_seq = before.release.next_seq;
    assert_ne!(fresh.next_seq, World::maintenance().release.next_seq);
    assert_eq!(anew.release, fresh);
    assert_eq!(Release::fold(&anew.entries), Some(fresh));

    let mut left = before.release.clone();
    (left.closed, left.adopted) = (false, true);
    left.put_aside = None;
    assert_eq!(before.record(opened(true)).release, left);
}

#[test]
#[rustfmt::skip]
fn a_branch_is_made_again_only_when_it_is_known_not_to_be_there() {
    let name = "maintenance-2026-11-24";
    let failed = || World::maintenance().tried(action::create_branch(), Code::Unreachable, "No.");
    let once = "sends create maintenance-2026-11-24 at 9f3c1e7";
    let pending =
        "NotOffered: The last action is still being looked up. Wait until its outcome is known.";
    let form = Form::maintenance;
    let rows = [
        ("again after a failure", form().taken_up(failed()), once),
        ("while it is being made", form().taken_up(World::maintenance().sending(action::create_branch())), pending),
        ("while its reply is lost", form().taken_up(World::maintenance().lost(action::create_branch())), pending),
        ("after it was made and deleted", form().taken_up(World::maintenance().branch().noted()), "NotOffered: This step is settled already."),
        (
            "put aside, then begun anew",
            form().taken_up(World::maintenance().branch().noted().record(Record::Closed)),
            "writes opened, adopted: false, sends create maintenance-2026-11-24 at 9f3c1e7",
        ),
    ];
    check(rows.map(|(row, form, should)| {
        (
            row.to_owned(),
            form.decides(&wish::create(name, CUT)),
            should.to_owned(),
        )
    }));
    let without_form = outcome(failed().decide(&wish::create(name, CUT)));
    assert_eq!(without_form, once);
}
