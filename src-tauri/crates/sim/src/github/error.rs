use serde_json::{Value, json};

use crate::reply::Reply;

const DOCUMENTATION: &str = "https://docs.github.com/rest";

pub(super) fn simple(status: u16, message: &str) -> Reply {
    let body = json!({"message": message, "documentation_url": DOCUMENTATION, "status": status.to_string()});
    Reply::json(status, &body)
}

pub(super) fn not_found() -> Reply {
    simple(404, "Not Found")
}

/// 422 with what is wrong with the fields.
pub(super) fn validation(errors: Value) -> Reply {
    let body = json!({
        "message": "Validation Failed",
        "errors": errors,
        "documentation_url": DOCUMENTATION,
        "status": "422",
    });
    Reply::json(422, &body)
}

pub(super) fn missing_field(resource: &str, field: &str) -> Reply {
    validation(json!([{"resource": resource, "code": "missing_field", "field": field}]))
}

pub(super) fn invalid_field(resource: &str, field: &str) -> Reply {
    validation(json!([{"resource": resource, "code": "invalid", "field": field}]))
}

pub(super) fn custom(resource: &str, message: &str) -> Reply {
    validation(json!([{"resource": resource, "code": "custom", "message": message}]))
}
