import { expect, test } from 'vitest';
import type { BuildScreen } from '../../bindings';
import { etaOf, minutesLeft } from './eta';

const START = 1_000_000;
const MINUTE = 60_000;

const building = (part: Partial<BuildScreen>): BuildScreen => ({
  pipeline: 'docker-production',
  headline: 'Building',
  text: '',
  startedAt: START,
  endedAt: null,
  usuallySeconds: 14 * 60,
  seldomOverSeconds: 18 * 60,
  compared: 'Compared with 12 earlier deploys',
  stages: [],
  log: [],
  hasLog: false,
  failure: null,
  link: null,
  retry: null,
  hint: '',
  ...part,
});

test('there is nothing to say before it started', () => {
  expect(etaOf(building({ startedAt: null }), START)).toBeNull();
});

test('what is left follows from what it usually takes', () => {
  const eta = etaOf(building({}), START + 6.4 * MINUTE);
  expect(minutesLeft(eta?.left ?? 0)).toBe(8);
  expect(eta?.doneAt).toBe(START + 14 * MINUTE);
  expect(eta?.mark).toBeCloseTo(80);
});

test('past the usual time nothing is left and the bar stays inside', () => {
  const eta = etaOf(building({}), START + 60 * MINUTE);
  expect(eta?.left).toBe(0);
  expect(eta?.value).toBeLessThan(100);
  expect(eta?.mark).toBeLessThan(eta?.value ?? 0);
});

test('without a history there is no guess', () => {
  expect(etaOf(building({ usuallySeconds: null }), START + MINUTE)).toMatchObject({
    elapsed: MINUTE,
    left: null,
  });
});

test('a clock that is behind gives no negative time', () => {
  expect(etaOf(building({}), START - MINUTE)?.elapsed).toBe(0);
});
