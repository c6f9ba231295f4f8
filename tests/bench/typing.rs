//! From a keystroke to what it changes on the screen, in the window.

use serde_json::Value;

use crate::browser::{Browser, handle};
use crate::budget::{Budget, percentile};
use crate::desktop::Desktop;

const LETTERS: usize = 300;

/// Types one name after the other and waits each time until the branch's name that follows from it is drawn.
const SCRIPT: &str = r#"
const [letters, done] = arguments;
const field = document.querySelector('[data-testid="field-fix-name"]');
const name = document.querySelector('[data-testid="branch-name"]');
const took = [];
const write = (text) => {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
const next = (nth) => {
  if (nth === letters) return done(took);
  const text = 'fix-' + nth;
  const began = performance.now();
  const seen = new MutationObserver(() => {
    if (!name.textContent.includes(text)) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      took.push(performance.now() - began);
      setTimeout(() => next(nth + 1));
    });
  });
  seen.observe(name, { subtree: true, childList: true, characterData: true });
  write(text);
};
next(0);
"#;

pub(crate) async fn budget() -> Budget {
    let desktop = Desktop::start().await;
    let browser = Browser::start(&desktop).await;
    browser.await_screen("home").await;
    browser.click_when_usable("action-start-hotfix").await;
    browser.await_screen("hotfix").await;
    browser.click(&handle("field-fix-name")).await;
    let took: Vec<Value> = browser.run_async(SCRIPT, vec![LETTERS.into()]).await;
    let took: Vec<f64> = took.iter().filter_map(Value::as_f64).collect();
    assert_eq!(took.len(), LETTERS);
    let note = format!("median {:.1} ms", percentile(&took, 0.5));
    let what = "from a keystroke to the view on the screen, p99";
    Budget::new(what, percentile(&took, 0.99), 50.0, "ms").note(note)
}
