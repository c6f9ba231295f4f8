//! What can happen to a deploy, and the journeys that play it: the course of a release, then the nastiest things that
//! GitHub and CodePipeline do to one.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// A case in a few words, and the tests of this binary that play it.
type Case = (u32, &'static str, &'static [&'static str]);

/// Numbered as the team counts them; 28 to 30 are in [`ELSEWHERE`].
const CASES: [Case; 27] = [
    (
        1,
        "a colleague answers the approval first",
        &[
            "approval::a_colleagues_approval_that_comes_first_is_the_answer_and_ours_no_failure",
            "approval::a_colleagues_rejection_that_comes_before_our_approval_is_said_loudly",
            "otherwise::an_approval_in_the_console_counts_and_a_late_click_changes_nothing",
        ],
    ),
    (
        2,
        "our answer arrives, the reply does not",
        &[
            "killed::killed_at_every_write_in_turn_it_does_each_once",
            "lost::an_approval_is_found_by_who_may_not_read_what_ran",
            "lost::a_rejection_is_found_though_the_next_execution_asks_by_now",
        ],
    ),
    (
        3,
        "the state shows the token of an older execution",
        &["approval::a_token_of_the_execution_before_is_not_offered_for_ours"],
    ),
    (
        4,
        "executions run side by side, and the state has no tokens",
        &[
            "modes::side_by_side_ours_is_found_and_answered_beside_a_newer_one",
            "modes::side_by_side_who_may_not_read_what_ran_is_told_which_permission_it_takes",
        ],
    ),
    (
        5,
        "the build at the gate does not hold the merge",
        &[
            "approval::an_older_build_that_waits_at_the_gate_is_never_offered_as_this_release",
            "approval::an_older_commit_that_is_built_after_the_merge_never_counts_as_this_release",
            "modes::an_execution_superseded_by_one_without_ours_is_said_to_be_and_waits_for_a_new_one",
        ],
    ),
    (
        6,
        "commits slipped in behind the merge",
        &["approval::commits_that_slipped_in_after_the_merge_are_named_before_anybody_approves"],
    ),
    (
        7,
        "a newer execution waits behind the gate",
        &[
            "approval::a_newer_execution_behind_the_gate_is_said_to_come_in_when_ours_is_rejected",
            "modes::an_execution_superseded_by_a_later_one_that_carries_ours_is_left_for_that_one",
            "modes::in_a_queue_ours_waits_for_its_turn_and_is_never_passed",
        ],
    ),
    (
        8,
        "nobody answers until the approval expires",
        &["approval::an_approval_that_nobody_answers_expires_and_can_be_offered_again"],
    ),
    (
        9,
        "somebody rejects by mistake",
        &[
            "approval::a_rejection_can_be_taken_back_by_a_retry_that_asks_anew",
            "by_hand::a_rejection_in_the_console_is_shown_with_who_and_why_and_stops_the_deploy",
        ],
    ),
    (
        10,
        "the pipeline is edited in the middle",
        &[
            "builds::a_failed_build_of_an_edited_pipeline_is_not_retried_but_started_anew",
            "modes::a_stage_renamed_while_it_asks_cancels_ours_and_a_new_execution_goes_on",
            "modes::a_gate_that_is_removed_is_not_waited_for_and_nothing_is_called_deployed_before_it_is",
        ],
    ),
    (
        11,
        "something newer has entered the stage that failed",
        &[
            "builds::a_stage_that_something_newer_has_entered_is_not_retried_and_the_newer_one_is_followed",
        ],
    ),
    (
        12,
        "two people press retry",
        &[
            "builds::a_retry_that_a_colleague_presses_at_the_same_time_is_made_once",
            "by_hand::a_stage_retried_in_the_console_is_followed_and_not_retried_here",
        ],
    ),
    (
        13,
        "a quota is used up, which looks like a failed build",
        &["builds::what_cannot_start_or_may_not_says_so_and_is_retried_until_it_succeeds"],
    ),
    (
        14,
        "a role, a project or a permission is missing",
        &[
            "builds::what_cannot_start_or_may_not_says_so_and_is_retried_until_it_succeeds",
            "builds::what_aws_or_its_set_up_breaks_says_so_and_is_retried_until_it_succeeds",
            "builds::what_ends_early_or_is_not_known_says_so_and_is_retried_until_it_succeeds",
        ],
    ),
    (
        15,
        "an execution is stopped, its work abandoned",
        &[
            "by_hand::a_build_that_is_stopped_and_abandoned_is_never_called_deployed",
            "by_hand::an_execution_stopped_in_the_console_is_said_to_be_and_goes_on_when_started_anew",
            "remedies::a_deploy_that_is_stopped_waits_for_what_runs_and_starts_again_at_its_commit",
        ],
    ),
    (
        16,
        "a transition is switched off",
        &[
            "modes::a_transition_that_is_off_before_the_gate_is_said_with_its_reason",
            "modes::a_transition_that_is_off_behind_the_gate_is_said_with_its_reason",
            "remedies::a_way_that_is_switched_off_is_switched_on_and_the_deploy_goes_on",
        ],
    ),
    (
        17,
        "the sign-in ends in the middle",
        &[
            "sources::a_sign_in_that_ends_before_the_answer_sends_nothing_and_the_question_stays",
            "lost::a_merge_is_found_while_aws_takes_the_sign_in_no_more",
        ],
    ),
    (
        18,
        "the keys are of another account or region",
        &["sources::another_account_or_region_is_named_where_the_pipeline_is_not_found"],
    ),
    (
        19,
        "many desktops ask until AWS slows them down",
        &["sources::what_cannot_be_seen_is_unknown_with_its_age_and_comes_back_by_itself"],
    ),
    (
        20,
        "GitHub does not know yet whether it can merge",
        &["checks::mergeable_that_is_not_known_yet_is_never_taken_for_a_no"],
    ),
    (
        21,
        "somebody pushes after the review",
        &[
            "checks::a_head_that_moved_since_it_was_shown_is_not_merged",
            "checks::a_push_between_the_last_look_and_the_merge_stops_the_merge",
        ],
    ),
    (
        22,
        "one status for many refusals",
        &[
            "checks::a_base_that_moves_under_a_merge_is_no_refusal_for_good",
            "checks::a_merge_queue_is_said_to_be_wanted_and_what_comes_through_it_counts",
        ],
    ),
    (
        23,
        "master wants a review, or a queue",
        &[
            "checks::a_review_that_master_wants_is_waited_for_and_then_it_merges",
            "checks::a_merge_queue_is_said_to_be_wanted_and_what_comes_through_it_counts",
        ],
    ),
    (
        24,
        "the branch exists",
        &[
            "by_hand::a_branch_that_exists_at_the_same_commit_is_gone_on_with",
            "by_hand::a_branch_that_appears_at_another_commit_is_shown_and_never_moved",
            "by_hand::a_branch_that_somebody_makes_while_the_button_is_pressed_is_theirs",
            "otherwise::a_branch_that_somebody_made_is_taken_over",
        ],
    ),
    (
        25,
        "a write that nobody answers in time",
        &[
            "killed::killed_at_every_write_in_turn_it_does_each_once",
            "lost::a_merge_is_found_while_aws_takes_the_sign_in_no_more",
        ],
    ),
    (
        26,
        "the repository has another name",
        &[
            "sources::a_repository_that_is_renamed_under_a_release_is_followed_and_written_to_by_its_new_name",
            "sources::a_repository_that_was_renamed_before_is_found_by_the_name_in_the_settings",
        ],
    ),
    (
        27,
        "a permission is missing, and GitHub says something else",
        &[
            "sources::an_organisation_that_wants_single_sign_on_and_a_hidden_repository_say_what_is_missing",
        ],
    ),
];

/// A case's number and words, and the tests that play it: program and name.
type Elsewhere = (u32, &'static str, &'static [(&'static str, &'static str)]);

/// The cases that a journey of this binary does not reach, and half of another one: what plays them instead. Of 28 only
/// this much applies: Slipway runs no statement, it keeps what people say they ran.
const ELSEWHERE: [Elsewhere; 4] = [
    (
        17,
        "the sign-in ends in the middle, and the step goes on after the next one",
        &[
            (
                "src-tauri/crates/engine/tests/engine/sign_in_again.rs",
                "a_message_whose_sign_in_ended_is_posted_as_it_was_typed_after_the_next",
            ),
            (
                "src-tauri/crates/engine/tests/engine/sign_in_again.rs",
                "a_branch_whose_sign_in_ended_is_made_after_the_next",
            ),
        ],
    ),
    (
        28,
        "a statement that is half run",
        &[(
            "src-tauri/crates/core/tests/rules/statements.rs",
            "a_number_is_never_given_to_a_second_statement",
        )],
    ),
    (
        29,
        "the keychain is locked, missing, or holds two of a name",
        &[
            (
                "tests/window/keychain.rs",
                "a_locked_one_is_unlocked_without_a_new_start",
            ),
            (
                "tests/window/keychain.rs",
                "one_that_comes_after_the_app_is_opened_without_a_new_start",
            ),
            (
                "tests/window/keychain.rs",
                "two_items_of_one_name_are_not_guessed_between",
            ),
            (
                "tests/window/keychain.rs",
                "without_a_session_bus_sign_ins_are_kept_in_memory_once_that_is_agreed_to",
            ),
            ("tests/real/keychain.rs", "a_locked_one_says_so"),
        ],
    ),
    (
        30,
        "a notice is lost",
        &[
            (
                "tests/window/told.rs",
                "each_change_once_also_over_a_new_start_and_a_click_opens_its_step",
            ),
            (
                "tests/window/told.rs",
                "a_daemon_that_dies_never_answers_or_comes_back_holds_nothing_up",
            ),
            (
                "tests/real/notices.rs",
                "a_service_that_never_answers_holds_nothing_up",
            ),
        ],
    ),
];

/// What a release may go through.
const COURSES: [(&str, &[&str]); 30] = [
    (
        "maintenance, two pull requests",
        &["maintenance::a_maintenance_release_from_the_branch_to_the_report"],
    ),
    ("hotfix", &["sources::a_hotfix_from_its_name_to_production"]),
    (
        "fifteen pull requests",
        &["sources::fifteen_pull_requests_are_all_merged_shown_and_released"],
    ),
    (
        "direct pushes",
        &["by_hand::commits_pushed_straight_onto_the_branch_are_named_and_released"],
    ),
    (
        "the branch exists at the same commit",
        &["by_hand::a_branch_that_exists_at_the_same_commit_is_gone_on_with"],
    ),
    (
        "the branch exists at another commit",
        &[
            "by_hand::a_branch_that_appears_at_another_commit_is_shown_and_never_moved",
            "by_hand::a_branch_that_somebody_makes_while_the_button_is_pressed_is_theirs",
        ],
    ),
    (
        "branch by hand",
        &["otherwise::a_branch_that_somebody_made_is_taken_over"],
    ),
    (
        "merge, squash and rebase of pull requests by hand",
        &["by_hand::pull_requests_that_colleagues_merge_into_the_branch_count_whatever_the_method"],
    ),
    (
        "merge of the release by hand",
        &[
            "by_hand::a_release_merged_by_hand_as_a_merge_commit_goes_on_to_the_gate",
            "by_hand::a_release_merged_by_hand_as_a_squash_goes_on_to_the_gate",
            "by_hand::a_release_merged_by_hand_as_a_rebase_goes_on_to_the_gate",
            "by_hand::a_branch_merged_into_master_without_a_pull_request_is_the_release",
        ],
    ),
    (
        "approval by hand",
        &["otherwise::an_approval_in_the_console_counts_and_a_late_click_changes_nothing"],
    ),
    (
        "rejection by hand",
        &["by_hand::a_rejection_in_the_console_is_shown_with_who_and_why_and_stops_the_deploy"],
    ),
    (
        "retry by hand",
        &["by_hand::a_stage_retried_in_the_console_is_followed_and_not_retried_here"],
    ),
    (
        "stop by hand",
        &[
            "by_hand::an_execution_stopped_in_the_console_is_said_to_be_and_goes_on_when_started_anew",
            "by_hand::a_build_that_is_stopped_and_abandoned_is_never_called_deployed",
        ],
    ),
    (
        "review required, then given",
        &["checks::a_review_that_master_wants_is_waited_for_and_then_it_merges"],
    ),
    (
        "merge queue required",
        &["checks::a_merge_queue_is_said_to_be_wanted_and_what_comes_through_it_counts"],
    ),
    (
        "checks fail, then pass",
        &[
            "checks::checks_that_fail_hold_a_pull_request_until_they_pass",
            "checks::checks_of_the_release_itself_hold_its_merge_until_they_pass",
        ],
    ),
    (
        "conflict",
        &["checks::a_conflict_holds_a_pull_request_and_the_release_until_somebody_solves_it"],
    ),
    (
        "the head moves between look and click",
        &[
            "checks::a_head_that_moved_since_it_was_shown_is_not_merged",
            "checks::a_push_between_the_last_look_and_the_merge_stops_the_merge",
        ],
    ),
    (
        "approval expires",
        &["approval::an_approval_that_nobody_answers_expires_and_can_be_offered_again"],
    ),
    (
        "rejection, retry, approval",
        &["approval::a_rejection_can_be_taken_back_by_a_retry_that_asks_anew"],
    ),
    (
        "build fails, retry, success",
        &[
            "maintenance::a_build_that_fails_is_tried_again",
            "builds::what_ends_early_or_is_not_known_says_so_and_is_retried_until_it_succeeds",
        ],
    ),
    (
        "the pipeline does not pick the merge up",
        &[
            "approval::a_pipeline_that_does_not_pick_the_merge_up_is_said_to_and_can_be_started_by_hand",
        ],
    ),
    (
        "superseded, queued and parallel executions",
        &[
            "modes::an_execution_superseded_by_a_later_one_that_carries_ours_is_left_for_that_one",
            "modes::in_a_queue_ours_waits_for_its_turn_and_is_never_passed",
            "modes::side_by_side_ours_is_found_and_answered_beside_a_newer_one",
        ],
    ),
    (
        "our commit carried by a later execution",
        &[
            "modes::an_execution_superseded_by_a_later_one_that_carries_ours_is_left_for_that_one",
            "builds::a_stage_that_something_newer_has_entered_is_not_retried_and_the_newer_one_is_followed",
        ],
    ),
    (
        "a newer execution behind the gate; an older build at it; extra commits",
        &[
            "approval::a_newer_execution_behind_the_gate_is_said_to_come_in_when_ours_is_rejected",
            "approval::an_older_build_that_waits_at_the_gate_is_never_offered_as_this_release",
            "approval::commits_that_slipped_in_after_the_merge_are_named_before_anybody_approves",
        ],
    ),
    (
        "pipeline edited in the middle, transition switched off",
        &[
            "modes::a_stage_renamed_while_it_asks_cancels_ours_and_a_new_execution_goes_on",
            "modes::a_gate_that_is_removed_is_not_waited_for_and_nothing_is_called_deployed_before_it_is",
            "modes::a_transition_that_is_off_before_the_gate_is_said_with_its_reason",
            "modes::a_transition_that_is_off_behind_the_gate_is_said_with_its_reason",
        ],
    ),
    (
        "a source without a commit",
        &[
            "modes::an_image_that_names_no_commit_is_not_guessed_to_be_this_release",
            "modes::a_file_that_names_no_commit_is_not_guessed_to_be_this_release",
        ],
    ),
    (
        "repository renamed",
        &[
            "sources::a_repository_that_is_renamed_under_a_release_is_followed_and_written_to_by_its_new_name",
            "sources::a_repository_that_was_renamed_before_is_found_by_the_name_in_the_settings",
        ],
    ),
    (
        "nothing to release",
        &["sources::a_release_with_nothing_in_it_ends_before_the_merge"],
    ),
    (
        "a hotfix while maintenance waits",
        &[
            "sources::a_hotfix_made_while_a_maintenance_waits_for_its_answer_says_that_it_carries_it",
        ],
    ),
];

#[test]
fn everything_that_is_listed_is_played_by_a_journey_of_this_binary() {
    let list = Command::new(std::env::current_exe().expect("this program"))
        .args(["--list", "--format", "terse"])
        .output()
        .expect("it lists its tests");
    let list = String::from_utf8(list.stdout).expect("names");
    let known: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .collect();
    let courses = COURSES.map(|(course, journeys)| (course.to_owned(), journeys));
    let cases =
        CASES.map(|(number, case, journeys)| (format!("case {number:2}: {case}"), journeys));
    let mut told = String::new();
    let mut missing = Vec::new();
    for (what, journeys) in courses.into_iter().chain(cases) {
        assert!(!journeys.is_empty(), "{what}");
        told.push_str(&format!("{what}\n"));
        for journey in journeys {
            told.push_str(&format!("         {journey}\n"));
            if !known.contains(journey) {
                missing.push(*journey);
            }
        }
    }
    for (number, case, tests) in ELSEWHERE {
        told.push_str(&format!("case {number:2}: {case}\n"));
        for (file, test) in tests {
            told.push_str(&format!("         {file}: {test}\n"));
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            let text = std::fs::read_to_string(path).unwrap_or_default();
            if !text.contains(&format!("fn {test}()")) {
                missing.push(*test);
            }
        }
    }
    // Where a test's own output is not held back; nobody may be there to read it.
    let _ = std::io::stderr().write_all(told.as_bytes());
    let numbers: Vec<u32> = CASES.iter().map(|(number, ..)| *number).collect();
    let numbers: BTreeSet<u32> = ELSEWHERE.iter().map(|it| it.0).chain(numbers).collect();
    assert_eq!(numbers, (1..=30).collect());
    assert_eq!(missing, Vec::<&str>::new(), "there is no such journey");
}
