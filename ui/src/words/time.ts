/** Times and durations in words. All of them are told the time; none asks for it. */
import type { At } from '../bindings';

export const PACIFIC = 'America/Los_Angeles';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "7:41 pm" in that zone. */
export function clock(at: At, zone: string): string {
  return new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: zone })
    .format(at)
    .replace(/\s/g, ' ')
    .replace('AM', 'am')
    .replace('PM', 'pm');
}

/** "7:41 pm" in Pacific time, as everywhere on the screens. */
export const pacific = (at: At): string => clock(at, PACIFIC);

/** "7:41 pm" on the same Pacific day, "Tue 17 Nov, 8:06 pm" on another. */
export function when(at: At, now: At): string {
  const day = (instant: At) =>
    new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: PACIFIC })
      .format(instant)
      .replace(',', '');
  return day(at) === day(now) ? pacific(at) : `${day(at)}, ${pacific(at)}`;
}

/** The zone that this computer is set to. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "Chicago". */
export const city = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Two zones show the same wall clock at that instant. */
export const sameClock = (at: At, a: string, b: string): boolean => clock(at, a) === clock(at, b);

/** "6 d 23 h", "1 d 1 h 12 min", "12 min", "40 s" (seconds only below a minute). */
export function span(ms: number): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / SECOND)} s`;
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const parts = [days && `${days} d`, hours && `${hours} h`, days < 2 && minutes && `${minutes} min`];
  return parts.filter(Boolean).join(' ');
}

/** "6 min 40 s": with seconds, for what is running. */
export function runningSpan(ms: number): string {
  const left = Math.max(0, ms);
  const seconds = `${Math.floor((left % MINUTE) / SECOND)} s`;
  if (left < MINUTE) return seconds;
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min ${seconds}`;
  return span(left);
}

/** "just now", "12 min", "2 h 5 min": how long something has been so. */
export const age = (since: At, now: At): string => (now - since < MINUTE ? 'just now' : span(now - since));

/** "4 s ago", "12 min ago". */
export const ago = (at: At, now: At): string => `${span(now - at)} ago`;
