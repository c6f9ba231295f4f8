//! One write that meets one fault.

use std::time::Duration;

use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::is_passing;
use slipway_core::view::{ReleaseView, StepState, View};

use crate::checkpoint::Scene;
use crate::fault::{Ends, Fault};
use crate::pilot::Pilot;
use crate::walk::state;
use crate::write::Write;

/// Longer than any cell takes.
const PATIENCE: Duration = Duration::from_secs(240);
/// Time is moved on when nothing happened for this long.
const MOMENT: Duration = Duration::from_millis(250);
/// A lost request is only believed to be lost after as long.
const STEP: u64 = 16;
/// A service that refuses the sign-in is asked again after as long.
const REST: u64 = 61;
/// Enough for what lasts until somebody does something about it.
const LASTING: u32 = 1000;

/// What it came to.
enum Came {
    Done,
    /// It stands, and says why.
    Stopped(Problem),
    /// A person is asked whether it happened.
    Asked,
}

pub(crate) async fn play(write: Write, fault: &Fault) -> Result<String, String> {
    let pilot = Pilot::flown().await;
    let scene = pilot.checkpoint(write).scene().await;
    let came = tokio::time::timeout(PATIENCE, meet(&scene, write, fault)).await;
    let came = came.unwrap_or_else(|_| Err("it never ends".to_owned()));
    let told = came.map_err(|why| format!("{why}\n{}", after(&scene, write)));
    scene.engine.stop().await;
    told
}

async fn meet(scene: &Scene, write: Write, fault: &Fault) -> Result<String, String> {
    let offered = offered(scene, write).await;
    let times = match fault.ends {
        Ends::Heals | Ends::Lies => 1,
        Ends::Stops | Ends::SignedOut => LASTING,
    };
    let kind = match fault.ends {
        Ends::Lies => honest_but_for_the_effect(fault, &offered),
        Ends::Heals | Ends::Stops | Ends::SignedOut => fault.kind.clone(),
    };
    scene.fault(write.operation(), kind, times).await;
    let pressed = press(scene, write, offered, times).await?;
    if fault.ends == Ends::Lies {
        return lied(scene, write, pressed).await;
    }
    let came = until_it_ends(scene, write, pressed, times == LASTING).await?;
    let word = match came {
        Came::Done => "healed".to_owned(),
        Came::Asked if !write.is_seen() => {
            say_what_happened(scene, write).await?;
            "a person was asked".to_owned()
        }
        Came::Asked => return Err("a person is asked about what can be looked up".to_owned()),
        Came::Stopped(problem) => {
            if fault.ends == Ends::Heals {
                return Err(format!("it does not heal by itself: {problem:?}"));
            }
            says_what_to_do(&problem)?;
            let said = !write.is_quiet();
            if said && fault.ends == Ends::SignedOut && problem.code != Code::SignedOut {
                return Err(format!("this is about the sign-in: {problem:?}"));
            }
            happened(scene, write, 0)?;
            remedy(scene, write).await?;
            format!("stopped: {:?}", problem.code)
        }
    };
    if write == Write::TellChange {
        // Nothing on screen says that it is settled: nothing more is sent, however long one waits.
        for _ in 0..2 {
            scene.pass(REST).await;
            scene.look().await;
        }
    }
    happened(scene, write, 1)?;
    is_never_sent_blindly(scene, write)?;
    Ok(word)
}

/// What to press for it.
async fn offered(scene: &Scene, write: Write) -> Intent {
    let offered = scene.offers(write.pressed()).await;
    write.wish(offered)
}

/// Presses it, and again where the screen was a moment behind, until it is sent.
async fn press(
    scene: &Scene,
    write: Write,
    first: Intent,
    times: u32,
) -> Result<Result<(), Problem>, String> {
    let mut wish = first;
    loop {
        let pressed = scene.engine.dispatch(wish).await;
        let behind =
            matches!(&pressed, Err(it) if matches!(it.code, Code::NotOffered | Code::Changed));
        if write.follows() && !behind {
            until_it_is_met(scene, times).await;
        }
        if scene.has_met(times).await {
            return Ok(pressed);
        }
        if !behind {
            return Err(format!("it is not sent: {pressed:?}"));
        }
        scene.look().await;
        wish = offered(scene, write).await;
    }
}

/// What follows by itself is sent some time after what was pressed for it.
async fn until_it_is_met(scene: &Scene, times: u32) {
    let mut views = scene.engine.views();
    while !scene.has_met(times).await {
        let changed = tokio::time::timeout(MOMENT, views.changed()).await;
        if changed.is_err() {
            scene.look().await;
        }
    }
}

/// Waits until the write is seen to be done, or stands with a problem. Time is moved on where Slipway waits.
async fn until_it_ends(
    scene: &Scene,
    write: Write,
    pressed: Result<(), Problem>,
    lasting: bool,
) -> Result<Came, String> {
    let mut views = scene.engine.views();
    let refused = pressed.err().filter(|_| !write.follows());
    let mut moment = MOMENT;
    loop {
        let (view, still) = {
            let view = views.borrow_and_update().clone();
            (view.releases.first().cloned(), !view.waterline.looking)
        };
        if let Some(came) = view
            .as_ref()
            .and_then(|view| came(scene, write, view, refused.as_ref(), lasting))
        {
            return Ok(came);
        }
        if view.is_none()
            && let Some(problem) = &refused
        {
            return Ok(Came::Stopped(problem.clone()));
        }
        let changed = tokio::time::timeout(moment, views.changed()).await;
        if changed.is_err() && still {
            scene.pass(STEP).await;
            // Each step makes Slipway look at everything.
            moment = (moment * 2).min(8 * MOMENT);
        }
    }
}

fn came(
    scene: &Scene,
    write: Write,
    view: &ReleaseView,
    refused: Option<&Problem>,
    lasting: bool,
) -> Option<Came> {
    if view.busy.is_some() || view.again.is_some() {
        return view.undecided.as_ref().map(|_| Came::Asked);
    }
    if write.is_quiet() {
        return message(scene, write, lasting);
    }
    if write.is_done(view) {
        return Some(Came::Done);
    }
    // What follows by itself is tried again by itself, later.
    let later = |it: &Problem| write.follows() && is_passing(it.code);
    let stands = view.problem.clone().filter(|it| !later(it));
    // A refusal that was of passing kind is sent again, and then nothing stands.
    let refused = refused
        .filter(|it| !matches!(it.code, Code::Unknown | Code::Throttled | Code::Unreachable));
    stands.or_else(|| refused.cloned()).map(Came::Stopped)
}

/// Nobody is told about the message: it is true in the end, or it was refused and is left alone until it has other
/// words.
fn message(scene: &Scene, write: Write, lasting: bool) -> Option<Came> {
    let asked = scene.asked(write.operation());
    let last = asked.last()?;
    if last.effect {
        return Some(Came::Done);
    }
    lasting.then(|| {
        Came::Stopped(Problem::new(
            Code::Refused,
            "The message was refused.",
            "It says what it said.",
            "It is left alone until there are other words.",
        ))
    })
}

fn says_what_to_do(problem: &Problem) -> Result<(), String> {
    let said = [&problem.what, &problem.means, &problem.remedy];
    let whole = said.iter().all(|it| it.len() > 8);
    whole
        .then_some(())
        .ok_or_else(|| format!("it does not say what to do: {problem:?}"))
}

/// What the problem says is done, and the person presses again.
async fn remedy(scene: &Scene, write: Write) -> Result<(), String> {
    scene.no_faults().await;
    scene.pass(REST).await;
    scene.look().await;
    if write == Write::UpdateAnnouncement {
        // There are other words once it is approved.
        let approve = offered(scene, Write::Approve).await;
        let pressed = scene.engine.dispatch(approve).await;
        pressed.map_err(|problem| format!("after the remedy: {problem:?}"))?;
    } else if write == Write::TellChange {
        tell(scene).await?;
    } else if write.follows() {
        follow(scene, write).await;
    } else {
        let again = offered(scene, write).await;
        let pressed = scene.engine.dispatch(again).await;
        pressed.map_err(|problem| format!("after the remedy: {problem:?}"))?;
    }
    finishes(scene, write).await
}

/// What was refused is offered to tell; what was not taken for another reason is told by itself.
async fn tell(scene: &Scene) -> Result<(), String> {
    let release = scene.release().ok_or("there is no release")?;
    let Some(tell) = release.announce.tell else {
        return Ok(());
    };
    let tell = Intent::TellChange {
        release: release.id,
        change: tell.change,
    };
    let pressed = scene.engine.dispatch(tell).await;
    pressed.map_err(|problem| format!("after the remedy: {problem:?}"))
}

/// What follows by itself is pressed by hand once it was refused.
async fn follow(scene: &Scene, write: Write) {
    let Some(view) = scene.release() else { return };
    let Some(head) = view.etl.head.clone() else {
        return;
    };
    if write == Write::OpenReleasePull {
        let release = view.id;
        // It may have been opened by itself meanwhile.
        let _ = scene
            .engine
            .dispatch(Intent::OpenReleasePull { release, head })
            .await;
    }
}

async fn finishes(scene: &Scene, write: Write) -> Result<(), String> {
    match until_it_ends(scene, write, Ok(()), false).await? {
        Came::Done => Ok(()),
        Came::Asked => Err("a person is asked after the remedy".to_owned()),
        Came::Stopped(problem) => Err(format!("it stands after the remedy: {problem:?}")),
    }
}

/// The person looks in the channel.
async fn say_what_happened(scene: &Scene, write: Write) -> Result<(), String> {
    let view = scene.release().ok_or("there is no release")?;
    let seq = view.undecided.as_ref().ok_or("nobody is asked")?.seq;
    let is_there = effects(scene, write) == 1;
    let said = Intent::DeclareOutcome {
        release: view.id,
        seq,
        happened: is_there,
    };
    let said = scene.engine.dispatch(said).await;
    said.map_err(|problem| format!("it cannot be said: {problem:?}"))?;
    if !is_there {
        let again = offered(scene, write).await;
        let pressed = scene.engine.dispatch(again).await;
        pressed.map_err(|problem| format!("after the answer: {problem:?}"))?;
    }
    finishes(scene, write).await
}

/// The service said that it was done.
async fn lied(scene: &Scene, write: Write, pressed: Result<(), Problem>) -> Result<String, String> {
    scene.look().await;
    scene.look().await;
    if !write.is_seen() {
        // Whoever cannot read the channel has Slack's word for it and nothing else.
        return pressed
            .map(|()| "taken at its word".to_owned())
            .map_err(|it| format!("{it:?}"));
    }
    if !write.is_quiet()
        && let Some(view) = scene.release()
        && write.is_done(&view)
    {
        return Err("it is green and nothing happened".to_owned());
    }
    happened(scene, write, 0)?;
    let came = until_it_ends_or_is_offered(scene, write).await?;
    if let Some(again) = came {
        let pressed = scene.engine.dispatch(again).await;
        pressed.map_err(|problem| format!("pressed again: {problem:?}"))?;
    }
    finishes(scene, write).await?;
    happened(scene, write, 1)?;
    Ok("never green: again".to_owned())
}

/// It is done anew by itself, or can be pressed again.
async fn until_it_ends_or_is_offered(
    scene: &Scene,
    write: Write,
) -> Result<Option<Intent>, String> {
    if write.is_quiet() {
        // The message and its thread stay as they were until there is something else to say.
        return Ok(Some(offered(scene, Write::Approve).await));
    }
    if write.follows() {
        finishes(scene, write).await?;
        return Ok(None);
    }
    for _ in 0..3 {
        scene.pass(STEP).await;
        scene.look().await;
    }
    // What is looked for and not there is sent again by itself.
    if effects(scene, write) > 0 {
        return Ok(None);
    }
    Ok(Some(offered(scene, write).await))
}

/// A lie in the words of what was asked for.
fn honest_but_for_the_effect(fault: &Fault, offered: &Intent) -> serde_json::Value {
    let mut kind = fault.kind.clone();
    if let Intent::CreateBranch { name, sha } = offered {
        kind["body"]["ref"] = format!("refs/heads/{name}").into();
        kind["body"]["object"]["sha"] = sha.as_str().into();
    }
    kind
}

fn effects(scene: &Scene, write: Write) -> usize {
    let asked = scene.asked(write.operation());
    asked.iter().filter(|it| it.effect).count()
}

fn happened(scene: &Scene, write: Write, times: usize) -> Result<(), String> {
    let seen = effects(scene, write);
    // The message is changed as often as there is something new to say; the same words twice change nothing.
    let right = match write {
        Write::UpdateAnnouncement => true,
        Write::CreateBranch
        | Write::AnnounceByBot
        | Write::AnnounceByWebhook
        | Write::MergePull
        | Write::OpenReleasePull
        | Write::MergeRelease
        | Write::Approve
        | Write::Reject
        | Write::RetryStage
        | Write::StopExecution
        | Write::StartExecution
        | Write::EnableTransition
        | Write::RollBack
        | Write::PostResult
        | Write::TellChange => seen == times,
    };
    right
        .then_some(())
        .ok_or_else(|| format!("it happened {seen} times, not {times}"))
}

/// Between two of the same there was always a look.
fn is_never_sent_blindly(scene: &Scene, write: Write) -> Result<(), String> {
    let all = scene.stage.sim.requests();
    let sent: Vec<_> = all
        .iter()
        .filter(|it| it.operation == write.operation())
        .collect();
    for pair in sent.windows(2) {
        let (one, other) = (pair[0].seq, pair[1].seq);
        let mut between = all.iter().filter(|it| it.seq > one && it.seq < other);
        let looked = between.any(|it| !it.effect && it.service == write.service());
        if !looked && write.is_seen() {
            return Err(format!("sent again without a look: {pair:?}"));
        }
    }
    Ok(())
}

/// How it stands, for whoever reads why a cell is wrong.
fn after(scene: &Scene, write: Write) -> String {
    let Some(view) = scene.release() else {
        return "there is no release".to_owned();
    };
    let steps: Vec<(String, StepState)> = view
        .steps
        .iter()
        .map(|it| (format!("{:?} {}", it.id, it.note), state(&view, it.id)))
        .collect();
    let sent: Vec<_> = scene
        .asked(write.operation())
        .into_iter()
        .map(|it| (it.seq, it.status, it.effect))
        .collect();
    let view: &View = &scene.view();
    let release = &view.releases[0];
    format!(
        "busy {:?}, problem {:?}, undecided {:?}, waterline {} {}, sent {sent:?}, steps {steps:?}",
        release.busy,
        release.problem,
        release.undecided.is_some(),
        view.waterline.word,
        view.waterline.text,
    )
}
