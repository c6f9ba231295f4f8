/** What was last asked of the history. It stays while the window is open, so that a search is there again on coming back. */
import type { HistoryAsk, HistoryQuery } from '../bindings';
import { act } from './view.svelte';

const everything: HistoryQuery = { text: '', kind: null, result: null, from: 0 };
/** Somebody who types is not asked for at each letter. */
const PAUSE = 120;

class Asked {
  query = $state.raw<HistoryQuery>(everything);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks for the page, and follows it until the screen is left. */
  show(): () => void {
    this.#ask();
    return () => {
      clearTimeout(this.#timer);
      void act({ type: 'history', ask: { type: 'leave' } });
    };
  }

  /** Another search begins at its newest. */
  change(changes: Partial<HistoryQuery>): void {
    this.query = { ...this.query, from: 0, ...changes };
    clearTimeout(this.#timer);
    if ('text' in changes) this.#timer = setTimeout(() => this.#ask(), PAUSE);
    else this.#ask();
  }

  clear(): void {
    this.query = everything;
    this.#ask();
  }

  #ask(): void {
    void act({ type: 'history', ask: { type: 'show', query: this.query } });
  }
}

export const asked = new Asked();

type Save = Extract<HistoryAsk, { type: 'save' | 'saveReport' }>;

/** One file is written at a time, so that a second press makes no second one. */
class Saving {
  /** A file is being written. */
  now = $state(false);

  async save(ask: Save): Promise<void> {
    if (this.now) return;
    this.now = true;
    try {
      await act({ type: 'history', ask });
    } finally {
      this.now = false;
    }
  }
}

export const saving = new Saving();
