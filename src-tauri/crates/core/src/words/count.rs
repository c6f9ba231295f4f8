//! Counts and lists in words.

/// "1 pull request", "2 pull requests"; the plural is the noun with an s.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// "a", "a and b", "a, b and 3 others".
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} and {}", one.as_ref(), two.as_ref()),
        [one, two, three] => format!("{}, {} and {}", one.as_ref(), two.as_ref(), three.as_ref()),
        [one, two, rest @ ..] => format!(
            "{}, {} and {} others",
            one.as_ref(),
            two.as_ref(),
            rest.len()
        ),
    }
}
