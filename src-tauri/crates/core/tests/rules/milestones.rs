//! What the journal keeps of the outside world.

use crate::world::{Then, World, at};
use slipway_core::facts::ExecutionStatus;
use slipway_core::record::Milestone;
use slipway_core::rules::milestones;

fn seen(world: &World) -> Vec<String> {
    milestones(&world.situation()).iter().map(line).collect()
}

fn line(milestone: &Milestone) -> String {
    let minutes = |when: slipway_core::time::At| (when.0 - at(0).0) / 60_000;
    let by = |by: &Option<String>| by.clone().unwrap_or_else(|| "nobody".into());
    match milestone {
        Milestone::Branch { cut, by: who, at } => {
            let cut = cut.as_ref().map_or("?", |cut| cut.short());
            format!("branch from {cut} by {} at {}", by(who), minutes(*at))
        }
        Milestone::Announcement { at } => format!("announcement at {}", minutes(*at)),
        Milestone::PullMerged {
            number, author, at, ..
        } => {
            format!("{number} of {author} merged at {}", minutes(*at))
        }
        Milestone::Pushed { total, .. } => format!("{total} pushed"),
        Milestone::Landed { sha, by: who, at } => {
            format!(
                "landed as {} by {} at {}",
                sha.short(),
                by(who),
                minutes(*at)
            )
        }
        Milestone::Execution { id, at } => format!("execution {id} at {}", minutes(*at)),
        Milestone::ApprovalAsked { at } => format!("asked at {}", minutes(*at)),
        Milestone::ApprovalAnswered {
            execution,
            approved,
            by: who,
            at,
            ..
        } => {
            let word = if *approved {
                "approved"
            } else {
                "not approved"
            };
            format!("{execution} {word} by {} at {}", by(who), minutes(*at))
        }
        Milestone::BuildEnded { succeeded, at } => {
            format!(
                "ended {} at {}",
                if *succeeded { "well" } else { "badly" },
                minutes(*at)
            )
        }
        Milestone::Stopped { at } => format!("stopped at {}", minutes(*at)),
        Milestone::RolledBack { to, at } => {
            let to = to.as_ref().map_or("?", |to| to.short());
            format!("rolled back to {to} at {}", minutes(*at))
        }
        Milestone::Finished { at } => format!("over at {}", minutes(*at)),
    }
}

fn evening() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
        .picked_up()
}

#[test]
fn everything_that_was_seen_is_noted_in_its_order() {
    assert_eq!(
        seen(&evening().asks().approved().deployed()),
        [
            "branch from 9f3c1e7 by dana at 2",
            "announcement at 0",
            "#412 of sam merged at 20",
            "landed as 4be19d2 by dana at 38",
            "execution tonight at 40",
            "asked at 41",
            "tonight approved by lee at 52",
            "ended well at 68",
        ]
    );
}

#[test]
fn each_is_noted_once() {
    let mut world = World::maintenance();
    let steps: Vec<(Then, usize)> = vec![
        (|it| it, 0),
        (World::branch, 1),
        (World::announced, 1),
        (|it| it.pull(412), 0),
        (|it| it.merged(412), 1),
        (|it| it.pull(415), 0),
        (|it| it.merged(415), 1),
        (World::release_pull, 0),
        (World::landed, 1),
        (World::picked_up, 1),
        (World::asks, 1),
        (World::approved, 1),
        (World::build_failed, 1),
        (World::retried, 0),
        (World::deployed, 1),
    ];
    for (number, (step, new)) in steps.into_iter().enumerate() {
        world = step(world);
        assert_eq!(seen(&world).len(), new, "step {number}: {:?}", seen(&world));
        world = world.noted();
        assert_eq!(
            seen(&world),
            Vec::<String>::new(),
            "step {number}, once more"
        );
    }
}

#[test]
fn a_second_answer_of_the_same_execution_is_noted_too() {
    let world = evening().asks().rejected().noted();
    let again = world.asks_with("second", 60).noted().approved();
    assert_eq!(seen(&again), ["tonight approved by lee at 52"]);
}

#[test]
fn nothing_is_noted_from_a_source_that_cannot_be_relied_on() {
    let world = || evening().asks().approved().deployed();
    let dark = world().github_down().slack_down().aws_down();
    assert_eq!(seen(&dark), Vec::<String>::new());
    let aws = world().aws_down();
    assert!(
        seen(&aws)
            .iter()
            .all(|line| !line.contains("approved") && !line.contains("ended"))
    );
    let github = world().github_down();
    assert!(seen(&github).iter().all(|line| !line.contains("landed")));
}

#[test]
fn an_expired_approval_was_answered_by_nobody() {
    assert!(
        seen(&evening().asks().expired())
            .contains(&"tonight not approved by nobody at 10121".to_owned())
    );
    assert!(
        seen(&evening().asks().rejected())
            .contains(&"tonight not approved by lee at 52".to_owned())
    );
}

#[test]
fn what_only_stopped_has_not_ended_the_build() {
    for status in [
        ExecutionStatus::Stopped,
        ExecutionStatus::Superseded,
        ExecutionStatus::Cancelled,
        ExecutionStatus::Other,
    ] {
        let seen = seen(&evening().asks().approved().stopped_as(status));
        assert!(
            seen.iter().all(|line| !line.starts_with("ended")),
            "{status:?}: {seen:?}"
        );
    }
}

#[test]
fn a_roll_back_is_noted_once_it_went_through() {
    let failed = || evening().asks().approved().build_failed();
    let is_told = |line: &String| line.starts_with("rolled back");
    for status in [ExecutionStatus::InProgress, ExecutionStatus::Failed] {
        assert!(!seen(&failed().rolled_back(status)).iter().any(is_told));
    }
    let back = failed().rolled_back(ExecutionStatus::Succeeded);
    assert_eq!(
        seen(&back).last().map(String::as_str),
        Some("rolled back to 0ddba11 at 76")
    );
    assert!(seen(&back).iter().all(|line| !line.contains("ended well")));
    assert!(!seen(&back.noted()).iter().any(is_told));
}

#[test]
fn last_weeks_execution_is_never_noted() {
    let before = World::maintenance().branch().announced().pushed();
    assert!(
        seen(&before)
            .iter()
            .all(|line| !line.starts_with("execution"))
    );
}

#[test]
fn a_title_in_the_journal_is_the_one_that_was_seen() {
    let world = World::maintenance().branch().pull(412).merged(412);
    let Some(Milestone::PullMerged { title, by, .. }) = milestones(&world.situation()).pop() else {
        panic!()
    };
    assert_eq!(
        (title.as_str(), by.as_deref()),
        ("Load the listings of feed 412", Some("dana"))
    );
}
