//! Debian and Ubuntu packages: which are missing, and installing them after asking.

use std::process::Command;

use crate::consent::{Answer, Consent};
use crate::process::{self, Result};

/// What compiling and starting the app takes. WebKit's package brings GTK and D-Bus along.
pub(crate) const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/// What the tests take beyond that: a display and a session bus of their own, a driver for the real window, letters for
/// the pictures, a keychain with another program to look into it, a notification service, the clipboard, a window manager
/// with hands for it, and a Python for the models and the clients of others.
pub(crate) const TEST: &[&str] = &[
    "xvfb",
    "dbus",
    "webkit2gtk-driver",
    "fonts-dejavu-core",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "openbox",
    "xdotool",
    "python3",
    "python3-venv",
    "iproute2",
    "libglib2.0-bin",
    "xclip",
];

/// Installs those that are missing, if that is agreed to. On a system without Debian's packages it only names them.
pub(crate) fn install(needed: &[&str], consent: Consent) -> Result {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"]);
    let Some(listing) = process::output(query.args(needed)) else {
        println!(
            "This is not Debian or Ubuntu. Slipway needs what these Debian packages hold: {}.",
            needed.join(" ")
        );
        return Ok(());
    };
    let missing = missing(needed, &listing);
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!(
        "apt-get install --yes --no-install-recommends {}",
        missing.join(" ")
    );
    println!("These system packages are missing: {}.", missing.join(", "));
    match consent.ask(&format!("Run `apt-get update` and `{install}`?"))? {
        Answer::Yes => {
            process::run(&mut as_root(["apt-get", "update"]))?;
            process::run(&mut as_root(install.split(' ')))
        }
        Answer::No => Err("not without those packages.".into()),
        Answer::Nobody => {
            Err(format!("install them with `{install}`, or start this again with --yes.").into())
        }
    }
}

/// The needed packages that dpkg does not list as installed. A removed package may still be listed, with its
/// configuration files.
fn missing<'a>(needed: &[&'a str], listing: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    let absent = needed.iter().filter(|name| !installed.contains(name));
    absent.copied().collect()
}

/// `env` sets the variable on either way, as sudo would not pass it on.
pub(crate) fn as_root<'a>(words: impl IntoIterator<Item = &'a str>) -> Command {
    let is_root = process::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("env");
    }
    command.arg("DEBIAN_FRONTEND=noninteractive");
    command.args(words);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_not_installed() {
        let listing = "xvfb installed\ndbus installed\n";
        assert_eq!(missing(&["xvfb", "xauth", "dbus"], listing), ["xauth"]);
    }

    #[test]
    fn takes_a_removed_package_for_missing() {
        let listing = "xvfb config-files\ndbus installed\nxauth not-installed\n";
        assert_eq!(
            missing(&["xvfb", "dbus", "xauth"], listing),
            ["xvfb", "xauth"]
        );
    }

    #[test]
    fn takes_one_architecture_of_two_for_enough() {
        let listing = "dbus installed\ndbus not-installed\n";
        assert!(missing(&["dbus"], listing).is_empty());
    }

    #[test]
    fn finds_everything_missing_in_an_empty_listing() {
        assert_eq!(missing(TEST, ""), TEST);
    }
}
