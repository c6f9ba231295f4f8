//! What the generator of worlds reaches: every step in every state that it can have.

use super::story::stories;
use crate::offers::{name, offers};
use crate::world::word;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use slipway_core::view::{StepId, StepState};
use std::collections::BTreeMap;

use StepId::{Announce, Branch, Build, Database, Etl, Finish};
use StepState::{Blocked, Failed, Later, NotConnected, Ready, Unknown, Waiting, Working};

/// Cells that no world reaches, and why.
const UNREACHABLE: [(StepId, &[StepState], &str); 7] = [
    (
        Branch,
        &[Waiting, Blocked],
        "nobody else has to do anything for it",
    ),
    (Branch, &[Later], "it is the first step"),
    (Announce, &[Waiting], "only this person posts it"),
    (
        Etl,
        &[Failed],
        "one pull request that failed says so itself; the others can go on",
    ),
    (
        Database,
        &[Waiting, Working, Blocked, Failed, Unknown, NotConnected],
        "it is settled by declarations; no service is asked",
    ),
    (
        Build,
        &[Ready, Waiting],
        "AWS works by itself; what can be retried has failed",
    ),
    (
        Finish,
        &[Waiting, Blocked, Failed, Unknown, NotConnected],
        "sharing it another way is always possible; a post that failed is told above the step",
    ),
];

const WORLDS: usize = 4000;

fn is_unreachable(step: StepId, state: StepState) -> bool {
    UNREACHABLE
        .iter()
        .any(|(of, states, _)| *of == step && states.contains(&state))
}

#[test]
fn the_worlds_of_the_properties_reach_every_state_of_every_step() {
    let mut runner = TestRunner::deterministic();
    let mut cells: BTreeMap<(StepId, StepState), u32> = BTreeMap::new();
    let mut offered: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..WORLDS {
        let world = stories().new_tree(&mut runner).unwrap().current().world();
        let course = world.course();
        for step in StepId::ALL {
            *cells.entry((step, course.state(step))).or_default() += 1;
        }
        let quiet = world.release.pending.as_ref();
        if !quiet.is_some_and(|it| it.action.is_repeatable()) {
            for offer in offers(&world.view()) {
                *offered.entry(name(&offer.intent)).or_default() += 1;
            }
        }
    }
    println!("{}", table(&cells));
    println!("Offered and taken: {offered:?}");
    for step in StepId::ALL {
        for state in StepState::ALL {
            let count = cells.get(&(step, state)).copied().unwrap_or_default();
            let unreachable = is_unreachable(step, state);
            assert!(
                count > 0 || unreachable,
                "{step:?} is never {}",
                word(state)
            );
            assert!(
                count == 0 || !unreachable,
                "{step:?} can be {}",
                word(state)
            );
        }
    }
    for intent in OFFERED {
        assert!(offered.contains_key(intent), "{intent} is never offered");
    }
}

/// Everything that a release's screens can offer.
const OFFERED: [&str; 24] = [
    "close-release",
    "create-branch",
    "post-announcement",
    "declare-announced",
    "merge-pull",
    "declare-no-more-pulls",
    "declare-no-etl",
    "declare-no-database",
    "add-statement",
    "remove-statement",
    "record-statement",
    "declare-without-database",
    "open-release-pull",
    "merge-release",
    "approve",
    "reject",
    "retry-stage",
    "stop",
    "start-pipeline",
    "enable-transition",
    "roll-back",
    "remind",
    "post-result",
    "declare-outcome",
];

fn table(cells: &BTreeMap<(StepId, StepState), u32>) -> String {
    let mut table = format!("{:<10}", format!("{WORLDS}"));
    for state in StepState::ALL {
        table.push_str(&format!("{:>14}", word(state)));
    }
    for step in StepId::ALL {
        table.push_str(&format!("\n{:<10}", format!("{step:?}")));
        for state in StepState::ALL {
            let count = cells.get(&(step, state)).copied().unwrap_or_default();
            let cell = if is_unreachable(step, state) {
                "-".to_owned()
            } else {
                count.to_string()
            };
            table.push_str(&format!("{cell:>14}"));
        }
    }
    table.push_str("\n\nUnreachable:");
    for (step, states, why) in UNREACHABLE {
        let states = states
            .iter()
            .map(|state| word(*state))
            .collect::<Vec<_>>()
            .join(", ");
        table.push_str(&format!("\n  {step:?} {states}: {why}"));
    }
    table
}
