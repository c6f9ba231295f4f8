//! The weekly window and the dates that follow from it.

use crate::table::check;
use crate::world::{in_zone, pacific};
use jiff::Timestamp;
use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use slipway_core::draft::Draft;
use slipway_core::kind::Kind;
use slipway_core::rules::{Form, Window};
use slipway_core::team::Team;
use slipway_core::time::At;

fn utc(at: At) -> String {
    let timestamp = Timestamp::from_millisecond(at.0).unwrap();
    timestamp
        .to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

/// "date, opens in UTC, until in UTC".
fn window(window: &Window, now: At) -> String {
    let next = window.current_or_next(now);
    format!("{}, {} to {}", next.date, utc(next.opens), utc(next.until))
}

#[test]
#[rustfmt::skip]
fn the_window_is_tuesday_seven_pm_on_the_pacific_wall_clock() {
    let normal = "2026-11-24, 2026-11-25 03:00 to 2026-11-25 08:30";
    let after = "2026-12-01, 2026-12-02 03:00 to 2026-12-02 08:30";
    let rows = [
        ("the Wednesday before", "2026-11-18 12:00", normal),
        ("Monday evening", "2026-11-23 19:00", normal),
        ("Monday, a second before midnight", "2026-11-23 23:59:59", normal),
        ("Tuesday at midnight", "2026-11-24 00:00", normal),
        ("Tuesday morning", "2026-11-24 09:00", normal),
        ("a minute before", "2026-11-24 18:59", normal),
        ("when it opens", "2026-11-24 19:00", normal),
        ("during it", "2026-11-24 21:30", normal),
        ("a second before midnight", "2026-11-24 23:59:59", normal),
        ("after midnight it keeps its date", "2026-11-25 00:00", normal),
        ("just before the end", "2026-11-25 00:29:59", normal),
        ("at 00:30 sharp it is over", "2026-11-25 00:30", after),
        ("Wednesday morning", "2026-11-25 09:00", after),
        ("DST begins: the week before", "2026-03-04 12:00", "2026-03-10, 2026-03-11 02:00 to 2026-03-11 07:30"),
        ("DST begins: the last one in winter", "2026-03-03 12:00", "2026-03-03, 2026-03-04 03:00 to 2026-03-04 08:30"),
        ("DST begins: on the Sunday itself", "2026-03-08 03:30", "2026-03-10, 2026-03-11 02:00 to 2026-03-11 07:30"),
        ("in summer", "2026-07-14 20:00", "2026-07-14, 2026-07-15 02:00 to 2026-07-15 07:30"),
        ("DST ends: the last one in summer", "2026-10-27 12:00", "2026-10-27, 2026-10-28 02:00 to 2026-10-28 07:30"),
        ("DST ends: on the Sunday itself", "2026-11-01 01:30", "2026-11-03, 2026-11-04 03:00 to 2026-11-04 08:30"),
        ("over the year's end", "2026-12-30 12:00", "2027-01-05, 2027-01-06 03:00 to 2027-01-06 08:30"),
    ];
    check(rows.map(|(row, now, should)| {
        (
            row.to_owned(),
            window(&Window::default(), pacific(now)),
            should.to_owned(),
        )
    }));
}

#[test]
fn at_seven_pm_pacific_the_utc_date_is_always_the_next_day() {
    for day in [
        "2026-01-06",
        "2026-03-10",
        "2026-07-14",
        "2026-10-27",
        "2026-11-03",
        "2026-11-24",
    ] {
        let next = Window::default().current_or_next(pacific(&format!("{day} 19:00")));
        assert_eq!(next.date.to_string(), day);
        assert_eq!(
            utc(next.opens)[..10],
            next.date.tomorrow().unwrap().to_string()
        );
    }
}

#[test]
#[rustfmt::skip]
fn other_windows_and_other_zones_work_the_same_way() {
    let same_day = Window {
        opens: time(9, 0, 0, 0),
        until: time(11, 0, 0, 0),
        ..Window::default()
    };
    let new_york = Window {
        zone: "America/New_York".into(),
        ..Window::default()
    };
    let kolkata = Window {
        zone: "Asia/Kolkata".into(),
        weekday: Weekday::Thursday,
        ..Window::default()
    };
    let sydney = Window {
        zone: "Australia/Sydney".into(),
        ..Window::default()
    };
    let no_such = Window {
        zone: "PST".into(),
        ..Window::default()
    };
    let round_the_clock = Window {
        opens: time(9, 0, 0, 0),
        until: time(9, 0, 0, 0),
        ..Window::default()
    };
    let ours = "America/Los_Angeles";
    let rows = [
        ("same day, before", &same_day, "2026-11-24 08:59", ours, "2026-11-24, 2026-11-24 17:00 to 2026-11-24 19:00"),
        ("same day, during", &same_day, "2026-11-24 10:59", ours, "2026-11-24, 2026-11-24 17:00 to 2026-11-24 19:00"),
        ("same day, at the end", &same_day, "2026-11-24 11:00", ours, "2026-12-01, 2026-12-01 17:00 to 2026-12-01 19:00"),
        ("a whole day", &round_the_clock, "2026-11-25 08:59", ours, "2026-11-24, 2026-11-24 17:00 to 2026-11-25 17:00"),
        ("New York", &new_york, "2026-11-25 00:10", "America/New_York", "2026-11-24, 2026-11-25 00:00 to 2026-11-25 05:30"),
        ("Kolkata", &kolkata, "2026-11-26 20:00", "Asia/Kolkata", "2026-11-26, 2026-11-26 13:30 to 2026-11-26 19:00"),
        ("Sydney, where UTC is behind", &sydney, "2026-11-24 20:00", "Australia/Sydney", "2026-11-24, 2026-11-24 08:00 to 2026-11-24 13:30"),
        ("a name that is no zone is UTC", &no_such, "2026-11-24 20:00", "UTC", "2026-11-24, 2026-11-24 19:00 to 2026-11-25 00:30"),
    ];
    check(rows.map(|(row, team, now, zone, should)| {
        (
            row.to_owned(),
            window(team, in_zone(now, zone)),
            should.to_owned(),
        )
    }));
}

#[test]
fn a_hotfix_is_dated_by_the_pacific_calendar() {
    let rows = [
        ("2026-11-23 17:48", "hotfix-2026-11-23-x"),
        ("2026-11-24 19:00", "hotfix-2026-11-24-x"),
        ("2026-11-24 23:59:59", "hotfix-2026-11-24-x"),
        ("2026-11-25 00:00", "hotfix-2026-11-25-x"),
        ("2026-03-08 01:59:59", "hotfix-2026-03-08-x"),
        ("2026-11-01 23:59:59", "hotfix-2026-11-01-x"),
    ];
    check(rows.map(|(now, should)| {
        let draft = Draft {
            kind: Kind::Hotfix,
            fix_name: "x".into(),
            date: String::new(),
        };
        let form = Form::read(&Team::default(), pacific(now), &draft);
        (
            now.to_owned(),
            form.name.unwrap_or_default(),
            should.to_owned(),
        )
    }));
}

#[test]
fn times_that_are_no_times_do_not_stop_the_program() {
    for now in [
        i64::MIN,
        i64::MAX,
        0,
        -62_135_596_800_000,
        253_402_300_799_999,
    ] {
        let next = Window::default().current_or_next(At(now));
        assert!(next.opens <= next.until);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn in_twenty_years_the_window_opens_on_tuesday_at_seven_and_has_not_ended(
        seconds in 0i64..20 * 366 * 86_400,
    ) {
        let team = Window::default();
        let now = pacific("2025-01-01 00:00").plus_seconds(seconds);
        let next = team.current_or_next(now);
        let opens = team.zoned(next.opens);
        prop_assert_eq!(opens.weekday(), Weekday::Tuesday);
        prop_assert_eq!(opens.time(), time(19, 0, 0, 0));
        prop_assert_eq!(opens.date(), next.date);
        prop_assert_eq!(team.zoned(next.until).time(), time(0, 30, 0, 0));
        prop_assert!(next.opens < next.until);
        prop_assert!(now < next.until, "the window is over");
        prop_assert!(next.opens.seconds_since(now) <= 7 * 86_400 + 3600, "a week was left out");
        prop_assert_eq!(team.current_or_next(next.opens), next);
        prop_assert!(team.current_or_next(next.until).date > next.date);
    }
}
