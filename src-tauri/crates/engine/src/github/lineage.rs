//! How the pipeline's source revisions relate to our commit.

use slipway_core::facts::{Lineage, Relation};
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;

use super::GitHub;
use super::act::not_looked;
use super::compare::compare;
use super::error::GitHubError;
use super::json::CommitJson;
use std::sync::PoisonError;

const KEPT: usize = 2_000;

pub(super) async fn read(
    github: &GitHub,
    ours: &Sha,
    revisions: &[Sha],
) -> Result<Vec<Lineage>, Problem> {
    let mut lineage: Vec<Lineage> = Vec::new();
    for revision in revisions {
        if lineage.iter().any(|known| known.revision == *revision) {
            continue;
        }
        lineage.push(Lineage {
            revision: revision.clone(),
            relation: relation(github, ours, revision).await?,
        });
    }
    Ok(lineage)
}

async fn relation(github: &GitHub, ours: &Sha, revision: &Sha) -> Result<Relation, Problem> {
    if ours == revision {
        return Ok(Relation::Same);
    }
    let key = (ours.clone(), revision.clone());
    let known = github
        .lineages
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&key)
        .cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let path = github.last_path().ok_or_else(not_looked)?;
    let relation = match compare(&github.wire, &path, ours.as_str(), revision.as_str()).await {
        Ok(compared) => match compared.status.as_str() {
            "identical" => Relation::Same,
            "ahead" => Relation::Descendant(
                compared
                    .commits
                    .into_iter()
                    .map(CommitJson::into_fact)
                    .collect(),
            ),
            _ => Relation::WithoutOurs,
        },
        // A revision of another repository. It may be pushed here later, so this is not kept.
        Err(GitHubError::Refused { status: 404, .. }) => return Ok(Relation::WithoutOurs),
        Err(error) => return Err(error.problem("comparison of commits")),
    };
    let mut kept = github
        .lineages
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(key, relation.clone());
    Ok(relation)
}
