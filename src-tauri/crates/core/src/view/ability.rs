//! What can be done with a sign-in, in words.

use std::collections::BTreeSet;

use crate::account::{Account, Allowed, Finding, Identity, Power, Standing};
use crate::service::Service;
use crate::text::line;
use crate::view::resources::Resources;
use crate::view::{Ability, Answer, Scene};

impl Ability {
    pub(super) fn all(scene: &Scene<'_>, standing: &Standing) -> Vec<Self> {
        let findings = standing.findings.iter();
        let abilities = findings.map(|finding| {
            let service = service(finding.power);
            let allowed = match scene.accounts.services.get(&service) {
                Some(account) => Self::answer(finding, account),
                None => finding.allowed.clone(),
            };
            Self::of(scene, &standing.identity, finding.power, allowed)
        });
        let above = standing.problem.as_ref().map(|it| it.remedy.as_str());
        each_note_once(abilities.collect(), above)
    }

    /// What the service said, unless it was seen to be otherwise.
    pub(super) fn answer(finding: &Finding, account: &Account) -> Allowed {
        match (account.tried.get(&finding.power), &finding.allowed) {
            (Some(true), _) => Allowed::Yes,
            (Some(false), Allowed::No { .. }) => finding.allowed.clone(),
            (Some(false), _) => Allowed::No {
                missing: permission(finding.power).to_owned(),
                note: "It was refused when it was tried.".to_owned(),
            },
            (None, allowed) => allowed.clone(),
        }
    }

    fn of(scene: &Scene<'_>, identity: &Identity, power: Power, allowed: Allowed) -> Self {
        let (label, text) = words(power);
        let (answer, missing, note) = match allowed {
            Allowed::Yes => (Answer::Yes, String::new(), String::new()),
            Allowed::No { missing, note } => (Answer::No, missing, note),
            Allowed::Unknown { note } => {
                let missing = String::new();
                (Answer::Unknown, missing, note)
            }
        };
        let wanted = match answer {
            Answer::Yes => "",
            Answer::No => missing.as_str(),
            Answer::Unknown => permission(power),
        };
        Self {
            label: label.to_owned(),
            text: text.to_owned(),
            answer,
            request: request(scene, identity, power, wanted),
            missing: line(&missing, 300),
            note: match identity {
                Identity::GitHub { .. } => with(note, &choose(scene, wanted)),
                Identity::Aws { .. } | Identity::SlackBot { .. } | Identity::SlackWebhook => note,
            },
            link: None,
        }
    }
}

fn with(note: String, more: &str) -> String {
    match (note.is_empty(), more.is_empty()) {
        (_, true) => note,
        (true, false) => more.to_owned(),
        (false, false) => format!("{note} {more}"),
    }
}

/// One sentence stands once: in the problem above the rows, or in the first row that it is about.
fn each_note_once(mut abilities: Vec<Ability>, above: Option<&str>) -> Vec<Ability> {
    let mut said: BTreeSet<String> = above.map(str::to_owned).into_iter().collect();
    for ability in &mut abilities {
        if !ability.note.is_empty() && !said.insert(ability.note.clone()) {
            "As said above".clone_into(&mut ability.note);
        }
    }
    abilities
}

pub(super) fn service(power: Power) -> Service {
    match power {
        Power::GitHubRead | Power::GitHubWrite | Power::GitHubPulls => Service::GitHub,
        Power::AwsWatch
        | Power::AwsApprove
        | Power::AwsOperate
        | Power::AwsStop
        | Power::AwsStart
        | Power::AwsOpen
        | Power::AwsRollBack => Service::Aws,
        Power::SlackPost | Power::SlackFollow => Service::Slack,
    }
}

fn words(power: Power) -> (&'static str, &'static str) {
    match power {
        Power::GitHubRead => ("See", "The branches, pull requests and checks"),
        Power::GitHubWrite => ("Merge", "Make branches and merge pull requests"),
        Power::GitHubPulls => ("Open", "Open the release pull request"),
        Power::AwsWatch => ("Watch", "See the pipeline, builds and logs"),
        Power::AwsApprove => ("Approve", "Answer a waiting approval"),
        Power::AwsOperate => ("Operate", "Retry a stage that failed"),
        Power::AwsStop => ("Stop", "Stop a deploy that is under way"),
        Power::AwsStart => ("Start", "Start the pipeline again at a commit"),
        Power::AwsOpen => ("Let in", "Switch on the way into a stage"),
        Power::AwsRollBack => ("Roll back", "Roll a stage back to an earlier deploy"),
        Power::SlackPost => ("Post", "Announce a release and its result"),
        Power::SlackFollow => ("Keep true", "Find the announcement again and change it"),
    }
}

/// What it takes, as the service calls it.
pub(super) fn permission(power: Power) -> &'static str {
    match power {
        Power::GitHubRead => "contents=read, pull_requests=read",
        Power::GitHubWrite => "contents=write",
        Power::GitHubPulls => "pull_requests=write",
        // `PutApprovalResult` is restricted by the action:
        // <https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html>
        Power::AwsApprove => "codepipeline:PutApprovalResult",
        Power::AwsOperate => "codepipeline:RetryStageExecution",
        Power::AwsStop => "codepipeline:StopPipelineExecution",
        Power::AwsStart => "codepipeline:StartPipelineExecution",
        Power::AwsOpen => "codepipeline:EnableStageTransition",
        Power::AwsRollBack => "codepipeline:RollbackStage",
        Power::AwsWatch | Power::SlackPost | Power::SlackFollow => "",
    }
}

/// A text for whoever can give it. GitHub's permissions are not given to a person but chosen in the token.
fn request(scene: &Scene<'_>, identity: &Identity, power: Power, wanted: &str) -> String {
    if wanted.is_empty() {
        return String::new();
    }
    let wanted = line(wanted, 300);
    let purpose = purpose(power);
    match identity {
        Identity::Aws { account, arn } => {
            let arn = line(arn, 300);
            let resources = Resources::of(scene, &arn, account);
            let wanted: Vec<String> = wanted
                .split(", ")
                .map(|action| format!("{action} on {}", resources.of_action(action)))
                .collect();
            format!(
                "Please allow {arn} to call {}. I use it in Slipway to {purpose}.",
                wanted.join("; ")
            )
        }
        Identity::SlackBot {
            team: workspace,
            bot,
        } => format!(
            "Please add the scope {wanted} to the Slack app of @{} in {} and install it again. Slipway uses it to {purpose} in #{}.",
            line(bot, 60),
            line(workspace, 80),
            scene.team.channel
        ),
        Identity::GitHub { .. } | Identity::SlackWebhook => String::new(),
    }
}

fn purpose(power: Power) -> &'static str {
    match power {
        Power::GitHubRead => "see our releases",
        Power::GitHubWrite => "make release branches and merge pull requests",
        Power::GitHubPulls => "open release pull requests",
        Power::AwsWatch => "watch our deploys",
        Power::AwsApprove => "answer the approval of our deploys",
        Power::AwsOperate => "retry a failed stage of our deploys",
        Power::AwsStop => "stop our deploys",
        Power::AwsStart => "start our deploys again",
        Power::AwsOpen => "let our deploys into a stage again",
        Power::AwsRollBack => "roll a stage of our deploys back",
        Power::SlackPost => "announce our deploys",
        Power::SlackFollow => "keep the announcement of a deploy up to date",
    }
}

/// What to choose in a token of GitHub's. What can be done about anything else stands in the note already.
fn choose(scene: &Scene<'_>, wanted: &str) -> String {
    let repository = &scene.team.repository;
    if wanted == "repo" {
        return format!("Give your token the scope repo, for {repository}.");
    }
    let wanted: Vec<String> = wanted
        .split(", ")
        .filter_map(|it| it.split_once('='))
        .map(|(what, access)| {
            let access = match access {
                "write" => "read and write",
                _ => "read",
            };
            format!("{} ({access})", in_words(&line(what, 60)))
        })
        .collect();
    if wanted.is_empty() {
        return String::new();
    }
    format!(
        "Give your token {} for {repository}. If your organisation approves tokens, ask an owner of it for that.",
        wanted.join(" and ")
    )
}

/// "pull_requests" as GitHub's page of tokens has it: "Pull requests".
fn in_words(permission: &str) -> String {
    let words = permission.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
