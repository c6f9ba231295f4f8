import type { KeychainView } from '../../bindings';

/** How a keychain's state is called in the page: what it does, or else what is wrong with it. */
export function stateOf({ opening, trouble, tone }: KeychainView): string {
  if (opening) return 'opening';
  if (trouble) return trouble.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return tone === 'good' ? 'open' : tone === 'quiet' ? 'unused' : 'memory';
}
