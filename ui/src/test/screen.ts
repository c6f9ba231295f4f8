/** Shows one screen with sample views, as the window would, and lets a test act on it. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Component } from 'svelte';
import { expect } from 'vitest';
import type { At, PullView, ReleaseView } from '../bindings';
import { store } from '../view/view.svelte';
import { pacificTime, pull412, sampleView, sha } from './sample';

type StepScreen = Component<{ release: ReleaseView }>;

const NOW = pacificTime(24, 20);
let rev = 0;

export async function show(screenOf: StepScreen, release: ReleaseView, now: At = NOW) {
  const take = (next: ReleaseView, at: At = now) =>
    store.take(sampleView({ rev: ++rev, now: at, releases: [next] }));
  take(release);
  const { rerender, unmount } = render(screenOf, { release });
  return {
    unmount,
    user: userEvent.setup(),
    /** A newer view of the same release. */
    update: (next: ReleaseView, at?: At) => {
      take(next, at);
      return rerender({ release: next });
    },
  };
}

export const find = (testid: string) => screen.queryByTestId(testid);
export const get = (testid: string) => screen.getByTestId(testid);
export const getIn = (parent: string, testid: string) => within(get(parent)).getByTestId(testid);

/** The one filled button's id; `null` for none. Two are one too many. */
export function filled(): string | null {
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-primary]')];
  expect(buttons.length).toBeLessThanOrEqual(1);
  return buttons[0]?.dataset['testid'] ?? null;
}

export const isOpen = (dialog: string) =>
  (find(`dialog-${dialog}`) as HTMLDialogElement | null)?.open ?? false;
export const isOff = (testid: string, dialog?: string) =>
  (dialog ? getIn(`dialog-${dialog}`, testid) : get(testid)).getAttribute('aria-disabled') === 'true';

/** What people write: markup, directions, one word without end. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '\u202eevil\u202c مرحبا بالعالم 🚢 {@html x} {{x}}',
  'x'.repeat(512),
];

/** Many pull requests, some with hostile titles. */
export const manyPulls = (count: number, changes: Partial<PullView> = {}): PullView[] =>
  Array.from({ length: count }, (_, index) => ({
    ...pull412,
    number: 1000 + index,
    head: sha(`a${index}`),
    title: HOSTILE[index] ?? `Change number ${index}`,
    author: HOSTILE[index] ?? ['Priya Raman', 'Tomás Herrera', 'Jun Park'][index % 3] ?? '',
    link: { id: `pull-${1000 + index}`, label: `#${1000 + index}` },
    ...changes,
  }));

/** Text is text: no element came out of it, and it is there. */
export function expectPlain(text: string): void {
  expect(document.querySelector('img, script')).toBeNull();
  expect(document.body.textContent).toContain(text);
}
