//! Which kinds of records each version of the journal may hold.

use serde::de::DeserializeOwned;
use slipway_core::account::KeptAccount;
use slipway_core::action::{Action, Answer, Outcome};
use slipway_core::declaration::Declaration;
use slipway_core::desktop::{DesktopRecord, Event, Preference};
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::record::{Milestone, Record};
use slipway_core::service::Service;

use super::schema::VERSION;

/// When this fails, [`VERSION`] has to go up first; then there is a new list beside the old ones, which stay as they are.
/// Else an older Slipway calls the journal of this one damaged.
#[test]
fn a_new_kind_of_record_is_a_new_version() {
    let kinds = [
        ("Record", of::<Record>()),
        ("Action", of::<Action>()),
        ("Answer", of::<Answer>()),
        ("Outcome", of::<Outcome>()),
        ("Declaration", of::<Declaration>()),
        ("Milestone", of::<Milestone>()),
        ("Kind", of::<Kind>()),
        ("Code", of::<Code>()),
        ("DesktopRecord", of::<DesktopRecord>()),
        ("KeptAccount", of::<KeptAccount>()),
        ("Preference", of::<Preference>()),
        ("Event", of::<Event>()),
        ("Service", of::<Service>()),
    ];
    let lines = kinds.map(|(name, kinds)| format!("{name}: {kinds}"));
    insta::assert_snapshot!(format!("version_{VERSION}"), lines.join("\n"));
}

/// All kinds, as the reader lists them when it is given another one.
fn of<T: DeserializeOwned + std::fmt::Debug>() -> String {
    let unknown = [r#"{"type":"?"}"#, r#"{"kind":"?"}"#, r#""?""#];
    let refused = unknown.map(|text| {
        let error = serde_json::from_str::<T>(text).expect_err("there is no such kind");
        error.to_string()
    });
    let listed = refused
        .iter()
        .filter(|error| error.starts_with("unknown variant"))
        .find_map(|error| error.split_once("expected "));
    let (_, kinds) = listed.unwrap_or_else(|| panic!("no kinds are listed: {refused:?}"));
    let (kinds, _) = kinds.split_once(" at line").unwrap_or((kinds, ""));
    kinds.to_owned()
}
