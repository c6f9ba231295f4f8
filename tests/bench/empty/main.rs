//! An empty window of the toolkit that Slipway is made with: what its costs are held against.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let hidden = std::env::args().any(|it| it == "--hidden");
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Empty")
                .visible(!hidden)
                .inner_size(1180.0, 780.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!(
            "tests/bench/empty/tauri.conf.json"
        ))
}
