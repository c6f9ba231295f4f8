//! How much may be typed.

use super::moment::{asks, collected, told};
use super::{decides, outcome, wish};
use crate::world::World;
use slipway_core::action::Action;

#[test]
#[rustfmt::skip]
fn typed_text_that_is_missing_is_asked_for() {
    decides(vec![
        ("message", World::maintenance().branch(), wish::post(" \n "), "Input: The message is empty."),
        ("no ETL", told(), wish::no_etl("  "), "Input: The reason is missing."),
        ("no ETL, only invisible", told(), wish::no_etl("\u{200b}\u{202e}"), "Input: The reason is missing."),
        ("statement", told(), wish::add(" \t"), "Input: The statement is empty."),
        ("who ran it", told().statement("A"), wish::ran(1, " ", 1, "ok"), "Input: Who ran it is missing."),
        ("what came of it", told().statement("A"), wish::ran(1, "Kim", 1, " "), "Input: The result is missing."),
        ("when it ran", told().statement("A"), wish::ran(1, "Kim", 30, "ok"), "Input: That time has not come yet."),
        ("without the database", collected().statement("A"), wish::without_database(""), "Input: The reason is missing."),
        ("rejection", asks(), wish::reject(asks().gate(), " \n"), "Input: The reason is missing."),
        ("rejection, only invisible", asks(), wish::reject(asks().gate(), "\u{200b}"), "Input: The reason is missing."),
    ]);
}

#[test]
fn a_message_may_have_2800_characters() {
    let post = |text: &str| outcome(World::maintenance().branch().decide(&wish::post(text)));
    assert_eq!(post(&"ä".repeat(2800)), "sends announcement to C0DEPLOY");
    assert_eq!(
        post(&"ä".repeat(2801)),
        "Input: The message is too long for Slack."
    );
}

#[test]
fn a_statement_may_have_100000_characters() {
    let add = |text: &str| outcome(told().decide(&wish::add(text)));
    assert_eq!(add(&"x".repeat(100_000)), "writes statementAdded");
    assert_eq!(
        add(&"x".repeat(100_001)),
        "Input: The statement is too long."
    );
}

#[test]
fn a_comment_and_the_name_together_have_512_characters() {
    let max = usize::try_from(asks().view().approval.comment_max).unwrap();
    assert_eq!(max, 512 - " (Dana, with Slipway)".len());
    let approve = |length: usize| asks().decide(&wish::approve(asks().gate(), &"é".repeat(length)));
    let reject = |length: usize| asks().decide(&wish::reject(asks().gate(), &"é".repeat(length)));
    for decision in [approve(max).unwrap(), reject(max).unwrap()] {
        let Some(Action::AnswerApproval { summary, .. }) = decision.action else {
            panic!()
        };
        assert_eq!(summary.chars().count(), 512);
    }
    let too_long = approve(max + 1).unwrap_err();
    assert_eq!(too_long.what, "The comment is too long for AWS.");
    assert_eq!(too_long.remedy, "Shorten it by 1 character.");
    assert_eq!(
        reject(max + 3).unwrap_err().remedy,
        "Shorten it by 3 characters."
    );
}

#[test]
fn a_name_of_any_length_leaves_room_for_an_answer() {
    let mut world = asks();
    world.repository().me.name = "N".repeat(2000);
    let approved = outcome(world.decide(&wish::approve(asks().gate(), "")));
    assert!(approved.starts_with("sends Approved"), "{approved}");
    let rejected = outcome(world.decide(&wish::reject(asks().gate(), "Wrong week")));
    assert!(rejected.starts_with("sends Rejected"), "{rejected}");
}

#[test]
fn too_long_a_reason_note_or_evidence_is_refused_and_never_cut() {
    let too_long = "x".repeat(503);
    let world = told().statement("A");
    for intent in [wish::no_etl(&too_long), wish::ran(1, "Sam", 1, &too_long)] {
        let problem = world.decide(&intent).unwrap_err();
        assert!(problem.what.ends_with(" is too long."), "{}", problem.what);
        assert_eq!(problem.remedy, "Shorten it by 3 characters.");
    }
    let fits = "x".repeat(500);
    for intent in [wish::no_etl(&fits), wish::ran(1, &fits, 1, &fits)] {
        let decision = world.decide(&intent).unwrap();
        let written = serde_json::to_string(&decision.records).unwrap();
        assert!(written.contains(&fits));
    }
}
