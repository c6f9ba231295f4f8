use slipway_core::account::{Hold, KeptAccount};
use slipway_core::desktop::SignedIn;
use slipway_core::service::Service;
use slipway_core::team::{AgreedTeam, Team, TeamSource};
use slipway_core::time::At;
use slipway_core::view::Mode;

use crate::endpoints::{Accounts, Endpoints};
use crate::engine::state::State;
use crate::settings::Settings;

fn hold_in(state: &mut State, settings: &Settings, region: &str) -> Hold {
    let team = Team {
        region: region.to_owned(),
        ..Team::default()
    };
    state.desktop.team = Some(AgreedTeam::of(&team, TeamSource::File));
    state.use_agreed_team(settings);
    state.accounts.services[&Service::Aws].hold.clone()
}

#[tokio::test]
async fn what_is_kept_for_a_region_is_wanted_again_when_the_region_returns() {
    let settings = Settings::new("", Mode::Real, Endpoints::default(), Accounts::default());
    let origin = "https://sts.us-east-2.amazonaws.com".to_owned();
    let kept = SignedIn {
        account: KeptAccount::AwsKeys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        },
        origin: origin.clone(),
        at: At(0),
    };
    let mut state = State::default();
    state.desktop.accounts.insert(Service::Aws, kept);
    state.recall(&settings);
    let foreign = Hold::Foreign { origin };
    assert_eq!(hold_in(&mut state, &settings, "eu-west-1"), foreign);
    assert_eq!(hold_in(&mut state, &settings, "eu-central-1"), foreign);
    assert_eq!(hold_in(&mut state, &settings, "us-east-2"), Hold::Unread);
    assert_eq!(state.out_of_reach().len(), 1);
}
