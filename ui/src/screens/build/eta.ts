import type { At, BuildScreen } from '../../bindings';
import { PACIFIC } from '../../words/time';

const MINUTE = 60_000;

/** How far the build is, against what it usually takes. */
export type Eta = {
  elapsed: number;
  usual: number | null;
  /** Milliseconds until it is usually done; `null` without a history, 0 once it takes longer than usual. */
  left: number | null;
  /** When it would be done. */
  doneAt: At | null;
  /** Where the elapsed time and the usual time are on the bar, in hundredths. */
  value: number;
  mark: number | null;
};

export function etaOf(build: BuildScreen, now: At): Eta | null {
  if (build.startedAt === null) return null;
  const elapsed = Math.max(0, (build.endedAt ?? now) - build.startedAt);
  const usual = build.usuallySeconds === null ? null : build.usuallySeconds * 1000;
  if (usual === null || usual <= 0)
    return { elapsed, usual: null, left: null, doneAt: null, value: 0, mark: null };
  const span = Math.max(usual * 1.25, elapsed * 1.05);
  return {
    elapsed,
    usual,
    left: Math.max(0, usual - elapsed),
    doneAt: build.startedAt + usual,
    value: (100 * elapsed) / span,
    mark: (100 * usual) / span,
  };
}

/** Whole minutes that are left, so that the words change once a minute only. */
export function minutesLeft(left: number): number {
  return Math.ceil(left / MINUTE);
}

const LOG_CLOCK = new Intl.DateTimeFormat('en-US', {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZone: PACIFIC,
});

/** "7:59:41": the time of a log line, in Pacific time. */
export function clockWithSeconds(at: At): string {
  return LOG_CLOCK.format(at).replace(/\s?[AP]M$/, '');
}
