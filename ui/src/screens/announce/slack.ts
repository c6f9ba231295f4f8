/** A message that stands in Slack, as people read it: without its markup, with the status line apart. */
export function readMessage(sent: string): { text: string; status: string } {
  const found = /\n+_([^\n]*)_\s*$/.exec(sent);
  const text = found ? sent.slice(0, found.index) : sent;
  return { text: unescape(text), status: unescape(found?.[1] ?? '') };
}

/** Slack hands `&`, `<` and `>` back escaped. */
function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
