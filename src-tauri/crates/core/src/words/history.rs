//! Words about what is over.

use crate::history::{Approver, HistoryQuery, PastRelease, PastResult, Tally};
use crate::rules::{Window, in_zone};
use crate::text;
use crate::time::At;
use crate::words::{self, Clock, count, duration, pull_request};

/// "Deployed", "Deployed, 1 retry".
#[must_use]
pub fn result(row: &PastRelease) -> String {
    let word = result_word(row.result);
    if row.result == PastResult::Deployed && row.retries > 0 {
        let retries = usize::try_from(row.retries).unwrap_or(usize::MAX);
        return format!("{word}, {}", retry_count(retries));
    }
    word.to_owned()
}

fn retry_count(retries: usize) -> String {
    match retries {
        1 => "1 retry".to_owned(),
        retries => format!("{retries} retries"),
    }
}

/// "Deployed", "Put aside".
#[must_use]
pub fn result_word(result: PastResult) -> &'static str {
    match result {
        PastResult::Deployed => "Deployed",
        PastResult::Rejected => "Rejected",
        PastResult::Expired => "Expired",
        PastResult::Failed => "Failed",
        PastResult::Stopped => "Stopped",
        PastResult::RolledBack => "Rolled back",
        PastResult::PutAside => "Put aside",
        PastResult::NothingToDeploy => "Nothing to deploy",
    }
}

/// Who approved it: a name, "Not known", "Nobody".
#[must_use]
pub fn approver(approver: &Approver) -> &str {
    match approver {
        Approver::Named(name) => name,
        Approver::NotKnown => "Not known",
        Approver::Nobody => "Nobody",
    }
}

/// "Last 60 days: 12 deployed, 1 rejected, 1 stopped".
#[must_use]
pub fn lately(tallies: &[Tally]) -> String {
    let said: Vec<String> = PastResult::ALL
        .into_iter()
        .filter_map(|result| {
            let tally = tallies.iter().find(|it| it.result == result)?;
            let word = if result == PastResult::NothingToDeploy {
                "with nothing to deploy".to_owned()
            } else {
                result_word(result).to_lowercase()
            };
            (tally.count > 0).then(|| format!("{} {word}", tally.count))
        })
        .collect();
    match said.is_empty() {
        true => "Last 60 days: no deploys".to_owned(),
        false => format!("Last 60 days: {}", said.join(", ")),
    }
}

/// "November", "November 2025" in another year than now's.
#[must_use]
pub fn month(window: &Window, at: At, now: At) -> String {
    let (then, now) = (in_zone(at, &window.zone), in_zone(now, &window.zone));
    let form = if then.year() == now.year() {
        "%B"
    } else {
        "%B %Y"
    };
    then.strftime(form).to_string()
}

/// "Tue 17, 8:06 pm", under its month.
#[must_use]
pub fn in_month(clock: &Clock<'_>, at: At) -> String {
    let day = in_zone(at, &clock.window.zone);
    format!("{}, {}", day.strftime("%a %-d"), clock.time(at))
}

/// What a page shows of how much: "51 to 100 of 312 deploys".
#[must_use]
pub fn extent(from: u32, shown: usize, total: u32) -> String {
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    if shown >= total {
        return count(total, "deploy");
    }
    format!(
        "{} to {} of {}",
        from + 1,
        from + shown,
        count(total, "deploy")
    )
}

/// The rows of a page as Markdown.
#[must_use]
pub fn markdown(
    clock: &Clock<'_>,
    query: &HistoryQuery,
    total: u32,
    rows: &[PastRelease],
) -> String {
    let mut out = String::from("# Deploys\n\n");
    let looked_for = text::line(&query.text, 200);
    if !looked_for.trim().is_empty() {
        out.push_str(&format!("Found for {}. ", pull_request::code(&looked_for)));
    }
    out.push_str(&format!(
        "{}. Times are {}.\n\n",
        extent(query.from, rows.len(), total),
        clock.zone()
    ));
    out.push_str("| Deploy | Result | Finished | Took | Started by | Approved by |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for row in rows {
        let day = in_zone(row.ended, &clock.window.zone);
        let cells = [
            pull_request::escape(&text::line(row.release.as_str(), 200)),
            result(row),
            format!(
                "{}, {}",
                day.strftime("%a %-d %b %Y"),
                clock.time(row.ended)
            ),
            duration(row.took()),
            pull_request::escape(&row.started_by),
            pull_request::escape(approver(&row.approved_by)),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

/// "Maintenance of Tuesday 24 November 2026", "Hotfix of …: login-timeout".
#[must_use]
pub fn title(release: &crate::release::Release) -> String {
    let date = release.date.strftime("%Y");
    let day = format!(
        "{} of {} {date}",
        release.kind.word(),
        words::date(release.date)
    );
    match &release.fix_name {
        Some(fix_name) => format!("{day}: {}", text::line(fix_name, 80)),
        None => day,
    }
}
