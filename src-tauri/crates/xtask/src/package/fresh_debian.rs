//! A Debian that holds nothing yet, to install the packages in.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::consent::Consent;
use crate::packages::{self, as_root};
use crate::process::{self, Result};
use crate::workspace::Workspace;

/// What runs inside, once the packages lie in its root folder.
const SCRIPT: &str = include_str!("fresh_debian.sh");

/// Installs, starts and uninstalls both packages in a new root folder, which is removed again if all went well.
pub(crate) fn check(workspace: &Workspace, consent: Consent, deb: &Path, rpm: &Path) -> Result {
    packages::install(&["debootstrap"], consent)?;
    let release = fs::read_to_string("/etc/os-release")?;
    let suite = suite(&release).ok_or("the packages can be checked on Debian only.")?;
    let root = workspace.target().join("tmp").join("fresh-debian");
    let remove =
        || process::run(as_root(["rm", "--recursive", "--force", "--one-file-system"]).arg(&root));
    remove()?;
    fs::create_dir_all(&root)?;
    // What is mounted for either program is seen by nobody else and ends with it.
    let mut debootstrap = as_root(["unshare", "--mount", "debootstrap", "--variant=minbase"]);
    process::run(debootstrap.arg(suite).arg(&root).args(mirror(suite)))?;

    let incoming = workspace.target().join("tmp").join("fresh-debian-check.sh");
    fs::write(&incoming, SCRIPT)?;
    for (from, to) in [
        (deb, "slipway.deb"),
        (rpm, "slipway.rpm"),
        (&incoming, "check.sh"),
    ] {
        process::run(as_root(["cp"]).arg(from).arg(root.join(to)))?;
    }
    let mut inside = as_root(["unshare", "--mount", "--pid", "--fork", "--kill-child"]);
    inside.arg("--mount-proc=/proc").arg("--root").arg(&root);
    process::run(inside.args(["/bin/sh", "/check.sh", env!("CARGO_PKG_VERSION")]))?;
    remove()
}

/// This system's Debian: what is compiled here asks for its C library or a newer one.
fn suite(release: &str) -> Option<&str> {
    let field = |name: &str| {
        let value = release.lines().find_map(|line| line.strip_prefix(name))?;
        Some(value.trim_matches('"'))
    };
    (field("ID=") == Some("debian")).then(|| field("VERSION_CODENAME="))?
}

/// The mirror that this system uses itself; without one, debootstrap has its own.
fn mirror(suite: &str) -> Option<String> {
    let mut targets = Command::new("apt-get");
    targets.args(["indextargets", "--format", "$(RELEASE) $(REPO_URI)"]);
    let listed = process::output(&mut targets).unwrap_or_default();
    named(suite, &listed).map(str::to_owned)
}

/// The first address that is listed for this suite itself, and not for its updates.
fn named<'a>(suite: &str, listed: &'a str) -> Option<&'a str> {
    let mut targets = listed.lines().filter_map(|line| line.split_once(' '));
    targets.find_map(|(release, address)| (release == suite).then_some(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_debian_by_its_own_file() {
        let debian = "PRETTY_NAME=\"Debian\"\nVERSION_CODENAME=bookworm\nID=debian\n";
        assert_eq!(suite(debian), Some("bookworm"));
        let other = "VERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n";
        assert_eq!(suite(other), None);
    }

    #[test]
    fn takes_the_mirror_of_the_suite_itself() {
        let listed =
            "bookworm-security http://security.example/\nbookworm http://mirror.example/\n";
        assert_eq!(named("bookworm", listed), Some("http://mirror.example/"));
        assert_eq!(named("trixie", listed), None);
    }
}
