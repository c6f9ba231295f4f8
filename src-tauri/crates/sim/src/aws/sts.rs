use super::Fault;
use crate::{reply::Reply, request::Request, world::DANA, world::Pipeline};

pub(super) fn action(request: &Request) -> String {
    let form = request.form();
    form.into_iter()
        .find(|(key, _)| key == "Action")
        .map_or_else(|| "unknown".to_owned(), |(_, value)| value)
}

pub(super) fn answer(request: &Request, refusal: Option<Fault>, request_id: &str) -> Reply {
    if let Some(refusal) = refusal {
        // STS has its own names for the same things.
        let code = match refusal.name {
            "UnrecognizedClientException" => "InvalidClientTokenId",
            "ExpiredTokenException" => "ExpiredToken",
            other => other.trim_end_matches("Exception"),
        };
        return error(403, code, &refusal.message, request_id);
    }
    if action(request) != "GetCallerIdentity" {
        return error(
            400,
            "InvalidAction",
            "Could not find operation for version 2011-06-15",
            request_id,
        );
    }
    let (arn, session, account) = (DANA.arn(), DANA.session, Pipeline::ACCOUNT);
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
