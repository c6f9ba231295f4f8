/** Light or dark. It follows the system until the person switches; then it keeps what they chose. */
const KEY = 'slipway.theme';

type Theme = 'light' | 'dark';

/** Puts the kept choice on the page; without one the style sheet asks the system. */
export function applyTheme(): void {
  const kept = read();
  if (kept) document.documentElement.dataset['theme'] = kept;
}

export function toggleTheme(): void {
  const next: Theme = current() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts until the window closes.
  }
}

function current(): Theme {
  const set = document.documentElement.dataset['theme'];
  if (set === 'light' || set === 'dark') return set;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function read(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}
