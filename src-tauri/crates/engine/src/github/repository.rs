//! The repository as a whole.

use std::time::{Duration, Instant};

use slipway_core::facts::{Account, BranchHead, MergeMethod, MergedRelease, Repository};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::naming;
use slipway_core::team::Team;
use slipway_core::text::line;

use super::GitHub;
use super::error::GitHubError;
use super::json::{RefJson, RepositoryJson, RuleJson, UserJson, login};
use super::path::{self, encode};
use super::pulls;
use super::wire::Wire;

const KNOWN_FOR: Duration = Duration::from_secs(300);

/// What rarely changes: who we are, and the repository's present name.
#[derive(Debug, Clone)]
pub(super) struct Known {
    asked: String,
    since: Instant,
    me: Account,
    repository: RepositoryJson,
    /// `/repos/{owner}/{repo}`
    pub(super) path: String,
}

impl Known {
    /// The owner's login, as the present name spells it.
    pub(super) fn owner(&self) -> &str {
        self.repository
            .full_name
            .split('/')
            .next()
            .unwrap_or_default()
    }
}

pub(super) async fn read(github: &GitHub, team: &Team) -> Result<Repository, Problem> {
    let known = known(github, team).await?;
    let (base, branches, merged, rules) = tokio::try_join!(
        base(github, &known.path, &team.base),
        branches(&github.wire, &known.path, team),
        merged(&github.wire, &known, team),
        rules(&github.wire, &known.path, &team.base),
    )?;
    let json = known.repository;
    let methods = [
        (json.allow_merge_commit, MergeMethod::Merge),
        (json.allow_squash_merge, MergeMethod::Squash),
        (json.allow_rebase_merge, MergeMethod::Rebase),
    ];
    Ok(Repository {
        me: known.me,
        full_name: line(&json.full_name, 200),
        html_url: line(&json.html_url, 500),
        merge_methods: methods
            .into_iter()
            .filter_map(|(allowed, method)| allowed.then_some(method))
            .collect(),
        base,
        branches,
        merged,
        reviews_required: rules.reviews_required,
        merge_queue: rules.merge_queue,
    })
}

/// Who we are and the repository's present name, at most five minutes old.
pub(super) async fn known(github: &GitHub, team: &Team) -> Result<Known, Problem> {
    let fresh = github.known().clone();
    if let Some(known) =
        fresh.filter(|it| it.asked == team.repository && it.since.elapsed() < KNOWN_FOR)
    {
        return Ok(known);
    }
    let repository = async {
        let found = present_name(&github.wire, &team.repository).await;
        found.map_err(|error| error.problem(&format!("repository {}", team.repository)))
    };
    let repository = async {
        path::repository(&team.repository).ok_or_else(|| not_a_name(&team.repository))?;
        repository.await
    };
    let (me, repository) = tokio::try_join!(me(&github.wire), repository)?;
    let path =
        path::repository(&repository.full_name).ok_or_else(|| not_a_name(&repository.full_name))?;
    let known = Known {
        asked: team.repository.clone(),
        since: Instant::now(),
        me,
        repository,
        path,
    };
    *github.known() = Some(known.clone());
    Ok(known)
}

async fn me(wire: &Wire) -> Result<Account, Problem> {
    let user: UserJson = wire
        .get("/user")
        .await
        .map_err(|error| error.problem("user"))?;
    let login = login(Some(&user)).unwrap_or_else(|| "somebody".to_owned());
    let name = user
        .name
        .map(|name| line(&name, 80))
        .filter(|name| !name.is_empty());
    Ok(Account {
        name: name.unwrap_or_else(|| login.clone()),
        login,
    })
}

/// A renamed or moved repository answers 301; that one redirect is followed by hand, within the same GitHub.
pub(super) async fn present_name(wire: &Wire, asked: &str) -> Result<RepositoryJson, GitHubError> {
    let path = path::repository(asked)
        .ok_or_else(|| GitHubError::NotSent("not the name of a repository".to_owned()))?;
    match wire.get(&path).await {
        Err(GitHubError::Moved(to)) => match wire.path_of(&to).map(ToOwned::to_owned) {
            Some(path) => wire.get(&path).await,
            None => Err(GitHubError::Moved(to)),
        },
        answer => answer,
    }
}

async fn base(github: &GitHub, path: &str, base: &str) -> Result<BranchHead, Problem> {
    let found: Result<RefJson, _> = github
        .wire
        .get(&format!("{path}/git/ref/heads/{}", encode(base)))
        .await;
    match found {
        Ok(found) => Ok(BranchHead {
            name: base.to_owned(),
            sha: found.object.sha,
        }),
        Err(error) => {
            if matches!(error, GitHubError::Moved(_)) {
                github.forget();
            }
            Err(error.problem(&format!("branch {base}")))
        }
    }
}

async fn branches(wire: &Wire, path: &str, team: &Team) -> Result<Vec<BranchHead>, Problem> {
    let mut beginnings = [
        path::beginning(&team.maintenance_branch),
        path::beginning(&team.hotfix_branch),
    ];
    beginnings.sort_unstable();
    let [first, second] = beginnings;
    let mut found = matching(wire, path, first).await?;
    if !second.starts_with(first) {
        found.append(&mut matching(wire, path, second).await?);
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

async fn matching(wire: &Wire, path: &str, beginning: &str) -> Result<Vec<BranchHead>, Problem> {
    let refs: Vec<RefJson> = wire
        .list(&format!(
            "{path}/git/matching-refs/heads/{}",
            encode(beginning)
        ))
        .await
        .map_err(|error| error.problem("list of branches"))?;
    let heads = refs.into_iter().filter_map(|it| {
        let name = it.name.strip_prefix("refs/heads/")?;
        Some(BranchHead {
            name: name.to_owned(),
            sha: it.object.sha,
        })
    });
    Ok(heads.collect())
}

/// Releases that were merged lately.
async fn merged(wire: &Wire, known: &Known, team: &Team) -> Result<Vec<MergedRelease>, Problem> {
    let listed = pulls::ended_into(wire, &known.path, &team.base).await?;
    let releases = listed.into_iter().filter_map(|pull| {
        let branch = pull.branch_of(known.owner())?;
        naming::parse(team, branch)?;
        Some(MergedRelease {
            branch: BranchHead {
                name: branch.to_owned(),
                sha: pull.head_sha().clone(),
            },
            commit: pull.merge_commit()?,
            at: pull.ended_at()?,
        })
    });
    Ok(releases.collect())
}

#[derive(Default)]
struct Rules {
    reviews_required: u32,
    merge_queue: bool,
}

async fn rules(wire: &Wire, path: &str, base: &str) -> Result<Rules, Problem> {
    let rules = wire
        .list::<RuleJson>(&format!(
            "{path}/rules/branches/{}?per_page=100",
            encode(base)
        ))
        .await;
    let rules = match rules {
        Ok(rules) => rules,
        Err(GitHubError::Refused {
            status: 403 | 404, ..
        }) => return Ok(Rules::default()),
        Err(error) => return Err(error.problem("list of rules")),
    };
    let reviews = rules.iter().filter(|rule| rule.kind == "pull_request");
    let reviews =
        reviews.filter_map(|rule| rule.parameters.as_ref()?.required_approving_review_count);
    Ok(Rules {
        reviews_required: reviews.max().unwrap_or(0),
        merge_queue: rules.iter().any(|rule| rule.kind == "merge_queue"),
    })
}

pub(super) fn not_a_name(asked: &str) -> Problem {
    Problem::new(
        Code::Input,
        format!("{} is not the name of a repository.", line(asked, 100)),
        "Slipway cannot look at it.",
        "Set it as owner/name.",
    )
}
