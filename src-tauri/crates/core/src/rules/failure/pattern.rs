//! How a pattern is looked for.

/// What tools put in front of their own words.
const BEFORE: [&str; 7] = [
    "ERROR: ",
    "Error: ",
    "error: ",
    "fatal: ",
    "docker: ",
    "aws: [ERROR]: ",
    "[Container] ",
];

/// The parts stand in the line one after the other, letter by letter. `^` in front: the first begins the line, after what
/// tools put before their words. `$` behind: the last ends it.
#[must_use]
pub fn matches(pattern: &[&str], line: &str) -> bool {
    let mut rest = bare(line);
    let mut at_start = false;
    let mut parts = pattern.iter().peekable();
    while let Some(part) = parts.next() {
        match *part {
            "^" => at_start = true,
            "$" => return rest.is_empty(),
            part if parts.peek() == Some(&&"$") => {
                return if at_start {
                    rest == part
                } else {
                    rest.ends_with(part)
                };
            }
            part => {
                let Some(at) = rest.find(part).filter(|at| !at_start || *at == 0) else {
                    return false;
                };
                rest = &rest[at + part.len()..];
                at_start = false;
            }
        }
    }
    true
}

/// The line without the number of a step of Docker's (`#12 3.456 `) and without what announces an error.
fn bare(line: &str) -> &str {
    let mut line = line.trim();
    if let Some(step) = line.strip_prefix('#') {
        let mut words = step.splitn(3, ' ');
        let is_number = |word: Option<&str>| {
            word.is_some_and(|word| {
                word.starts_with(|c: char| c.is_ascii_digit())
                    && word.chars().all(|c| c.is_ascii_digit() || c == '.')
            })
        };
        let (number, second, third) = (words.next(), words.next(), words.next());
        if is_number(number) {
            line = match (second, third) {
                (Some(_), Some(third)) if is_number(second) => third,
                _ => step.split_once(' ').map_or("", |(_, rest)| rest),
            };
        }
    }
    while let Some(rest) = BEFORE.iter().find_map(|before| line.strip_prefix(before)) {
        line = rest;
    }
    line.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_anchors_hold() {
        let rows: [(&[&str], &str, bool); 14] = [
            (&["a", "b"], "xaxbx", true),
            (&["a", "b"], "b a", false),
            (&["^", "denied"], "denied: no", true),
            (&["^", "denied"], "ERROR: denied: no", true),
            (&["^", "denied"], "#8 12.3 ERROR: denied: no", true),
            (&["^", "denied"], "#8 denied", true),
            (&["^", "denied"], "was denied", false),
            (&["^", "a", "b"], "a then b", true),
            (&["/", ": full", "$"], "write /x: full", true),
            (&["/", ": full", "$"], "write /x: full moon", false),
            (&["^", "a", "$"], "a", true),
            (&["^", "a", "$"], "ba", false),
            (&["a", "ab"], "aab", true),
            (&["é"], "caf\u{e9}", true),
        ];
        for (pattern, line, should) in rows {
            assert_eq!(matches(pattern, line), should, "{pattern:?} in {line:?}");
        }
    }
}
