//! GitHub's REST API, and in place of its web pages a page that says so.

mod call;
mod comments;
mod commits;
mod error;
mod merges;
mod page;
mod pulls;
mod quota;
mod refs;
mod render;
mod repository;
mod repository_json;
mod route;
mod users;

use std::borrow::Cow;

use serde_json::json;

use crate::{
    Service, practice_page, reply::Reply, request::Request, world::Repository, world::World,
    world::ids,
};
use call::Call;
pub(crate) use refs::is_valid as is_valid_branch;

const SINGLE_SIGN_ON: &str =
    "required; url=https://github.com/orgs/gitMLS/sso?authorization_request=SimSimSim";

const REDIRECTS: &str =
    "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects";

/// What GitHub's OpenAPI calls the operation.
pub(crate) fn operation(request: &Request) -> String {
    match route::find(&by_name(request, Repository::NAME)) {
        Some((route, _)) => route.operation.to_owned(),
        None if is_web_page(request) => "web".to_owned(),
        None => "unknown".to_owned(),
    }
}

pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    if is_web_page(request) {
        return practice_page::instead_of("GitHub", request);
    }
    let reply = match refusal(world, request) {
        Some(refusal) => refusal,
        None => dispatch(world, request),
    };
    let reply = conditional(request, reply);
    let counted = reply.status != 304;
    let request_id =
        ids::sha([request.path.as_str(), &world.now.to_string()])[..16].to_ascii_uppercase();
    quota::count(world, counted)
        .into_iter()
        .fold(reply, |reply, (name, value)| reply.header(name, value))
        .header(
            "x-github-request-id",
            format!("51A0:{}:{}", &request_id[..6], &request_id[6..]),
        )
        .headers(token_headers(world))
        .header("x-github-media-type", "github.v3; format=json")
        .header("x-github-api-version-selected", "2022-11-28")
        .header("cache-control", "private, max-age=60, s-maxage=60")
}

/// What kind of token it is, and when it ends.
fn token_headers(world: &World) -> Vec<(&'static str, String)> {
    let scopes = world.access.github_scopes();
    let expires = world.access.github_token.expires;
    let expires = expires.map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string());
    let headers = [
        ("x-oauth-scopes", scopes),
        ("github-authentication-token-expiration", expires),
    ];
    headers
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// The credentials are looked at before anything else, then the quota.
fn refusal(world: &World, request: &Request) -> Option<Reply> {
    let token = request.header("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token"))
            .then_some(token.trim())
    });
    let refusal = match token {
        None if request.header("authorization").is_none() => {
            error::simple(401, "Requires authentication")
        }
        Some(token)
            if token == world.credentials.github_token
                && !world.expired.contains(&Service::Github) =>
        {
            return quota::refusal(world);
        }
        Some(_) | None => error::simple(401, "Bad credentials"),
    };
    Some(refusal)
}

/// By the repository's number one finds it under any name
/// (<https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects>).
fn by_name<'a>(request: &'a Request, name: &str) -> Cow<'a, Request> {
    let numbered = format!("/repositories/{}", Repository::ID);
    let rest = request.path.strip_prefix(&numbered);
    match rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => Cow::Owned(Request {
            path: format!("/repos/{}/{name}{rest}", Repository::OWNER),
            ..request.clone()
        }),
        None => Cow::Borrowed(request),
    }
}

/// The repository has another name by now: it is elsewhere.
fn moved(world: &World, request: &Request) -> Reply {
    let rest = request.path.splitn(5, '/').nth(4);
    let rest = rest.map_or_else(String::new, |rest| format!("/{rest}"));
    let query = match request.raw_query.as_str() {
        "" => String::new(),
        query => format!("?{query}"),
    };
    let number = Repository::ID;
    let url = format!("{}/repositories/{number}{rest}{query}", world.github_url());
    let body = json!({"message": "Moved Permanently", "url": url, "documentation_url": REDIRECTS});
    Reply::json(301, &body).header("location", url)
}

fn dispatch(world: &mut World, request: &Request) -> Reply {
    let request = &*by_name(request, &world.repository.name.clone());
    let Some((route, parameters)) = route::find(request) else {
        return error::not_found();
    };
    if !request.body.is_empty() && request.json().is_none() {
        return error::simple(400, "Problems parsing JSON");
    }
    let call = Call::new(request, parameters);
    if !call.is_about_our_repository(world) {
        return match call.is_by_a_former_name(world) {
            true => moved(world, request),
            false => error::not_found(),
        };
    }
    let about_repository = request.path.starts_with("/repos/");
    let reply = if about_repository && world.access.single_sign_on {
        let message = "Resource protected by organization SAML enforcement. You must grant your Personal Access token \
                       access to this organization.";
        error::simple(403, message).header("x-github-sso", SINGLE_SIGN_ON)
    } else if world.denied.contains(route.operation) {
        match world.access.masked {
            true => error::not_found(),
            false => error::simple(403, "Resource not accessible by personal access token"),
        }
    } else {
        (route.handle)(world, &call)
    };
    // A fine-grained token is told each time, whatever came of it.
    let told = reply.status == 403 || world.access.github_token.fine_grained;
    match route.permission {
        Some(permission) if told => reply.header("x-accepted-github-permissions", permission),
        Some(_) | None => reply,
    }
}

/// A GET that names what the client already has is answered by saying so.
fn conditional(request: &Request, reply: Reply) -> Reply {
    if request.method != hyper::Method::GET || reply.status != 200 {
        return reply;
    }
    let etag = format!(
        "W/\"{}\"",
        ids::sha([String::from_utf8_lossy(&reply.body).as_ref()])
    );
    let known = request.header("if-none-match").is_some_and(|tags| {
        tags.split(',')
            .any(|tag| tag.trim().trim_start_matches("W/") == etag.trim_start_matches("W/"))
    });
    let reply = if known {
        Reply {
            status: 304,
            body: Vec::new(),
            ..reply
        }
    } else {
        reply
    };
    reply.header("etag", etag)
}

/// The repository's own pages; the API is under `/repos`.
fn is_web_page(request: &Request) -> bool {
    let segments = request.segments();
    let named = |index: usize, name: &str| {
        segments
            .get(index)
            .is_some_and(|segment| segment.eq_ignore_ascii_case(name))
    };
    request.method == hyper::Method::GET
        && named(0, Repository::OWNER)
        && named(1, Repository::NAME)
}
