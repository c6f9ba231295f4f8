//! That the models are held against what passes at all: one wrong name each, and each is found.

use slipway_sim::Exchange;

use crate::clients::Clients;
use crate::models::Models;
use crate::stage::Stage;
use crate::{ours, verdict};

/// In the answer to this operation, or in the request for it, one name becomes another.
const SPOILT: &[(&str, Part, &str, &str)] = &[
    ("repos/get", Part::Answer, "\"full_name\"", "\"fullname\""),
    ("git/create-ref", Part::Request, "\"sha\"", "\"Sha\""),
    ("pulls/list", Part::Query, "per_page", "page_size"),
    (
        "codepipeline:GetPipelineState",
        Part::Answer,
        "\"stageName\"",
        "\"stagename\"",
    ),
    (
        "codepipeline:PutApprovalResult",
        Part::Request,
        "\"Rejected\"",
        "\"rejected\"",
    ),
    (
        "sts:GetCallerIdentity",
        Part::Request,
        "Version=",
        "version=",
    ),
    ("auth.test", Part::Answer, "\"user_id\"", "\"userid\""),
    ("chat.postMessage", Part::Request, "\"text\"", "\"txet\""),
];

#[derive(Debug, Clone, Copy)]
enum Part {
    Request,
    Query,
    Answer,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_is_found_wherever_it_is() {
    let models = Models::fetched();
    let stage = Stage::set(0).await;
    let clients = Clients::at(&stage);
    let writes = ours::writes(&stage, &clients).await;
    clients.send(&writes).await;
    let passed = stage.sim.exchanges();

    let spoilt: Vec<Exchange> = SPOILT.iter().map(|it| spoil(&passed, it)).collect();
    let verdict = verdict::on(&models, "spoilt", &[("ours", &spoilt)]);
    for (operation, part, _, wrong) in SPOILT {
        let found = verdict.differences.iter();
        let mut found = found.filter(|it| it.starts_with(operation));
        assert!(
            found.next().is_some(),
            "{wrong} in {part:?} of {operation} is not found: {:#?}",
            verdict.differences
        );
    }
}

/// The first exchange in which there is something to spoil.
fn spoil(passed: &[Exchange], spoilt: &(&str, Part, &str, &str)) -> Exchange {
    let (operation, part, right, wrong) = spoilt;
    let concerned = passed
        .iter()
        .filter(|it| it.request.operation == *operation);
    for exchange in concerned {
        let mut exchange = exchange.clone();
        let text = match part {
            Part::Request => &mut exchange.request.body,
            Part::Query => &mut exchange.request.query,
            Part::Answer => match &mut exchange.answer {
                Some(answer) => &mut answer.body,
                None => continue,
            },
        };
        if text.contains(right) {
            *text = text.replacen(right, wrong, 1);
            return exchange;
        }
    }
    panic!("{right} is nowhere in {operation}")
}
