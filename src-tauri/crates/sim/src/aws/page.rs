use super::{Fault, Input};

/// Cuts a list by `maxResults` and `nextToken`; gives the next token, too.
pub(super) fn cut<T>(input: &Input, items: Vec<T>) -> Result<(Vec<T>, Option<String>), Fault> {
    let most = input
        .at("maxResults")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or(100);
    if !(1..=100).contains(&most) {
        let wanted = "Member must have value between 1 and 100";
        return Err(Fault::constraint("maxResults", &most.to_string(), wanted));
    }
    let start = match input.text("nextToken") {
        None => 0,
        Some(token) => token
            .strip_prefix("sim-")
            .and_then(|it| it.parse::<usize>().ok())
            .ok_or_else(|| {
                Fault::new("InvalidNextTokenException", "The next token is not valid.")
            })?,
    };
    let total = items.len();
    let here: Vec<T> = items.into_iter().skip(start).take(most as usize).collect();
    let end = start.saturating_add(here.len());
    let next = (end < total).then(|| format!("sim-{end}"));
    Ok((here, next))
}
