import { expect, test } from 'vitest';
import { pieces } from './sql';

test('keywords stand out, whatever their case', () => {
  expect(pieces('delete FROM import_staging;')).toEqual([
    { text: 'delete', kind: 'keyword' },
    { text: ' ', kind: 'plain' },
    { text: 'FROM', kind: 'keyword' },
    { text: ' import_staging;', kind: 'plain' },
  ]);
});

test('strings and comments hold no keywords', () => {
  const sql = "UPDATE t SET a = 'drop table' -- where all\n/* delete";
  const found = pieces(sql);
  expect(found.filter((piece) => piece.kind === 'keyword').map((piece) => piece.text)).toEqual([
    'UPDATE',
    'SET',
  ]);
  expect(found.filter((piece) => piece.kind === 'comment').map((piece) => piece.text)).toEqual([
    '-- where all',
    '/* delete',
  ]);
});

test('nothing that was typed is lost', () => {
  for (const sql of ["'", '"', '/*', '--', "a'b''c", '\u202edrop\u0000 🚢', 'x'.repeat(10_000)]) {
    expect(
      pieces(sql)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(sql);
  }
});
