//! One release's branch, its pull requests, and how it landed.

use slipway_core::facts::Source;
use slipway_core::problem::Problem;
use slipway_core::release::Release;
use slipway_core::team::Team;

use super::compare::compare;
use super::{GitHub, landed, pulls, repository, revision_branch};

pub(super) async fn read(
    github: &GitHub,
    team: &Team,
    release: &Release,
) -> Result<Source, Problem> {
    let known = repository::known(github, team).await?;
    let (wire, path, branch) = (&github.wire, known.path.as_str(), release.id.as_str());
    let (head, creation, pulls, release_pull) = tokio::try_join!(
        revision_branch::head(wire, path, branch),
        revision_branch::creation(wire, path, branch),
        pulls::into_branch(github, path, branch),
        pulls::of_release(github, (path, known.owner()), branch, &team.base),
    )?;
    let Some(head) = head else {
        let landed = landed::by_pull(release_pull.as_ref()).or_else(|| landed::noted(release));
        return Ok(Source {
            branch: None,
            comparison: None,
            pulls,
            release_pull,
            landed,
            lineage: Vec::new(),
        });
    };
    let compared = compare(wire, path, &team.base, head.as_str())
        .await
        .map_err(|error| error.problem("comparison of the branch with base"))?;
    let branch = revision_branch::seen(head, creation, &compared, release);
    let landed = match landed::by_pull(release_pull.as_ref()) {
        Some(landed) => Some(landed),
        None if compared.ahead_by == 0 => {
            landed::directly(wire, path, (&team.base, release), &branch, &pulls)
                .await?
                .or_else(|| landed::noted(release))
        }
        None => None,
    };
    Ok(Source {
        branch: Some(branch),
        comparison: Some(compared.into_fact()),
        pulls,
        release_pull,
        landed,
        lineage: Vec::new(),
    })
}
