//! What others published, from the registries they published it in.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages of npm that run or are compiled against.
const NODE: &[&str] = &[
    "@octokit/rest@22.0.1",
    "@slack/web-api@8.2.0",
    "@slack/webhook@8.0.2",
    "typescript@5.9.3",
];

/// Packages of npm of which one file is wanted, or one folder: name, version, what is kept.
const KEPT: &[(&str, &str, &str)] = &[
    // GitHub's OpenAPI.
    (
        "@octokit/openapi",
        "23.0.2",
        "generated/api.github.com.json",
    ),
    // What GitHub answered, recorded.
    ("@octokit/fixtures", "23.1.2", "scenarios/api.github.com"),
    // Slack's own OpenAPI of 2020, the last one: its answers' required members and its errors.
    ("@datafire/slack", "5.0.1", "openapi.json"),
];

/// Packages of PyPI, with all that they need.
const PYTHON: &[&str] = &[
    "attrs==26.1.0",
    "boto3==1.44.8",
    "botocore==1.44.8",
    "jmespath==1.1.0",
    "jsonschema==4.26.0",
    "jsonschema-path==0.3.4",
    "jsonschema-specifications==2025.9.1",
    "openapi-schema-validator==0.6.3",
    "python-dateutil==2.9.0.post0",
    "referencing==0.37.0",
    "rfc3339-validator==0.1.4",
    "rpds-py==2026.9.1",
    "s3transfer==0.19.3",
    "six==1.17.0",
    "slack_sdk==3.48.0",
    "typing_extensions==4.16.0",
    "urllib3==2.8.0",
];

/// The folder they are in.
pub(crate) struct Models(PathBuf);

impl Models {
    /// Fetches what is not there yet, in the versions named above.
    ///
    /// # Panics
    /// When something cannot be fetched.
    pub(crate) fn fetched() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("compiled output has a folder")
            .join("models");
        fs::create_dir_all(&folder).expect("the folder of the models can be made");
        // Two runs at the same time would fetch into the same place.
        let lock = File::create(folder.join("lock")).expect("the lock can be made");
        lock.lock().expect("the lock can be had");
        let models = Self(folder);
        models.renewed("node", &NODE.join("\n"), fetch_node);
        for (name, version, kept) in KEPT {
            models.renewed(name, &format!("{version} {kept}"), |folder| {
                keep(folder, name, version, kept);
            });
        }
        models.renewed("python", &PYTHON.join("\n"), |folder| {
            models.fetch_python(folder)
        });
        models
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// A Python that knows the packages above, and writes nothing beside our scripts.
    pub(crate) fn python(&self) -> Command {
        let program = if cfg!(windows) {
            "python/Scripts/python.exe"
        } else {
            "python/bin/python"
        };
        let mut command = Command::new(self.0.join(program));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// Fetches into a folder again unless what is wanted is what was fetched last, to the end.
    fn renewed(&self, name: &str, wanted: &str, fetch: impl FnOnce(&Path)) {
        let folder = self.0.join(name);
        let mark = folder.join("fetched");
        if fs::read_to_string(&mark).is_ok_and(|fetched| fetched == wanted) {
            return;
        }
        // It may not be there.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the models can be made");
        fetch(&folder);
        fs::write(mark, wanted).expect("the mark can be written");
    }

    fn fetch_python(&self, folder: &Path) {
        let mut venv = Command::new(if cfg!(windows) { "python" } else { "python3" });
        venv.args(["-m", "venv"]).arg(folder);
        run(&mut venv, "an environment for Python");
        let mut pip = self.python();
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
        pip.arg("--disable-pip-version-check");
        run(pip.args(PYTHON), "the packages of PyPI");
    }
}

fn fetch_node(folder: &Path) {
    // Without a package.json of its own, npm looks for one further up.
    fs::write(folder.join("package.json"), "{\"private\": true}").expect("it is written");
    let mut npm = npm();
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(npm.args(NODE).current_dir(folder), "the packages of npm");
}

/// Unpacks a part of a package: the whole of GitHub's models has 400 MB.
fn keep(folder: &Path, name: &str, version: &str, kept: &str) {
    let mut npm = npm();
    npm.args(["pack", "--loglevel=error", &format!("{name}@{version}")]);
    run(npm.current_dir(folder), name);
    let packed = fs::read_dir(folder).expect("the package is there");
    let packed = packed.flatten().next().expect("one file").file_name();
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(&packed).arg(format!("package/{kept}"));
    run(tar.current_dir(folder), name);
    fs::remove_file(folder.join(packed)).expect("the package can go");
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn run(command: &mut Command, what: &str) {
    let ended = command.output();
    let failed = |why: &str| {
        panic!(
            "The models cannot be fetched: {what} could not be had. They are needed to tell whether the sim and our \
             clients are right. See that npm and Python's venv are installed and that their registries can be \
             reached. {command:?}: {why}"
        )
    };
    match ended {
        Err(error) => failed(&error.to_string()),
        Ok(ended) if !ended.status.success() => failed(&String::from_utf8_lossy(&ended.stderr)),
        Ok(_) => {}
    }
}
