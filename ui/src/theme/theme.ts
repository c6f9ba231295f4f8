/** Light or dark. It follows the system until the person switches; then it keeps what they chose. */
const KEY = 'slipway.theme';

export type Theme = 'light' | 'dark';

/** Puts the kept choice on the page; without one the style sheet asks the system. */
export function applyTheme(): void {
  const kept = read();
  if (kept) document.documentElement.dataset['theme'] = kept;
}

export const toggleTheme = (): void => chooseTheme(current() === 'dark' ? 'light' : 'dark');

export function chooseTheme(theme: Theme | 'system'): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts until the window closes.
  }
}

/** What the person chose. */
export function chosenTheme(): Theme | 'system' {
  const set = document.documentElement.dataset['theme'];
  return set === 'light' || set === 'dark' ? set : 'system';
}

function current(): Theme {
  const chosen = chosenTheme();
  if (chosen !== 'system') return chosen;
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
