/** Sends the newest of many wishes: one is under way at a time, and of those that wait only the last is sent. */
import type { Intent } from '../bindings';
import { act } from './view.svelte';

let sending = false;
let waiting: Intent | null = null;

export async function sendLatest(wish: Intent): Promise<void> {
  waiting = wish;
  if (sending) return;
  sending = true;
  while (waiting) {
    const next: Intent = waiting;
    waiting = null;
    await act(next);
  }
  sending = false;
}
