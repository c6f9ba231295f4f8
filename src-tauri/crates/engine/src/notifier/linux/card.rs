//! A card as the notification service takes it.

use notify_rust::{Hint, Notification, Timeout, Urgency};

use super::Card;
use super::service::Server;

/// The name of Slipway's desktop entry without its ending, by which a desktop finds its settings. The packages name the
/// file after the product.
/// <https://github.com/tauri-apps/tauri/blob/dev/crates/tauri-bundler/src/bundle/linux/freedesktop/mod.rs>
const DESKTOP_ENTRY: &str = "Slipway";

/// The name of Slipway's icon, which the packages name after the program.
const ICON: &str = "slipway";

/// A notification that takes the place of `replaced`, an id that the service gave.
pub(super) fn notification(card: &Card, server: &Server, replaced: Option<u32>) -> Notification {
    let stays = card.event.is_some_and(|event| event.stays());
    let body = if server.can("body-markup") {
        escape(&card.body)
    } else {
        card.body.clone()
    };
    let mut notification = Notification::new();
    notification
        .appname("Slipway")
        .icon(ICON)
        .hint(Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()))
        .summary(&card.title)
        .body(&body)
        .urgency(if stays {
            Urgency::Critical
        } else {
            Urgency::Normal
        })
        .timeout(if stays {
            Timeout::Never
        } else {
            Timeout::Default
        });
    if card.event.is_some_and(|event| event.is_quiet()) {
        notification.hint(Hint::SuppressSound(true));
    }
    if server.can("actions") {
        notification.action("default", "Open");
    }
    if let Some(id) = replaced {
        notification.id(id);
    }
    notification
}

/// What the service would take for markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use slipway_core::desktop::Event;

    use super::*;

    fn card(event: Event) -> Card {
        Card {
            release: None,
            step: None,
            title: "A & B <b>".into(),
            body: "A & B <b>".into(),
            event: Some(event),
        }
    }

    fn server(capabilities: &[&str]) -> Server {
        Server {
            name: "dunst".into(),
            version: "1".into(),
            capabilities: capabilities.iter().map(|it| (*it).into()).collect(),
        }
    }

    #[test]
    fn only_a_body_that_is_taken_for_markup_is_escaped() {
        let shown =
            |capabilities: &[&str]| notification(&card(Event::Failed), &server(capabilities), None);
        assert_eq!(shown(&["body"]).body, "A & B <b>");
        let marked = shown(&["body", "body-markup"]);
        assert_eq!(marked.body, "A &amp; B &lt;b&gt;");
        assert_eq!(marked.summary, "A & B <b>");
    }

    #[test]
    fn the_packages_have_the_entry_and_the_icon_that_it_names() {
        let config = include_str!("../../../../../../tauri.conf.json");
        let config: serde_json::Value = serde_json::from_str(config).expect("it is JSON");
        let shown = notification(&card(Event::Failed), &server(&[]), None);
        let entry = Hint::DesktopEntry(config["productName"].as_str().expect("text").to_owned());
        assert!(shown.hints.contains(&entry));
        assert_eq!(shown.icon, "slipway");
    }

    #[test]
    fn what_needs_somebody_stays() {
        for event in Event::ALL {
            let shown = notification(&card(event), &server(&[]), None);
            let stays = matches!(
                event,
                Event::ApprovalNeeded | Event::Failed | Event::Expired
            );
            assert_eq!(shown.timeout == Timeout::Never, stays, "{event:?}");
        }
    }
}
