use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Service, reply::Reply};

/// Something that goes wrong on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Only for this service.
    #[serde(default)]
    pub service: Option<Service>,
    /// Only for this operation, as in the request log.
    #[serde(default)]
    pub operation: Option<String>,
    /// Only where the request's path holds this.
    #[serde(default)]
    pub path: Option<String>,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// How many requests it still meets.
    #[serde(default = "once")]
    pub times: u32,
    /// How many matching requests pass before the first one it meets.
    #[serde(default)]
    pub after: u32,
    /// How many requests have to have changed the world before it meets one; those until then do not count for `after`.
    #[serde(default)]
    pub effects: u64,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FaultKind {
    /// The request takes effect; its reply waits until it is released.
    Hold,
    /// The request waits until it is released; only then it is looked at and takes effect.
    Park,
    /// The request takes effect; the connection is closed without a reply.
    ReplyLost,
    /// The connection is closed before any effect.
    Reset,
    /// Nothing takes effect; this is the reply.
    Status(Canned),
    /// The request takes effect; this is the reply.
    StatusAfter(Canned),
    /// Nothing takes effect, nothing is replied.
    Timeout,
    /// The request takes effect at once; its reply comes later.
    Slow {
        /// By that many real milliseconds.
        ms: u64,
    },
}

/// A reply that is made up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Canned {
    /// HTTP status.
    pub code: u16,
    /// A string is sent as it is, anything else as JSON.
    #[serde(default)]
    pub body: Value,
    /// Further headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}

impl FaultKind {
    /// Whether it takes the answer out of the service's hands. One that only comes later is still the service's.
    pub(crate) fn decides(&self) -> bool {
        match self {
            FaultKind::Hold | FaultKind::Park | FaultKind::Slow { .. } => false,
            FaultKind::ReplyLost
            | FaultKind::Reset
            | FaultKind::Status(_)
            | FaultKind::StatusAfter(_)
            | FaultKind::Timeout => true,
        }
    }
}

impl Canned {
    pub(crate) fn reply(&self) -> Reply {
        let reply = match &self.body {
            Value::String(text) => {
                Reply::typed(self.code, "text/html; charset=utf-8", text.clone())
            }
            Value::Null => Reply::empty(self.code),
            json @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Reply::json(self.code, json)
            }
        };
        self.headers
            .iter()
            .fold(reply, |reply, (name, value)| reply.header(name, value))
    }
}

/// The faults that were ordered, in order.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    ordered: Vec<Fault>,
}

impl Faults {
    pub(crate) fn order(&mut self, fault: Fault) {
        self.ordered.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.ordered.clear();
    }

    pub(crate) fn ordered(&self) -> &[Fault] {
        &self.ordered
    }

    /// The fault that this request meets, after so many changed the world. Only the first one that matches counts down.
    pub(crate) fn meet(
        &mut self,
        (service, operation, path): (Service, &str, &str),
        effects: u64,
    ) -> Option<FaultKind> {
        let matches = |fault: &&mut Fault| {
            fault.effects <= effects
                && fault.service.is_none_or(|it| it == service)
                && fault.operation.as_deref().is_none_or(|it| it == operation)
                && fault.path.as_deref().is_none_or(|it| path.contains(it))
        };
        let fault = self.ordered.iter_mut().find(matches)?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        fault.times = fault.times.saturating_sub(1);
        let kind = fault.kind.clone();
        self.ordered.retain(|fault| fault.times > 0);
        Some(kind)
    }
}

fn once() -> u32 {
    1
}
