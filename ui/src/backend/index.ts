/**
 * The one door to the host. Nothing else in the window talks to it, so that every screen can be shown with made-up views.
 */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Code, Intent, LinkId, Problem, View } from '../bindings';
import { words } from '../words/en';

/** Sends the current view at once and every later one. */
export async function subscribe(onView: (view: View) => void): Promise<void> {
  await ask('subscribe', () => ({ onView: new Channel<View>(onView) }));
}

/** Carries a wish to the engine. Rejects with a `Problem` when it was not taken. */
export async function dispatch(intent: Intent): Promise<void> {
  await ask('dispatch', () => ({ intent }));
}

/** Opens a link of the view in the person's browser; the page never holds the address. */
export async function openLink(id: LinkId): Promise<void> {
  await ask('open_link', () => ({ link: id }));
}

/** Puts text on the clipboard; false when the window may not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** The payload is made inside, because a channel cannot be made without a host either. */
async function ask(command: string, payload: () => Record<string, unknown>): Promise<void> {
  try {
    await invoke(command, payload());
  } catch (thrown) {
    throw toProblem(thrown);
  }
}

/** What the engine throws is a `Problem`; anything else (a crashed host, a bug in the bridge) is made into one. */
function toProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'what' in thrown && 'remedy' in thrown) {
    return thrown as Problem;
  }
  const code: Code = 'unknown';
  const raw = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : String(thrown);
  return { code, ...words.hostFailed, raw, link: null };
}

/** The older way, for web views that keep the clipboard from pages. A dialog makes the rest inert, so it goes inside. */
function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'vh';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
