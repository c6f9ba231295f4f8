//! What a failure is: read out of what AWS said of it, with a table of rules.
//!
//! The order of the places is the precedence, and the order of the table within one:
//!
//! 1. An approval's answer, a stop: a person did it, whatever else is said.
//! 2. Text that is not AWS's own is not read as if it were: a command's (`COMMAND_EXECUTION_ERROR`) and a buildspec's
//!    (`YAML_FILE_ERROR`) may hold anything. Of a command the last lines of the log are read, then it is the code.
//! 3. AWS's own words, then the phase's status code, then the action's error code, then how the build ended.
//! 4. A build that ended badly before or after all commands of its own: not the code, but what it is stays unknown.
//! 5. What no rule knows is unknown and is shown as it is.

mod diagnosis;
mod kind;
mod last_words;
mod pattern;
mod rule;
mod says;
mod signs;
mod table;
mod terminated;

pub use diagnosis::Diagnosis;
pub(crate) use diagnosis::never_began;
pub use kind::{FailureKind, Next};
pub use pattern::matches;
pub use rule::{Place, Rule};
pub use says::Says;
pub use signs::Signs;
pub use table::rules;
