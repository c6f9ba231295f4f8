import type { Mark } from '../../bindings';

/** A stretch of a line, marked or not. */
export type Piece = { text: string; marked: boolean };

/** The line cut at its marks, which stand in their order. */
export function pieces(text: string, marks: Mark[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    if (from > at) found.push({ text: text.slice(at, from), marked: false });
    found.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length || found.length === 0) found.push({ text: text.slice(at), marked: false });
  return found;
}
