//! The forms of single values: names, hosts, addresses, times.

use crate::text::is_plain;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

/// `owner/name` as GitHub has them; an owner may end in an enterprise's `_code`.
pub(super) fn is_repository(text: &str) -> bool {
    text.split_once('/').is_some_and(|(owner, name)| {
        is_login(owner)
            && of(name, 100, |c| {
                c.is_ascii_alphanumeric() || "-_.".contains(c)
            })
            && name != "."
            && name != ".."
            && !name.ends_with(".git")
    })
}

/// A person's or an organisation's name on GitHub.
pub(super) fn is_login(text: &str) -> bool {
    of(text, 39, |c| c.is_ascii_alphanumeric() || "-_".contains(c)) && !text.starts_with(['-', '_'])
}

/// What `git check-ref-format --branch` takes, and is neither `HEAD` nor looks like a commit.
pub(super) fn is_branch(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock") && part.len() <= 200
    };
    of(text, 200, |c| {
        !c.is_control() && !c.is_whitespace() && !"~^:?*[\\".contains(c)
    }) && is_plain(text)
        && text.split('/').all(is_part)
        && !text.contains("..")
        && !text.contains("@{")
        && !text.starts_with('-')
        && !text.ends_with('.')
        && text != "@"
        && text != "HEAD"
        && !(text.len() == 40 && text.chars().all(|c| c.is_ascii_hexdigit()))
}

/// A pattern that gives branch names; each of `holes` stands in it once, and no other brace.
pub(super) fn is_pattern(text: &str, holes: &[&str]) -> bool {
    let mut name = text.to_owned();
    for hole in holes {
        if text.matches(hole).count() != 1 {
            return false;
        }
        name = name.replace(hole, "2026-11-24");
    }
    of(&name, 100, |c| {
        c.is_ascii_alphanumeric() || "-_./".contains(c)
    }) && is_branch(&name)
}

/// "Tuesday 19:00".
pub(super) fn weekday_and_time(text: &str) -> Option<(Weekday, Time)> {
    let (day, at) = text.split_once(' ')?;
    let weekday = Weekday::Monday
        .cycle_forward()
        .take(7)
        .find(|weekday| format!("{weekday:?}").eq_ignore_ascii_case(day))?;
    Some((weekday, time(at)?))
}

/// "19:00", and no other way of writing it.
pub(super) fn time(text: &str) -> Option<Time> {
    let time = Time::strptime("%H:%M", text).ok()?;
    (time.strftime("%H:%M").to_string() == text).then_some(time)
}

/// The time zone's name as the IANA database writes it.
pub(super) fn zone(text: &str) -> Option<String> {
    let zone = TimeZone::get(text).ok()?;
    let name = zone.iana_name().filter(|_| !zone.is_unknown())?;
    Some(name.to_owned())
}

/// A channel's name in Slack, without `#`.
pub(super) fn is_channel(text: &str) -> bool {
    of(text, 80, |c| {
        (c.is_alphanumeric() && !c.is_uppercase()) || "-_".contains(c)
    })
}

/// A host's name, or an IPv4 address.
pub(super) fn is_host(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            of(label, 63, |c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// An AWS region, such as `us-east-2` or `us-gov-west-1`.
pub(super) fn is_region(text: &str) -> bool {
    let mut parts = text.rsplit('-');
    let number = parts.next().unwrap_or_default();
    of(text, 32, |_| true)
        && of(number, 2, |c| c.is_ascii_digit())
        && parts.clone().count() >= 2
        && parts.all(|part| of(part, 32, |c| c.is_ascii_lowercase()))
}

/// What CodePipeline takes for a pipeline's name.
pub(super) fn is_pipeline(text: &str) -> bool {
    of(text, 100, |c| {
        c.is_ascii_alphanumeric() || ".@-_".contains(c)
    })
}

/// An https address with a host, and with nobody's name in it.
pub(super) fn is_https(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let (host, port) = host.split_once(':').unwrap_or((host, "443"));
    is_host(host)
        && port.parse::<u16>().is_ok_and(|port| port > 0)
        && of(text, 2048, |c| c.is_ascii_graphic())
        && !path.contains(['\\', '"', '<', '>', '`'])
}

/// A pattern of an ARN, such as `arn:aws:sts::*:assumed-role/*/dana`.
pub(super) fn is_arn(text: &str) -> bool {
    of(text, 2048, |c| c.is_ascii_graphic())
        && text.starts_with("arn:")
        && text.splitn(6, ':').filter(|part| part.len() < 2048).count() == 6
}

/// A member's ID in Slack.
pub(super) fn is_member(text: &str) -> bool {
    text.starts_with(['U', 'W'])
        && text.len() > 3
        && of(text, 21, |c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// One line that can be read.
pub(super) fn is_line(text: &str, most: usize) -> bool {
    of(text, most, |c| !c.is_control()) && is_plain(text) && text.trim() == text
}

/// One to `most` characters, all of a kind.
fn of(text: &str, most: usize, kind: impl Fn(char) -> bool) -> bool {
    (1..=most).contains(&text.chars().count()) && text.chars().all(kind)
}
