/** Stands in for src/backend: records what the window asks for and sends it the views a test or the harness wants. */
import type { Intent, LinkId, Problem, ReleaseId, View } from '../bindings';

/** What the window did, and how the host answers. Reset it before each test with `resetHost()`. */
export const host = {
  wishes: [] as Intent[],
  /** Whose build it said is on the screen, which nobody has to press anything for. */
  watched: [] as (ReleaseId | null)[],
  opened: [] as LinkId[],
  copied: [] as string[],
  /** Throw a `Problem` here to refuse. */
  answer: (() => {}) as (wish: Intent) => void | Promise<void>,
  copies: true,
  listener: null as ((view: View) => void) | null,
  /** Shows a view, as the engine would. */
  send(view: View): void {
    host.listener?.(view);
  },
};

export function resetHost(): void {
  host.wishes = [];
  host.watched = [];
  host.opened = [];
  host.copied = [];
  host.answer = () => {};
  host.copies = true;
  host.listener = null;
}

export async function subscribe(onView: (view: View) => void): Promise<void> {
  host.listener = onView;
}

export async function dispatch(wish: Intent): Promise<void> {
  if (wish.type === 'log' && wish.wish.type === 'watch') {
    host.watched.push(wish.wish.release);
    return;
  }
  host.wishes.push(wish);
  await host.answer(wish);
}

export async function openLink(id: LinkId): Promise<void> {
  host.opened.push(id);
}

export async function copyText(text: string): Promise<boolean> {
  host.copied.push(text);
  return host.copies;
}

/** A refusal to throw from `host.answer`. */
export const refusal: Problem = {
  code: 'refused',
  what: 'GitHub did not take it.',
  means: 'Nothing was changed.',
  remedy: 'Try again in a minute.',
  raw: 'HTTP 422: Reference already exists',
  link: null,
};
