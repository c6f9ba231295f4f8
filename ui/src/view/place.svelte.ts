/**
 * Where the window is: Home or a screen beside it, the form of a new release, or a step of a release. It is the person's, not
 * the engine's; but it walks on by itself when the step on screen becomes settled and that was the step to do (follow mode),
 * and goes where a notice or the tray asks for it.
 */
import type { Kind, ReleaseId, ReleaseView, Service, Sha, StepId, Summons, View } from '../bindings';
import { isSettled } from '../parts/states';
import { words } from '../words/en';
import { forget } from './drafts.svelte';
import { act, store } from './view.svelte';

/** The screens outside a run, in the order of the navigation. */
export const outside = ['home', 'history', 'notices', 'accounts', 'settings'] as const;
export type Outside = (typeof outside)[number];

export type Place =
  | { at: Outside; service?: Service }
  | { at: 'draft'; step: StepId }
  | { at: 'release'; release: ReleaseId; step: StepId };

/** Under which name the drafts of a form are kept: its branch name changes with every letter. */
export const FORM = 'form';

class Here {
  place = $state.raw<Place>({ at: 'home' });
  /** The list of keys lies over it. */
  listing = $state(false);
  /** The form as last seen: shown, with nothing to press, until the release that it became appears. */
  #form = $state.raw<ReleaseView | null>(null);

  /** The step on screen is the one to do, so the window follows when it is settled. */
  #follows = false;
  /** The branch just created or adopted: its release is shown as soon as it is in the view. */
  #awaited: ReleaseId | null = null;
  #starting: Kind | null = null;
  /** The last summons that was followed. */
  #followed = 0;

  home(): void {
    this.go('home');
  }

  /** Shows a screen outside a run. What was refused on another one is not about it. */
  go(at: Outside, service?: Service): void {
    this.#awaited = this.#starting = null;
    if (this.place.at !== at) {
      for (const key of Object.keys(store.refused)) if (key.startsWith(':')) delete store.refused[key];
    }
    this.place = service ? { at, service } : { at };
  }

  /** Opens a release at its step to do, or at the one given. */
  open(release: ReleaseId, step?: StepId): void {
    const found = store.view?.releases.find((one) => one.id === release);
    if (!found) return this.past(release);
    this.#awaited = this.#starting = null;
    this.#show(found, step ?? found.current);
  }

  /** Opens the report of a release that is over. */
  past(release: ReleaseId): void {
    this.go('history');
    void act({ type: 'history', ask: { type: 'open', release } });
  }

  /** Picks a step on the rail. Somebody who picked another step than the one to do stays there. */
  pick(step: StepId): void {
    const release = this.release;
    if (this.place.at === 'draft') this.place = { at: 'draft', step };
    else if (release) this.#show(release, step);
  }

  /** The neighbour of the step on screen. */
  pickNext(by: 1 | -1): void {
    const place = this.place;
    const steps = this.release?.steps ?? [];
    if (!('step' in place)) return;
    const next = steps[steps.findIndex((step) => step.id === place.step) + by];
    if (next) this.pick(next.id);
  }

  /** Opens the form of that kind, a hotfix with a name to begin with; one that is open already is shown as it is. */
  async start(kind: Kind, fixName = ''): Promise<void> {
    if (store.view?.home.cannotStart && store.view.draft?.kind !== kind) return;
    this.#starting = kind;
    if (store.view?.draft?.kind !== kind) {
      forget(FORM);
      if (!(await act({ type: 'draft', kind, fixName, date: '' }))) this.#starting = null;
    }
    this.settle(store.view);
  }

  async cancel(): Promise<void> {
    if (!(await act({ type: 'dropDraft' }))) return;
    forget(FORM);
    this.home();
  }

  create(name: string, sha: Sha): Promise<void> {
    return this.#await(name, () => act({ type: 'createBranch', name, sha }));
  }

  adopt(name: string, sha: Sha): Promise<void> {
    return this.#await(name, () => act({ type: 'adoptBranch', name, sha }));
  }

  /** The release on screen (or the form); `null` outside a run. */
  get release(): ReleaseView | null {
    const place = this.place;
    if (place.at === 'draft') return store.view?.draft ?? this.#form;
    if (place.at === 'release') return store.view?.releases.find((one) => one.id === place.release) ?? null;
    return null;
  }

  /** Brings the place in line with a new view. Call it for each one. */
  settle(view: View | null): void {
    if (!view) return;
    if (view.draft) this.#form = { ...view.draft, busy: words.branch.creating };
    const { summons } = view;
    if (summons && summons.seq !== this.#followed) return this.#answer(summons);
    const arrived = view.releases.find((one) => one.id === this.#awaited);
    if (arrived) {
      this.#awaited = null;
      forget(FORM);
      return this.#show(arrived, arrived.current);
    }
    if (this.#starting && view.draft?.kind === this.#starting) {
      this.#starting = null;
      this.place = { at: 'draft', step: 'branch' };
      return;
    }
    if (this.place.at === 'draft' && !view.draft && !this.#awaited) return this.home();
    if (this.place.at === 'release') this.#followOn(this.place.step);
  }

  /** Somebody asked for the window from outside it. What is not there any more leads Home; no release leads nowhere else. */
  #answer({ seq, release, step }: Summons): void {
    this.#followed = seq;
    if (release === null) return;
    const told = store.view?.notices.some((one) => one.release === release && one.opens);
    if (told || store.view?.releases.some(({ id }) => id === release)) this.open(release, step ?? undefined);
    else this.home();
  }

  #followOn(shown: StepId): void {
    const release = this.release;
    if (!release) return this.home();
    const step = release.steps.find((one) => one.id === shown);
    const reading = store.view?.log?.release === release.id;
    const busy = store.typing || reading || document.querySelector('dialog[open]') !== null;
    if (this.#follows && !busy && step && isSettled(step.state) && release.current !== shown) {
      this.#show(release, release.current);
    }
  }

  #show(release: ReleaseView, step: StepId): void {
    const place = this.place;
    if (place.at !== 'release' || place.release !== release.id || place.step !== step) {
      // What was refused was about the step that is left.
      for (const key of ['', release.id]) delete store.refused[key];
    }
    this.#follows = step === release.current;
    this.place = { at: 'release', release: release.id, step };
  }

  async #await(name: string, wish: () => Promise<boolean>): Promise<void> {
    this.#awaited = name;
    if (!(await wish()) && this.#awaited === name) this.#awaited = null;
    this.settle(store.view);
  }
}

export const here = new Here();
