/** A piece of SQL for display: keywords stand out, strings and comments are left alone. */
export type Piece = { text: string; kind: 'plain' | 'keyword' | 'comment' };

const TOKEN = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"[^"]*"?|[A-Za-z_][A-Za-z0-9_$]*|[\s\S]/g;

const KEYWORDS = new Set(
  (
    'ADD ALTER AND AS ASC BEGIN BETWEEN BY CASCADE CASE CHECK COLUMN COMMIT CONSTRAINT CREATE CROSS DATABASE DEFAULT ' +
    'DELETE DESC DISTINCT DROP ELSE END EXISTS FALSE FOREIGN FROM FULL FUNCTION GRANT GROUP HAVING IF IN INDEX INNER ' +
    'INSERT INTO IS JOIN KEY LEFT LIKE LIMIT MODIFY NOT NULL ON OR ORDER OUTER PRIMARY REFERENCES RENAME REPLACE ' +
    'RETURNING REVOKE RIGHT ROLLBACK SCHEMA SELECT SEQUENCE SET TABLE THEN TO TRIGGER TRUE TRUNCATE UNION UNIQUE ' +
    'UPDATE USING VALUES VIEW WHEN WHERE WITH'
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
