//! The card on the build's screen.

use crate::steps::approval::merged;
use crate::world::{World, at};
use slipway_core::account::{
    Account, Accounts, Allowed, Checked, Finding, Identity, Power, Standing,
};
use slipway_core::facts::{
    Build, BuildPhase, BuildStatus, Category, ErrorDetails, LogLine, RunStatus,
};
use slipway_core::rules::failure::FailureKind;
use slipway_core::service::Service;
use slipway_core::team::{Duty, Person, Team};
use slipway_core::view::{self, Answer, Failure, RemedyId};

fn failed() -> World {
    merged().picked_up().asks().approved().build_failed()
}

fn with_error(code: &str, message: &str) -> World {
    let mut world = failed();
    world.newest_run().error = Some(ErrorDetails {
        code: code.into(),
        message: message.into(),
    });
    world
}

pub(super) fn quota() -> World {
    with_error(
        "JobFailed",
        "Error calling startBuild: Cannot have more than 20 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException; Request ID: 5b1c)",
    )
}

fn card(world: &World) -> Failure {
    world.view().build.failure.expect("it failed")
}

/// What is on it, for reading.
fn prose(card: &Failure) -> String {
    let mut text = format!(
        "{}: {}\n{}\n{}\n> {}\n\nWhat it means: {}\nWho handles it: {}\nWhat to do: {}\n",
        card.word, card.what, card.why, card.place, card.quote, card.means, card.who, card.remedy
    );
    for remedy in &card.remedies {
        text.push_str(&format!(
            "- {}{}: {} ({}: {:?}{})\n",
            remedy.title,
            if remedy.recommended { " *" } else { "" },
            remedy.text,
            remedy.permission,
            remedy.may,
            remedy
                .fix_name
                .as_ref()
                .map(|name| format!("; {name}"))
                .unwrap_or_default()
        ));
    }
    format!("{text}\n{}\n", card.support)
}

#[test]
fn reads_as_prose() {
    let code = with_error(
        "JobFailed",
        "Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: make test. Reason: exit status 2",
    );
    let unknown = with_error("JobFailed", "The moon is full\nand <b>bright</b>");
    let deploy = merged()
        .picked_up()
        .asks()
        .approved()
        .with_deploy_stage()
        .deploy_failed();
    let cards = [quota(), code, unknown, deploy].map(|world| prose(&card(&world)));
    insta::assert_snapshot!(cards.join("\n----\n\n"));
}

#[test]
fn the_build_of_an_attempt_before_says_nothing_of_this_one() {
    let mut world = quota();
    world.detail().build = Some(Build {
        id: "project:1".into(),
        status: BuildStatus::Failed,
        stream: None,
    });
    world.detail().phases = vec![BuildPhase {
        name: "BUILD".into(),
        status: Some(RunStatus::Failed),
        code: "COMMAND_EXECUTION_ERROR".into(),
        message: "Error while executing command: make. Reason: exit status 2".into(),
        started_at: None,
        ended_at: None,
    }];
    assert_eq!(card(&world).kind, FailureKind::Limit);
    world.newest_run().external_id = Some("project:1".into());
    assert_eq!(card(&world).kind, FailureKind::Code);
    assert!(
        card(&world)
            .raw
            .contains("Phase BUILD, COMMAND_EXECUTION_ERROR: Error while")
    );
    world.detail().log = vec![LogLine {
        at: at(60),
        text: "no basic auth credentials".into(),
    }];
    let card = card(&world);
    assert_eq!(card.kind, FailureKind::Permission);
    assert_eq!(card.quote, "no basic auth credentials");
}

/// The card, where AWS said this about retrying.
fn allowed(allowed: Allowed, people: Vec<Person>) -> Failure {
    let world = quota();
    let standing = Standing {
        identity: Identity::Aws {
            account: "123456789012".into(),
            arn: "arn:aws:iam::123456789012:user/dana".into(),
        },
        ends: None,
        findings: vec![Finding {
            power: Power::AwsOperate,
            allowed,
        }],
        problem: None,
        page: None,
    };
    let mut accounts = Accounts::default();
    accounts.services.insert(
        Service::Aws,
        Account {
            checked: Some(Checked {
                at: at(0),
                result: Ok(standing),
            }),
            ..Account::default()
        },
    );
    let mut scene = world.scene();
    let team = Team {
        people,
        ..scene.team.clone()
    };
    scene.accounts = &accounts;
    scene.team = &team;
    let view = view::view(&scene).view;
    view.releases[0].build.failure.clone().expect("it failed")
}

#[test]
fn says_whether_this_sign_in_may_retry_and_who_else_is_there() {
    let dana = Person {
        name: "Dana Whitfield".into(),
        github: None,
        aws: None,
        slack: None,
        does: vec![Duty::ReleaseEngineer],
    };
    let no = || Allowed::No {
        missing: "codepipeline:RetryStageExecution".into(),
        note: String::new(),
    };
    let unknown = || Allowed::Unknown {
        note: String::new(),
    };
    let may = |card: &Failure| card.remedies[0].may;
    let yes = allowed(Allowed::Yes, Vec::new());
    assert_eq!(may(&yes), Answer::Yes);
    assert_eq!(yes.who, "You can retry: your AWS sign-in may.");
    let card = allowed(no(), vec![dana]);
    assert_eq!(may(&card), Answer::No);
    assert_eq!(
        card.who,
        "Your AWS sign-in may not retry; somebody else has to. In your team: Dana Whitfield, release engineer."
    );
    let card = allowed(unknown(), Vec::new());
    assert_eq!(may(&card), Answer::Unknown);
    assert_eq!(
        card.who,
        "Whoever may retry a stage; AWS does not say beforehand whether you may."
    );
}

#[test]
fn the_whole_stage_is_offered_where_that_is_something_else() {
    let ids =
        |world: &World| -> Vec<RemedyId> { card(world).remedies.iter().map(|it| it.id).collect() };
    assert_eq!(
        ids(&quota()),
        [
            RemedyId::RetryFailed,
            RemedyId::RollBack,
            RemedyId::Remind,
            RemedyId::StartHotfix
        ]
    );
    let mut two = quota();
    let actions = &mut two.stage("docker-build").actions;
    let mut second = actions[0].clone();
    second.name = "approve-again".into();
    second.category = Category::Approval;
    actions.push(second);
    assert_eq!(
        ids(&two),
        [
            RemedyId::RetryFailed,
            RemedyId::RetryAll,
            RemedyId::RollBack,
            RemedyId::Remind,
            RemedyId::StartHotfix
        ]
    );
    let whole = &card(&two).remedies[1];
    assert!(
        whole.text.ends_with("The approval is asked for again."),
        "{whole:?}"
    );
}

#[test]
fn where_nothing_can_be_retried_it_says_who_can_help() {
    let mut edited = quota();
    edited.pipeline().stages[2].execution = Some("newer".into());
    let card = card(&edited);
    let ids: Vec<RemedyId> = card.remedies.iter().map(|it| it.id).collect();
    let all = [
        RemedyId::StartAgain,
        RemedyId::Remind,
        RemedyId::StartHotfix,
    ];
    assert_eq!(ids, all);
    assert!(
        card.remedy
            .ends_with("the pipeline can be started again at the same commit."),
        "{}",
        card.remedy
    );
    assert_eq!(
        card.remedies[0].permission,
        "codepipeline:StartPipelineExecution"
    );
}

#[test]
fn what_aws_says_is_cut_and_harmless() {
    let hostile = format!("\u{202e}<img src=x>\u{1b}[31m{}", "x".repeat(100_000));
    let card = card(&with_error("JobFailed", &hostile));
    assert!(card.raw.chars().count() <= 5_000);
    assert!(card.quote.chars().count() <= 300);
    for text in [&card.raw, &card.quote, &card.support] {
        assert!(slipway_core::text::is_plain(text) || text.contains('\n'));
        assert!(!text.contains('\u{202e}') && !text.contains('\u{1b}'));
    }
}
