import type { At, BuildScreen } from '../../bindings';
import { runningSpan, span } from '../../words/time';

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;

/** How far the build is, against what it usually takes. */
export type Eta = {
  elapsed: number;
  usual: number | null;
  /** Milliseconds until it is usually done; `null` without a history, 0 once it takes longer than usual. */
  left: number | null;
  /** It takes longer than nine in ten did. */
  late: boolean;
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
    return { elapsed, usual: null, left: null, late: false, doneAt: null, value: 0, mark: null };
  const span = Math.max(usual * 1.25, elapsed * 1.05);
  return {
    elapsed,
    usual,
    left: Math.max(0, usual - elapsed),
    late: elapsed > Math.max(usual, (build.seldomOverSeconds ?? 0) * 1000),
    doneAt: build.startedAt + usual,
    value: (100 * elapsed) / span,
    mark: (100 * usual) / span,
  };
}

/** Whole minutes that are left, so that the words change once a minute only. */
export function minutesLeft(left: number): number {
  return Math.ceil(left / MINUTE);
}

/** "14 min", "14 min 20 s": how long something took; seconds only where there are some and they matter. */
export function lasting(ms: number): string {
  const exact = ms < HALF_AN_HOUR && Math.floor(ms / 1000) % 60 > 0;
  return exact ? runningSpan(ms) : span(ms);
}

const logClocks = new Map<string, Intl.DateTimeFormat>();

/** "7:59:41": the time of a log line in that zone. A format is costly to make, so each is made once. */
export function clockWithSeconds(at: At, zone: string): string {
  const options = { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone: zone } as const;
  const format = logClocks.get(zone) ?? new Intl.DateTimeFormat('en-US', options);
  logClocks.set(zone, format);
  return format.format(at).replace(/\s?[AP]M$/, '');
}
