/**
 * Everything the window knows: the latest view of the engine, the clock that makes its ages tick, and what was refused.
 * Nothing here is decided; screens read `store.view` and wish with `act`.
 */
import type { HistoryAsk, Intent, Problem, ReleaseId, SignIn, View, Wish } from '../bindings';
import { dispatch, openLink, subscribe } from '../backend';
import { setTeamZone } from '../words/time';

class Store {
  /** The newest view; `null` until the engine has sent one. */
  view = $state.raw<View | null>(null);
  /** The engine's clock, carried on locally. It moves once a second. */
  now = $state(Date.now());
  /**
   * The wish that was last refused, by release (`''` for Home and the draft) or by `about`. Gone with the next wish, and
   * once what was wished for is sent again by itself: how that ends is in the view.
   */
  refused = $state<Record<ReleaseId, Problem>>({});
  /** Wishes under way, by the same: buttons that act are off until the engine has taken them. */
  sending = $state<Record<ReleaseId, boolean>>({});
  /** The engine could not be reached at all. */
  lost = $state.raw<Problem | null>(null);

  /** Somebody is in the middle of a text: the window does not walk away from under them. */
  typing = $state(false);

  #ahead = 0;

  /** Takes a view unless a newer one is already here. */
  take(view: View): void {
    if (this.view && view.rev < this.view.rev) return;
    this.view = view;
    for (const { id, again } of view.releases) if (again) delete this.refused[id];
    setTeamZone(view.teamZone, view.teamClock);
    this.#ahead = view.now - Date.now();
    this.tick();
  }

  tick(): void {
    this.now = Date.now() + this.#ahead;
  }
}

export const store = new Store();

/** Wishes that change nothing outside: they do not switch the buttons off while they are on their way. */
const UNMARKED = new Set<Intent['type']>(['look', 'log', 'draft', 'dropDraft', 'history']);

/** Starts listening. The clock rests while the window is hidden: in the tray it costs nothing. Returns what stops it. */
export function start(): () => void {
  subscribe((view) => store.take(view)).catch((problem: Problem) => (store.lost = problem));
  let clock: ReturnType<typeof setInterval> | undefined;
  const run = (): void => {
    clearInterval(clock);
    if (document.hidden) return;
    store.tick();
    clock = setInterval(() => store.tick(), 1000);
  };
  document.addEventListener('visibilitychange', run);
  run();
  return () => {
    clearInterval(clock);
    document.removeEventListener('visibilitychange', run);
  };
}

/** Says whose build is on the screen. Where that cannot be said, it is read less often, which its age shows. */
export function watch(release: ReleaseId | null): void {
  dispatch({ type: 'log', wish: { type: 'watch', release } }).catch(() => {});
}

/**
 * Wishes for something. True when the engine took it; false when it refused: then the problem is in `store.refused` and
 * the screen shows it by itself (`Screen` does), with everything typed still there.
 */
export async function act(wish: Intent): Promise<boolean> {
  const release = releaseOf(wish);
  delete store.refused[release];
  const marks = !UNMARKED.has(wish.type);
  if (marks) {
    store.sending[release] = true;
    store.typing = false;
  }
  try {
    await dispatch(wish);
    return true;
  } catch (problem) {
    const about = releaseOf(wish);
    if (!store.view?.releases.some(({ id, again }) => id === about && again))
      store.refused[about] = problem as Problem;
    return false;
  } finally {
    if (marks) delete store.sending[release];
  }
}

/** Wishes for something about this desktop. What is refused is kept under `about(wish)`. */
export const wish = (wish: Wish): Promise<boolean> => act({ type: 'desktop', wish });

/** What a wish about this desktop is about, so that its refusal stands where it was made. No branch has such a name. */
export function about(wish: Wish): string {
  if (wish.type === 'signIn') return `:${serviceOf(wish.signIn)}`;
  return 'service' in wish ? `:${wish.service}` : `:${wish.type}`;
}

const serviceOf = ({ kind }: SignIn) =>
  kind === 'githubToken' ? 'github' : kind.startsWith('aws') ? 'aws' : 'slack';

/** Opens a page in the browser; a refusal is shown where a refused wish of that release would be. */
export function follow(link: string, release: ReleaseId = ''): void {
  openLink(link).catch((problem: Problem) => (store.refused[release] = problem));
}

/** The report of a release that is followed is saved on its own screen. */
function ofHistory(ask: HistoryAsk): ReleaseId {
  const followed = ask.type === 'saveReport' && store.view?.releases.some(({ id }) => id === ask.release);
  return followed ? ask.release : ':history';
}

function releaseOf(wish: Intent): ReleaseId {
  if (wish.type === 'desktop') return about(wish.wish);
  if (wish.type === 'history') return ofHistory(wish.ask);
  if ('release' in wish) return wish.release;
  if (wish.type === 'log')
    return ('release' in wish.wish && wish.wish.release) || (store.view?.log?.release ?? '');
  // A branch that could not be made has its release already.
  const name = 'name' in wish ? wish.name : '';
  return store.view?.releases.some(({ id }) => id === name) ? name : '';
}
