//! The one window.

use slipway_core::view::Mode;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{App, Manager, Url, WebviewUrl, WebviewWindowBuilder};

use crate::running::Running;

/// Opens it. It shows the program's own page and nothing else, however it is asked.
pub(crate) fn open(app: &App, mode: Mode) -> tauri::Result<()> {
    let development = development_page(app);
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title(mode))
        .inner_size(1180.0, 780.0)
        .min_inner_size(880.0, 600.0)
        .devtools(cfg!(debug_assertions))
        .on_navigation(move |to| is_own(to, development.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Started {
                window.state::<Running>().unsubscribe();
            }
        })
        .build()?;
    Ok(())
}

fn title(mode: Mode) -> String {
    let title = match mode {
        Mode::Practice => "Slipway \u{2013} practice",
        Mode::Real => "Slipway",
    };
    // WebKit lets a program drive the window when this is set: whoever sits here has to know.
    match std::env::var_os("TAURI_WEBVIEW_AUTOMATION") {
        Some(_) => format!("{title} (automated)"),
        None => title.to_owned(),
    }
}

fn development_page(app: &App) -> Option<Url> {
    tauri::is_dev()
        .then(|| app.config().build.dev_url.clone())
        .flatten()
}

fn is_own(address: &Url, development: Option<&Url>) -> bool {
    let origin = |url: &Url| {
        (
            url.scheme().to_owned(),
            url.host_str().map(str::to_owned),
            url.port(),
        )
    };
    let own = [
        "tauri://localhost",
        "http://tauri.localhost",
        "https://tauri.localhost",
    ];
    let mut own = own.iter().filter_map(|own| Url::parse(own).ok());
    own.any(|own| origin(&own) == origin(address))
        || development.is_some_and(|development| origin(development) == origin(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_its_own_page() {
        let own = |address: &str| is_own(&address.parse().expect("an address"), None);
        assert!(own("tauri://localhost/index.html"));
        for address in [
            "https://example.com/",
            "https://localhost/",
            "tauri://localhost.example.com/",
            "about:blank",
        ] {
            assert!(!own(address), "{address}");
        }
    }
}
