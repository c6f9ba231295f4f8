use jiff::SignedDuration;

use super::Fault;
use crate::world::{DANA, Pipeline, World};
use crate::{Credentials, reply::Reply, request::Request};

pub(super) fn action(request: &Request) -> String {
    let form = request.form();
    form.into_iter()
        .find(|(key, _)| key == "Action")
        .map_or_else(|| "unknown".to_owned(), |(_, value)| value)
}

pub(super) fn answer(
    world: &World,
    request: &Request,
    refusal: Option<Fault>,
    request_id: &str,
) -> Reply {
    if let Some(refusal) = refusal {
        // STS has its own names for the same things.
        let code = match refusal.name {
            "UnrecognizedClientException" => "InvalidClientTokenId",
            "ExpiredTokenException" => "ExpiredToken",
            other => other.trim_end_matches("Exception"),
        };
        return error(403, code, &refusal.message, request_id);
    }
    if action(request) == "AssumeRole" {
        return assume_role(world, request, request_id);
    }
    if action(request) != "GetCallerIdentity" {
        return error(
            400,
            "InvalidAction",
            "Could not find operation for version 2011-06-15",
            request_id,
        );
    }
    let session = DANA.session;
    let account = account(world);
    let arn = DANA.arn().replace(Pipeline::ACCOUNT, account);
    xml(
        200,
        format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <Arn>{arn}</Arn><UserId>AROASIMSIMSIMSIMSIM0:{session}</UserId><Account>{account}</Account>\
             </GetCallerIdentityResult><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
             </GetCallerIdentityResponse>"
        ),
        request_id,
    )
}

fn account(world: &World) -> &str {
    let other = world.access.aws_account.as_deref();
    other.unwrap_or(Pipeline::ACCOUNT)
}

/// Any role may be taken on, with the same keys and for an hour; the new session is the same caller.
fn assume_role(world: &World, request: &Request, request_id: &str) -> Reply {
    if world.denied.contains("sts:AssumeRole") {
        let message = format!(
            "User: {} is not authorized to perform: sts:AssumeRole",
            DANA.arn()
        );
        return error(403, "AccessDenied", &message, request_id);
    }
    let form = request.form();
    let named = |name: &str| form.iter().find(|(key, _)| key == name);
    let role = named("RoleArn").map_or("", |(_, value)| value.as_str());
    let plain = role
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || ":/_-+=,.@".contains(char));
    if role.is_empty() || !plain {
        return error(
            400,
            "ValidationError",
            "1 validation error detected",
            request_id,
        );
    }
    let Credentials {
        aws_access_key_id,
        aws_secret_access_key,
        ..
    } = &world.credentials;
    let ends = world
        .now
        .checked_add(SignedDuration::from_hours(1))
        .unwrap_or(world.now)
        .strftime("%Y-%m-%dT%H:%M:%SZ");
    xml(
        200,
        format!(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
             <AccessKeyId>{aws_access_key_id}</AccessKeyId><SecretAccessKey>{aws_secret_access_key}</SecretAccessKey>\
             <SessionToken>SimSimSim</SessionToken><Expiration>{ends}</Expiration></Credentials><AssumedRoleUser>\
             <Arn>{role}</Arn><AssumedRoleId>AROASIMSIMSIMSIMSIM0:slipway</AssumedRoleId></AssumedRoleUser>\
             </AssumeRoleResult><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
             </AssumeRoleResponse>"
        ),
        request_id,
    )
}

fn error(status: u16, code: &str, message: &str, request_id: &str) -> Reply {
    xml(
        status,
        format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
             <Code>{code}</Code><Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
        ),
        request_id,
    )
}

fn xml(status: u16, body: String, request_id: &str) -> Reply {
    Reply::typed(status, "text/xml", body).header("x-amzn-requestid", request_id)
}
