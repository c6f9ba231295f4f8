//! What can go wrong with one request, as each service words it.

use serde_json::{Value, json};
use slipway_sim::Service;

use crate::write::Write;

/// Something that goes wrong, and what is expected of Slipway then.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// As the control endpoint takes it.
    pub(crate) kind: Value,
    pub(crate) ends: Ends,
}

/// How a cell has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// By itself; nobody does anything.
    Heals,
    /// With a problem that says what to do; when that was done, it finishes. What heals by itself may.
    Stops,
    /// As [`Stops`](Self::Stops), and the sign-in is what it is about.
    SignedOut,
    /// The service says that it was done, and it was not: never shown as done, and finishes when it is pressed again.
    Lies,
}

/// What a proxy in between says.
const HTML: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
const TIMES: [(&str, &str, Ends); 4] = [
    ("reply lost", "reply-lost", Ends::Heals),
    ("reset before", "reset", Ends::Heals),
    ("timeout", "timeout", Ends::Heals),
    // A reply that is only late is a reply.
    ("slow", "slow", Ends::Heals),
];

/// Everything that this write may meet.
pub(crate) fn of_write(write: Write) -> Vec<Fault> {
    let mut faults = common(true);
    faults.extend(match write {
        Write::AnnounceByWebhook => webhook(),
        Write::CreateBranch
        | Write::AnnounceByBot
        | Write::UpdateAnnouncement
        | Write::MergePull
        | Write::OpenReleasePull
        | Write::MergeRelease
        | Write::Approve
        | Write::Reject
        | Write::RetryStage
        | Write::StopExecution
        | Write::StartExecution
        | Write::EnableTransition
        | Write::RollBack
        | Write::PostResult
        | Write::TellChange => of_service(write.service()),
    });
    if write.service() == Service::Aws {
        faults.extend(refusals_of_aws());
    }
    faults.push(status("false success", 200, lie(write), &[], Ends::Lies));
    faults
}

/// Everything that a read of this service may meet.
pub(crate) fn of_read(service: Service) -> Vec<Fault> {
    let mut faults = common(false);
    faults.extend(of_service(service));
    let empty = match service {
        Service::Github | Service::Aws => json!({}),
        Service::Slack => json!({"ok": true}),
    };
    faults.push(status("empty", 200, empty, &[], Ends::Heals));
    faults
}

fn common(write: bool) -> Vec<Fault> {
    let mut faults: Vec<Fault> = TIMES
        .into_iter()
        .map(|(name, kind, ends)| Fault {
            name,
            kind: json!({"kind": kind, "ms": 300}),
            ends,
        })
        .collect();
    faults.push(status("html 502", 502, json!(HTML), &[], Ends::Heals));
    faults.push(status(
        "malformed",
        200,
        json!("{\"ok\": tru"),
        &[],
        Ends::Heals,
    ));
    if write {
        for (name, code, body) in [
            ("502 after", 502, HTML),
            ("malformed after", 200, "{\"ok\": tru"),
        ] {
            let mut fault = status(name, code, json!(body), &[], Ends::Heals);
            fault.kind["kind"] = json!("status-after");
            faults.push(fault);
        }
    }
    faults
}

fn of_service(service: Service) -> Vec<Fault> {
    match service {
        Service::Github => github(),
        Service::Slack => slack(),
        Service::Aws => aws(),
    }
}

fn github() -> Vec<Fault> {
    let says = |name, code, message: &str, headers: &[(&str, &str)], ends| {
        status(name, code, json!({"message": message}), headers, ends)
    };
    vec![
        says("500", 500, "Server Error", &[], Ends::Heals),
        says("503", 503, "Service unavailable", &[], Ends::Heals),
        says(
            "429",
            429,
            "Too many requests",
            &[("retry-after", "1")],
            Ends::Heals,
        ),
        says(
            "primary limit",
            403,
            "API rate limit exceeded for user ID 1.",
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")],
            Ends::Heals,
        ),
        says(
            "secondary limit",
            403,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            &[("retry-after", "1")],
            Ends::Heals,
        ),
        says("401", 401, "Bad credentials", &[], Ends::SignedOut),
        says(
            "403",
            403,
            "Resource not accessible by personal access token",
            &[("x-accepted-github-permissions", "contents=write")],
            Ends::Stops,
        ),
        says(
            "403 with SSO",
            403,
            "Resource protected by organization SAML enforcement.",
            &[(
                "x-github-sso",
                "required; url=https://github.com/orgs/gitMLS/sso?authorization_request=A",
            )],
            Ends::Stops,
        ),
        says("404", 404, "Not Found", &[], Ends::Stops),
        says("409", 409, "Conflict", &[], Ends::Stops),
        says("422", 422, "Validation Failed", &[], Ends::Stops),
    ]
}

fn slack() -> Vec<Fault> {
    let says = |error: &'static str, ends| {
        let body = json!({"ok": false, "error": error, "needed": "chat:write", "provided": "none"});
        status(error, 200, body, &[("retry-after", "1")], ends)
    };
    vec![
        status("500", 500, json!("oops"), &[], Ends::Heals),
        status("503", 503, json!("oops"), &[], Ends::Heals),
        status(
            "429",
            429,
            json!({"ok": false, "error": "ratelimited"}),
            &[("retry-after", "1")],
            Ends::Heals,
        ),
        says("ratelimited", Ends::Heals),
        says("internal_error", Ends::Heals),
        says("fatal_error", Ends::Heals),
        says("service_unavailable", Ends::Heals),
        says("request_timeout", Ends::Heals),
        says("invalid_auth", Ends::SignedOut),
        says("token_revoked", Ends::SignedOut),
        says("token_expired", Ends::SignedOut),
        says("account_inactive", Ends::SignedOut),
        says("missing_scope", Ends::Stops),
        says("channel_not_found", Ends::Stops),
        says("not_in_channel", Ends::Stops),
        says("restricted_action", Ends::Stops),
        says("is_archived", Ends::Stops),
        says("msg_too_long", Ends::Stops),
        says("invalid_arguments", Ends::Stops),
    ]
}

/// A webhook says one word.
fn webhook() -> Vec<Fault> {
    let says = |word: &'static str, code, ends| status(word, code, json!(word), &[], ends);
    vec![
        says("500", 500, Ends::Heals),
        says("503", 503, Ends::Heals),
        status(
            "429",
            429,
            json!("rate_limited"),
            &[("retry-after", "1")],
            Ends::Heals,
        ),
        says("no_service", 404, Ends::SignedOut),
        says("invalid_token", 403, Ends::SignedOut),
        says("action_prohibited", 403, Ends::Stops),
        says("channel_is_archived", 410, Ends::Stops),
        says("invalid_payload", 400, Ends::Stops),
    ]
}

fn aws() -> Vec<Fault> {
    let says = |name: &'static str, message, ends| error_of_aws(name, 400, message, ends);
    vec![
        error_of_aws("InternalFailure", 500, "Internal error", Ends::Heals),
        error_of_aws("ServiceUnavailable", 503, "Try later", Ends::Heals),
        says("ThrottlingException", "Rate exceeded", Ends::Heals),
        says(
            "ExpiredTokenException",
            "The security token included in the request is expired",
            Ends::SignedOut,
        ),
        says(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            Ends::SignedOut,
        ),
        says(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
            Ends::SignedOut,
        ),
        says(
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/dana is not authorized to perform this",
            Ends::Stops,
        ),
        says(
            "PipelineNotFoundException",
            "docker-production",
            Ends::Stops,
        ),
        says(
            "ValidationException",
            "1 validation error detected",
            Ends::Stops,
        ),
    ]
}

/// What the two writes may be answered beside that.
fn refusals_of_aws() -> Vec<Fault> {
    // These also come when our own request was carried out, so they are looked up, and what did not happen is sent again.
    let unclear = [
        "ConflictException",
        "ConcurrentModificationException",
        "InvalidApprovalTokenException",
        "ApprovalAlreadyCompletedException",
    ];
    let clear = [
        "StageNotFoundException",
        "ActionNotFoundException",
        "NotLatestPipelineExecutionException",
        "StageNotRetryableException",
        "ConcurrentPipelineExecutionsLimitExceededException",
    ];
    let unclear = unclear.into_iter().map(|name| (name, Ends::Heals));
    let clear = clear.into_iter().map(|name| (name, Ends::Stops));
    let both = unclear.chain(clear);
    both.map(|(name, ends)| error_of_aws(name, 400, "no", ends))
        .collect()
}

fn error_of_aws(name: &'static str, code: u16, message: &str, ends: Ends) -> Fault {
    let mut body = json!({"__type": name, "message": message});
    if name == "AccessDeniedException" {
        // Both spellings are seen.
        body["Message"] = json!(message);
    }
    let headers = [("content-type", "application/x-amz-json-1.1")];
    status(name, code, body, &headers, ends)
}

fn status(
    name: &'static str,
    code: u16,
    body: Value,
    headers: &[(&str, &str)],
    ends: Ends,
) -> Fault {
    let headers: Value = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    Fault {
        name,
        kind: json!({"kind": "status", "code": code, "body": body, "headers": headers}),
        ends,
    }
}

/// The service's own words for having done it.
fn lie(write: Write) -> Value {
    match write {
        // The names are filled in from what is sent.
        Write::CreateBranch => {
            json!({"ref": "refs/heads/", "object": {"type": "commit", "sha": ""}})
        }
        Write::AnnounceByBot
        | Write::PostResult
        | Write::UpdateAnnouncement
        | Write::TellChange => {
            json!({"ok": true, "channel": "C00SIMDEPLOY", "ts": "1795000000.000100", "message": {}})
        }
        Write::AnnounceByWebhook => json!("ok"),
        Write::MergePull | Write::MergeRelease => {
            json!({"sha": "0123456789012345678901234567890123456789", "merged": true, "message": "Pull Request successfully merged"})
        }
        Write::OpenReleasePull => json!({"number": 4711}),
        Write::Approve | Write::Reject => json!({"approvedAt": 1_795_000_000.5}),
        Write::EnableTransition => json!({}),
        Write::RetryStage | Write::StopExecution | Write::StartExecution | Write::RollBack => {
            json!({"pipelineExecutionId": "00000000-0000-4000-8000-000000000000"})
        }
    }
}
