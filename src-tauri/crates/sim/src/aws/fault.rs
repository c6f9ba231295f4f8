use serde_json::json;

use crate::reply::Reply;
use crate::world::DANA;

/// An AWS error.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) name: &'static str,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(name: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            name,
            message: message.into(),
        }
    }

    pub(super) fn denied(operation: &str, resource: &str) -> Fault {
        let message = format!(
            "User: {} is not authorized to perform: {operation} on resource: {resource} because no identity-based \
             policy allows the {operation} action",
            DANA.arn(),
        );
        Fault::new("AccessDeniedException", message)
    }

    pub(super) fn validation(message: impl Into<String>) -> Fault {
        Fault::new("ValidationException", message)
    }

    /// A member that breaks a constraint of the model.
    pub(super) fn constraint(member: &str, value: &str, wanted: &str) -> Fault {
        Fault::validation(format!(
            "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {wanted}"
        ))
    }

    pub(super) fn reply(&self) -> Reply {
        let status = if self.name == "ConflictException" {
            409
        } else {
            400
        };
        let body = json!({"__type": self.name, "message": self.message});
        Reply::typed(status, super::CONTENT_TYPE, body.to_string())
    }
}
