//! What looks like something that a rule knows and is not: it stays the code, or unknown.

use super::{command, said, told};
use crate::table::check;
use slipway_core::rules::failure::{Diagnosis, FailureKind, Signs};

/// What a command of the repository may print before it fails.
const LOGS: &[&[&str]] = &[
    &["ERROR app.auth: access denied for user 17"],
    &["AssertionError: expected 'Access Denied' but got 'OK'"],
    &["FAILED tests/test_http.py::test_timeout - assert 1 == 2"],
    &["FAILED tests/test_limits.py::test_limit_exceeded"],
    &["E   RuntimeError: limit exceeded"],
    &["E   LimitExceededException: fake"],
    &[
        "botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the GetObject operation: Access Denied",
    ],
    &[
        "E   botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the PutItem operation: Rate exceeded",
    ],
    &["assert 'An error occurred (AccessDenied) when calling the X' in str(error)"],
    &["test retries_when_toomanyrequests ... FAILED"],
    &["assert response.status == 429, 'toomanyrequests'"],
    &["logger: no space left on device (simulated)"],
    &["test_no_space_left_on_device FAILED"],
    &["OSError: [Errno 28] No space left on device: cache full in test"],
    &["expected: 'no basic auth credentials', got: ''"],
    &[
        "assert 'denied: User: arn:aws:iam::1:user/x is not authorized to perform: ecr:PutImage' == message",
    ],
    &["    raise ConnectionError('Could not connect to the endpoint URL: x')"],
    &["mock: Cannot connect to the Docker daemon at unix:///x"],
    &["Error: i/o timeout in test_socket"],
    &["dial tcp 127.0.0.1:5432: connect: connection refused"],
    &["User: jane is not authorized to perform: delete"],
    &["Unhandled: RepositoryNotFoundException in RepositoryTest"],
    // The tool's words, but long before the end: it was tried again.
    &[
        "toomanyrequests: You have reached your pull rate limit. https://www.docker.com/increase-rate-limit",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "SyntaxError: invalid syntax",
    ],
    // The tool's words, in the command before.
    &[
        "no basic auth credentials",
        "[Container] 2026/11/24 19:54:01 Running command pytest",
        "1 failed",
    ],
    // The tool's words, in a phase that ran after it.
    &[
        "1 failed",
        "[Container] 2026/11/24 19:54:01 Phase complete: BUILD State: FAILED",
        "[Container] 2026/11/24 19:54:01 Entering phase POST_BUILD",
        "no basic auth credentials",
    ],
];

#[test]
fn of_a_program_stay_the_code() {
    let logs: Vec<_> = LOGS.iter().map(|lines| said(lines)).collect();
    check(logs.iter().map(|log| {
        let kind = Diagnosis::of(&command("BUILD", log)).says.kind;
        (log[0].text.clone(), kind, FailureKind::Code)
    }));
}

#[test]
fn of_a_command_line_stay_the_code() {
    let commands = [
        "./check.sh 'AccessDenied'",
        "pytest -k 'ThrottlingException or Access Denied'",
        "echo Cannot have more than 3 builds && false",
        "grep -r 'is not authorized to perform' .",
        "curl https://x/InternalError",
    ];
    check(commands.map(|command| {
        let message = format!(
            "Build terminated with state: FAILED. Phase: PRE_BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while \
             executing command: {command}. Reason: exit status 1"
        );
        let kind = Diagnosis::of(&told(&message)).says.kind;
        (command.to_owned(), kind, FailureKind::Code)
    }));
}

#[test]
fn of_other_services_stay_unknown() {
    let messages = [
        "The deployment failed because it was denied by policy",
        "Request limit of the vendor reached",
        "Lambda invocation returned: access denied for customer 5",
        "The stack rolled back",
        "timeout",
        "Task timed out after 3.00 seconds",
        "Build terminated",
        "build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR",
        "internalerror",
        "x509 certificate rotated",
    ];
    check(messages.map(|message| {
        let kind = Diagnosis::of(&told(message)).says.kind;
        (message.to_owned(), kind, FailureKind::Unknown)
    }));
}

#[test]
fn a_code_that_is_not_whole_is_none() {
    let rows = ["permissionerror", "PermissionErrors", " PermissionError"];
    check(rows.map(|code| {
        let kind = Diagnosis::of(&Signs {
            code,
            ..Signs::default()
        })
        .says
        .kind;
        (code.to_owned(), kind, FailureKind::Unknown)
    }));
}
