use serde_json::Value;

use super::Fault;

/// An operation's input, and the region that it was sent to.
pub(super) struct Input {
    pub(super) body: Value,
    pub(super) region: String,
}

impl Input {
    /// A string by its path, such as `result.summary`.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str()
    }

    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        path.split('.')
            .try_fold(&self.body, |value, part| value.get(part))
    }

    pub(super) fn required(&self, path: &str) -> Result<&str, Fault> {
        self.text(path)
            .ok_or_else(|| Fault::constraint(path, "null", "Member must not be null"))
    }

    /// A string that is no longer than that.
    pub(super) fn at_most(&self, path: &str, most: usize) -> Result<Option<&str>, Fault> {
        let text = self.text(path);
        if text.is_some_and(|it| it.chars().count() > most) {
            let wanted = format!("Member must have length less than or equal to {most}");
            return Err(Fault::constraint(path, text.unwrap_or_default(), &wanted));
        }
        Ok(text)
    }
}
