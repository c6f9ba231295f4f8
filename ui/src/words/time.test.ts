import { beforeEach, describe, expect, it } from 'vitest';
import { pacificTime } from '../test/sample';
import {
  age,
  ago,
  city,
  clock,
  countdown,
  elsewhere,
  isElsewhere,
  named,
  runningSpan,
  setTeamZone,
  span,
  teamTime,
  when,
} from './time';

const S = 1000;
const M = 60 * S;
const H = 60 * M;

const PACIFIC = 'America/Los_Angeles';
beforeEach(() => setTeamZone(PACIFIC, 'Pacific'));

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [40 * S, '40 s'],
    [M, '1 min'],
    [12 * M + 59 * S, '12 min'],
    [H, '1 h'],
    [H + 4 * M, '1 h 4 min'],
    [25 * H + 12 * M, '1 d 1 h 12 min'],
    [167 * H + 20 * M, '6 d 23 h'],
  ])('%i ms is %s', (ms, words) => expect(span(ms)).toBe(words));

  it('runs with seconds below an hour', () => {
    expect(runningSpan(6 * M + 40 * S)).toBe('6 min 40 s');
    expect(runningSpan(40 * S)).toBe('40 s');
    expect(runningSpan(2 * H + 5 * S)).toBe('2 h');
  });

  it('counts down in minutes, in seconds in the last one', () => {
    expect(countdown(25 * H + 11 * M + 57 * S)).toBe('1 d 1 h 12 min');
    expect(countdown(59 * S)).toBe('59 s');
  });

  it('is just now for a minute', () => {
    expect(age(0, 59 * S)).toBe('just now');
    expect(age(0, 12 * M)).toBe('12 min');
    expect(ago(0, 4 * S)).toBe('4 s ago');
  });
});

describe('clocks', () => {
  const at = pacificTime(24, 19, 41);

  it('are the team’s', () => expect(named(teamTime(at))).toBe('7:41 pm Pacific'));

  it('know another zone', () => {
    expect(clock(at, 'America/Chicago')).toBe('9:41 pm');
    expect(isElsewhere(at, 'America/Chicago')).toBe(true);
    expect(isElsewhere(at, PACIFIC)).toBe(false);
    expect(city('America/New_York')).toBe('New York');
  });

  it('name the day when it is another one there', () => {
    expect(elsewhere(at, 'America/Chicago')).toBe('9:41 pm');
    expect(elsewhere(at, 'Europe/Berlin')).toBe('Wed 4:41 am');
  });

  it('name the day when it is another one', () => {
    expect(when(at, pacificTime(24, 23, 59))).toBe('7:41 pm');
    expect(when(at, pacificTime(25, 0, 1))).toBe('Tue 24 Nov, 7:41 pm');
  });

  it('follow the team’s zone', () => {
    setTeamZone('Europe/Berlin', 'Berlin');
    expect(named(teamTime(at))).toBe('4:41 am Berlin');
  });

  it('survive a zone that nobody knows', () => expect(clock(at, 'Not/AZone')).toMatch(/^\d+:41 [ap]m$/));
});
