//! Hands `tauri.conf.json` to Tauri's code generator, which embeds the page in `ui/dist`.
//!
//! In a clone without the page (`cargo xtask` builds it first, plain cargo does not) a stand-in takes its place, so
//! that everything compiles, and says in the window what to do. It is dated so far back that it is never taken for a
//! built page.

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

const STAND_IN: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Slipway</title>\
<p>The page is not built. Run <code>cargo xtask run</code>.</p></html>";

fn main() {
    println!("cargo:rerun-if-changed=ui/dist");
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        println!(
            "cargo:warning=ui/dist is missing, so the window will only say so: run `cargo xtask run`"
        );
        stand_in(page).expect("a stand-in for ui/dist can be written");
    }
    tauri_build::build();
}

fn stand_in(page: &Path) -> std::io::Result<()> {
    fs::create_dir_all(page.parent().unwrap_or(page))?;
    fs::write(page, STAND_IN)?;
    File::options()
        .write(true)
        .open(page)?
        .set_modified(SystemTime::UNIX_EPOCH)
}
