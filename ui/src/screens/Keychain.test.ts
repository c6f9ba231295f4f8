import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { KeychainView } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { allTroubles, keychainIn } from '../test/outside';
import { sampleAccounts, sampleAt, sampleView } from '../test/sample';
import { byId, has, openRelease, openWindow, send, settle, tuesday } from '../test/window';

const user = userEvent.setup();
const covered = (keychain: KeychainView) => sampleView({ accounts: sampleAccounts({ keychain }) });

describe('the keychain over the whole window', () => {
  it.each(allTroubles)('%s has its own words, remedy and way on', async (trouble) => {
    const keychain = keychainIn(trouble);
    await openWindow(covered(keychain));
    const cover = byId('screen-keychain');
    expect(cover.dataset['state']).toBe(trouble === 'tooLong' ? 'too-long' : trouble);
    expect(cover.textContent).toContain(keychain.problem?.means);
    expect(cover.textContent).toContain(keychain.problem?.remedy);
    expect(document.querySelector<HTMLElement>('.app')?.hidden).toBe(true);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'openKeychain' } }]);
    await expectAccessible(cover);
  });

  it('says what to expect while it opens', async () => {
    await openWindow(covered(keychainIn('locked', { opening: true })));
    expect(byId('screen-keychain').dataset['state']).toBe('opening');
    expect(has('action-open-keychain')).toBe(false);
    await expectAccessible(byId('screen-keychain'));
  });

  it('explains what going on without it means before it is done', async () => {
    await openWindow(covered(keychainIn('absent')));
    await user.click(byId('action-use-memory'));
    await settle();
    expect(byId('dialog-use-memory').textContent).toContain('forgotten when you quit');
    expect(document.activeElement).toBe(byId('cancel'));
    await user.click(byId('confirm'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'useMemory' } }]);
  });

  it('says when opening it was refused', async () => {
    await openWindow(covered(keychainIn('locked')));
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-open-keychain'));
    await settle();
    expect(byId('screen-keychain').textContent).toContain(refusal.remedy);
  });

  it('closes a question below it, keeps the keyboard to itself, and leaves the place as it was', async () => {
    await openRelease(sampleAt('approval'));
    await user.click(byId('action-approve'));
    const accounts = sampleAccounts({ keychain: keychainIn('locked') });
    await send(tuesday(sampleAt('approval'), { accounts }));
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect(document.activeElement?.closest('[data-testid="screen-keychain"]')).not.toBeNull();
    await user.keyboard('{Control>}1{/Control}');
    await send(tuesday(sampleAt('approval')));
    expect(has('screen-keychain')).toBe(false);
    expect(has('screen-approval')).toBe(true);
  });
});
