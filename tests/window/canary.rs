//! Every secret is a text that is nowhere else in the world, and is looked for everywhere.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::browser::handle;
use crate::desktop::Desktop;
use crate::encodings::{Needle, Search, contains};
use crate::guard::Guard;
use crate::journey::Journey;
use crate::keyring::{Keyring, witness};
use crate::notices::{Dunst, Monitor};
use crate::relay::Relay;
use crate::services::Services;
use crate::wait;

/// What is planted, to see that the search finds what there is.
const CONTROL: &str = "planted/canary+8c1f4e0d77";

/// One failure in each step that sends something, and in looking.
const FAULTS: [(&str, u16); 9] = [
    ("git/create-ref", 500),
    ("chat.postMessage", 500),
    ("pulls/merge", 502),
    ("pulls/create", 500),
    ("codepipeline:PutApprovalResult", 500),
    ("codepipeline:GetPipelineState", 500),
    ("pulls/list", 503),
    ("conversations.history", 500),
    ("sts:GetCallerIdentity", 500),
];

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_in_the_keychain_and_on_the_way_to_their_own_service_and_nowhere_else() {
    let mut desktop = Desktop::start().await;
    let ours = ["slipway", "slipway_app", "slipway_core", "slipway_engine"];
    let ours = ours.map(|name| format!("{name}=trace")).join(",");
    desktop.set("RUST_LOG", &format!("debug,{ours}"));
    let keyring = Keyring::start(&desktop).await;
    let _dunst = Dunst::start(&desktop).await;
    let monitor = Monitor::start(&desktop);
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "canary").await;

    journey.browser.record_messages().await;
    journey.sign_in(&services).await;
    let mut seen = Seen::default();
    seen.page(&journey).await;
    for (operation, code) in FAULTS {
        let body = json!({ "message": "Something went wrong" });
        let fault = json!({ "operation": operation, "kind": "status", "code": code, "body": body });
        journey.sim.order("faults", fault).await;
    }
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    journey.sim.order("build/fail", failure).await;

    journey.start_maintenance().await;
    journey.walk_until_done("merge").await;
    seen.page(&journey).await;
    // Nothing is read from a locked keychain, so no secret can be in a message that came before they are recorded.
    drop(keyring);
    let keyring = Keyring::start_locked(&journey.desktop).await;
    journey.restart().await;
    journey.browser.record_messages().await;
    keyring.unlock(&journey.desktop).await;
    journey.go_on().await;
    journey.walk_until_done("finish").await;
    journey.assert_released_once().await;
    seen.copied(&journey, "action-copy-report").await;
    let faults = journey.sim.get("faults").await;
    assert_eq!(faults["faults"], json!([]), "each fault was met");
    seen.page(&journey).await;
    for place in ["home", "notices", "accounts"] {
        journey.go(place).await;
        seen.page(&journey).await;
    }

    let _planted = plant(&journey, &services).await;
    seen.page(&journey).await;
    seen.world(&journey, &services, &monitor);
    let planted = seen.search(&[Needle::new("the planted one", CONTROL)]);
    for place in [
        "the data folder",
        "the home folder and what programs wrote",
        "arguments of processes",
        "environments of processes",
        "the page",
        "messages to the page",
        "what crossed the bus",
        "Slack",
        "the clipboard",
    ] {
        let find = format!("the planted one in {place}, ");
        let found = planted.found.iter().any(|it| it.starts_with(&find));
        assert!(found, "not found in {place}: {:?}", planted.found);
    }

    let views = memchr::memmem::find_iter(&seen.messages, br#""rev":"#).count();
    assert!(views > 0, "views are among the messages");

    let search = seen.search(&services.needles());
    for (place, bytes) in &search.places {
        println!("{bytes} bytes searched: {place}");
    }
    assert_eq!(search.found, Vec::<String>::new());
    assert_eq!(witness(&journey.desktop), services.items().into(), "kept");
    assert_only_own(&services);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_does_not_follow_an_endpoint_to_another_origin() {
    let mut desktop = Desktop::start().await;
    let _keyring = Keyring::start(&desktop).await;
    let services = Services::start(&mut desktop).await;
    let mut journey = Journey::begin_real(desktop, &services, "elsewhere").await;
    journey.sign_in(&services).await;

    let other = Relay::nowhere().await;
    journey.desktop.set("SLIPWAY_GITHUB_API_URL", &other.url());
    journey.restart().await;
    journey.browser.await_screen("home").await;
    let shown = journey.browser.text(&handle("elsewhere")).await;
    assert!(
        shown.as_ref().is_some_and(|it| it.contains(&other.url())),
        "another origin stays visible: {shown:?}"
    );
    journey.go("accounts").await;
    journey.await_account("github", "trouble").await;
    journey.await_account("slack", "signed-in").await;
    let said = journey.browser.text(&handle("account-github")).await;
    let [here, there] = [other.url(), services.github.url()];
    assert!(
        said.as_ref()
            .is_some_and(|it| it.contains(&here) && it.contains(&there)),
        "both origins are named: {said:?}"
    );
    journey.picture("another-origin").await;
    journey.browser.look().await;
    journey
        .browser
        .click_when_usable("action-check-accounts")
        .await;
    journey.browser.look().await;

    let needles = services.needles();
    let leaks = |needles: &[Needle]| {
        let mut search = Search::default();
        search.look("another origin", &other.record().sent, needles);
        search
    };
    let search = leaks(&needles);
    let (bytes, connections) = (search.places[0].1, other.record().connections);
    println!("{bytes} bytes in {connections} connections came to the other origin");
    assert_eq!(search.found, Vec::<String>::new());

    // One that does follow would be seen.
    let follows = reqwest::Client::new().get(other.url());
    let follows = follows.bearer_auth(&services.secrets.github_token);
    follows.send().await.expect("the other origin answers");
    let found = ["the GitHub token in another origin, plain"];
    assert_eq!(leaks(&needles).found, found);

    journey
        .desktop
        .set("SLIPWAY_GITHUB_API_URL", &services.github.url());
    journey.restart().await;
    journey.browser.await_screen("home").await;
    journey.go("accounts").await;
    journey.await_account("github", "signed-in").await;
}

/// Each service gets its own secret and no other; AWS gets signatures, never the key that makes them.
fn assert_only_own(services: &Services) {
    let records = [
        ("GitHub", services.github.record()),
        ("Slack", services.slack.record()),
        ("AWS", services.aws.record()),
    ];
    let mut sent = Search::default();
    let mut answered = Search::default();
    for (name, record) in &records {
        sent.look(name, &record.sent, &services.needles());
        answered.look(name, &record.answered, &services.needles());
        println!("{} bytes sent to {name}", record.sent.len());
    }
    let own = [
        "the GitHub token in GitHub, plain",
        "the Slack bot token in Slack, plain",
    ];
    assert_eq!(sent.found, own);
    assert_eq!(answered.found, Vec::<String>::new());
    let key = services.secrets.aws_access_key_id.as_bytes();
    assert!(contains(&records[2].1.sent, key), "AWS is signed in to");
    let through: usize = records
        .iter()
        .map(|(_, record)| requests(&record.sent))
        .sum();
    let asked = services.sim.requests().len();
    assert!(through >= asked, "{asked} requests, {through} of them seen");
}

/// How many requests there are, by their first lines.
fn requests(sent: &[u8]) -> usize {
    memchr::memmem::find_iter(sent, b" HTTP/1.1\r\n").count()
}

/// What was collected.
#[derive(Default)]
struct Seen {
    page: Vec<u8>,
    messages: Vec<u8>,
    copied: Vec<u8>,
    rest: Vec<(&'static str, Vec<u8>)>,
    folders: Vec<(&'static str, std::path::PathBuf)>,
}

impl Seen {
    /// The page as it is now, with what stands in its fields, and the messages that it got so far.
    async fn page(&mut self, journey: &Journey) {
        let page: String = journey
            .browser
            .run(
                "const fields = [...document.querySelectorAll('input, textarea')].map((it) => it.value);
                 return [document.documentElement.outerHTML, ...fields].join('\\n');",
            )
            .await;
        self.page.extend(page.into_bytes());
        let messages = journey.browser.take_messages().await;
        self.messages.extend(messages.into_bytes());
    }

    /// What a button of the app puts on the clipboard.
    async fn copied(&mut self, journey: &Journey, button: &str) {
        journey.browser.click_when_usable(button).await;
        let copied = wait::until(wait::LIMIT, async || {
            let copied = clipboard(&journey.desktop);
            (!copied.is_empty()).then_some(copied)
        });
        let copied = copied.await.expect("the button copies");
        self.copied.extend(copied);
    }

    /// Everything outside the page.
    fn world(&mut self, journey: &Journey, services: &Services, monitor: &Monitor) {
        let desktop = &journey.desktop;
        let processes = desktop.processes();
        let arguments = processes.iter().flat_map(|it| it.arguments.clone());
        let environments = processes.iter().flat_map(|it| it.environment.clone());
        let slack = services
            .sim
            .with_world(|world| serde_json::to_vec(&world.channel).expect("JSON"));
        let copied = [self.copied.clone(), clipboard(desktop)].concat();
        self.rest = vec![
            ("arguments of processes", arguments.collect()),
            ("environments of processes", environments.collect()),
            ("what crossed the bus", monitor.bytes()),
            ("Slack", slack),
            ("the clipboard", copied),
        ];
        self.folders = vec![
            ("the data folder", desktop.data()),
            (
                "the home folder and what programs wrote",
                desktop.folder().to_owned(),
            ),
        ];
    }

    fn search(&self, needles: &[Needle]) -> Search {
        let mut search = Search::default();
        search.look("the page", &self.page, needles);
        search.look("messages to the page", &self.messages, needles);
        for (place, hay) in &self.rest {
            search.look(place, hay, needles);
        }
        for (place, folder) in &self.folders {
            search.look_below(place, folder, needles);
        }
        search
    }
}

fn clipboard(desktop: &Desktop) -> Vec<u8> {
    let mut clipboard = desktop.command("xclip");
    let clipboard = clipboard.args(["-selection", "clipboard", "-out"]).output();
    clipboard.expect("it can be read").stdout
}

/// Puts the control into every place, and leaves running what has to run.
async fn plant(journey: &Journey, services: &Services) -> Guard {
    let desktop = &journey.desktop;
    std::fs::write(desktop.data().join("planted"), CONTROL).expect("a file");
    let mut process = desktop.command("sh");
    process
        .args(["-c", "sleep 600", CONTROL])
        .env("PLANTED", CONTROL);
    let process = Guard::start(&process, &desktop.log());
    let mut clipboard = desktop.command("xclip");
    clipboard.args(["-selection", "clipboard", "-in"]);
    let mut clipboard = clipboard.stdin(Stdio::piped()).spawn().expect("xclip");
    let mut input = clipboard.stdin.take().expect("the input is piped");
    input.write_all(CONTROL.as_bytes()).expect("it reads");
    drop(input);
    assert!(clipboard.wait().expect("it ends").success());
    let mut notice = desktop.command("gdbus");
    notice.args(["call", "--session", "--dest=org.freedesktop.Notifications"]);
    notice.args(["--object-path=/org/freedesktop/Notifications"]);
    notice.args(["--method=org.freedesktop.Notifications.Notify"]);
    notice.args(["planted", "0", "", CONTROL, "", "[]", "{}", "1"]);
    assert!(notice.output().expect("gdbus").status.success());
    services.sim.with_world(|world| {
        let said = world.channel.messages.last_mut();
        said.expect("something was said").text.push_str(CONTROL);
    });
    let script = format!(
        "document.body.dataset.planted = '{CONTROL}';
         const id = window.__TAURI_INTERNALS__.transformCallback(() => {{}});
         window.__TAURI_INTERNALS__.runCallback(id, {{ planted: '{CONTROL}' }}); return null;"
    );
    journey.browser.run::<()>(&script).await;
    // It may take the processes a moment to be there.
    let there = wait::until(wait::LIMIT, async || {
        let processes = desktop.processes();
        processes
            .iter()
            .any(|it| contains(&it.arguments, CONTROL.as_bytes()))
            .then_some(())
    });
    there.await.expect("what was planted runs");
    process
}
