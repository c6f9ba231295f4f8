//! What a release's screens offer, as the intents that the page would send with what is on them.

use crate::world::{at, sha};
use slipway_core::action::Gate;
use slipway_core::declaration::StatementRun;
use slipway_core::ids::{ActionSeq, ExecutionId, PullNumber, ReleaseId, Sha};
use slipway_core::intent::Intent;
use slipway_core::view::ReleaseView;

/// One thing that can be pressed.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// With exactly what is shown.
    pub(crate) intent: Intent,
    /// The same, with what was shown before something changed.
    pub(crate) outdated: Vec<Intent>,
}

impl Offer {
    fn new(intent: Intent) -> Self {
        Self {
            intent,
            outdated: Vec::new(),
        }
    }
}

/// Everything that a release offers while it is not busy.
pub(crate) fn offers(view: &ReleaseView) -> Vec<Offer> {
    if view.busy.is_some() {
        return undecided(view);
    }
    let mut offers = Vec::new();
    if view.aside.is_some() {
        let release = view.id.clone();
        offers.push(Offer::new(Intent::CloseRelease { release }));
    }
    offers.extend(branch(view));
    offers.extend(announce(view));
    offers.extend(etl(view));
    offers.extend(database(view));
    offers.extend(merge(view));
    offers.extend(approval(view));
    offers.extend(build(view));
    offers.extend(control(view));
    offers.extend(finish(view));
    offers
}

fn control(view: &ReleaseView) -> Vec<Offer> {
    let release = || view.id.clone();
    let mut offers = Vec::new();
    if let Some(shown) = &view.control.stop {
        let stop = |execution: &str, abandon| Intent::StopExecution {
            release: release(),
            execution: execution.into(),
            abandon,
            reason: "Wrong week".into(),
        };
        let abandons = shown.wait.is_empty();
        offers.push(Offer {
            intent: stop(shown.execution.as_str(), abandons),
            outdated: vec![stop("earlier", abandons)],
        });
    }
    if let Some(shown) = &view.control.start {
        let start = |commit: &Sha, after: Option<&str>| Intent::StartPipeline {
            release: release(),
            commit: commit.clone(),
            after: after.map(Into::into),
        };
        let after = shown.after.as_ref().map(ExecutionId::as_str);
        offers.push(Offer {
            intent: start(&shown.commit, after),
            outdated: vec![
                start(&moved(), after),
                start(&shown.commit, Some("earlier")),
            ],
        });
    }
    if let Some(shown) = &view.control.roll_back {
        let back = |stage: &str, target: &str| Intent::RollBack {
            release: release(),
            stage: stage.into(),
            target: target.into(),
        };
        let target = shown.target.as_str();
        offers.push(Offer {
            intent: back(&shown.stage, target),
            outdated: vec![back("earlier", target), back(&shown.stage, "earlier")],
        });
    }
    if let Some(shown) = &view.control.transition {
        let enable = |stage: &str, reason: &str| Intent::EnableTransition {
            release: release(),
            stage: stage.into(),
            reason: reason.into(),
        };
        offers.push(Offer {
            intent: enable(&shown.stage, &shown.reason),
            outdated: vec![
                enable("earlier", &shown.reason),
                enable(&shown.stage, "another reason"),
            ],
        });
    }
    offers
}

/// The one question that is asked while an action is pending.
fn undecided(view: &ReleaseView) -> Vec<Offer> {
    let declare = |seq: ActionSeq, happened| Intent::DeclareOutcome {
        release: view.id.clone(),
        seq,
        happened,
    };
    let asked = view.undecided.iter();
    let offers = asked.flat_map(|it| {
        [true, false].map(|happened| Offer {
            intent: declare(it.seq, happened),
            outdated: vec![declare(ActionSeq(it.seq.0 + 1), happened)],
        })
    });
    offers.collect()
}

/// A commit that was never shown.
fn moved() -> Sha {
    sha("01d")
}

fn branch(view: &ReleaseView) -> Option<Offer> {
    let create = |name: &str, sha| Intent::CreateBranch {
        name: name.to_owned(),
        sha,
    };
    let base = view
        .branch
        .base_sha
        .clone()
        .filter(|_| view.branch.can_create)?;
    Some(Offer {
        outdated: vec![
            create(view.id.as_str(), moved()),
            create("maintenance-2001-01-02", base.clone()),
        ],
        intent: create(view.id.as_str(), base),
    })
}

fn announce(view: &ReleaseView) -> Vec<Offer> {
    let release = || view.id.clone();
    let post = Intent::PostAnnouncement {
        release: release(),
        text: view.announce.suggestion.clone(),
    };
    let declare = Intent::DeclareAnnounced { release: release() };
    let mut offers = Vec::new();
    offers.extend(view.announce.can_post.then(|| Offer::new(post)));
    offers.extend(view.announce.can_declare.then(|| Offer::new(declare)));
    offers
}

fn etl(view: &ReleaseView) -> Vec<Offer> {
    let release = || view.id.clone();
    let merge = |number, head| Intent::MergePull {
        release: release(),
        number,
        head,
    };
    let close = |head| Intent::DeclareNoMorePulls {
        release: release(),
        head,
    };
    let mut offers: Vec<Offer> = view
        .etl
        .open
        .iter()
        .filter(|pull| pull.can_merge || view.etl.next == Some(pull.number))
        .map(|pull| Offer {
            intent: merge(pull.number, pull.head.clone()),
            outdated: vec![
                merge(pull.number, moved()),
                merge(PullNumber(999_999), pull.head.clone()),
            ],
        })
        .collect();
    if view.etl.can_close {
        let head = view
            .etl
            .head
            .clone()
            .expect("a list that can be closed has a head");
        offers.push(Offer {
            intent: close(head),
            outdated: vec![close(moved())],
        });
    }
    if view.etl.can_declare_none {
        let reason = "Nothing was ready".to_owned();
        offers.push(Offer::new(Intent::DeclareNoEtl {
            release: release(),
            reason,
        }));
    }
    offers
}

fn database(view: &ReleaseView) -> Vec<Offer> {
    let screen = &view.database;
    let release = || view.id.clone();
    let mut offers = Vec::new();
    if screen.can_declare_none {
        offers.push(Offer::new(Intent::DeclareNoDatabase { release: release() }));
    }
    if screen.can_add {
        let sql = "UPDATE feeds SET on = 1".to_owned();
        offers.push(Offer::new(Intent::AddStatement {
            release: release(),
            sql,
        }));
    }
    if screen.can_go_without {
        let reason = "Kim is on a plane".to_owned();
        offers.push(Offer::new(Intent::DeclareWithoutDatabase {
            release: release(),
            reason,
        }));
    }
    for statement in screen
        .statements
        .iter()
        .filter(|statement| statement.run.is_none())
    {
        let number = statement.number;
        if screen.can_record {
            let run = StatementRun {
                by: "Kim".into(),
                at: at(-60),
                result: "1 row".into(),
            };
            offers.push(Offer::new(Intent::RecordStatement {
                release: release(),
                number,
                run,
            }));
        }
        if screen.can_add {
            offers.push(Offer::new(Intent::RemoveStatement {
                release: release(),
                number,
            }));
        }
    }
    offers
}

fn merge(view: &ReleaseView) -> Vec<Offer> {
    let screen = &view.merge;
    let open = |head| Intent::OpenReleasePull {
        release: view.id.clone(),
        head,
    };
    let merge = |number, head| Intent::MergeRelease {
        release: view.id.clone(),
        number,
        head,
    };
    let mut offers = Vec::new();
    if screen.can_open {
        let head = screen.head.clone().or(view.etl.head.clone());
        let head = head.expect("a branch that can be brought in has a head");
        offers.push(Offer {
            intent: open(head),
            outdated: vec![open(moved())],
        });
    }
    if screen.can_merge {
        let number = screen
            .number
            .expect("a pull request that can be merged has a number");
        let head = screen
            .head
            .clone()
            .expect("a pull request that can be merged has a head");
        offers.push(Offer {
            outdated: vec![
                merge(number, moved()),
                merge(PullNumber(999_999), head.clone()),
            ],
            intent: merge(number, head),
        });
    }
    offers
}

fn approval(view: &ReleaseView) -> Vec<Offer> {
    let screen = &view.approval;
    let release = || view.id.clone();
    let approve = |gate| Intent::Approve {
        release: release(),
        gate,
        comment: "Fine".into(),
    };
    let reject = |gate| Intent::Reject {
        release: release(),
        gate,
        reason: "Not tonight".into(),
    };
    let mut offers = Vec::new();
    if let Some(gate) = &screen.gate {
        let others = other_gates(gate);
        offers.push(Offer {
            intent: approve(gate.clone()),
            outdated: others.iter().cloned().map(approve).collect(),
        });
        offers.push(Offer {
            intent: reject(gate.clone()),
            outdated: others.into_iter().map(reject).collect(),
        });
    }
    offers.extend(screen.retry.as_ref().map(|shown| retry(release(), shown)));
    offers
}

/// The gate with each of its parts as it was before.
fn other_gates(gate: &Gate) -> Vec<Gate> {
    vec![
        Gate {
            commit: moved(),
            ..gate.clone()
        },
        Gate {
            token: "earlier".into(),
            ..gate.clone()
        },
        Gate {
            execution: "earlier".into(),
            ..gate.clone()
        },
        Gate {
            stage: "earlier".into(),
            ..gate.clone()
        },
        Gate {
            action: "earlier".into(),
            ..gate.clone()
        },
    ]
}

fn build(view: &ReleaseView) -> Vec<Offer> {
    let screen = &view.build;
    let shown = screen.retry.as_ref();
    let mut offers: Vec<Offer> = shown
        .map(|shown| retry(view.id.clone(), shown))
        .into_iter()
        .collect();
    let failure = screen.failure.as_ref();
    offers.extend(failure.and_then(|it| it.reminding.as_ref()).map(|shown| {
        let remind = |execution: &str, minutes| Intent::Remind {
            release: view.id.clone(),
            execution: execution.into(),
            minutes,
        };
        Offer {
            intent: remind(shown.execution.as_str(), shown.minutes[0]),
            outdated: vec![
                remind("earlier", shown.minutes[0]),
                remind(shown.execution.as_str(), 11),
            ],
        }
    }));
    if view.build.failure.as_ref().is_some_and(|it| {
        let reminding = it.reminding.as_ref();
        reminding.is_some_and(|it| !it.text.is_empty())
    }) {
        offers.push(Offer::new(Intent::DropReminder {
            release: view.id.clone(),
        }));
    }
    offers
}

fn retry(release: ReleaseId, (stage, execution): &(String, ExecutionId)) -> Offer {
    let retry = |stage: &str, execution: &str| Intent::RetryStage {
        release: release.clone(),
        stage: stage.to_owned(),
        execution: execution.into(),
        mode: slipway_core::action::RetryMode::FailedActions,
    };
    Offer {
        intent: retry(stage, execution.as_str()),
        outdated: vec![
            retry("earlier", execution.as_str()),
            retry(stage, "earlier"),
        ],
    }
}

fn finish(view: &ReleaseView) -> Vec<Offer> {
    let release = || view.id.clone();
    let post = Intent::PostResult {
        release: release(),
        note: "Thanks".into(),
    };
    let declare = Intent::DeclareResultShared { release: release() };
    let mut offers = Vec::new();
    offers.extend(view.finish.can_post.then(|| Offer::new(post)));
    offers.extend(view.finish.can_declare.then(|| Offer::new(declare)));
    offers
}

/// An intent's name, for tables.
pub(crate) fn name(intent: &Intent) -> &'static str {
    match intent {
        Intent::Look => "look",
        Intent::StartPractice => "start-practice",
        Intent::EndPractice => "end-practice",
        Intent::Draft { .. } => "draft",
        Intent::DropDraft => "drop-draft",
        Intent::Log { .. } => "log",
        Intent::CreateBranch { .. } => "create-branch",
        Intent::AdoptBranch { .. } => "adopt-branch",
        Intent::CloseRelease { .. } => "close-release",
        Intent::PostAnnouncement { .. } => "post-announcement",
        Intent::DeclareAnnounced { .. } => "declare-announced",
        Intent::MergePull { .. } => "merge-pull",
        Intent::DeclareNoMorePulls { .. } => "declare-no-more-pulls",
        Intent::DeclareNoEtl { .. } => "declare-no-etl",
        Intent::DeclareNoDatabase { .. } => "declare-no-database",
        Intent::AddStatement { .. } => "add-statement",
        Intent::RemoveStatement { .. } => "remove-statement",
        Intent::RecordStatement { .. } => "record-statement",
        Intent::DeclareWithoutDatabase { .. } => "declare-without-database",
        Intent::OpenReleasePull { .. } => "open-release-pull",
        Intent::MergeRelease { .. } => "merge-release",
        Intent::Approve { .. } => "approve",
        Intent::Reject { .. } => "reject",
        Intent::RetryStage { .. } => "retry-stage",
        Intent::StopExecution { .. } => "stop",
        Intent::StartPipeline { .. } => "start-pipeline",
        Intent::EnableTransition { .. } => "enable-transition",
        Intent::RollBack { .. } => "roll-back",
        Intent::Remind { .. } => "remind",
        Intent::DropReminder { .. } => "drop-reminder",
        Intent::PostResult { .. } => "post-result",
        Intent::TellChange { .. } => "tell-change",
        Intent::DeclareResultShared { .. } => "declare-result-shared",
        Intent::DeclareOutcome { .. } => "declare-outcome",
        Intent::Desktop { .. } => "desktop",
        Intent::History { .. } => "history",
    }
}
