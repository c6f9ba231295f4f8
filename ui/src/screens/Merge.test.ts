import { expect, test } from 'vitest';
import type { MergeScreen } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import { BRANCH, check, sampleAt, sampleProblem, sampleRelease, sha } from '../test/sample';
import { expectPlain, filled, find, get, HOSTILE, isOff, show } from '../test/screen';
import Merge from './Merge.svelte';

const at = (changes: Partial<MergeScreen> = {}) =>
  sampleAt('merge', 'ready', { merge: { ...sampleRelease().merge, ...changes } });

test('it merges the pull request and the head that were shown', async () => {
  const { user } = await show(Merge, at());
  expect(filled()).toBe('action-merge-release');
  expect(get('action-merge-release').textContent).toContain('Merge into master');
  await user.click(get('action-merge-release'));
  expect(host.wishes).toEqual([{ type: 'mergeRelease', release: BRANCH, number: 418, head: sha('b7712c0') }]);
  await expectAccessible();
});

test('without a pull request it offers to open one', async () => {
  const { user } = await show(
    Merge,
    at({ number: null, head: null, canMerge: false, canOpen: true, link: null }),
  );
  expect(filled()).toBe('action-open-release-pull');
  await user.click(get('action-open-release-pull'));
  expect(host.wishes).toEqual([{ type: 'openReleasePull', release: BRANCH, head: sha('9f3c1e7') }]);
});

test('what is not met is said, and there is nothing to press', async () => {
  const checks = [
    check('Rules of master', 'A review is missing', 'wait'),
    check('Conflicts', 'In etl/load.py', 'bad'),
  ];
  await show(Merge, at({ canMerge: false, checks, hint: 'Waits for a review.' }));
  expect(filled()).toBeNull();
  expectPlain('A review is missing');
  expectPlain('Waits for a review.');
  await expectAccessible();
});

test('while it is being sent the button is off', async () => {
  await show(Merge, { ...at(), busy: 'Merging #418' });
  expect(isOff('action-merge-release')).toBe(true);
});

test('what became of a lost merge is asked, and answered once', async () => {
  const problem = { ...sampleProblem, code: 'unknown' as const, what: 'Was #418 merged?' };
  host.answer = () => new Promise(() => {});
  const { user } = await show(Merge, { ...at(), busy: 'Merging', undecided: { seq: 7, problem } });
  expectPlain('Was #418 merged?');
  expect(get('action-outcome-0').textContent).toBe('It happened');
  expect(get('action-outcome-1').textContent).toBe('It did not happen');
  await expectAccessible();
  await user.click(get('action-outcome-1'));
  expect(host.wishes).toEqual([{ type: 'declareOutcome', release: BRANCH, seq: 7, happened: false }]);
  expect(find('action-outcome-0')).toBeNull();
});

test('names and checks may be anything', async () => {
  const checks = HOSTILE.map((text) => check(text, text, 'good'));
  await show(Merge, at({ from: HOSTILE[2] ?? '', size: HOSTILE[0] ?? '', effect: HOSTILE[1] ?? '', checks }));
  for (const text of HOSTILE) expectPlain(text);
  await expectAccessible();
});
