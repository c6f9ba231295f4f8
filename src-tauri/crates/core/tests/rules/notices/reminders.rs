//! An approval that waits is not forgotten.

use super::*;

#[test]
#[rustfmt::skip]
fn an_approval_that_waits_is_reminded_of_once_after_half_an_hour_and_once_before_it_expires() {
    const DAY: i64 = 24 * 60;
    let asks = || landed().picked_up().asks();
    let short_question = |minutes| {
        let mut world = asks();
        world.pipeline().stages[1].actions[0].timeout_minutes = Some(minutes);
        world
    };
    // It asks since 7:41 pm, for seven days.
    let rows: [(&str, World, &str); 11] = [
        ("at once", asks(), "A deploy waits for your approval*"),
        ("29 minutes after", asks().looked(70), "A deploy waits for your approval*"),
        ("half an hour after", asks().looked(71), "A deploy waits for your approval, A deploy still waits for approval*"),
        ("three hours asleep", asks().looked(41 + 180), "A deploy waits for your approval, A deploy still waits for approval*"),
        ("three hours asleep, and not looked at since", asks().at(41 + 180), "A deploy waits for your approval*"),
        ("a day before the end", asks().looked(41 + 6 * DAY), "A deploy waits for your approval, A deploy still waits for approval, An approval expires in 1 day*"),
        ("open for four hours, the last one", short_question(240).looked(41 + 180), "A deploy waits for your approval, A deploy still waits for approval, An approval expires in 1 h 0 min*"),
        ("open for an hour, its end", short_question(60).looked(41 + 59), "A deploy waits for your approval, A deploy still waits for approval*"),
        ("over, and not seen to be", asks().looked(41 + 7 * DAY), "A deploy waits for your approval*"),
        ("approved meanwhile", asks().approved().looked(41 + 180), "A deploy waits for your approval, lee approved the deploy*"),
        ("nobody may list what ran", forbidden(asks().looked(41 + 180)), "A deploy waits for your approval*"),
    ];
    let said = |world: &World| {
        let one = |it: &Notice| format!("{}{}", it.title, if it.shows { "*" } else { "" });
        due(world).iter().map(one).collect::<Vec<_>>().join(", ")
    };
    check(rows.map(|(row, world, should)| (row.to_owned(), said(&world), should.to_owned())));

    let mut world = asks();
    let mut all = Vec::new();
    for minutes in [41, 60, 71, 72, 221, 41 + 6 * DAY, 42 + 6 * DAY] {
        world = world.looked(minutes);
        all.push(said(&world));
        told(&mut world);
        assert_eq!(due(&world), [], "once each");
    }
    all.retain(|it| !it.is_empty());
    assert_eq!(all, ["A deploy waits for your approval*", "A deploy still waits for approval*", "An approval expires in 1 day*"]);
    world = muted(asks().looked(71), Event::ApprovalNeeded);
    assert_eq!(said(&world), "A deploy waits for your approval, A deploy still waits for approval", "in the list alone");
}
