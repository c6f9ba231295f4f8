//! The control endpoint: how a script reads the world and has its way with it.
//!
//! JSON over HTTP; every request carries `Authorization: Bearer <control_token>`. What cannot be done is answered
//! with 400, 404 or 422 and `{"error"}`. Times are the world's.
//!
//! | route | body | does |
//! |---|---|---|
//! | `GET /world` | | the whole world, see [`World`] |
//! | `GET /requests[?operation=…]` | | the requests received, see [`LoggedRequest`](crate::LoggedRequest) |
//! | `GET /exchanges` | | those recorded with their answers, see [`Exchange`](crate::Exchange) |
//! | `POST /recording` | `{"keep"}` | so many of the next ones are kept whole |
//! | `GET /clock` | | `{"now", "not_kept"}`: the time, and why the world could not be kept, if so |
//! | `POST /clock/advance` | `{"seconds"}` | moves the clock on; what is due on the way happens |
//! | `POST /pulls` | [`OpenPull`] | a colleague opens a pull request from a branch of new work |
//! | `PATCH /pulls/{n}` | [`ChangePull`] | changes one: checks, review, conflict, draft, a push, then close or merge |
//! | `POST /branches` | [`MakeBranch`] | somebody makes a branch by hand |
//! | `DELETE /branches/{name}[?by=…]` | | somebody deletes one |
//! | `POST /push` | [`PushCommit`] | somebody pushes a commit to a branch |
//! | `POST /files` | `{"path", "text", "branch", "by"}` | commits a text file to master or another branch, without starting the pipeline; no text removes it |
//! | `POST /build/fail` | [`FailBuild`] | the next builds fail |
//! | `POST /build/log` | [`ChangeLog`] | something happens to the newest build's log |
//! | `POST /approval/answer` | [`AnswerApproval`] | somebody answers the waiting approval in the console |
//! | `POST /executions` | `{"by", "commit"}` | somebody starts the pipeline by hand, of a commit if they name one |
//! | `POST /executions/stop` | [`StopExecution`] | somebody stops an execution in the console |
//! | `POST /stages/retry` | [`RetryStage`] | somebody retries a stage in the console |
//! | `POST /pipeline` | [`ChangePipeline`] | somebody changes the pipeline: its mode, its source, its stages; or its state lags behind |
//! | `POST /transitions` | `{"stage", "enabled", "reason", "by"}` | somebody opens or closes the way into a stage |
//! | `POST /rules` | `{"branch", "rules"}` | the branch's rules, worded as GitHub's rules endpoint words them |
//! | `POST /repository` | `{"name"}` | somebody renames the repository; the name before leads on to it |
//! | `POST /merge-methods` | `{"merge", "squash", "rebase", "delete_branch"}` | which ways to merge the repository allows, and whether the merged branch is deleted |
//! | `POST /credentials/expire` | `{"service", "as"}` | `github`, `slack` or `aws` takes the credentials no more; `as` is its word for that |
//! | `POST /credentials/restore` | `{"service"}` | takes them again |
//! | `POST /permissions` | `{"denied": […], "masked"}` | the operations, named as in the request log, that are not allowed; `masked`: GitHub says 404 |
//! | `POST /github/sso` | `{"required"}` | the organisation wants the token authorised for its single sign-on |
//! | `POST /github/token` | [`GithubToken`](crate::world::GithubToken) | classic or fine-grained, its scopes, the role of who made it, when it ends |
//! | `POST /slack/scopes` | `{"scopes"}` | the scopes of the bot's token; `null` for the usual |
//! | `POST /aws/home` | `{"account", "region"}` | the account of the keys and the region of the pipeline; `null` for the usual |
//! | `POST /slack/channel` | `{"member", "archived", "public"}` | whether the bot is in the channel, whether it is archived, whether everybody sees it |
//! | `DELETE /slack/messages/{ts}` | | somebody deletes a message |
//! | `POST /story` | `{"etl_pulls", "pace": {…}}` | how many pull requests an announcement brings; parts of [`Pace`](crate::Pace) |
//! | `GET /faults` | | `{"faults", "held"}`: what is still ordered, which replies are held right now |
//! | `POST /faults` | [`Fault`](crate::Fault) | orders one |
//! | `DELETE /faults` | | forgets all, and releases what is held |

mod github_hand;
mod pipeline_hand;
mod scene;

use hyper::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use github_hand::{ChangePull, ChecksEnd, MakeBranch, MergeBy, OpenPull, PushCommit, ReviewBy};
pub use pipeline_hand::{
    AnswerApproval, ApprovalStatus, ChangeLog, ChangePipeline, FailBuild, RenameStage, RetryStage,
    StopExecution,
};

use crate::stage::{Inner, Outcome, Stage};
use crate::world::World;
use crate::{reply::Reply, request::Request};

/// What came of an order: what to answer, or what was wrong with it.
type Done = Result<Value, Mistake>;

/// What was wrong with an order.
#[derive(Debug)]
struct Mistake {
    status: u16,
    words: String,
}

pub(crate) fn answer(stage: &Stage, token: &str, request: &Request) -> Outcome {
    if request
        .header("authorization")
        .and_then(|it| it.strip_prefix("Bearer "))
        != Some(token)
    {
        return Outcome::Reply(Reply::json(
            401,
            &json!({"error": "the control token is missing or wrong"}),
        ));
    }
    let segments = request.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let done = match (&request.method, path.as_slice()) {
        // These two reach beyond the world, to the clock and to the connections.
        (&Method::POST, ["clock", "advance"]) => scene::advance(stage, request),
        (_, ["faults"]) => scene::faults(stage, request),
        (method, path) => stage.with(|inner| {
            let done = order(inner, method, path, request);
            let changed = done.is_ok() && method != Method::GET;
            (done, changed)
        }),
    };
    Outcome::Reply(match done {
        Ok(body) => Reply::json(200, &body),
        Err(mistake) => Reply::json(mistake.status, &json!({"error": mistake.words})),
    })
}

fn order(inner: &mut Inner, method: &Method, path: &[&str], request: &Request) -> Done {
    match (method.as_str(), path) {
        ("GET", ["requests"]) => {
            let asked = inner.log.of(request.query("operation").as_deref());
            Ok(asked.iter().map(|it| json!(**it)).collect())
        }
        ("GET", ["exchanges"]) => Ok(json!(inner.recording.exchanges().collect::<Vec<_>>())),
        ("POST", ["recording"]) => scene::record(&mut inner.recording, read(request)?),
        ("GET", ["clock"]) => Ok(json!({"now": inner.world.now, "not_kept": inner.not_kept})),
        _ => order_of(&mut inner.world, method, path, request),
    }
}

/// What is about the world alone, without a server.
pub(crate) fn order_alone(world: &mut World, request: &Request) -> Result<Value, String> {
    let segments = request.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    order_of(world, &request.method, &path, request).map_err(|mistake| mistake.words)
}

fn order_of(world: &mut World, method: &Method, path: &[&str], request: &Request) -> Done {
    match (method.as_str(), path) {
        ("GET", ["world"]) => {
            serde_json::to_value(world).map_err(|error| Mistake::of(500, error.to_string()))
        }
        ("POST", ["pulls"]) => github_hand::open_pull(world, read(request)?),
        ("PATCH", ["pulls", number]) => github_hand::change_pull(world, number, read(request)?),
        ("POST", ["branches"]) => github_hand::make_branch(world, read(request)?),
        ("DELETE", ["branches", name @ ..]) => {
            github_hand::delete_branch(world, &name.join("/"), request.query("by").as_deref())
        }
        ("POST", ["push"]) => github_hand::push(world, read(request)?),
        ("POST", ["files"]) => github_hand::put_file(world, read(request)?),
        ("POST", ["rules"]) => github_hand::set_rules(world, read(request)?),
        ("POST", ["merge-methods"]) => github_hand::allow(world, read(request)?),
        ("POST", ["build", "fail"]) => pipeline_hand::fail_build(world, read(request)?),
        ("POST", ["build", "log"]) => pipeline_hand::change_log(world, read(request)?),
        ("POST", ["approval", "answer"]) => pipeline_hand::answer_approval(world, read(request)?),
        ("POST", ["executions"]) => pipeline_hand::start(world, read(request)?),
        ("POST", ["executions", "stop"]) => pipeline_hand::stop(world, read(request)?),
        ("POST", ["stages", "retry"]) => pipeline_hand::retry(world, read(request)?),
        ("POST", ["pipeline"]) => pipeline_hand::change(world, read(request)?),
        ("POST", ["repository"]) => github_hand::rename(world, read(request)?),
        ("POST", ["transitions"]) => pipeline_hand::set_transition(world, read(request)?),
        ("POST", ["credentials", "expire"]) => scene::expire(world, read(request)?),
        ("POST", ["credentials", "restore"]) => scene::restore(world, read(request)?),
        ("POST", ["permissions"]) => scene::deny(world, read(request)?),
        ("POST", ["github", "sso"]) => scene::want_single_sign_on(world, read(request)?),
        ("POST", ["github", "token"]) => scene::set_github_token(world, read(request)?),
        ("POST", ["slack", "scopes"]) => scene::set_slack_scopes(world, read(request)?),
        ("POST", ["aws", "home"]) => scene::set_aws_home(world, read(request)?),
        ("POST", ["slack", "channel"]) => scene::set_channel(world, read(request)?),
        ("DELETE", ["slack", "messages", ts]) => scene::delete_message(world, ts),
        ("POST", ["story"]) => scene::set_story(world, read(request)?),
        _ => Err(Mistake::of(404, "there is no such route")),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Mistake> {
    serde_json::from_slice(&request.body).map_err(|error| Mistake::of(400, error.to_string()))
}

impl Mistake {
    fn of(status: u16, words: impl Into<String>) -> Mistake {
        Mistake {
            status,
            words: words.into(),
        }
    }
}
