/** Which shape and colour a state or a tone has. */
import type { StepState, Tone } from '../bindings';
import type { IconName } from './icons';

/** Nothing is left to do in a step with one of these states. */
export const isSettled = (state: StepState): boolean => state === 'done' || state === 'skipped';

type Look = { icon: IconName | null; look: string };

/** A tone borrows its shape; a state has one of its own name. */
const tones: Record<Tone, Look> = {
  good: { icon: 'check', look: 'yes' },
  wait: { icon: 'waiting', look: 'waiting' },
  bad: { icon: 'blocked', look: 'no' },
  quiet: { icon: null, look: 'quiet' },
};

const isTone = (state: StepState | Tone): state is Tone => state in tones;

export const lookOf = (state: StepState | Tone): Look =>
  isTone(state) ? tones[state] : { icon: state, look: state };
