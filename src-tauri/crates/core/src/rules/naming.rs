//! Branch names from patterns, and back.

use crate::kind::Kind;
use crate::team::Team;
use jiff::civil::Date;

const FIX: &str = "{fix_name}";
/// How long a date is.
const DATE: usize = "2026-11-24".len();

/// A branch name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Kind.
    pub kind: Kind,
    /// The date in it.
    pub date: Date,
    /// The fix name in it.
    pub fix_name: Option<String>,
}

/// The branch name of a release.
#[must_use]
pub fn branch_name(team: &Team, kind: Kind, date: Date, fix_name: &str) -> String {
    team.pattern(kind)
        .replace("{date}", &date.to_string())
        .replace("{fix_name}", fix_name)
}

/// What every branch of a kind begins with.
#[must_use]
pub fn prefix(team: &Team, kind: Kind) -> &str {
    let pattern = team.pattern(kind);
    pattern.find('{').map_or(pattern, |brace| &pattern[..brace])
}

/// Takes a branch name apart; `None` when no pattern of the team gives it.
#[must_use]
pub fn parse(team: &Team, name: &str) -> Option<Parsed> {
    if !crate::text::is_plain(name) {
        return None;
    }
    [Kind::Maintenance, Kind::Hotfix]
        .into_iter()
        .find_map(|kind| parse_as(team, kind, name))
}

/// A date as branch names have it, `YYYY-MM-DD`, and no other way of writing one.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (text.len() == DATE && date.to_string() == text).then_some(date)
}

/// Takes a branch name apart by one kind's pattern.
pub(crate) fn parse_as(team: &Team, kind: Kind, name: &str) -> Option<Parsed> {
    let (before, after) = team.pattern(kind).split_once("{date}")?;
    let (start, date_end, fix_name) = match (before.split_once(FIX), after.split_once(FIX)) {
        (None, None) => (before.len(), name.len().checked_sub(after.len())?, None),
        (None, Some((middle, end))) => {
            let start = before.len();
            let rest = name.get(start + DATE..)?;
            let fix = rest.strip_prefix(middle)?.strip_suffix(end)?;
            (start, start + DATE, Some(fix))
        }
        (Some((begin, middle)), _) => {
            let date_end = name.len().checked_sub(after.len())?;
            let start = date_end.checked_sub(DATE)?;
            let fix = name
                .get(..start)?
                .strip_prefix(begin)?
                .strip_suffix(middle)?;
            (start, date_end, Some(fix))
        }
    };
    let date = date(name.get(start..date_end)?)?;
    let fix_name = match fix_name {
        Some("") => return None,
        fix_name => fix_name.map(str::to_owned),
    };
    let whole = branch_name(team, kind, date, fix_name.as_deref().unwrap_or_default());
    (whole == name).then_some(Parsed {
        kind,
        date,
        fix_name,
    })
}
