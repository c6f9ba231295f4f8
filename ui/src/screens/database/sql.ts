/** A piece of SQL for display: keywords stand out, strings and comments are left alone. */
export type Piece = { text: string; kind: 'plain' | 'keyword' | 'comment' };

const TOKEN = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"[^"]*"?|[A-Za-z_][A-Za-z0-9_$]*|[\s\S]/g;

/** Those that tell what a statement changes and where. */
const KEYWORDS = new Set(
  (
    'ADD ALTER AND AS BEGIN BY CASCADE COLUMN COMMIT CREATE DEFAULT DELETE DROP EXISTS FROM GRANT IF IN INDEX INSERT ' +
    'INTO IS JOIN KEY LIMIT NOT NULL ON OR ORDER RENAME REVOKE ROLLBACK SELECT SET TABLE TRUNCATE UPDATE VALUES WHERE'
  ).split(' '),
);

export function pieces(sql: string): Piece[] {
  const found: Piece[] = [];
  for (const [text] of sql.matchAll(TOKEN)) {
    const kind = kindOf(text);
    const last = found.at(-1);
    if (last && last.kind === kind) last.text += text;
    else found.push({ text, kind });
  }
  return found;
}

function kindOf(token: string): Piece['kind'] {
  if (token.startsWith('--') || token.startsWith('/*')) return 'comment';
  return KEYWORDS.has(token.toUpperCase()) ? 'keyword' : 'plain';
}
