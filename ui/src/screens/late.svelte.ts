/**
 * The screens beside Home. They are no part of what the window loads at its start: each is fetched when the window has
 * nothing else to do, or when it is opened before that.
 */
import type { Component } from 'svelte';
import type { Problem, View } from '../bindings';
import { words } from '../words/en';

type Props = { view: View };
/** Some take nothing: what they show is where the window is. */
type Fetch = () => Promise<{ default: Component<Props> | Component<Record<string, never>> }>;

export class LateScreen {
  screen = $state.raw<Component<Props> | null>(null);
  failed = $state.raw<Problem | null>(null);
  #fetch: Fetch;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  async load(): Promise<void> {
    this.failed = null;
    try {
      this.screen ??= (await this.#fetch()).default as Component<Props>;
    } catch (thrown) {
      this.failed = { code: 'unreachable', ...words.late, raw: String(thrown), link: null };
    }
  }
}

export const late = {
  run: new LateScreen(() => import('./Run.svelte')),
  welcome: new LateScreen(() => import('./Welcome.svelte')),
  history: new LateScreen(() => import('./History.svelte')),
  notices: new LateScreen(() => import('./Notices.svelte')),
  accounts: new LateScreen(() => import('./Accounts.svelte')),
  settings: new LateScreen(() => import('./Settings.svelte')),
  keys: new LateScreen(() => import('./KeyList.svelte')),
  keychain: new LateScreen(() => import('./Keychain.svelte')),
};

export const loadAll = (): Promise<unknown> => Promise.all(Object.values(late).map((one) => one.load()));

/** Fetches them once nothing else is to do. WebKit has no idle callback; a moment after the first view is as good. */
export function loadWhenIdle(): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(() => void loadAll());
  else setTimeout(() => void loadAll(), 300);
}
