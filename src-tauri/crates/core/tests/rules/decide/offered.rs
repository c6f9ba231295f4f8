//! What is taken, and what is sent for it.

use super::moment::{asks, collected, deployed, failed, to_merge, told};
use super::{decides, wish};
use crate::offers::{name, offers};
use crate::table::check;
use crate::world::{CUT, HEAD, OURS, World};
use slipway_core::facts::{ExecutionStatus, MergeMethod};

#[test]
#[rustfmt::skip]
fn each_step_takes_its_actions() {
    let start = World::maintenance;
    let branch = "maintenance-2026-11-24";
    let statement = || told().statement("UPDATE feeds SET on = 1");
    let collected_with = || collected().statement("UPDATE feeds SET on = 1");
    decides(vec![
        ("create", start(), wish::create(branch, CUT), "sends create maintenance-2026-11-24 at 9f3c1e7"),
        ("post", start().branch(), wish::post("Ready"), "sends announcement to C0DEPLOY"),
        ("told another way", start().branch(), wish::announced(), "writes announced"),
        ("told another way, Slack down", start().branch().slack_down(), wish::announced(), "writes announced"),
        ("merge a pull request", told().pull(412), wish::merge_pull(412), "sends merge of #412 at 0000412 by Merge"),
        ("no more", told().pull(412).merged(412), wish::no_more(), "writes noMorePulls"),
        ("no more, some open", told().pull(412).pull(415).merged(412), wish::no_more(), "writes noMorePulls"),
        ("none this time", told(), wish::no_etl("Holidays"), "writes noEtl"),
        ("no database", collected(), wish::no_database(), "writes noDatabase"),
        ("add early", start().branch(), wish::add("SELECT 1"), "writes statementAdded"),
        ("add", collected(), wish::add("SELECT 1"), "writes statementAdded"),
        ("remove", statement(), wish::remove(1), "writes statementRemoved"),
        ("record", statement(), wish::ran(1, "Kim", 2, "1 row"), "writes statementRan"),
        ("record after the merge", collected_with().without_database().release_pull().landed(), wish::ran(1, "Kim", 30, "1 row"), "writes statementRan"),
        ("go on without", collected_with(), wish::without_database("Kim is away"), "writes withoutDatabase"),
        ("open the pull request", collected().no_database(), wish::open(HEAD), "sends pull request of maintenance-2026-11-24 into master"),
        ("open it earlier", told().pull(412).merged(412), wish::open(HEAD), "sends pull request of maintenance-2026-11-24 into master"),
        ("merge the release", to_merge(), wish::merge(420, HEAD), "sends release merge of #420 at 7aa0c41 by Merge"),
        ("approve", asks(), wish::approve(asks().gate(), ""), "sends Approved for 4be19d2 of tonight: Approved by Dana with Slipway"),
        ("approve with a comment", asks(), wish::approve(asks().gate(), " Fine "), "sends Approved for 4be19d2 of tonight: Fine (Dana, with Slipway)"),
        ("reject", asks(), wish::reject(asks().gate(), "Wrong week"), "sends Rejected for 4be19d2 of tonight: Wrong week (Dana, with Slipway)"),
        ("retry the build", failed(), wish::retry("docker-build"), "sends retry of docker-build of tonight"),
        ("offer again after a rejection", asks().rejected(), wish::retry("Approval"), "sends retry of Approval of tonight"),
        ("offer again after it expired", asks().expired(), wish::retry("Approval"), "sends retry of Approval of tonight"),
        ("stop", asks().approved(), wish::stop("tonight", false, " Wrong week "), "sends stops tonight: Wrong week (Dana, with Slipway)"),
        ("abandon", asks().approved(), wish::stop("tonight", true, "Wrong week"), "sends abandons tonight: Wrong week (Dana, with Slipway)"),
        ("abandon what stops", asks().approved().stopped_as(ExecutionStatus::Stopping), wish::stop("tonight", true, "Hangs"), "sends abandons tonight: Hangs (Dana, with Slipway)"),
        ("start again after a stop", asks().approved().stopped_as(ExecutionStatus::Stopped), wish::start(OURS, Some("tonight")), "sends start of Source at 4be19d2 as slipway-4be19d2000000000000000000000000000000000-after-tonight"),
        ("start what was not picked up", to_merge().landed().looked(50), wish::start(OURS, None), "sends start of Source at 4be19d2 as slipway-4be19d2000000000000000000000000000000000-after-last-week"),
        ("roll back", failed(), wish::roll_back("docker-build", "last-week"), "sends docker-build back to last-week, 0ddba11"),
        ("switch on", asks().approved().held_before("docker-build", "Frozen"), wish::enable("docker-build", "Frozen"), "sends way into docker-build"),
        ("remind", failed(), wish::remind("tonight", 30), "writes a reminder of tonight"),
        ("remind no more", failed().reminded_at(80), wish::drop_reminder(), "writes no reminder"),
        ("post the result", deployed(), wish::result("Thanks"), "sends result to C0DEPLOY under 1795575840.000100"),
        ("shared another way", deployed(), wish::shared(), "writes resultShared"),
        ("put aside", asks(), wish::close(), "first sends update of 1795575840.000100 in C0DEPLOY, writes closed"),
    ]);
}

#[test]
#[rustfmt::skip]
fn what_a_screen_offers_is_taken_and_what_it_offered_before_is_not() {
    let moments = [
        ("opened", World::maintenance(), "close-release create-branch"),
        ("branch", World::maintenance().branch(), "close-release post-announcement declare-announced add-statement"),
        ("told", told(), "close-release declare-no-etl add-statement"),
        ("a pull request", told().pull(412), "close-release merge-pull declare-no-etl add-statement"),
        ("merged", told().pull(412).merged(412), "close-release declare-no-more-pulls add-statement"),
        ("collected", collected(), "close-release declare-no-database add-statement"),
        ("a statement", collected().statement("SELECT 1"), "close-release add-statement declare-without-database record-statement remove-statement"),
        ("settled", collected().no_database(), "close-release add-statement open-release-pull"),
        ("to merge", to_merge(), "close-release add-statement merge-release"),
        ("landed", to_merge().landed(), "close-release"),
        ("asks", asks(), "close-release approve reject"),
        ("rejected", asks().rejected(), "close-release retry-stage"),
        ("building", asks().approved(), "close-release stop"),
        ("stopping", asks().approved().stopped_as(ExecutionStatus::Stopping), "close-release stop"),
        ("stopped", asks().approved().stopped_as(ExecutionStatus::Stopped), "close-release start-pipeline"),
        ("held up", asks().approved().held_before("docker-build", "Frozen"), "close-release stop enable-transition"),
        ("not picked up", to_merge().landed().looked(50), "close-release start-pipeline"),
        ("failed", failed(), "close-release retry-stage remind roll-back"),
        ("rolled back", failed().rolled_back(ExecutionStatus::Succeeded), "close-release"),
        ("failed, with a reminder", failed().reminded_at(80), "close-release retry-stage remind drop-reminder roll-back"),
        ("deployed", deployed(), "close-release post-result declare-result-shared"),
        ("shared", deployed().result_shared(), "close-release"),
    ];
    check(moments.map(|(moment, world, should)| {
        let offers = offers(&world.view());
        for offer in &offers {
            let taken = world.decide(&offer.intent);
            assert!(
                taken.is_ok(),
                "{moment}: {:?} gives {taken:?}",
                offer.intent
            );
            for outdated in &offer.outdated {
                let refused = world.decide(outdated);
                assert!(refused.is_err(), "{moment}: {outdated:?} gives {refused:?}");
            }
        }
        let names: Vec<_> = offers.iter().map(|offer| name(&offer.intent)).collect();
        (moment.to_owned(), names.join(" "), should.to_owned())
    }));
}

#[test]
fn a_merge_commit_is_preferred_and_else_what_the_repository_allows() {
    use MergeMethod::{Merge, Rebase, Squash};
    let rows = [
        (vec![Squash, Merge, Rebase], "by Merge"),
        (vec![Rebase, Squash], "by Squash"),
        (vec![Rebase], "by Rebase"),
        (vec![], "by Merge"),
    ];
    for (allowed, should) in rows {
        let mut world = to_merge();
        world.repository().merge_methods = allowed.clone();
        let sent = super::outcome(world.decide(&wish::merge(420, HEAD)));
        assert!(sent.ends_with(should), "{allowed:?}: {sent}");
    }
}

#[test]
fn without_github_the_answer_is_signed_with_the_aws_name() {
    let mut world = asks();
    world.facts.repository = slipway_core::facts::Look::default();
    let sent = super::outcome(world.decide(&wish::approve(asks().gate(), "")));
    assert_eq!(
        sent,
        "sends Approved for 4be19d2 of tonight: Approved by dana with Slipway"
    );
}
