//! A release, walked through the way the app leads.

use std::time::{Duration, Instant};

use fantoccini::key::Key;

use crate::browser::{Browser, Button, handle};
use crate::desktop::Desktop;
use crate::pictures::Pictures;
use crate::services::Services;
use crate::sim::{Request, Sim};
use crate::wait;

/// How long a button may take to appear before the world is moved on instead.
const SETTLED: Duration = Duration::from_millis(600);

/// A button that is still there after this long did not take the press: it had just appeared, and rested.
const TAKEN: Duration = Duration::from_secs(3);

/// How far the world is moved on at a time.
const PATIENCE: Duration = Duration::from_secs(10);

/// More presses of Tab than any screen has places to go.
const ROUND: usize = 80;

/// What presses the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    Mouse,
    Keyboard,
}

/// Which world the app is started in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum World {
    Practice,
    Team,
}

impl World {
    async fn open(self, desktop: &Desktop) -> Browser {
        match self {
            Self::Practice => Browser::start(desktop).await,
            Self::Team => Browser::start_with(desktop, &[]).await,
        }
    }
}

/// One release. The fields are dropped in this order: the app ends before its desktop does.
pub(crate) struct Journey {
    pub(crate) browser: Browser,
    pub(crate) sim: Sim,
    world: World,
    hand: Hand,
    pictures: Pictures,
    photographed: bool,
    /// What was pressed so far.
    pressed: Vec<Button>,
    pressed_at: Instant,
    /// The screens that pictures were taken of.
    seen: Vec<String>,
    pub(crate) desktop: Desktop,
}

impl Journey {
    /// Starts the app in practice and waits for Home.
    pub(crate) async fn begin(name: &str, hand: Hand) -> Self {
        Self::begin_on(Desktop::start().await, name, hand).await
    }

    /// Keeps a picture of every screen that it comes through.
    pub(crate) fn photographed(mut self) -> Self {
        self.photographed = true;
        self
    }

    /// The same, on a desktop that was made for it.
    pub(crate) async fn begin_on(desktop: Desktop, name: &str, hand: Hand) -> Self {
        let browser = World::Practice.open(&desktop).await;
        browser.await_screen("home").await;
        let sim = Sim::of(&desktop).await;
        Self::new((World::Practice, desktop), browser, sim, name, hand)
    }

    /// Starts the app in front of the team's services.
    pub(crate) async fn begin_real(desktop: Desktop, services: &Services, name: &str) -> Self {
        let browser = World::Team.open(&desktop).await;
        let sim = Sim::at(services.sim.endpoints());
        Self::new((World::Team, desktop), browser, sim, name, Hand::Mouse)
    }

    fn new(
        (world, desktop): (World, Desktop),
        browser: Browser,
        sim: Sim,
        name: &str,
        hand: Hand,
    ) -> Self {
        Self {
            browser,
            sim,
            world,
            hand,
            pictures: Pictures::of(name),
            photographed: false,
            pressed: Vec::new(),
            pressed_at: Instant::now(),
            seen: Vec::new(),
            desktop,
        }
    }

    /// Presses whatever is the one thing to press, and lets the world's time pass where there is nothing, until the
    /// step is done.
    pub(crate) async fn walk_until_done(&mut self, step: &str) {
        while !self.is_done(step).await {
            self.look().await;
            if let Some(button) = self.offered().await {
                self.look().await;
                if self.is_done(step).await {
                    return;
                }
                self.press(button).await;
            } else if self.pressed_at.elapsed() < wait::LIMIT {
                self.let_time_pass().await;
            } else {
                let pressed = self.pressed();
                let what = format!("nothing to press after {pressed:?}, and {step} is not done");
                self.browser.fail(&what).await;
            }
        }
        self.look().await;
    }

    /// Nothing is to be done now. The practice world is moved on; in the team's, somebody asks how things are.
    pub(crate) async fn let_time_pass(&self) {
        match self.world {
            World::Practice => self.sim.advance(PATIENCE).await,
            World::Team => self.browser.look().await,
        }
    }

    /// Ends the app and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.browser.end(&self.desktop).await;
        self.browser = self.world.open(&self.desktop).await;
        self.pressed_at = Instant::now();
    }

    pub(crate) async fn press(&mut self, button: Button) {
        match self.hand {
            Hand::Mouse => self.browser.click(&button.css()).await,
            Hand::Keyboard => self.press_by_key(&button).await,
        }
        self.pressed.push(button);
        self.pressed_at = Instant::now();
    }

    /// What was pressed, in order.
    pub(crate) fn pressed(&self) -> Vec<&str> {
        self.pressed.iter().map(Button::action).collect()
    }

    /// Goes to a field and types into it.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        match self.hand {
            Hand::Mouse => self.browser.click(&handle(field)).await,
            Hand::Keyboard => self.tab_to(field).await,
        }
        self.browser.write(text).await;
    }

    /// Checks against the sim's own record that the release went out, and that nothing was done twice.
    pub(crate) async fn assert_released_once(&self) {
        let requests = self.sim.requests().await;
        // One that rested and was pressed again is still one pull request, and has one number on its button.
        let merges = self.pressed.iter();
        let merges = merges.filter(|button| button.action() == "merge-pull");
        let pulls = merges
            .map(|button| button.label.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .len();
        assert!(
            pulls > 0,
            "the release carries a pull request: {:?}",
            self.pressed()
        );
        for (operation, times) in [
            ("git/create-ref", 1),
            ("pulls/merge", pulls + 1),
            ("codepipeline:PutApprovalResult", 1),
        ] {
            let carried_out = effective(&requests, operation);
            assert_eq!(carried_out, times, "how often {operation} was carried out");
        }
        let posts = requests
            .iter()
            .filter(|it| it.operation == "chat.postMessage" && it.effect);
        let (replies, messages): (Vec<_>, Vec<_>) =
            posts.partition(|it| it.body.contains("thread_ts"));
        assert_eq!(messages.len(), 1, "one message in the channel");
        let results = replies
            .iter()
            .filter(|it| it.body.contains("slipway_result"));
        assert_eq!(results.count(), 1, "one result in its thread");
        let world = self.sim.world().await;
        let executions = world["pipeline"]["executions"].as_array();
        let last = executions
            .and_then(|executions| executions.last())
            .expect("the pipeline ran");
        assert_eq!(last["status"], "Succeeded", "the release is out: {last}");
    }

    /// What must hold on every screen, and a picture of each that is new where they are kept.
    async fn look(&mut self) {
        for (step, needs) in [
            ("merge", "merge-release"),
            ("approval", "approve"),
            ("build", "approve"),
        ] {
            let state = self.browser.state(step).await;
            let early = !self.pressed().contains(&needs);
            if early && state.as_deref() == Some("done") {
                self.browser
                    .fail(&format!("{step} counts as done before {needs:?}"))
                    .await;
            }
        }
        if !self.photographed {
            return;
        }
        let Some(screen) = self.browser.screen().await else {
            return;
        };
        // A screen that asks for something is another picture than the same one while it waits.
        let picture = match self.browser.primary().await {
            Some(_) => format!("{screen}-asks"),
            None => screen,
        };
        self.picture(&picture).await;
    }

    /// Keeps a picture of what is on the screen, unless there is one of that name.
    pub(crate) async fn picture(&mut self, name: &str) {
        if !self.seen.iter().any(|seen| seen == name) {
            self.pictures.take(&self.browser, name).await;
            self.seen.push(name.to_owned());
        }
    }

    /// Goes to a screen outside the release.
    pub(crate) async fn go(&self, place: &str) {
        if self.browser.text(&handle("go-home")).await.is_some() {
            self.browser.click(&handle("go-home")).await;
        }
        self.browser.click(&handle(&format!("nav-{place}"))).await;
        self.browser.await_screen(place).await;
    }

    /// Leaves the release for Home, looks at it there, and goes back to it.
    pub(crate) async fn look_in_from_home(&mut self) {
        self.browser.click(&handle("go-home")).await;
        self.browser.await_screen("home").await;
        self.picture("home-under-way").await;
        self.browser.click("[data-testid^=\"open-\"]").await;
    }

    async fn is_done(&self, step: &str) -> bool {
        self.browser.state(step).await.as_deref() == Some("done")
    }

    /// The next thing to press. What was just pressed stays there until the app has seen what came of it.
    async fn offered(&self) -> Option<Button> {
        // A dialog's answer counts for the button that opened it, too.
        let asked = self
            .pressed
            .last()
            .is_some_and(|last| last.dialog.is_some());
        let last = &self.pressed[self.pressed.len().saturating_sub(1 + usize::from(asked))..];
        wait::until(SETTLED, async || {
            let button = self.browser.primary().await;
            let waited = self.pressed_at.elapsed() > TAKEN;
            button.filter(|button| waited || !last.contains(button))
        })
        .await
    }

    /// Enter on the button, or the shortcut for it: each in turn. A dialog answers to no shortcut.
    async fn press_by_key(&self, button: &Button) {
        if let Some(dialog) = &button.dialog {
            let focus = self.browser.focus().await;
            assert_eq!(
                focus.dialog.as_ref(),
                Some(dialog),
                "a dialog takes the focus: {focus:?}"
            );
            assert_ne!(
                focus.testid, "confirm",
                "a dialog starts on what does no harm: {focus:?}"
            );
        }
        if button.dialog.is_none() && self.pressed.len().is_multiple_of(2) {
            self.browser
                .keys(&[Key::Control.into(), Key::Enter.into()])
                .await;
        } else {
            self.tab_to(&button.testid).await;
            self.browser.keys(&[Key::Enter.into()]).await;
        }
    }

    pub(crate) async fn tab_to(&self, testid: &str) {
        for _ in 0..ROUND {
            let focus = self.browser.focus().await;
            if focus.testid == testid {
                return;
            }
            self.browser.tab().await;
            let focus = self.browser.focus().await;
            assert!(
                focus.nowhere || focus.seen,
                "the focus can be seen: {focus:?}"
            );
        }
        self.browser
            .fail(&format!("Tab never came to {testid:?}"))
            .await;
    }
}

/// How many requests of a kind changed the world.
fn effective(requests: &[Request], operation: &str) -> usize {
    let carried_out = |request: &&Request| request.operation == operation && request.effect;
    requests.iter().filter(carried_out).count()
}
