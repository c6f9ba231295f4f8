import { expect, test } from 'vitest';
import type { EtlScreen } from '../bindings';
import { rest } from '../parts/rest';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { BRANCH, pull412, pull415, sampleAt, sampleRelease, sha } from '../test/sample';
import {
  expectPlain,
  filled,
  find,
  get,
  getIn,
  HOSTILE,
  isOff,
  isOpen,
  manyPulls,
  show,
} from '../test/screen';
import Etl from './Etl.svelte';

const at = (changes: Partial<EtlScreen> = {}) =>
  sampleAt('etl', 'ready', { etl: { ...sampleRelease().etl, ...changes } });
const merged = { ...pull412, state: 'done' as const, word: 'Merged', canMerge: false };

test('the oldest that can be merged is the one filled button, with the head that was shown', async () => {
  const { user } = await show(Etl, at());
  expect(filled()).toBe('action-merge-pull');
  await user.click(get('action-merge-pull'));
  expect(host.wishes).toEqual([{ type: 'mergePull', release: BRANCH, number: 412, head: pull412.head }]);
  await expectAccessible();
});

test('a look that finds everything as it was does not make the button rest again', async () => {
  const { user, update } = await show(Etl, at());
  expect(isOff('action-merge-pull')).toBe(false);
  rest.ms = 60_000;
  await update(structuredClone(at()));
  expect(isOff('action-merge-pull')).toBe(false);
  await user.click(get('action-merge-pull'));
  expect(host.wishes).toHaveLength(1);
});

test('another one that can be merged has a button of its own', async () => {
  const { user } = await show(Etl, at({ open: [pull412, { ...pull415, canMerge: true }] }));
  expect(filled()).toBe('action-merge-pull');
  await user.click(get('action-merge-pull-415'));
  expect(host.wishes).toEqual([{ type: 'mergePull', release: BRANCH, number: 415, head: pull415.head }]);
});

test('when nothing is open and something is merged, "no more" is the thing to do', async () => {
  const { user } = await show(Etl, at({ open: [], merged: [merged], next: null, closeIsNext: true }));
  expect(filled()).toBe('action-declare-no-more-pulls');
  await user.click(get('action-declare-no-more-pulls'));
  expect(host.wishes).toEqual([{ type: 'declareNoMorePulls', release: BRANCH, head: sha('9f3c1e7') }]);
  await expectAccessible();
});

test('before anything came it waits; "none this time" asks for the reason', async () => {
  const { user } = await show(
    Etl,
    at({ open: [], next: null, canClose: false, headline: 'Waiting for the first pull request' }),
  );
  expect(filled()).toBeNull();
  expect(document.body.textContent).toContain('Waiting for the first pull request');
  await user.click(get('action-declare-no-etl'));
  expect(isOpen('no-etl')).toBe(true);
  expect(document.activeElement).toBe(get('field-reason'));
  expect(isOff('confirm', 'no-etl')).toBe(true);
  await expectAccessible();
  await user.click(getIn('dialog-no-etl', 'confirm'));
  expect(host.wishes).toEqual([]);
  await user.type(get('field-reason'), 'Nothing to load this week');
  await user.click(getIn('dialog-no-etl', 'confirm'));
  expect(host.wishes).toEqual([
    { type: 'declareNoEtl', release: BRANCH, reason: 'Nothing to load this week' },
  ]);
  expect(isOpen('no-etl')).toBe(false);
});

test('a hotfix is not asked about ETL work', async () => {
  const { user } = await show(Etl, { ...at({ open: [], next: null, canClose: false }), kind: 'hotfix' });
  await user.click(get('action-declare-no-etl'));
  expect(get('dialog-no-etl').textContent).toContain('Nothing to merge this time?');
  expect(get('dialog-no-etl').textContent).not.toContain('ETL');
});

test('a reason survives Escape, a refusal and a new view', async () => {
  const release = at({ open: [], next: null });
  host.answer = () => {
    throw refusal;
  };
  const { user, update } = await show(Etl, release);
  await user.click(get('action-declare-no-etl'));
  await user.type(get('field-reason'), 'Holiday');
  await user.click(getIn('dialog-no-etl', 'confirm'));
  expect(get('problem').textContent).toContain(refusal.what);
  await update(at({ open: [], next: null, headline: 'Still nothing' }));
  await user.click(get('action-declare-no-etl'));
  expect((get('field-reason') as HTMLTextAreaElement).value).toBe('Holiday');
  await user.click(getIn('dialog-no-etl', 'cancel'));
  await user.click(get('action-declare-no-etl'));
  expect((get('field-reason') as HTMLTextAreaElement).value).toBe('Holiday');
});

test('while something is being sent, what acts is off and says why', async () => {
  const { user } = await show(Etl, { ...at(), busy: 'Merging #412' });
  expect(isOff('action-merge-pull')).toBe(true);
  expect(isOff('action-declare-no-more-pulls')).toBe(true);
  await user.click(get('action-merge-pull'));
  expect(host.wishes).toEqual([]);
  expect(document.querySelector('.actions p')?.textContent).toContain('Merging #412');
});

test('a hotfix shows its commands and where to open a pull request', async () => {
  const { user } = await show(Etl, at({ open: [], next: null, gitCommands: 'git fetch\ngit switch x' }));
  await user.click(get('action-copy-commands'));
  expect(host.copied).toEqual(['git fetch\ngit switch x']);
});

test('what was pushed without a pull request is listed', async () => {
  await show(Etl, at({ direct: ['4f2c91a Fix typo, by dana', ...HOSTILE] }));
  for (const text of HOSTILE) expectPlain(text);
});

test.each([0, 8, 60])('%i pull requests', async (count) => {
  const open = manyPulls(count);
  const done = manyPulls(count, { state: 'done', word: 'Merged', canMerge: false }).map((pull) => ({
    ...pull,
    number: pull.number + 1000,
  }));
  await show(Etl, at({ open, merged: done, next: open[0]?.number ?? null, canClose: count > 0 }));
  expect(document.querySelectorAll('[data-testid^="pull-"]').length).toBe(2 * count);
  expect(find('action-merge-pull') !== null).toBe(count > 0);
  // Checking hundreds of elements takes too long; they are all alike.
  if (count < 10) await expectAccessible();
});
