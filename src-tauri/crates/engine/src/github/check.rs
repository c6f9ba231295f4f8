//! Who a token belongs to, and what it may do.

use http::HeaderMap;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use slipway_core::account::{Allowed, Finding, Identity, Power, Standing};
use slipway_core::problem::Problem;
use slipway_core::team::Team;
use slipway_core::text::line;
use slipway_core::time::At;

use super::GitHub;
use super::error::GitHubError;
use super::json::{RefJson, RepositoryJson, UserJson, login};
use super::path::{self, encode};
use super::repository::{not_a_name, present_name};

/// What a token is, as far as the headers of an answer tell.
struct Token {
    /// Of a classic one; a fine-grained one has none
    /// (<https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api>).
    scopes: Option<Vec<String>>,
    ends: Option<At>,
}

pub(super) async fn read(github: &GitHub, team: &Team) -> Result<Standing, Problem> {
    let answer = github.wire.fresh::<UserJson>("/user").await;
    let (headers, user) = answer.map_err(|error| error.problem("user"))?;
    let token = Token::read(&headers);
    let login = login(Some(&user)).unwrap_or_else(|| "somebody".to_owned());
    let name = user
        .name
        .map(|name| line(&name, 80))
        .filter(|name| !name.is_empty());
    let standing = |findings: [Allowed; 3], problem, page| {
        let powers = [Power::GitHubRead, Power::GitHubWrite, Power::GitHubPulls];
        let findings = powers.into_iter().zip(findings);
        Standing {
            identity: Identity::GitHub {
                name: name.unwrap_or_else(|| login.clone()),
                login,
            },
            ends: token.ends,
            findings: findings
                .map(|(power, allowed)| Finding { power, allowed })
                .collect(),
            problem,
            page,
        }
    };

    let repository = match present_name(&github.wire, &team.repository).await {
        Ok(repository) => repository,
        Err(error) if error.is_about_permission() => {
            let page = error.page().map(ToOwned::to_owned);
            let problem = error.problem(&format!("repository {}", team.repository));
            let no = || Allowed::No {
                missing: String::new(),
                note: problem.what.clone(),
            };
            let findings = [no(), no(), no()];
            return Ok(standing(findings, Some(problem), page));
        }
        Err(error) => return Err(error.problem(&format!("repository {}", team.repository))),
    };
    let path =
        path::repository(&repository.full_name).ok_or_else(|| not_a_name(&repository.full_name))?;
    let read = match may_read(github, &path, team).await {
        Ok(allowed) => allowed,
        Err(error) => return Err(error.problem("repository")),
    };
    let findings = [
        read,
        may_write(&token, &repository),
        may_open(&token, &repository),
    ];
    Ok(standing(findings, None, None))
}

/// The base branch takes `contents=read`, the list of pull requests `pull_requests=read`.
async fn may_read(github: &GitHub, path: &str, team: &Team) -> Result<Allowed, GitHubError> {
    let mut missing = Vec::new();
    let base = format!("{path}/git/ref/heads/{}", encode(&team.base));
    let base = github.wire.fresh::<RefJson>(&base).await.map(drop);
    let pulls = format!("{path}/pulls?per_page=1");
    let pulls = github.wire.fresh::<serde_json::Value>(&pulls).await;
    for (answer, usual) in [
        (base, "contents=read"),
        (pulls.map(drop), "pull_requests=read"),
    ] {
        match answer {
            Ok(()) => {}
            Err(GitHubError::Refused {
                status: 403 | 404,
                permission,
                ..
            }) => missing.push(permission.unwrap_or_else(|| usual.to_owned())),
            Err(error) => return Err(error),
        }
    }
    Ok(match missing.is_empty() {
        true => Allowed::Yes,
        false => Allowed::No {
            missing: missing.join(", "),
            note: String::new(),
        },
    })
}

fn may_write(token: &Token, repository: &RepositoryJson) -> Allowed {
    if let Some(no) = no_role(repository) {
        return no;
    }
    match &token.scopes {
        Some(scopes) => classic(scopes, repository),
        // These are shown only to who may write:
        // <https://docs.github.com/rest/repos/repos#get-a-repository>
        None if repository.shows_merge_settings() => Allowed::Yes,
        None => Allowed::No {
            missing: "contents=write".to_owned(),
            note: String::new(),
        },
    }
}

fn may_open(token: &Token, repository: &RepositoryJson) -> Allowed {
    if let Some(no) = no_role(repository) {
        return no;
    }
    match &token.scopes {
        Some(scopes) => classic(scopes, repository),
        None => Allowed::Unknown {
            note: "GitHub does not say before you try.".to_owned(),
        },
    }
}

/// A token can do no more than the person who made it.
fn no_role(repository: &RepositoryJson) -> Option<Allowed> {
    let may_push = repository.permissions.as_ref()?.push;
    (!may_push).then(|| Allowed::No {
        missing: String::new(),
        note: format!(
            "Your role in {} is read only. Ask an administrator of it for the role Write.",
            line(&repository.full_name, 200)
        ),
    })
}

fn classic(scopes: &[String], repository: &RepositoryJson) -> Allowed {
    let has = |scope: &str| scopes.iter().any(|it| it == scope);
    if has("repo") || (!repository.private && has("public_repo")) {
        return Allowed::Yes;
    }
    Allowed::No {
        missing: "repo".to_owned(),
        note: match scopes {
            [] => "This token has no scope.".to_owned(),
            scopes => format!("This token has {}.", line(&scopes.join(", "), 200)),
        },
    }
}

impl Token {
    fn read(headers: &HeaderMap) -> Self {
        let header = |name: &str| headers.get(name)?.to_str().ok();
        let scopes = header("x-oauth-scopes").map(|scopes| {
            let scopes = scopes.split(',').map(str::trim);
            scopes
                .filter(|scope| !scope.is_empty())
                .map(|scope| line(scope, 60))
                .collect()
        });
        Self {
            scopes,
            ends: header("github-authentication-token-expiration").and_then(ends),
        }
    }
}

/// `2026-12-24 12:00:00 UTC`, or with `+0000` at the end.
fn ends(text: &str) -> Option<At> {
    let wall: DateTime = text.get(..19)?.parse().ok()?;
    let zoned = wall.to_zoned(TimeZone::UTC).ok()?;
    Some(At(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_when_a_token_ends() {
        let at = Some(At(1_798_113_600_000));
        assert_eq!(ends("2026-12-24 12:00:00 UTC"), at);
        assert_eq!(ends("2026-12-24 12:00:00 +0000"), at);
        assert_eq!(ends("never"), None);
    }
}
