//! What a command said last.

/// A command says why it gave up in its last few lines; what stands further up is what it did.
const LINES: usize = 12;

/// The last lines before CodeBuild says that the command or its phase failed, newest first. Later phases run on after it
/// (`POST_BUILD` after `BUILD`), so the end of the log may be somebody else's.
pub(super) fn last_words<'a>(log: &[&'a str]) -> Vec<&'a str> {
    let ends = |line: &&str| {
        line.contains("[Container]")
            && (line.contains("Command did not exit successfully")
                || ["State: FAILED", "State: FAULT", "State: TIMED_OUT"]
                    .iter()
                    .any(|state| line.contains(state)))
    };
    let end = log.iter().position(ends).unwrap_or(log.len());
    let said = log[..end].iter().rev();
    said.copied()
        .take_while(|line| !line.contains("[Container]"))
        .take(LINES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_those_of_the_command_that_failed() {
        let log = [
            "[Container] 2026/11/24 Running command docker push",
            "first",
            "second",
            "[Container] 2026/11/24 Command did not exit successfully docker push exit status 1",
            "[Container] 2026/11/24 Phase complete: BUILD State: FAILED",
            "[Container] 2026/11/24 Entering phase POST_BUILD",
            "later",
        ];
        assert_eq!(last_words(&log), ["second", "first"]);
        assert_eq!(last_words(&["a", "b"]), ["b", "a"]);
        assert_eq!(last_words(&[]), [""; 0]);
        assert_eq!(last_words(&["x"; 40]).len(), LINES);
    }
}
