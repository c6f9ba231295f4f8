/** What a screen tells the parts inside it, so that they need not be handed it one by one. */
import { getContext, setContext } from 'svelte';
import type { ReleaseView } from '../bindings';

const RELEASE = Symbol('release');
const DIALOG = Symbol('dialog');

export type Around = {
  /** The release on this screen; `null` on Home. */
  release: ReleaseView | null;
  /** Under which name its refused wishes are kept: its id, `''` for Home and the draft. */
  key: string;
};

/** `Screen` sets it. */
export const setAround = (around: () => Around): unknown => setContext(RELEASE, around);

/** Call it while the component is made; what it returns can be called at any time. */
export const getAround = (): (() => Around) =>
  getContext<(() => Around) | undefined>(RELEASE) ?? (() => ({ release: null, key: '' }));

/** `Dialog` sets it: a filled button in a dialog answers a question, it is never the screen's one filled button. */
export const setInDialog = (): unknown => setContext(DIALOG, true);

export const isInDialog = (): boolean => getContext<true | undefined>(DIALOG) ?? false;
