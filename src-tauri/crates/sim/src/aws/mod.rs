//! CodePipeline, CodeBuild and CloudWatch Logs over JSON 1.1, STS over the query protocol.

mod codebuild;
mod codepipeline;
mod fault;
mod input;
mod logs;
mod page;
mod sts;

pub(crate) use codepipeline::action_state;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::world::{Build, Pipeline, World, ids};
use crate::{Service, reply::Reply, request::Request};
use fault::Fault;
use input::Input;

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// An operation's output, or its error.
type Answer = Result<Output, Fault>;

/// What an operation is carried out by.
type Operation = fn(&mut World, &Input) -> Answer;

/// What an operation that went well answers.
struct Output {
    body: Value,
    /// Whether it changed the world.
    effect: bool,
}

/// `codepipeline:GetPipelineState` and the like.
pub(crate) fn operation(request: &Request) -> String {
    match request
        .header("x-amz-target")
        .and_then(|target| target.rsplit_once('.'))
    {
        Some((service, name)) => format!("{}:{name}", prefix(service)),
        None => format!("sts:{}", sts::action(request)),
    }
}

pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    let request_id = request_id(world);
    let caller = Caller::of(request);
    let refusal = caller.refusal(world);
    let Some(target) = request.header("x-amz-target") else {
        return sts::answer(world, request, refusal, &request_id);
    };
    let operation = operation(request);
    let answer = match refusal {
        Some(refusal) => Err(refusal),
        None if world.denied.contains(&operation) => {
            Err(Fault::denied(&operation, &resource(&operation, request)))
        }
        None => carry_out(world, target, request, caller.region),
    };
    let (reply, effect) = match answer {
        Ok(output) => (
            Reply::typed(200, CONTENT_TYPE, output.body.to_string()),
            output.effect,
        ),
        Err(fault) => (fault.reply(), false),
    };
    Reply { effect, ..reply }.header("x-amzn-requestid", request_id)
}

/// What an operation is done to, in IAM's words: the pipeline, a stage of it, an action in that
/// (<https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html>), the project of the
/// builds or its logs.
fn resource(operation: &str, request: &Request) -> String {
    let (region, account) = (Pipeline::REGION, Pipeline::ACCOUNT);
    let body = request.json().unwrap_or_default();
    let below = ["stageName", "actionName"].map(|name| body[name].as_str());
    let below = below
        .into_iter()
        .map_while(|it| it)
        .map(|name| format!("/{name}"));
    match operation.split(':').next() {
        Some("codebuild") => format!(
            "arn:aws:codebuild:{region}:{account}:project/{}",
            Build::PROJECT
        ),
        Some("logs") => format!(
            "arn:aws:logs:{region}:{account}:log-group:{}:*",
            codebuild::LOG_GROUP
        ),
        Some(_) | None => Pipeline::arn() + &below.collect::<String>(),
    }
}

fn carry_out(world: &mut World, target: &str, request: &Request, region: String) -> Answer {
    let (service, name) = target.rsplit_once('.').unwrap_or((target, ""));
    let found = match prefix(service) {
        "codepipeline" => codepipeline::find(name),
        "codebuild" => codebuild::find(name),
        "logs" => logs::find(name),
        _ => None,
    };
    let act = found.ok_or_else(|| Fault::new("UnknownOperationException", ""))?;
    let body = if request.body.is_empty() {
        Some(json!({}))
    } else {
        request.json()
    };
    let body = body
        .filter(Value::is_object)
        .ok_or_else(|| Fault::new("SerializationException", ""))?;
    act(world, &Input { body, region })
}

impl Output {
    fn told(body: Value) -> Output {
        Output {
            body,
            effect: false,
        }
    }

    fn changed(body: Value) -> Output {
        Output { body, effect: true }
    }
}

/// The service's prefix in IAM.
fn prefix(service: &str) -> &'static str {
    match service {
        "CodePipeline_20150709" => "codepipeline",
        "CodeBuild_20161006" => "codebuild",
        "Logs_20140328" => "logs",
        _ => "unknown",
    }
}

/// Epoch seconds with milliseconds.
fn time(at: Timestamp) -> Value {
    json!(at.as_millisecond() as f64 / 1_000.0)
}

/// Who signed a request. The signature itself is not verified.
struct Caller {
    access_key_id: Option<String>,
    region: String,
}

impl Caller {
    fn of(request: &Request) -> Caller {
        let credential = request
            .header("authorization")
            .and_then(|it| it.strip_prefix("AWS4-HMAC-SHA256"))
            .and_then(|it| {
                it.split(',')
                    .find_map(|part| part.trim().strip_prefix("Credential="))
            })
            .unwrap_or_default();
        let mut scope = credential.split('/');
        let access_key_id = scope.next().filter(|it| !it.is_empty()).map(str::to_owned);
        Caller {
            access_key_id,
            region: scope.nth(1).unwrap_or_default().to_owned(),
        }
    }

    fn refusal(&self, world: &World) -> Option<Fault> {
        let accepted = &world.credentials.aws_access_key_id;
        match self.access_key_id.as_ref() {
            None => Some(Fault::new(
                "MissingAuthenticationTokenException",
                "Missing Authentication Token",
            )),
            Some(id) if id == accepted && world.expired.contains(&Service::Aws) => {
                let word = world.access.word(Service::Aws);
                let message = match word {
                    "SignatureDoesNotMatch" => {
                        "The request signature we calculated does not match the signature you provided. Check your AWS \
                         Secret Access Key and signing method. Consult the service documentation for details."
                    }
                    "UnrecognizedClientException" => {
                        "The security token included in the request is invalid."
                    }
                    _ => "The security token included in the request is expired",
                };
                Some(Fault::new(word, message))
            }
            Some(id) if id == accepted => None,
            Some(_) => {
                let message = "The security token included in the request is invalid.";
                Some(Fault::new("UnrecognizedClientException", message))
            }
        }
    }
}

fn request_id(world: &World) -> String {
    let id = ids::sha([world.now.to_string().as_str()]);
    format!(
        "{}-{}-4{}-8{}-{}",
        &id[..8],
        &id[8..12],
        &id[13..16],
        &id[17..20],
        &id[20..32]
    )
}
