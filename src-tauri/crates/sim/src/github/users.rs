use serde_json::json;

use super::{Call, error, render};
use crate::reply::Reply;
use crate::world::{DANA, Person, World};

pub(super) fn get_authenticated(world: &mut World, _: &Call<'_>) -> Reply {
    profile(world, &DANA)
}

pub(super) fn get_by_username(world: &mut World, call: &Call<'_>) -> Reply {
    match Person::named(call.path("username")) {
        Some(person) => profile(world, person),
        None => error::not_found(),
    }
}

fn profile(world: &World, person: &Person) -> Reply {
    let mut user = render::user(world, person.login);
    if let Some(user) = user.as_object_mut() {
        let more = json!({
            "name": person.name, "company": "gitMLS", "blog": "", "location": null, "email": null, "hireable": null,
            "bio": null, "twitter_username": null, "public_repos": 3, "public_gists": 0, "followers": 11,
            "following": 7, "created_at": "2016-02-11T17:24:09Z", "updated_at": "2026-01-09T08:12:44Z",
        });
        user.extend(more.as_object().cloned().unwrap_or_default());
    }
    Reply::json(200, &user)
}
