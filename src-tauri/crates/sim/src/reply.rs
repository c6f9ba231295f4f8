use serde_json::Value;

/// What a service answers.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the request changed the world.
    pub(crate) effect: bool,
}

impl Reply {
    pub(crate) fn empty(status: u16) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            effect: false,
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Reply {
        Reply::typed(status, "application/json; charset=utf-8", body.to_string())
    }

    pub(crate) fn typed(status: u16, content_type: &str, body: String) -> Reply {
        Reply::empty(status)
            .header("content-type", content_type)
            .body(body.into_bytes())
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Reply {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn headers(
        self,
        headers: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Reply {
        headers
            .into_iter()
            .fold(self, |reply, (name, value)| reply.header(name, value))
    }

    pub(crate) fn body(mut self, body: Vec<u8>) -> Reply {
        self.body = body;
        self
    }

    /// Says that the world is another one now.
    pub(crate) fn effect(mut self) -> Reply {
        self.effect = true;
        self
    }
}
