//! How CodePipeline words the end of a CodeBuild build.

/// `Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: …`, taken apart. There is
/// no page that tells its form; it is read from the actions of failed builds, and what does not fit is left whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terminated<'a> {
    /// `FAILED`, `FAULT`, `TIMED_OUT`, `STOPPED`.
    pub(super) state: &'a str,
    /// The phase that failed.
    pub(super) phase: &'a str,
    /// Its status code.
    pub(super) code: &'a str,
    /// Its message.
    pub(super) message: &'a str,
}

impl<'a> Terminated<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim().strip_prefix("Build terminated with state: ")?;
        let (state, text) = text.split_once('.')?;
        let Some(text) = text.trim_start().strip_prefix("Phase: ") else {
            let (phase, code, message) = ("", "", "");
            return Some(Self {
                state,
                phase,
                code,
                message,
            });
        };
        let (phase, text) = text.split_once(", Code: ")?;
        let (code, message) = text.split_once(", Message: ").unwrap_or((text, ""));
        Some(Self {
            state,
            phase,
            code: code.trim(),
            message: message.trim(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_codepipeline_says() {
        let text = "Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while \
                    executing command: make, Message: x. Reason: exit status 2";
        let terminated = Terminated::parse(text).unwrap();
        assert_eq!(
            (terminated.state, terminated.phase, terminated.code),
            ("FAILED", "BUILD", "COMMAND_EXECUTION_ERROR")
        );
        assert_eq!(
            terminated.message,
            "Error while executing command: make, Message: x. Reason: exit status 2"
        );
        let bare = Terminated::parse("Build terminated with state: STOPPED.").unwrap();
        assert_eq!((bare.state, bare.phase), ("STOPPED", ""));
        for other in [
            "",
            "Build terminated with state: FAILED",
            "Error calling startBuild: no",
        ] {
            assert_eq!(Terminated::parse(other), None, "{other}");
        }
    }
}
