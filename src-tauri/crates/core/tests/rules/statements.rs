//! Statements in the journal.

use crate::world::World;
use slipway_core::declaration::Declaration;

#[test]
fn a_number_is_never_given_to_a_second_statement() {
    let numbers = |world: &World| -> Vec<u32> {
        let statements = &world.release.statements;
        statements.iter().map(|it| it.number).collect()
    };
    let remove = |number| Declaration::StatementRemoved { number };
    let world = World::maintenance().branch().statement("A").statement("B");
    assert_eq!(numbers(&world), [1, 2]);
    let world = world.declare(remove(2)).statement("C");
    assert_eq!(numbers(&world), [1, 3]);
    let world = world.declare(remove(1)).declare(remove(3)).statement("D");
    assert_eq!(numbers(&world), [4]);
    assert_eq!(numbers(&world.ran(3)), [4], "C was taken back");
}
