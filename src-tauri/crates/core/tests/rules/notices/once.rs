//! Each change is told once, whatever is looked at when.

use super::{PLAIN, due, entry, landed, told};
use crate::world::{EXECUTION, Then, World};
use proptest::collection::vec;
use proptest::prelude::*;
use slipway_core::desktop::{Desktop, DesktopEntry, DesktopRecord};
use slipway_core::facts::ExecutionStatus;

/// One evening, moment by moment.
fn evenings() -> Vec<Vec<Then>> {
    let offered: Then = |it| it.asks_with("second", 60);
    let stopped: Then = |it| it.stopped_as(ExecutionStatus::Stopped);
    vec![
        PLAIN.to_vec(),
        vec![
            World::picked_up,
            World::asks,
            World::rejected,
            offered,
            World::approved,
            World::deployed,
        ],
        vec![
            World::picked_up,
            World::asks,
            World::approved,
            World::build_failed,
            World::retried,
            World::deployed,
        ],
        vec![
            World::picked_up,
            World::asks,
            World::approved,
            World::build_failed,
            World::retried,
            World::build_failed,
        ],
        vec![World::picked_up, World::asks, World::approved, stopped],
        vec![World::picked_up, World::asks, World::expired],
    ]
}

/// What a look finds: everything, or some of it not.
fn look(world: World, how: u8) -> World {
    match how % 8 {
        0 => world.aws_down(),
        1 => world.details_down(),
        2 => world.github_down(),
        3 => world.details_never_read(),
        4 => world.signed_out_of_aws(),
        5 => world.noted().restarted(),
        _ => world,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Looks at any moments of an evening, some of which find nothing or something old, with the program started
    /// again in between: each change is told once, and none that was not seen.
    #[test]
    fn each_change_is_told_once(
        which in 0..6_usize,
        looks in vec((any::<u8>(), any::<u8>(), any::<bool>()), 1..14),
    ) {
        let evening = evenings().swap_remove(which);
        let mut moments: Vec<World> = Vec::new();
        let mut world = landed();
        for step in &evening {
            world = step(world);
            moments.push(world.clone());
        }
        let mut all = moments.last().unwrap().clone();
        all.desktop = Desktop::default();
        let possible: Vec<String> = due(&all).iter().map(|it| it.key.clone()).collect();

        let mut journal: Vec<DesktopEntry> = Vec::new();
        let mut desktop = Desktop::default();
        let mut at = 0_usize;
        // The last look of the evening finds everything, and is repeated.
        let last = [(0, 6, true), (0, 6, false)];
        for (step, how, again) in looks.into_iter().chain(last) {
            at = if how == 6 && step == 0 { moments.len() - 1 } else { (at + usize::from(step % 3)).min(moments.len() - 1) };
            if again {
                desktop = Desktop::fold(&journal);
            }
            let mut seen = look(moments[at].clone(), how);
            seen.desktop = desktop.clone();
            let due = told(&mut seen);
            let on_desktop = due.iter().filter(|it| it.shows).count();
            prop_assert!(on_desktop <= 1, "{due:#?}");
            prop_assert!(due.iter().rev().skip(1).all(|it| !it.shows), "only the newest: {due:#?}");
            let fresh = seen.facts.pipeline.fresh().is_some() && seen.facts.execution.fresh().is_some();
            prop_assert!(fresh || due.is_empty());
            for notice in due {
                let told = DesktopRecord::Told { notice };
                // As it is on the disk.
                let json = serde_json::to_string(&told).unwrap();
                let record = serde_json::from_str(&json).unwrap();
                journal.push(entry(&seen, record));
            }
            desktop = seen.desktop;
        }
        let told: Vec<String> = desktop.notices.iter().rev().map(|it| it.key.clone()).collect();
        prop_assert_eq!(&told, &possible);
        prop_assert!(told.iter().all(|key| key.contains(EXECUTION)));
    }
}
