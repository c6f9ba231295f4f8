/** Times and durations in words. All of them are told the time; none asks for it. */
import type { At } from '../bindings';

let teamZone = 'UTC';
let teamClock = 'UTC';

/** The view says which zone the team's times are in, and what people call its clock: "Pacific". */
export function setTeamZone(zone: string, name: string): void {
  [teamZone, teamClock] = [zone, name];
}

/** "7:41 pm Pacific": a time of the team, with its clock's name. */
export const named = (time: string): string => `${time} ${teamClock}`;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "7:41 pm" in that zone. */
export function clock(at: At, zone: string): string {
  return format('en-US', { hour: 'numeric', minute: '2-digit' }, zone)
    .format(at)
    .replace(/\s/g, ' ')
    .replace('AM', 'am')
    .replace('PM', 'pm');
}

/** "7:41 pm" in the team's time, as everywhere on the screens. */
export const teamTime = (at: At): string => clock(at, teamZone);

/** "7:41 pm" on the same day there, "Tue 17 Nov, 8:06 pm" on another. */
export function when(at: At, now: At): string {
  const day = (instant: At) =>
    format('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }, teamZone)
      .format(instant)
      .replace(',', '');
  return day(at) === day(now) ? teamTime(at) : `${day(at)}, ${teamTime(at)}`;
}

/** "9:41 pm" in that zone, "Wed 2:00 am" where it is another day than in the team's. */
export function elsewhere(at: At, zone: string): string {
  const day = (of: string) => format('en-GB', { weekday: 'short' }, of).format(at);
  return day(zone) === day(teamZone) ? clock(at, zone) : `${day(zone)} ${clock(at, zone)}`;
}

/** "Chicago". */
export const city = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** The zone that this computer is set to; `view.zone` says the same once there is a view. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Two zones show the same wall clock at that instant. */
export const sameClock = (at: At, a: string, b: string): boolean => clock(at, a) === clock(at, b);

/** That zone shows another wall clock than the team's at that instant. */
export const isElsewhere = (at: At, zone: string): boolean => clock(at, zone) !== teamTime(at);

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

/** Time left: full minutes count until they are over, seconds only in the last one. */
export const countdown = (ms: number): string => span(ms <= MINUTE ? ms : Math.ceil(ms / MINUTE) * MINUTE);

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

/** A zone that this web view does not know must not take the screen down: then it is the computer's own. */
function format(locale: string, parts: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(locale, parts);
  }
}
