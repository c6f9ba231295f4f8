use hyper::Method;

use super::{Call, comments, commits, merges, pulls, quota, refs, repository, users};
use crate::{reply::Reply, request::Request, world::World};

/// One operation of the API.
pub(super) struct Route {
    method: Method,
    /// As in GitHub's OpenAPI; a name with a star takes several segments.
    pattern: &'static str,
    /// GitHub's operationId.
    pub(super) operation: &'static str,
    /// What a fine-grained token needs for it.
    pub(super) permission: Option<&'static str>,
    pub(super) handle: fn(&mut World, &Call<'_>) -> Reply,
}

type Handle = fn(&mut World, &Call<'_>) -> Reply;

const fn route(
    method: Method,
    pattern: &'static str,
    operation: &'static str,
    permission: Option<&'static str>,
    handle: Handle,
) -> Route {
    Route {
        method,
        pattern,
        operation,
        permission,
        handle,
    }
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

const READ: Option<&str> = Some("contents=read");
const WRITE: Option<&str> = Some("contents=write");
const PULLS: Option<&str> = Some("pull_requests=read");
const PULLS_WRITE: Option<&str> = Some("pull_requests=write");
const ISSUES: Option<&str> = Some("issues=read; pull_requests=read");
const ISSUES_WRITE: Option<&str> = Some("issues=write; pull_requests=write");
const STATUSES: Option<&str> = Some("statuses=read");
const CHECKS: Option<&str> = Some("checks=read");
const META: Option<&str> = Some("metadata=read");

/// Where several match, the first one counts.
const ROUTES: &[Route] = &[
    route(
        GET,
        "/user",
        "users/get-authenticated",
        None,
        users::get_authenticated,
    ),
    route(
        GET,
        "/users/{username}",
        "users/get-by-username",
        None,
        users::get_by_username,
    ),
    route(GET, "/rate_limit", "rate-limit/get", None, quota::get),
    route(
        GET,
        "/repos/{owner}/{repo}",
        "repos/get",
        META,
        repository::get,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/git/ref/{ref*}",
        "git/get-ref",
        READ,
        refs::get,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/git/matching-refs/{ref*}",
        "git/list-matching-refs",
        READ,
        refs::matching,
    ),
    route(
        POST,
        "/repos/{owner}/{repo}/git/refs",
        "git/create-ref",
        WRITE,
        refs::create,
    ),
    route(
        DELETE,
        "/repos/{owner}/{repo}/git/refs/{ref*}",
        "git/delete-ref",
        WRITE,
        refs::delete,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/branches",
        "repos/list-branches",
        READ,
        repository::branches,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/branches/{branch*}",
        "repos/get-branch",
        READ,
        repository::branch,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/rules/branches/{branch*}",
        "repos/get-branch-rules",
        META,
        repository::rules,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/activity",
        "repos/list-activities",
        READ,
        repository::activity,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/contents",
        "repos/get-content",
        READ,
        repository::content,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/contents/{path*}",
        "repos/get-content",
        READ,
        repository::content,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/compare/{basehead*}",
        "repos/compare-commits-with-basehead",
        READ,
        commits::compare,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/commits",
        "repos/list-commits",
        READ,
        commits::list,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/commits/{ref*}/status",
        "repos/get-combined-status-for-ref",
        STATUSES,
        commits::combined_status,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/commits/{ref*}/check-runs",
        "checks/list-for-ref",
        CHECKS,
        commits::check_runs,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/commits/{ref*}/pulls",
        "repos/list-pull-requests-associated-with-commit",
        PULLS,
        commits::pulls,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/commits/{ref*}",
        "repos/get-commit",
        READ,
        commits::get,
    ),
    route(
        POST,
        "/repos/{owner}/{repo}/merges",
        "repos/merge",
        WRITE,
        merges::merge_branch,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls",
        "pulls/list",
        PULLS,
        pulls::list,
    ),
    route(
        POST,
        "/repos/{owner}/{repo}/pulls",
        "pulls/create",
        PULLS_WRITE,
        pulls::create,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls/{number}",
        "pulls/get",
        PULLS,
        pulls::get,
    ),
    route(
        PUT,
        "/repos/{owner}/{repo}/pulls/{number}/merge",
        "pulls/merge",
        WRITE,
        merges::merge_pull,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls/{number}/merge",
        "pulls/check-if-merged",
        READ,
        merges::is_merged,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls/{number}/reviews",
        "pulls/list-reviews",
        PULLS,
        pulls::reviews,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls/{number}/files",
        "pulls/list-files",
        PULLS,
        pulls::files,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/pulls/{number}/commits",
        "pulls/list-commits",
        PULLS,
        pulls::commits,
    ),
    route(
        POST,
        "/repos/{owner}/{repo}/pulls/{number}/requested_reviewers",
        "pulls/request-reviewers",
        PULLS_WRITE,
        pulls::request_reviewers,
    ),
    route(
        GET,
        "/repos/{owner}/{repo}/issues/{number}/comments",
        "issues/list-comments",
        ISSUES,
        comments::list,
    ),
    route(
        POST,
        "/repos/{owner}/{repo}/issues/{number}/comments",
        "issues/create-comment",
        ISSUES_WRITE,
        comments::create,
    ),
];

/// The operation that a request is for, and what its path holds.
pub(super) fn find(request: &Request) -> Option<(&'static Route, Vec<(&'static str, String)>)> {
    let segments = request.segments();
    ROUTES
        .iter()
        .filter(|route| route.method == request.method)
        .find_map(|route| Some((route, read(route.pattern, &segments)?)))
}

/// Reads a path by a pattern, in which one name may take several segments.
fn read(pattern: &'static str, segments: &[String]) -> Option<Vec<(&'static str, String)>> {
    let parts: Vec<&'static str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let several = parts.iter().position(|part| part.ends_with("*}"));
    let fits = if several.is_some() {
        segments.len() >= parts.len()
    } else {
        segments.len() == parts.len()
    };
    if !fits {
        return None;
    }
    let extra = segments.len() - parts.len();
    let mut found = Vec::new();
    let mut rest = segments;
    for (index, part) in parts.into_iter().enumerate() {
        let take = if several == Some(index) { 1 + extra } else { 1 };
        let (here, after) = rest.split_at_checked(take)?;
        rest = after;
        match part
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => found.push((name.trim_end_matches('*'), here.join("/"))),
            None if here == [part] => {}
            None => return None,
        }
    }
    Some(found)
}
