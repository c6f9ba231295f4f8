/** Which shape and colour a state or a tone has. */
import type { StepState, Tone } from '../bindings';
import type { IconName } from './icons';

/** Nothing is left to do in a step with one of these states. */
export const isSettled = (state: StepState): boolean => state === 'done' || state === 'skipped';

type Look = { icon: IconName | null; look: string };

const looks: Record<StepState | Tone, Look> = {
  ready: { icon: 'ready', look: 'ready' },
  waiting: { icon: 'waiting', look: 'waiting' },
  working: { icon: 'working', look: 'working' },
  done: { icon: 'done', look: 'done' },
  blocked: { icon: 'blocked', look: 'blocked' },
  failed: { icon: 'failed', look: 'failed' },
  skipped: { icon: 'skipped', look: 'skipped' },
  later: { icon: 'later', look: 'later' },
  unknown: { icon: 'unknown', look: 'unknown' },
  'not-connected': { icon: 'not-connected', look: 'not-connected' },
  good: { icon: 'check', look: 'yes' },
  wait: { icon: 'waiting', look: 'waiting' },
  bad: { icon: 'blocked', look: 'no' },
  quiet: { icon: null, look: 'quiet' },
};

export const lookOf = (state: StepState | Tone): Look => looks[state];
