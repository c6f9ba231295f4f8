//! Branch names from patterns, and back.

use crate::kind::Kind;
use crate::team::Team;
use jiff::civil::Date;

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
    [Kind::Maintenance, Kind::Hotfix]
        .into_iter()
        .find_map(|kind| parse_as(team, kind, name))
}

fn parse_as(team: &Team, kind: Kind, name: &str) -> Option<Parsed> {
    let pattern = team.pattern(kind);
    let (before, after) = pattern.split_once("{date}")?;
    let rest = name.strip_prefix(before)?;
    let date: Date = rest.get(..10)?.parse().ok()?;
    let tail = rest.get(10..)?;
    match after.split_once("{fix_name}") {
        None => (tail == after).then_some(Parsed {
            kind,
            date,
            fix_name: None,
        }),
        Some((middle, end)) => {
            let fix = tail.strip_prefix(middle)?.strip_suffix(end)?;
            (!fix.is_empty()).then(|| Parsed {
                kind,
                date,
                fix_name: Some(fix.to_owned()),
            })
        }
    }
}
