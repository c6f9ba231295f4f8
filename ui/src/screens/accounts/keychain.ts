import type { AccountView, KeychainView } from '../../bindings';
import { keychain as words } from '../../words/accounts';

/** How a keychain's state is called in the page: what it does, or else what is wrong with it. */
export function stateOf({ opening, trouble, tone }: KeychainView): string {
  if (opening) return 'opening';
  if (trouble) return trouble.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return tone === 'good' ? 'open' : tone === 'quiet' ? 'unused' : 'memory';
}

/** Where a sign-in is kept, by what its row "Kept" says. When that says neither of the two, it is said to be forgotten,
 * which is true of every sign-in. */
export function keptIn({ rows }: AccountView): 'keychain' | 'profile' | 'memory' {
  const place = rows.find(({ label }) => label === 'Kept')?.text ?? '';
  if (place === words.title) return 'keychain';
  return place.startsWith('Your AWS configuration') ? 'profile' : 'memory';
}
