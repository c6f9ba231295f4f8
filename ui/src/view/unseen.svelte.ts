/** How many notices came since the list was last looked at. What was so before the window opened is not new. */
import type { At, NoticeView } from '../bindings';

class Unseen {
  count = $state(0);
  #opened: At | null = null;
  #seen = new Set<string>();

  /** Call it for each view. `listed`: the list is on screen. */
  settle(notices: NoticeView[], now: At, listed: boolean): void {
    const opened = (this.#opened ??= now);
    if (listed) this.#seen = new Set(notices.map(({ key }) => key));
    this.count = notices.filter(({ at, key }) => at >= opened && !this.#seen.has(key)).length;
  }

  /** As before the first view. */
  forget(): void {
    this.#opened = null;
    this.#seen.clear();
    this.count = 0;
  }
}

export const unseen = new Unseen();
