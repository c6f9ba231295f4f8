//! Whole releases without a fault, which leave a checkpoint before each thing that a person does, and tell what is read
//! there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::record::Record;
use slipway_engine::journal::{Folder, Journal};
use slipway_sim::Service;
use slipway_sim::world::Message;
use tokio::sync::OnceCell;

use crate::checkpoint::{Checkpoint, Scene};
use crate::stage::{PATIENCE, Stage, change};
use crate::walk::Walk;
use crate::write::{BACK, ENABLE, START, STOP, Teller, Write, name};

/// What is known from releases that nothing went wrong with.
pub(crate) struct Pilot {
    checkpoints: BTreeMap<(Teller, &'static str), Arc<Checkpoint>>,
    /// Every kind of request that a release reads by, and the first checkpoint where a fresh start does.
    pub(crate) reads: BTreeMap<(Service, String), Arc<Checkpoint>>,
}

static PILOT: OnceCell<Pilot> = OnceCell::const_new();

impl Pilot {
    /// Flown once for everybody.
    pub(crate) async fn flown() -> &'static Self {
        PILOT.get_or_init(Self::fly).await
    }

    pub(crate) fn checkpoint(&self, write: Write) -> Arc<Checkpoint> {
        self.checkpoints[&(write.teller(), write.pressed())].clone()
    }

    async fn fly() -> Self {
        let mut pilot = Self {
            checkpoints: BTreeMap::new(),
            reads: BTreeMap::new(),
        };
        let mut sent = BTreeSet::from([Write::Reject]);
        let mut asked = BTreeSet::new();
        for teller in [Teller::Bot, Teller::Webhook] {
            pilot.release(teller, &mut sent, &mut asked).await;
        }
        pilot.control(&mut sent).await;
        pilot.roll_back(&mut sent).await;
        let all: BTreeSet<Write> = Write::ALL.iter().copied().collect();
        assert_eq!(sent, all, "every kind of write has a release that makes it");
        let writes: BTreeSet<&str> = Write::ALL.iter().map(|it| it.operation()).collect();
        asked.retain(|(_, operation): &(Service, String)| !writes.contains(operation.as_str()));
        pilot
            .reads
            .retain(|(_, operation), _| !writes.contains(operation.as_str()));
        let known: BTreeSet<_> = pilot.reads.keys().cloned().collect();
        assert_eq!(
            asked, known,
            "every kind of read has a checkpoint where it is made"
        );
        pilot
    }

    /// A release that is stopped, started again, and held up.
    async fn control(&mut self, sent: &mut BTreeSet<Write>) {
        let stage = Stage::set(1).await;
        let pace = |seconds: u32| json!({"pace": {"build": seconds}});
        stage.order("/story", pace(36_000)).await;
        let mut scene = Scene::begin(stage, Teller::Bot);
        for pressed in [STOP, START, ENABLE] {
            if pressed != START {
                let approve = scene.offers("approve").await;
                let done = scene.engine.dispatch(approve).await;
                done.expect("it can be approved");
            }
            scene.offers(pressed).await;
            scene.engine.stop().await;
            let checkpoint = Arc::new(Checkpoint::keep(&scene.stage, Teller::Bot, true));
            scene = scene.again(Teller::Bot).await;
            self.checkpoints.insert((Teller::Bot, pressed), checkpoint);
            let offered = scene.offers(pressed).await;
            let done = scene.engine.dispatch(offered).await;
            done.expect("nothing goes wrong");
            if pressed == STOP {
                scene.stage.order("/story", pace(1)).await;
                let off = json!({"stage": "Build", "enabled": false, "reason": "Frozen"});
                scene.stage.order("/transitions", off).await;
            }
        }
        scene.engine.stop().await;
        sent.extend(journalled(&scene.stage, Teller::Bot).await);
    }

    /// A release whose build fails, and whose stage is rolled back.
    async fn roll_back(&mut self, sent: &mut BTreeSet<Write>) {
        let stage = Stage::set(1).await;
        let failure = json!({"message": "exit status 1"});
        stage.order("/build/fail", failure).await;
        let scene = Scene::begin(stage, Teller::Bot);
        let approve = scene.offers("approve").await;
        let done = scene.engine.dispatch(approve).await;
        done.expect("it can be approved");
        scene.offers(BACK).await;
        is_told(&scene, "retry-stage").await;
        scene.engine.stop().await;
        let checkpoint = Arc::new(Checkpoint::keep(&scene.stage, Teller::Bot, true));
        self.checkpoints.insert((Teller::Bot, BACK), checkpoint);
        let scene = scene.again(Teller::Bot).await;
        let offered = scene.offers(BACK).await;
        let done = scene.engine.dispatch(offered).await;
        done.expect("nothing goes wrong");
        scene.engine.stop().await;
        sent.extend(journalled(&scene.stage, Teller::Bot).await);
    }

    async fn release(
        &mut self,
        teller: Teller,
        sent: &mut BTreeSet<Write>,
        asked: &mut BTreeSet<(Service, String)>,
    ) {
        let stage = Stage::set(1).await;
        let failure =
            json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
        stage.order("/build/fail", failure).await;
        let mut scene = Scene::begin(stage, teller);
        let mut walk = Walk::new(&scene.engine);
        let mut next = self::next(&mut walk).await;
        while let Some(pressed) = next {
            let pressed = name(&pressed);
            if pressed == "post-result" {
                somebody_answers(&scene.stage);
            }
            is_told(&scene, pressed).await;
            let begun = scene.release().is_some();
            scene.engine.stop().await;
            let checkpoint = Arc::new(Checkpoint::keep(&scene.stage, teller, begun));
            scene = scene.again(teller).await;
            scene.reads_its_journal(begun).await;
            let before = scene.stage.sim.requests().len();
            let offered = scene.offers(pressed).await;
            scene.look().await;
            for request in scene.stage.sim.requests().into_iter().skip(before) {
                let key = (request.service, request.operation.clone());
                let known = self.reads.entry(key);
                known.or_insert_with(|| checkpoint.clone());
            }
            self.checkpoints.insert((teller, pressed), checkpoint);
            let mut walk = Walk::new(&scene.engine);
            let done = walk.press(offered).await;
            done.expect("nothing goes wrong");
            if teller == Teller::Webhook && pressed == "post-announcement" {
                // The rest is as with a bot, and the result is not posted.
                break;
            }
            next = self::next(&mut walk).await;
        }
        asked.extend(
            scene
                .stage
                .sim
                .requests()
                .into_iter()
                .map(|it| (it.service, it.operation.clone())),
        );
        scene.engine.stop().await;
        sent.extend(journalled(&scene.stage, teller).await);
    }
}

/// The thread tells what people must see before this is pressed, so that nothing else is sent meanwhile.
async fn is_told(scene: &Scene, pressed: &str) {
    let told = match pressed {
        "approve" => "/approval-needed/",
        "retry-stage" => "/failed/",
        "post-result" => "/succeeded",
        _ => return,
    };
    let is_told = || {
        scene.stage.sim.with_world(|world| {
            let mut changes = world.channel.messages.iter().filter_map(change);
            changes.any(|change| change.contains(told))
        })
    };
    let shows = async {
        while !is_told() {
            scene.look().await;
        }
    };
    let shown = tokio::time::timeout(PATIENCE, shows).await;
    shown.expect("it is told in the thread");
}

/// What a person does next. A form is no part of what is kept.
async fn next(walk: &mut Walk<'_>) -> Option<Intent> {
    match walk.next().await {
        Some(draft) if name(&draft) == "draft" => {
            walk.press(draft).await.expect("it is shown");
            walk.next().await
        }
        next => next,
    }
}

/// The writes that the journal tells of.
async fn journalled(stage: &Stage, teller: Teller) -> Vec<Write> {
    let folder = Folder::take(stage.data.path()).expect("nobody has it");
    let today = "2026-11-24".parse().expect("a date");
    let opened = Journal::open(folder, today).await.expect("it opens");
    let writes = opened
        .entries
        .iter()
        .filter_map(|entry| match &entry.record {
            Record::Sending { action, .. } => Some(Write::of(action, teller)),
            Record::Opened { .. }
            | Record::Closed
            | Record::Sent { .. }
            | Record::Declared { .. }
            | Record::Remind { .. }
            | Record::DropReminder
            | Record::Saw { .. } => None,
        });
    let writes = writes.collect();
    opened.journal.close().await;
    writes
}

/// A colleague answers in the announcement's thread, so that the thread is read.
fn somebody_answers(stage: &Stage) {
    stage.sim.with_world(|world| {
        let messages = &mut world.channel.messages;
        let Some(announcement) = messages.first().cloned() else {
            return;
        };
        let (seconds, micros) = announcement.ts.split_once('.').expect("a time");
        let seconds: u64 = seconds.parse().expect("seconds");
        let ts = format!("{}.{micros}", seconds + 1);
        messages.push(Message {
            ts,
            text: "Good luck".to_owned(),
            thread_ts: Some(announcement.ts),
            metadata: None,
            blocks: None,
            reply_broadcast: false,
            by_webhook: true,
            edited_ts: None,
        });
    });
}
