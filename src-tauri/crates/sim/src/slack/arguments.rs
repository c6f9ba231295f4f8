use serde_json::{Map, Value};

use super::Refusal;
use crate::request::Request;

/// A method's arguments, from the query, a form or JSON.
pub(super) struct Arguments {
    pub(super) token: Option<String>,
    values: Map<String, Value>,
}

impl Arguments {
    pub(super) fn read(request: &Request) -> Result<Arguments, Refusal> {
        let query = form_urlencoded::parse(request.raw_query.as_bytes()).into_owned();
        let mut values: Map<String, Value> = query
            .map(|(key, value)| (key, Value::String(value)))
            .collect();
        if request
            .header("content-type")
            .is_some_and(|it| it.starts_with("application/json"))
        {
            match request.json() {
                Some(Value::Object(body)) => values.extend(body),
                Some(_) => return Err("json_not_object".into()),
                None => return Err("invalid_json".into()),
            }
        } else {
            values.extend(
                request
                    .form()
                    .into_iter()
                    .map(|(key, value)| (key, Value::String(value))),
            );
        }
        let bearer = request
            .header("authorization")
            .and_then(|it| it.strip_prefix("Bearer "));
        let in_form = values.get("token").and_then(Value::as_str);
        let token = bearer.or(in_form).map(|it| it.trim().to_owned());
        Ok(Arguments { token, values })
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true" || text == "1",
            Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => {
                false
            }
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        match self.values.get(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Blocks, metadata: JSON, or a string that holds JSON. `None` inside means that it is neither.
    pub(super) fn structure(&self, name: &str) -> Option<Option<Value>> {
        match self.values.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(serde_json::from_str(text).ok()),
            value @ (Value::Array(_) | Value::Object(_)) => Some(Some(value.clone())),
            Value::Bool(_) | Value::Number(_) => Some(None),
        }
    }
}
