/** The keys that work on every screen. Nothing is approved or rejected by a key alone. */
import { here } from './place.svelte';
import { act, store } from './view.svelte';

const isMac = navigator.userAgent.includes('Mac');

/** What the keys are called on this computer. */
export const keyNames = (isMac ? ['Cmd', 'Option'] : ['Ctrl', 'Alt']) as [string, string];

/** Acts on a key of the whole window. `showList` opens the list of keys. */
export function onKey(event: KeyboardEvent, showList: () => void): void {
  const doing = actionOf(event, showList);
  if (!doing || event.defaultPrevented) return;
  event.preventDefault();
  doing();
}

function actionOf(event: KeyboardEvent, showList: () => void): (() => unknown) | null {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const asked = document.querySelector('dialog[open]') !== null;
  const letter = event.key.toLowerCase();
  // A key that is held down was meant once.
  if (letter === 'enter' && event.repeat && (mod || !inField(event.target))) return () => {};
  // A web view would load itself anew, whatever else is going on.
  if (mod && letter === 'r') return () => act({ type: 'look' });
  if (asked) return mod && letter === 'enter' ? () => {} : null;
  if (mod && letter === 'enter') return pressFilled;
  if (store.view?.accounts.keychain.covers) return null;
  if (mod && letter === 'n') return () => here.start(event.shiftKey ? 'maintenance' : 'hotfix');
  if (mod && letter === '1') return () => here.home();
  if (mod && letter === '2') return () => here.go('history');
  if (mod && letter === 'f' && here.place.at === 'history') return () => searchField()?.focus();
  if (mod && letter === '3') return () => here.go('accounts');
  if (mod && letter === ',') return () => here.go('settings');
  if (event.altKey && event.key === 'ArrowLeft') return () => here.home();
  if (event.altKey && event.key === 'ArrowUp') return () => here.pickNext(-1);
  if (event.altKey && event.key === 'ArrowDown') return () => here.pickNext(1);
  if (event.key === 'F6') return () => nextRegion(event.shiftKey ? -1 : 1);
  if (event.key === '?' && !inField(event.target) && store.view) return showList;
  return null;
}

const searchField = () => document.querySelector<HTMLInputElement>('[data-testid="field-search"]');

function pressFilled(): void {
  document.querySelector<HTMLButtonElement>('[data-primary]')?.click();
}

/** Side, work, action bar: to the control in it that has the tab stop, else to the region itself. */
function nextRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const region = regions.at(at < 0 ? 0 : (at + by) % regions.length);
  const stop = region?.querySelector<HTMLElement>(
    '[aria-current], button:not([tabindex="-1"]), input, textarea, select',
  );
  (stop ?? region)?.focus();
}

/** The element takes typed text. */
export function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
