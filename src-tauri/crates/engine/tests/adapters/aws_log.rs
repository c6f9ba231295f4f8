//! A build's log, read from its beginning on.

use serde_json::json;
use slipway_core::facts::{ExecutionDetail, LogStream};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::Code;
use slipway_engine::aws::{Aws, LogAnswer, LogPage};
use slipway_sim::world::BulkLog;

use crate::stage::Stage;

const READ: &str = "logs:GetLogEvents";

/// A build that runs, its execution, and where it writes its log.
async fn building(stage: &Stage) -> (ExecutionId, LogStream) {
    let started = stage.order("/executions", json!({})).await;
    let id = ExecutionId::from(started["pipelineExecutionId"].as_str().expect("an id"));
    stage.advance(60);
    stage
        .order("/approval/answer", json!({"status": "Approved"}))
        .await;
    stage.advance(12);
    let detail = look(stage, &stage.aws(), &id).await;
    let stream = detail.build.and_then(|it| it.stream);
    (id, stream.expect("the machine runs"))
}

async fn look(stage: &Stage, aws: &Aws, id: &ExecutionId) -> ExecutionDetail {
    aws.execution(&stage.team, id).await.expect("is seen")
}

async fn page(stage: &Stage, aws: &Aws, stream: &LogStream, token: Option<&str>) -> LogPage {
    match aws.log_page(&stage.team, stream, token).await {
        Ok(LogAnswer::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn is_read_page_by_page_until_the_token_repeats_and_then_on() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    // The build says nothing of its own while its log is read.
    let long = json!({"install": 36_000, "pre_build": 36_000, "build": 36_000});
    stage.order("/story", json!({"pace": long})).await;
    let (_, stream) = building(&stage).await;
    let told = stage
        .order("/build/log", json!({"megabytes": 3, "gaps": true}))
        .await;
    let (mut token, mut lines, mut empty, mut pages) = (None, 0, 0, 0);
    loop {
        let page = page(&stage, &aws, &stream, token.as_deref()).await;
        pages += 1;
        lines += page.events.len();
        empty += usize::from(page.events.is_empty());
        if page.next == token {
            break;
        }
        token = page.next;
    }
    assert_eq!(Some(lines as u64), told["lines"].as_u64());
    assert!(
        empty > 2 && pages > 6,
        "pages without a line are not the end: {pages} {empty}"
    );
    assert_eq!(
        stage
            .asked(READ)
            .iter()
            .filter(|it| it.body.contains("true"))
            .count(),
        pages
    );

    let more = json!({"lines": ["\u{1b}[31mone more\u{1b}[0m"], "gaps": false});
    stage.order("/build/log", more).await;
    let page = page(&stage, &aws, &stream, token.as_deref()).await;
    assert_eq!(
        page.events[0].1, "\u{1b}[31mone more\u{1b}[0m\n",
        "as it was written"
    );
}

#[tokio::test]
async fn what_is_not_there_or_too_old_is_told_apart_from_trouble() {
    let stage = Stage::set().await;
    let (_, stream) = building(&stage).await;
    let read = async |token: Option<&str>| stage.aws().log_page(&stage.team, &stream, token).await;

    let first = page(&stage, &stage.aws(), &stream, None).await;
    stage.order("/build/log", json!({"old_tokens": true})).await;
    let old = read(first.next.as_deref()).await;
    assert_eq!(old, Ok(LogAnswer::TokenTooOld));
    stage.order("/build/log", json!({"deleted": true})).await;
    assert_eq!(read(None).await, Ok(LogAnswer::NotThere));
    stage.order("/build/log", json!({"deleted": false})).await;

    stage.order("/permissions", json!({"denied": [READ]})).await;
    let denied = read(None).await.expect_err("it is denied");
    assert_eq!(denied.code, Code::Forbidden);
    assert!(denied.remedy.contains(READ), "{denied:?}");
    stage.order("/permissions", json!({"denied": []})).await;

    let throttled = json!({"kind": "status", "code": 400, "times": 2,
        "body": {"__type": "ThrottlingException", "message": "Rate exceeded"}});
    stage.fault(READ, throttled).await;
    let aws = stage.aws();
    let slow = aws.log_page(&stage.team, &stream, None).await;
    assert_eq!(slow.expect_err("it is throttled").code, Code::Throttled);
    assert!(aws.pause_left().is_some());
}

#[tokio::test]
async fn its_last_lines_are_not_asked_for_by_whoever_has_just_read_it() {
    let stage = Stage::set().await;
    let aws = stage.aws().frugal();
    let (id, stream) = building(&stage).await;
    stage
        .order("/build/log", json!({"lines": ["TOKEN=abc", "last"]}))
        .await;
    let mut token = None;
    loop {
        let next = page(&stage, &aws, &stream, token.as_deref()).await.next;
        if next == token {
            break;
        }
        token = next;
    }
    let asked = stage.asked(READ).len();
    let detail = look(&stage, &aws, &id).await;
    let texts = detail.log.iter().rev().map(|it| it.text.as_str());
    assert_eq!(
        texts.take(2).collect::<Vec<_>>(),
        ["last", "TOKEN=[masked]"]
    );
    assert_eq!(stage.asked(READ).len(), asked);
    let elsewhere = look(&stage, &stage.aws().frugal(), &id).await;
    assert_eq!(elsewhere.log, detail.log, "the same lines, asked for");
    assert_eq!(stage.asked(READ).len(), asked + 1);
}

#[tokio::test]
async fn the_end_of_a_long_log_costs_one_small_answer() {
    let stage = Stage::set().await;
    let (id, _) = building(&stage).await;
    stage.order("/build/log", json!({"megabytes": 50})).await;
    let detail = look(&stage, &stage.aws(), &id).await;
    assert_eq!(detail.log.len(), 40);
    assert!(detail.log[39].text.contains(BulkLog::NEEDLE));
}
