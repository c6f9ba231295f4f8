use serde_json::Value;

use crate::request::Request;
use crate::world::{Repository, World};

/// A request that was found to be for a certain operation.
pub(super) struct Call<'a> {
    pub(super) request: &'a Request,
    parameters: Vec<(&'static str, String)>,
    body: Value,
}

impl<'a> Call<'a> {
    pub(super) fn new(request: &'a Request, parameters: Vec<(&'static str, String)>) -> Call<'a> {
        Call {
            request,
            parameters,
            body: request.json().unwrap_or(Value::Null),
        }
    }

    /// A part of the path; empty if the route has none of that name.
    pub(super) fn path(&self, name: &str) -> &str {
        self.parameters
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value)
    }

    /// The number in the path; 0, which nothing has, if it is none.
    pub(super) fn number(&self) -> u64 {
        self.path("number").parse().unwrap_or(0)
    }

    pub(super) fn query(&self, name: &str) -> Option<String> {
        self.request.query(name)
    }

    /// A string out of the JSON body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    pub(super) fn body(&self) -> &Value {
        &self.body
    }

    pub(super) fn is_about_our_repository(&self, world: &World) -> bool {
        self.names("owner", Repository::OWNER) && self.names("repo", &world.repository.name)
    }

    /// Whether it names the repository as it was called once.
    pub(super) fn is_by_a_former_name(&self, world: &World) -> bool {
        let mut former = world.repository.former.iter();
        self.names("owner", Repository::OWNER) && former.any(|name| self.names("repo", name))
    }

    fn names(&self, part: &str, ours: &str) -> bool {
        self.parameters
            .iter()
            .all(|(key, value)| *key != part || value.eq_ignore_ascii_case(ours))
    }
}
