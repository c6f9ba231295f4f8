import { expect, test } from 'vitest';
import { fromField, toField } from './when';

test('a moment survives the field, to the minute', () => {
  const at = new Date(2026, 10, 24, 19, 31).getTime();
  expect(toField(at)).toBe('2026-11-24T19:31');
  expect(fromField(toField(at))).toBe(at);
  expect(fromField('2026-11-24 19:31')).toBe(at);
  expect(fromField(' 2026-11-24T19:31:20 ')).toBe(at);
});

test.each([
  '',
  'yesterday',
  '2026-13-01 10:00',
  '2026-02-30 10:00',
  '2026-11-24',
  '2026-11-24 25:00',
  '2026-11-24 10:61',
])('%j is no moment', (text) => expect(fromField(text)).toBeNull());
