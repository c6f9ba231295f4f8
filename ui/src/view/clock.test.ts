import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { start, store } from './view.svelte';

let hidden = false;

function hide(is: boolean): void {
  hidden = is;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => void vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden));
afterEach(() => {
  vi.useRealTimers();
  hide(false);
});

test('the clock rests while the window is hidden, and is right when it is back', () => {
  vi.useFakeTimers();
  const stop = start();
  const begun = store.now;
  vi.advanceTimersByTime(3000);
  expect(store.now - begun).toBe(3000);

  hide(true);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60_000);
  hide(false);
  expect(store.now - begun).toBe(63_000);
  vi.advanceTimersByTime(1000);
  expect(store.now - begun).toBe(64_000);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
