//! The app's window, as WebKit's driver shows it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::desktop::Desktop;
use crate::guard::Guard;
use crate::wait;

/// Names the folder of the programs to measure, where they are not those that were built with this.
const PROGRAMS: &str = "SLIPWAY_PROGRAMS";

/// The driver waits for ever for an app that dies while it starts.
const SESSION_LIMIT: Duration = Duration::from_secs(20);

const COMMAND_LIMIT: Duration = Duration::from_secs(30);

/// What the scripts below share. A modal dialog makes everything else inert, so only what is in it counts.
const PAGE: &str = r#"
const scope = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
const usable = (element) => element.checkVisibility() && !element.matches(':disabled')
  && element.ariaDisabled !== 'true' && element.ariaBusy !== 'true';
"#;

/// The app and its window.
pub(crate) struct Browser {
    client: Client,
    _driver: Guard,
}

/// A button that is there to be pressed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Button {
    pub(crate) testid: String,
    /// Two pull requests have one id between them, but each its own number on the button.
    pub(crate) label: String,
    /// The dialog it is in.
    pub(crate) dialog: Option<String>,
}

impl Button {
    /// The one with this handle, whatever it says.
    pub(crate) fn plain(testid: &str) -> Self {
        Self {
            testid: testid.to_owned(),
            label: String::new(),
            dialog: None,
        }
    }

    /// What it does: the id of an action, or a dialog's `confirm`.
    pub(crate) fn action(&self) -> &str {
        self.testid.strip_prefix("action-").unwrap_or(&self.testid)
    }

    pub(crate) fn css(&self) -> String {
        match &self.dialog {
            Some(dialog) => format!("{} {}", handle(dialog), handle(&self.testid)),
            None => handle(&self.testid),
        }
    }
}

/// Where the keyboard is.
#[derive(Debug, Deserialize)]
pub(crate) struct Focus {
    /// The handle of the focused element; empty if it has none.
    pub(crate) testid: String,
    /// The open dialog that it is in.
    pub(crate) dialog: Option<String>,
    /// Whether nothing has it.
    pub(crate) nowhere: bool,
    /// Whether a person can see that it is there.
    pub(crate) seen: bool,
}

impl Browser {
    /// Starts the app in practice.
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        Self::start_with(desktop, &["--practice"]).await
    }

    /// The app with other arguments.
    pub(crate) async fn start_with(desktop: &Desktop, arguments: &[&str]) -> Self {
        let port = free_port();
        let mut driver = desktop.command("WebKitWebDriver");
        driver.args(["--host=127.0.0.1", &format!("--port={port}")]);
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = Guard::start(&driver, &desktop.log());
        let address = format!("http://127.0.0.1:{port}");
        await_driver(&address).await;

        Self {
            client: open(&address, arguments).await,
            _driver: driver,
        }
    }

    /// Ends the app.
    pub(crate) async fn end(&self, desktop: &Desktop) {
        self.command("close", self.client.clone().close()).await;
        let ended = wait::until(wait::LIMIT, async || {
            let mut processes = desktop.processes().into_iter();
            (!processes.any(|it| it.program == app())).then_some(())
        });
        ended.await.expect("the app ends with its session");
    }

    /// Has the app look at the services now, as its button does where something is amiss.
    pub(crate) async fn look(&self) {
        let script = "const done = arguments[0];
            const look = { intent: { type: 'look' } };
            window.__TAURI_INTERNALS__.invoke('dispatch', look).then(() => done(null), (it) => done(it));";
        let looked = self.client.execute_async(script, Vec::new());
        let problem = self.command("look", looked).await;
        assert_eq!(problem, Value::Null, "the app looks");
    }

    /// Keeps every message that the page gets from now on.
    pub(crate) async fn record_messages(&self) {
        self.run::<()>(
            "window.recorded = [];
             const { callbacks } = window.__TAURI_INTERNALS__;
             const find = callbacks.get.bind(callbacks);
             callbacks.get = (id) => {
               const callback = find(id);
               return callback && ((data) => {
                 window.recorded.push(JSON.stringify(data) ?? '');
                 return callback(data);
               });
             };
             return null;",
        )
        .await;
    }

    /// The messages since the last time.
    pub(crate) async fn take_messages(&self) -> String {
        self.run("return window.recorded.splice(0).join('\\n');")
            .await
    }

    /// The screen that is shown, or the dialog over it.
    pub(crate) async fn screen(&self) -> Option<String> {
        self.run(
            "const screens = [...document.querySelectorAll('[data-testid^=\"screen-\"]')];
             const screen = screens.find((it) => it.checkVisibility())?.dataset.testid.slice('screen-'.length);
             return scope.dataset?.testid ?? screen ?? null;",
        )
        .await
    }

    pub(crate) async fn await_screen(&self, name: &str) {
        let shown = wait::until(wait::LIMIT, async || {
            (self.screen().await.as_deref() == Some(name)).then_some(())
        });
        if shown.await.is_none() {
            self.fail(&format!("the screen {name:?} was never shown"))
                .await;
        }
    }

    /// The state of a step, where the steps are shown.
    pub(crate) async fn state(&self, step: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0])?.dataset.state ?? null;";
        self.run_with(script, vec![json!(handle(&format!("step-{step}")))])
            .await
    }

    /// The one button that the screen, or the dialog over it, is about; there are never two.
    pub(crate) async fn primary(&self) -> Option<Button> {
        let found: Vec<Button> = self
            .run(
                "const dialog = scope.dataset?.testid ?? null;
                 const wanted = dialog ? '[data-testid=\"confirm\"]' : '[data-primary]';
                 return [...scope.querySelectorAll(wanted)].filter(usable)
                   .map((it) => ({ testid: it.dataset.testid, label: it.innerText.trim(), dialog }));",
            )
            .await;
        match found.as_slice() {
            [] => None,
            [button] => Some(button.clone()),
            _ => {
                self.fail(&format!("more than one primary button: {found:?}"))
                    .await
            }
        }
    }

    /// An attribute of what carries a handle; `None` while it is not there.
    pub(crate) async fn attribute(&self, testid: &str, name: &str) -> Option<String> {
        let script =
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null;";
        self.run_with(script, vec![json!(handle(testid)), json!(name)])
            .await
    }

    pub(crate) async fn is_unfolded(&self, testid: &str) -> bool {
        self.attribute(testid, "open").await.is_some()
    }

    /// Answers the open dialog with yes, once it takes an answer.
    pub(crate) async fn confirm(&self) {
        let ready = wait::until(wait::LIMIT, async || self.primary().await).await;
        match ready {
            Some(button) => self.click(&button.css()).await,
            None => self.fail("the dialog never takes an answer").await,
        }
    }

    /// The text of an element, as a person reads it; `None` while it is not there.
    pub(crate) async fn text(&self, css: &str) -> Option<String> {
        let script = "return scope.querySelector(arguments[0])?.innerText.trim() ?? null;";
        self.run_with(script, vec![json!(css)]).await
    }

    /// What stands in a field.
    pub(crate) async fn typed(&self, field: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0])?.value ?? null;";
        self.run_with(script, vec![json!(handle(field))]).await
    }

    /// Clicks where a person would: what covers the element, or keeps it from being used, makes this fail.
    pub(crate) async fn click(&self, css: &str) {
        let clicked = self.command(css, async {
            loop {
                let wait = self.client.wait().at_most(wait::LIMIT);
                let element = wait.for_element(Locator::Css(css)).await?;
                match element.click().await {
                    // A view that came between finding and clicking has put another in its place.
                    Err(error) if error.is_stale_element_reference() => {}
                    clicked => return clicked,
                }
            }
        });
        clicked.await;
    }

    /// Clicks a button as soon as it does something.
    pub(crate) async fn click_when_usable(&self, testid: &str) {
        let script =
            "const it = scope.querySelector(arguments[0]); return it !== null && usable(it);";
        let ready = wait::until(wait::LIMIT, async || {
            let usable = self.run_with::<bool>(script, vec![json!(handle(testid))]);
            usable.await.then_some(())
        });
        if ready.await.is_none() {
            self.fail(&format!("{testid:?} can never be pressed")).await;
        }
        self.click(&handle(testid)).await;
    }

    /// Types where the keyboard is.
    pub(crate) async fn write(&self, text: &str) {
        for key in text.chars() {
            self.keys(&[key]).await;
        }
    }

    /// Asks for something as the page does, where the page has no button for it; gives what is wrong.
    pub(crate) async fn dispatch(&self, intent: Value) -> Value {
        let script = "const [intent, done] = arguments;
             window.__TAURI_INTERNALS__.invoke('dispatch', { intent }).then(() => done(null), done);";
        self.run_async(script, vec![intent]).await
    }

    /// Runs a script that says when it is done, by calling its last argument.
    pub(crate) async fn run_async<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> T {
        let answer = self
            .command(script, self.client.execute_async(script, arguments))
            .await;
        serde_json::from_value(answer)
            .unwrap_or_else(|error| panic!("{script}\nanswered otherwise: {error}"))
    }

    /// Presses keys together: all down in order, then all up.
    pub(crate) async fn keys(&self, keys: &[char]) {
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let start = KeyActions::new("keyboard".to_owned());
        let actions = down
            .chain(up)
            .fold(start, |actions, action| actions.then(action));
        self.command("keys", self.client.perform_actions(actions))
            .await;
    }

    /// Empties the field that the keyboard is in.
    pub(crate) async fn clear(&self) {
        self.keys(&[Key::Control.into(), 'a']).await;
        self.keys(&[Key::Delete.into()]).await;
    }

    pub(crate) async fn tab(&self) {
        self.keys(&[Key::Tab.into()]).await;
    }

    pub(crate) async fn focus(&self) -> Focus {
        self.run(
            "const it = document.activeElement;
             const style = getComputedStyle(it);
             return {
               testid: it.dataset.testid ?? '',
               dialog: it.closest('dialog[open]')?.dataset.testid ?? null,
               nowhere: it === document.body,
               seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
             };",
        )
        .await
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) {
        self.command("resize", self.client.set_window_size(width, height))
            .await;
    }

    /// Light instead of dark, or the other way round. A dialog covers the button for it, so that is pressed by script.
    pub(crate) async fn toggle_theme(&self) {
        let script = "document.querySelector(arguments[0]).click();";
        let toggle = vec![json!(handle("theme-toggle"))];
        self.run_with::<()>(script, toggle).await;
    }

    pub(crate) async fn is_dark(&self) -> bool {
        self.run(
            "const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
             return red + green + blue < 384;",
        )
        .await
    }

    /// A picture of the page as it is painted next, in PNG. Where nothing but the processor draws, the driver waits for
    /// the page to change, so something that nobody sees does until it has the picture.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        let script = "const done = arguments[0];
             const mark = document.body.appendChild(document.createElement('i'));
             mark.id = 'being-pictured';
             mark.style = 'position: fixed; inset: 0 auto auto 0; width: 1px; height: 1px; background: black; opacity: 0';
             mark.animate({ opacity: [0, 0.001] }, { duration: 100, iterations: Infinity });
             requestAnimationFrame(() => requestAnimationFrame(done));";
        self.command("paint", self.client.execute_async(script, Vec::new()))
            .await;
        let picture = self.command("picture", self.client.screenshot()).await;
        self.run::<()>("document.getElementById('being-pictured').remove();")
            .await;
        picture
    }

    /// Ends the test, with what a person would see now.
    pub(crate) async fn fail(&self, what: &str) -> ! {
        let page: String = self.run("return document.body.innerText;").await;
        panic!("{what}\n--- the page:\n{page}\n---");
    }

    /// Has the driver carry something out, and does not wait for ever where the page or the driver hangs.
    async fn command<T>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> T {
        match tokio::time::timeout(COMMAND_LIMIT, command).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("the driver failed at {what:?}: {error:?}"),
            Err(_) => panic!("the driver did not answer {what:?} within {COMMAND_LIMIT:?}"),
        }
    }

    pub(crate) async fn run<T: DeserializeOwned>(&self, script: &str) -> T {
        self.run_with(script, Vec::new()).await
    }

    async fn run_with<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let whole = format!("{PAGE}{script}");
        let answer = self
            .command(script, self.client.execute(&whole, arguments))
            .await;
        serde_json::from_value(answer)
            .unwrap_or_else(|error| panic!("{script}\nanswered otherwise: {error}"))
    }
}

/// The built program.
pub(crate) fn app() -> PathBuf {
    let built = Path::new(env!("CARGO_BIN_EXE_slipway"));
    match std::env::var_os(PROGRAMS) {
        Some(folder) => Path::new(&folder).join("slipway"),
        None => built.to_owned(),
    }
}

/// The selector of what carries a handle.
pub(crate) fn handle(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Has the driver start the app.
async fn open(driver: &str, arguments: &[&str]) -> Client {
    let options = json!({ "binary": app(), "args": arguments });
    let capabilities = [("webkitgtk:browserOptions".to_owned(), options)];
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities.into_iter().collect());
    tokio::time::timeout(SESSION_LIMIT, builder.connect(driver))
        .await
        .expect("the app shows a window in time")
        .expect("the driver can start the app")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener
        .local_addr()
        .expect("a listener has an address")
        .port()
}

/// The port answers before the driver does, so it is the driver that is asked.
async fn await_driver(address: &str) {
    let client = reqwest::Client::new();
    let ready = wait::until(SESSION_LIMIT, async || {
        let status: Value = client
            .get(format!("{address}/status"))
            .send()
            .await
            .ok()?
            .json()
            .await
            .ok()?;
        (status["value"]["ready"] == true).then_some(())
    });
    ready.await.expect("WebKitWebDriver is ready in time");
}
