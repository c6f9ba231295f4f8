import { expect, test } from 'vitest';
import type { DatabaseScreen } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { BRANCH, pacificTime, sampleAt, sampleRelease } from '../test/sample';
import { expectPlain, filled, find, get, getIn, HOSTILE, isOff, isOpen, show } from '../test/screen';
import Database from './Database.svelte';
import { fromField } from './database/when';

const at = (changes: Partial<DatabaseScreen> = {}) =>
  sampleAt('database', 'ready', { database: { ...sampleRelease().database, ...changes } });
const none = { statements: [], canDeclareNone: true, canGoWithout: false };
const value = (testid: string) => (get(testid) as HTMLInputElement).value;

test('without statements "no changes needed" is the thing to do', async () => {
  const { user } = await show(Database, at(none));
  expect(filled()).toBe('action-declare-no-database');
  await user.click(get('action-declare-no-database'));
  expect(host.wishes).toEqual([{ type: 'declareNoDatabase', release: BRANCH }]);
  await expectAccessible();
});

test('none declared is said, and nothing is left to press', async () => {
  await show(
    Database,
    at({
      ...none,
      canDeclareNone: false,
      canAdd: false,
      noneDeclared: 'Dana said at 7:20 pm that no changes are needed.',
    }),
  );
  expect(filled()).toBeNull();
  expectPlain('Dana said at 7:20 pm that no changes are needed.');
  await expectAccessible();
});

test('a statement is added as typed, and stays typed until it was taken', async () => {
  const { user } = await show(Database, at(none));
  host.answer = () => {
    throw refusal;
  };
  await user.click(get('action-add-statement'));
  expect(document.activeElement).toBe(get('field-sql'));
  expect(isOff('confirm', 'add-statement')).toBe(true);
  await user.type(get('field-sql'), "DELETE FROM t WHERE a = 'x';");
  await expectAccessible();
  await user.click(getIn('dialog-add-statement', 'confirm'));
  expect(get('problem').textContent).toContain(refusal.what);
  host.answer = () => {};
  await user.click(get('action-add-statement'));
  expect(value('field-sql')).toBe("DELETE FROM t WHERE a = 'x';");
  await user.click(getIn('dialog-add-statement', 'confirm'));
  expect(host.wishes).toHaveLength(2);
  expect(host.wishes[1]).toEqual({
    type: 'addStatement',
    release: BRANCH,
    sql: "DELETE FROM t WHERE a = 'x';",
  });
  await user.click(get('action-add-statement'));
  expect(value('field-sql')).toBe('');
});

test('the next statement is recorded with who, when and what came of it', async () => {
  const now = pacificTime(24, 20);
  const { user, update } = await show(Database, at(), now);
  expect(filled()).toBe('action-record-statement');
  await user.click(get('action-record-statement'));
  expect(isOpen('record-statement')).toBe(true);
  expect(document.activeElement).toBe(get('field-run-by'));
  expect(value('field-run-by')).toBe('Dana Whitfield');
  expect(fromField(value('field-run-at'))).toBe(now);
  expect(isOff('confirm', 'record-statement')).toBe(true);
  await expectAccessible();
  await user.clear(get('field-run-by'));
  await user.type(get('field-run-by'), 'Elena Vasquez');
  await update(at({ hint: 'A newer view' }), now + 120_000);
  await user.type(get('field-result'), '48,210 rows');
  expect(fromField(value('field-run-at'))).toBe(now);
  await user.click(getIn('dialog-record-statement', 'confirm'));
  expect(host.wishes).toEqual([
    {
      type: 'recordStatement',
      release: BRANCH,
      number: 3,
      run: { by: 'Elena Vasquez', at: now, result: '48,210 rows' },
    },
  ]);
});

test('a time that is none, or is not yet, is said and not sent', async () => {
  const { user } = await show(Database, at());
  await user.click(get('action-record-statement'));
  await user.type(get('field-result'), 'Done');
  const field = get('field-run-at') as HTMLInputElement;
  for (const [typed, said] of [
    ['2099-01-01T10:00', 'That is in the future.'],
    ['', 'Write it as'],
  ] as const) {
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await user.click(getIn('dialog-record-statement', 'confirm'));
    expectPlain(said);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  }
  expect(host.wishes).toEqual([]);
});

test('a statement that was not run can be taken back, and its text is not lost', async () => {
  const { user } = await show(Database, at());
  expect(document.querySelectorAll('[data-testid="action-remove-statement"]')).toHaveLength(1);
  await user.click(get('action-remove-statement'));
  expect(host.wishes).toEqual([{ type: 'removeStatement', release: BRANCH, number: 3 }]);
  await user.click(get('action-add-statement'));
  expect(value('field-sql')).toBe('DELETE FROM import_staging;');
  await user.click(getIn('dialog-add-statement', 'cancel'));
  await user.click(get('action-remove-statement'));
  await user.click(get('action-add-statement'));
  expect(value('field-sql')).toBe('DELETE FROM import_staging;\nDELETE FROM import_staging;');
});

test('a statement that ran on another day says which', async () => {
  await show(Database, at(), pacificTime(25, 9));
  expect(get('screen-database').textContent).toContain('Tue 24 Nov, 7:24 pm');
});

test('going on without needs a reason', async () => {
  const { user } = await show(Database, at());
  await user.click(get('action-declare-without-database'));
  await user.click(getIn('dialog-without-database', 'confirm'));
  expect(host.wishes).toEqual([]);
  await user.type(get('field-reason'), 'Runs tomorrow');
  await user.click(getIn('dialog-without-database', 'confirm'));
  expect(host.wishes).toEqual([{ type: 'declareWithoutDatabase', release: BRANCH, reason: 'Runs tomorrow' }]);
});

test('Escape answers nothing and keeps what was typed', async () => {
  const { user } = await show(Database, at());
  await user.click(get('action-declare-without-database'));
  await user.type(get('field-reason'), 'Because');
  (get('dialog-without-database') as HTMLDialogElement).close();
  await Promise.resolve();
  await user.click(get('action-declare-without-database'));
  expect(value('field-reason')).toBe('Because');
  expect(host.wishes).toEqual([]);
});

test('while something is being sent, what acts is off', async () => {
  const { user } = await show(Database, { ...at(none), busy: 'Writing it down' });
  expect(isOff('action-declare-no-database')).toBe(true);
  await user.click(get('action-add-statement'));
  await user.type(get('field-sql'), 'SELECT 1');
  expect(isOff('confirm', 'add-statement')).toBe(true);
});

test('when all are recorded there is nothing to press', async () => {
  const run = { by: 'Elena', at: pacificTime(24, 19, 30), result: HOSTILE[0] ?? '' };
  const statements = Array.from({ length: 60 }, (_, index) => ({
    number: index + 1,
    sql: HOSTILE[index] ?? `UPDATE t${index} SET a = 1;`,
    run: { ...run, by: HOSTILE[index] ?? 'Elena' },
  }));
  await show(Database, at({ statements, canRecord: false, canGoWithout: false }));
  expect(filled()).toBeNull();
  expect(find('action-remove-statement')).toBeNull();
  expect(document.querySelectorAll('[data-testid="statement"]')).toHaveLength(60);
  for (const text of HOSTILE) expectPlain(text);
});
