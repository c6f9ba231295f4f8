//! Hands `tauri.conf.json` to Tauri's code generator.

fn main() {
    println!("cargo:rerun-if-changed=ui/dist");
    tauri_build::build();
}
