//! Pictures of the screens, for people to look at.

use std::path::{Path, PathBuf};

use crate::browser::Browser;

const DESIGN: (u32, u32) = (1180, 780);
const SMALLEST: (u32, u32) = (880, 600);

/// A folder of pictures below cargo's target folder.
pub(crate) struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    pub(crate) fn of(journey: &str) -> Self {
        Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join("screenshots")
                .join(journey),
        }
    }

    /// Takes the screen at both sizes and in both themes, and leaves the window as it was.
    pub(crate) async fn take(&self, browser: &Browser, screen: &str) {
        for size @ (width, height) in [SMALLEST, DESIGN] {
            browser.resize(width, height).await;
            self.keep(browser, screen, size).await;
            browser.toggle_theme().await;
            self.keep(browser, screen, size).await;
            browser.toggle_theme().await;
        }
    }

    async fn keep(&self, browser: &Browser, screen: &str, (width, height): (u32, u32)) {
        let theme = if browser.is_dark().await {
            "dark"
        } else {
            "light"
        };
        let file = self
            .folder
            .join(format!("{screen}-{width}x{height}-{theme}.png"));
        let picture = browser.picture().await;
        std::fs::create_dir_all(&self.folder).expect("a folder for the pictures can be made");
        std::fs::write(file, picture).expect("a picture can be kept");
    }
}
