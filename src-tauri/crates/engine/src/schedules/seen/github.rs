//! GitHub.

use slipway_core::facts::{
    Account, BranchHead, BranchSeen, Checks, Commit, Comparison, Landed, Lineage, MergeMethod,
    Mergeability, MergedRelease, Outgoing, Pull, PullState, Relation, Repository, Review, Source,
    Verdict,
};
use slipway_core::ids::{PullNumber, ReleaseId, Sha};
use slipway_core::record::Milestone;
use slipway_core::release::Release;
use slipway_core::time::At;
use slipway_sim::world::{
    Activity, ActivityKind, Commit as PretendedCommit, PullRequest, PullState as PretendedState,
    Repository as Pretended, ReviewState, World,
};

use super::{at, sha};

/// This computer's clock and GitHub's may differ this much (seconds).
const CLOCK_DIFFERENCE: i64 = 300;

pub(in crate::schedules) fn repository(world: &World) -> Repository {
    let branches = world.repository.branches.iter();
    let is_release = |name: &str| name.starts_with("maintenance-") || name.starts_with("hotfix-");
    let mut merged: Vec<MergedRelease> = world
        .repository
        .pulls
        .iter()
        .filter(|pull| pull.base == Pretended::DEFAULT_BRANCH && is_release(&pull.head))
        .filter_map(|pull| match &pull.state {
            PretendedState::Merged {
                at: then,
                sha: made,
                ..
            } => Some(MergedRelease {
                branch: BranchHead {
                    name: pull.head.clone(),
                    sha: sha(&pull.head_sha),
                },
                commit: sha(made),
                at: at(*then),
            }),
            PretendedState::Open | PretendedState::Closed { .. } => None,
        })
        .collect();
    merged.reverse();
    Repository {
        me: Account {
            login: "dana-whitfield".to_owned(),
            name: "Dana Whitfield".to_owned(),
        },
        full_name: world.repository.full_name(),
        html_url: String::new(),
        merge_methods: vec![MergeMethod::Merge],
        base: BranchHead {
            name: Pretended::DEFAULT_BRANCH.to_owned(),
            sha: base(world),
        },
        branches: branches
            .filter(|(name, _)| is_release(name))
            .map(|(name, head)| BranchHead {
                name: name.clone(),
                sha: sha(head),
            })
            .collect(),
        merged,
        reviews_required: 0,
        merge_queue: false,
    }
}

pub(in crate::schedules) fn source(world: &World, release: &Release) -> Source {
    let (repository, name) = (&world.repository, release.id.as_str());
    let head = repository.branches.get(name);
    let making = making(world, release);
    let since = making.map(|making| at(making.at)).or(wished(release));
    let had = |pull: &&PullRequest| match (ended_at(pull), since) {
        (Some(ended), Some(since)) => ended >= since,
        (None, _) | (_, None) => true,
    };
    let into = repository.pulls.iter().filter(|pull| pull.base == name);
    let from = repository
        .pulls
        .iter()
        .rev()
        .filter(|pull| pull.head == name && pull.base == Pretended::DEFAULT_BRANCH);
    let from: Vec<&PullRequest> = from.filter(had).collect();
    let newest = from.iter().find(|it| is_merged(it)).or(from.first());
    let release_pull = newest.map(|it| pull(world, it));
    let landed = release_pull.as_ref().and_then(by_pull);
    let compared = head.and_then(|head| repository.compare(base(world).as_str(), head));
    Source {
        branch: head.map(|head| {
            let pushed_ahead = |making: &Activity| {
                let mut ahead = compared.iter().flat_map(|it| &it.ahead);
                ahead.any(|commit| commit.sha == making.after)
            };
            let left_at = || compared.as_ref().map(|it| sha(&it.merge_base.sha));
            BranchSeen {
                sha: sha(head),
                cut: making.and_then(|making| match pushed_ahead(making) {
                    true => left_at(),
                    false => Some(sha(&making.after)),
                }),
                created_by: making.map(|making| making.actor.clone()),
                created_at: making.map(|making| at(making.at)),
            }
        }),
        comparison: compared.as_ref().map(|it| Comparison {
            ahead_by: u32::try_from(it.ahead.len()).unwrap_or(u32::MAX),
            behind_by: u32::try_from(it.behind_by).unwrap_or(u32::MAX),
            commits: it.ahead.iter().map(|it| commit(it)).collect(),
            files: 1,
            additions: 1,
            deletions: 0,
        }),
        pulls: into.filter(had).map(|it| pull(world, it)).collect(),
        release_pull,
        landed: landed.or_else(|| noted(release)),
        lineage: Vec::new(),
        outgoing: None,
    }
}

pub(in crate::schedules) fn lineage(world: &World, ours: &Sha, revisions: &[Sha]) -> Vec<Lineage> {
    let relation = |revision: &Sha| {
        if ours == revision {
            return Relation::Same;
        }
        let compared = world.repository.compare(ours.as_str(), revision.as_str());
        match compared {
            Some(it) if it.status() == "ahead" => {
                Relation::Descendant(it.ahead.iter().map(|it| commit(it)).collect())
            }
            Some(_) | None => Relation::WithoutOurs,
        }
    };
    let each = revisions.iter().map(|revision| Lineage {
        revision: revision.clone(),
        relation: relation(revision),
    });
    each.collect()
}

pub(in crate::schedules) fn outgoing(world: &World, live: &Sha, commit: &Sha) -> Option<Outgoing> {
    let compared = world.repository.compare(live.as_str(), commit.as_str())?;
    Some(Outgoing {
        live: live.clone(),
        commit: commit.clone(),
        ahead_by: u32::try_from(compared.ahead.len()).unwrap_or(u32::MAX),
        behind_by: u32::try_from(compared.behind_by).unwrap_or(u32::MAX),
        files: Vec::new(),
    })
}

/// What the base branch points at.
pub(in crate::schedules) fn base(world: &World) -> Sha {
    let base = world.repository.branches.get(Pretended::DEFAULT_BRANCH);
    base.map_or_else(|| sha(""), |head| sha(head))
}

/// The commits that merges of a release into base produced.
pub(in crate::schedules) fn landed(world: &World, release: &ReleaseId) -> Vec<String> {
    let pulls = world.repository.pulls.iter();
    let from =
        pulls.filter(|it| it.head == release.as_str() && it.base == Pretended::DEFAULT_BRANCH);
    let merged = from.filter_map(|it| match &it.state {
        PretendedState::Merged { sha, .. } => Some(sha.clone()),
        PretendedState::Open | PretendedState::Closed { .. } => None,
    });
    merged.collect()
}

fn making<'a>(world: &'a World, release: &Release) -> Option<&'a Activity> {
    let reference = format!("refs/heads/{}", release.id);
    let newest_first = world.repository.activities.iter().rev();
    let mut makings = newest_first
        .filter(|it| it.kind == ActivityKind::BranchCreation && it.reference == reference);
    makings
        .next()
        .filter(|it| wished(release).is_none_or(|wished| at(it.at) >= wished))
}

fn wished(release: &Release) -> Option<At> {
    let opened = release.opened.as_ref().filter(|_| !release.adopted)?;
    Some(opened.at.plus_seconds(-CLOCK_DIFFERENCE))
}

fn noted(release: &Release) -> Option<Landed> {
    release.milestones.iter().rev().find_map(|milestone| {
        if let Milestone::Landed { sha, by, at } = milestone {
            let (sha, by, at) = (sha.clone(), by.clone(), *at);
            Some(Landed { sha, by, at })
        } else {
            None
        }
    })
}

fn by_pull(pull: &Pull) -> Option<Landed> {
    match &pull.state {
        PullState::Merged { by, at, sha } => Some(Landed {
            sha: sha.clone(),
            by: by.clone(),
            at: *at,
        }),
        PullState::Open | PullState::Closed => None,
    }
}

fn is_merged(pull: &PullRequest) -> bool {
    matches!(pull.state, PretendedState::Merged { .. })
}

fn ended_at(pull: &PullRequest) -> Option<At> {
    match &pull.state {
        PretendedState::Open => None,
        PretendedState::Closed { at: then } | PretendedState::Merged { at: then, .. } => {
            Some(at(*then))
        }
    }
}

fn pull(world: &World, pull: &PullRequest) -> Pull {
    let mut checks = Checks::default();
    for run in world.repository.checks_of(&pull.head_sha) {
        let named = match (run.completed, run.passed()) {
            (None, _) => &mut checks.pending,
            (Some(_), true) => &mut checks.passed,
            (Some(_), false) => &mut checks.failed,
        };
        named.push(run.name.clone());
    }
    Pull {
        number: PullNumber(u32::try_from(pull.number).unwrap_or(u32::MAX)),
        title: pull.title.clone(),
        author: pull.author.clone(),
        state: match &pull.state {
            PretendedState::Open => PullState::Open,
            PretendedState::Closed { .. } => PullState::Closed,
            PretendedState::Merged {
                at: then,
                by,
                sha: made,
            } => PullState::Merged {
                by: Some(by.clone()),
                at: at(*then),
                sha: sha(made),
            },
        },
        draft: pull.draft,
        head_ref: pull.head.clone(),
        head_sha: sha(&pull.head_sha),
        base_ref: pull.base.clone(),
        opened_at: at(pull.created_at),
        mergeability: match (pull.conflict, pull.draft) {
            (true, _) => Mergeability::Conflict,
            (false, true) => Mergeability::Blocked,
            (false, false) => Mergeability::Clean,
        },
        files: 1,
        additions: 1,
        deletions: 0,
        checks,
        reviews: pull
            .reviews
            .iter()
            .map(|review| Review {
                by: review.author.clone(),
                verdict: match review.state {
                    ReviewState::Approved => Verdict::Approved,
                    ReviewState::ChangesRequested => Verdict::ChangesRequested,
                    ReviewState::Commented => Verdict::Commented,
                },
            })
            .collect(),
        commits: Vec::new(),
        html_url: String::new(),
    }
}

fn commit(commit: &PretendedCommit) -> Commit {
    Commit {
        sha: sha(&commit.sha),
        title: commit.title().to_owned(),
        author: commit.author.clone(),
        at: Some(at(commit.at)),
        written_at: Some(at(commit.at)),
        parents: commit.parents.iter().map(|it| sha(it)).collect(),
    }
}
