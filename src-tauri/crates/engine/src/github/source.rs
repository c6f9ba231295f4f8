//! One release's branch, its pull requests, and how it landed.

use slipway_core::facts::Source;
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::team::Team;

use super::compare::compare;
use super::life::Life;
use super::pulls::PullJson;
use super::{GitHub, landed, pulls, repository, revision_branch};

pub(super) async fn read(
    github: &GitHub,
    team: &Team,
    release: &Release,
) -> Result<Source, Problem> {
    let known = repository::known(github, team).await?;
    let (wire, path, branch) = (&github.wire, known.path.as_str(), release.id.as_str());
    let (head, makings, into, from) = tokio::try_join!(
        revision_branch::head(wire, path, branch),
        revision_branch::makings(wire, path, branch),
        pulls::into_branch(wire, path, branch),
        pulls::from_branch(wire, (path, known.owner()), branch, &team.base),
    )?;
    let life = Life::of(release, &makings, &from);
    let compared = match &head {
        Some(head) => Some(
            compare(wire, path, &team.base, head.as_str())
                .await
                .map_err(|error| error.problem("comparison of the branch with base"))?,
        ),
        None => None,
    };
    // What the branch still holds belongs to it, whenever it was merged.
    let holds = |pull: &PullJson| {
        let merge = pull.merge_commit();
        let mut held = compared.iter().flat_map(|compared| &compared.commits);
        held.any(|commit| Some(&commit.sha) == merge.as_ref())
    };
    let into = into
        .into_iter()
        .filter(|pull| life.had(pull) || holds(pull));
    let from = release_pull(from.into_iter().filter(|pull| life.had(pull)).collect());
    let (pulls, mut release_pull) = tokio::try_join!(
        pulls::in_detail(github, path, into),
        pulls::in_detail(github, path, from),
    )?;
    let release_pull = release_pull.pop();
    let (Some(head), Some(compared)) = (head, compared) else {
        let landed = landed::by_pull(release_pull.as_ref()).or_else(|| landed::noted(release));
        return Ok(Source {
            branch: None,
            comparison: None,
            pulls,
            release_pull,
            landed,
            lineage: Vec::new(),
            outgoing: None,
        });
    };
    let pulls = pulls::with_commits(github, path, pulls, &compared.commits).await?;
    let branch = revision_branch::seen(head, life.making, &compared, release);
    let landed = match landed::by_pull(release_pull.as_ref()) {
        None if compared.ahead_by == 0 => {
            landed::directly(wire, path, (&team.base, release), &branch, &pulls).await?
        }
        landed => landed,
    };
    let landed = landed.or_else(|| landed::noted(release));
    Ok(Source {
        branch: Some(branch),
        comparison: Some(compared.into_fact()),
        pulls,
        release_pull,
        landed,
        lineage: Vec::new(),
        outgoing: None,
    })
}

/// The pull request that releases the branch: the newest that was merged, whatever was opened after it, else the newest.
fn release_pull(newest_first: Vec<PullJson>) -> Option<PullJson> {
    let merged = newest_first.iter().position(PullJson::is_merged);
    newest_first.into_iter().nth(merged.unwrap_or_default())
}
