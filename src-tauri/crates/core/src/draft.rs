//! A release that has no branch yet: what was typed in its form.

use crate::kind::Kind;

/// The form as typed. It is not kept: a release begins with its branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Kind.
    pub kind: Kind,
    /// The fix name as typed; ignored for maintenance.
    pub fix_name: String,
    /// `YYYY-MM-DD` as typed; empty means the suggested date.
    pub date: String,
}
