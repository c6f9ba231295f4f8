import { expect, test } from 'vitest';
import type { FinishScreen } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { BRANCH, check, sampleAt, sampleRelease } from '../test/sample';
import { expectPlain, filled, find, get, HOSTILE, isOff, show } from '../test/screen';
import Finish from './Finish.svelte';

const sample = sampleRelease().finish;
const at = (changes: Partial<FinishScreen> = {}) =>
  sampleAt('finish', 'ready', { finish: { ...sample, ...changes } });

test('figures and the report are shown, and sharing is the thing to do', async () => {
  await show(Finish, at());
  expect(filled()).toBe('action-post-result');
  expect(document.querySelectorAll('tbody tr')).toHaveLength(sample.rows.length);
  expectPlain('Database changes');
  await expectAccessible();
});

test('the note goes with the result and is forgotten only when it was taken', async () => {
  host.answer = () => {
    throw refusal;
  };
  const { user, update } = await show(Finish, at());
  await user.type(get('field-note'), 'Photos take longer now');
  await user.click(get('action-post-result'));
  expect(get('problem').textContent).toContain(refusal.what);
  await update(at({ hint: 'Newer' }));
  expect((get('field-note') as HTMLInputElement).value).toBe('Photos take longer now');
  host.answer = () => {};
  await user.click(get('action-post-result'));
  expect(host.wishes.at(-1)).toEqual({ type: 'postResult', release: BRANCH, note: 'Photos take longer now' });
  expect((get('field-note') as HTMLInputElement).value).toBe('');
});

test('copying says so', async () => {
  const { user } = await show(Finish, at());
  await user.click(get('action-copy-report'));
  expect(host.copied).toEqual([sample.markdown]);
  expect(get('action-copy-report').querySelector('[role="status"]')?.textContent).toBe('Copied');
  await user.type(get('field-note'), 'Mind the photos');
  await user.click(get('action-copy-report'));
  expect(host.copied[1]).toContain('Mind the photos');
});

test('without Slack the person says that they shared it', async () => {
  const { user } = await show(Finish, at({ canPost: false }));
  expect(filled()).toBe('action-declare-result-shared');
  await user.click(get('action-declare-result-shared'));
  expect(host.wishes).toEqual([{ type: 'declareResultShared', release: BRANCH }]);
});

test('when it is settled nothing is left to press', async () => {
  await show(Finish, at({ canPost: false, canDeclare: false }));
  expect(filled()).toBeNull();
  expect(find('field-note')).toBeNull();
  expect(find('action-copy-report')).not.toBeNull();
  await expectAccessible();
});

test('while it is being sent the buttons are off', async () => {
  await show(Finish, { ...at(), busy: 'Posting the result' });
  expect(isOff('action-post-result')).toBe(true);
  expect(isOff('action-declare-result-shared')).toBe(true);
});

test('before the end there may be nothing to show', async () => {
  await show(
    Finish,
    at({ headline: '', text: '', figures: [], rows: [], markdown: '', canPost: false, canDeclare: false }),
  );
  expect(filled()).toBeNull();
  expectPlain('Wrap up');
  await expectAccessible();
});

test('names and results may be anything', async () => {
  const rows = HOSTILE.map((text) => ({
    step: text,
    who: text,
    started: '7:02 pm',
    took: '7:02 pm',
    seconds: null,
    result: text,
    state: 'done' as const,
  }));
  await show(Finish, at({ rows, figures: HOSTILE.map((text) => check(text, text)) }));
  for (const text of HOSTILE) expectPlain(text);
});

test('the report is saved as JSON, and the screen says where it went', async () => {
  const { user, update } = await show(Finish, at());
  await user.click(get('action-save-report'));
  expect(host.wishes).toEqual([{ type: 'history', ask: { type: 'saveReport', release: BRANCH } }]);
  await update(at({ saved: '/home/dana/Downloads/slipway.json' }));
  expectPlain('Saved as /home/dana/Downloads/slipway.json');
  host.answer = () => {
    throw refusal;
  };
  await user.click(get('action-save-report'));
  expect(get('problem').textContent).toContain(refusal.what);
});
