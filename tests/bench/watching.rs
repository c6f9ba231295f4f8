//! One pipeline that is watched while nothing happens.

use std::path::Path;
use std::time::Duration;

use crate::browser::{Browser, app, handle};
use crate::budget::Budget;
use crate::desktop::Desktop;
use crate::keyring::Keyring;
use crate::services::Services;
use crate::started::Started;
use crate::tray_host::TrayHost;
use crate::{empty, wait};

/// Whatever was begun at the start is done by then.
const SETTLED: Duration = Duration::from_secs(20);
/// Long enough for a look.
const WATCHED: Duration = Duration::from_secs(75);

/// What one program uses.
struct Used {
    /// MiB while its window is shown.
    shown: f64,
    /// Hundredths of a processor while it is hidden.
    hidden: f64,
}

/// Memory while the window is shown, and the processor while it is hidden.
pub(crate) async fn budgets() -> [Budget; 2] {
    let empty = {
        let desktop = Desktop::start().await;
        used(&desktop, &empty()).await
    };
    let slipway = {
        let mut desktop = Desktop::start().await;
        let _keyring = Keyring::start(&desktop).await;
        let _panel = TrayHost::start(&desktop).await;
        let services = Services::start(&mut desktop).await;
        sign_in(&desktop, &services).await;
        let before = services.sim.requests().len();
        let used = used(&desktop, &app()).await;
        let looked = services.sim.requests().split_off(before);
        let mut looks = looked.iter().map(|it| it.operation.as_str());
        assert!(
            looks.any(|it| it == "codepipeline:GetPipelineState"),
            "the pipeline is watched"
        );
        used
    };
    let memory = Budget::new(
        "memory of all its processes, one pipeline watched",
        slipway.shown,
        empty.shown * 1.15,
        "MiB",
    );
    let processor = Budget::new(
        "processor, hidden, one pipeline watched",
        slipway.hidden,
        0.2,
        "%",
    );
    [
        memory.note(format!("an empty window takes {:.0} MiB", empty.shown)),
        processor.note(format!("a hidden empty window takes {:.2} %", empty.hidden)),
    ]
}

async fn used(desktop: &Desktop, program: &Path) -> Used {
    let shown = {
        let started = Started::new(desktop, program, &[]);
        tokio::time::sleep(SETTLED).await;
        started.memory()
    };
    let started = Started::new(desktop, program, &["--hidden"]);
    tokio::time::sleep(SETTLED).await;
    let before = started.processor_seconds();
    tokio::time::sleep(WATCHED).await;
    let used = started.processor_seconds() - before;
    Used {
        shown,
        hidden: used / WATCHED.as_secs_f64() * 100.0,
    }
}

/// By hand, once: the keychain keeps it for the starts that are measured.
async fn sign_in(desktop: &Desktop, services: &Services) {
    let browser = Browser::start_with(desktop, &[]).await;
    browser.await_screen("home").await;
    browser.click(&handle("nav-accounts")).await;
    browser.await_screen("accounts").await;
    if !browser.is_unfolded("account-aws").await {
        browser.click(&handle("fold-aws")).await;
    }
    let secrets = &services.secrets;
    for (field, text) in [
        ("field-aws-access-key-id", &secrets.aws_access_key_id),
        (
            "field-aws-secret-access-key",
            &secrets.aws_secret_access_key,
        ),
    ] {
        browser.click(&handle(field)).await;
        browser.write(text).await;
    }
    browser.click(&handle("action-sign-in-aws")).await;
    let signed_in = wait::until(wait::LIMIT, async || {
        let state = browser.attribute("account-aws", "data-state").await;
        (state.as_deref() == Some("signed-in")).then_some(())
    });
    signed_in.await.expect("AWS takes the key");
    browser.end(desktop).await;
}
