/** Opens the whole window on a sample view, as `main.ts` would. */
import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import App from '../App.svelte';
import type { ReleaseView, View } from '../bindings';
import { loadAll } from '../screens/late.svelte';
import { forget } from '../view/drafts.svelte';
import { FORM, here } from '../view/place.svelte';
import { unseen } from '../view/unseen.svelte';
import { store } from '../view/view.svelte';
import { host } from './host';
import { BRANCH, pacificTime, sampleHome, sampleView } from './sample';

/** Renders the app with this view. What an earlier test left behind is forgotten. */
export async function openWindow(view: View): Promise<void> {
  await loadAll();
  unseen.forget();
  here.listing = false;
  store.view = null;
  store.refused = {};
  store.sending = {};
  store.typing = false;
  here.home();
  for (const key of [FORM, ...places, ...view.releases.map((release) => release.id)]) forget(key);
  render(App);
  await tick();
  await send(view);
}

/** Under which names the screens outside a run keep what is typed. */
const places = [':github', ':aws', ':slack', ':settings'];

let rev = 1;

/** The engine sends the next view. */
export async function send(view: View): Promise<void> {
  host.send({ ...view, rev: ++rev });
  await settle();
}

/** Lets everything that waits happen: promises, then the screen. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await tick();
}

/** Tuesday evening with this one release. */
export const tuesday = (release: ReleaseView, changes: Partial<View> = {}): View =>
  sampleView({
    now: pacificTime(24, 19, 43),
    releases: [release],
    home: sampleHome({ inProgress: [] }),
    ...changes,
  });

/** The window at that release's step to do. */
export async function openRelease(release: ReleaseView, changes: Partial<View> = {}): Promise<void> {
  await openWindow(tuesday(release, changes));
  here.open(release.id ?? BRANCH);
  await settle();
}

export const byId = (id: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  if (!found) throw new Error(`nothing has the test id ${id}`);
  return found;
};

export const has = (id: string): boolean => document.querySelector(`[data-testid="${id}"]`) !== null;

/** Which screen is shown. */
export const shown = (): string =>
  document
    .querySelector<HTMLElement>('[data-testid^="screen-"]')
    ?.dataset['testid']?.slice('screen-'.length) ?? '';
