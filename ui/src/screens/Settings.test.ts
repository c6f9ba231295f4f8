import { fireEvent, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SettingsScreen } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { sampleForgetting, sampleOffer, sampleSignedIn, sampleTeam } from '../test/outside';
import { sampleProblem } from '../test/sample';
import { expectPlain, HOSTILE } from '../test/screen';
import { byId, has, openWindow, send, settle } from '../test/window';
import { here } from '../view/place.svelte';

const user = userEvent.setup({ applyAccept: false });
const checked = (id: string) => (byId(id) as HTMLInputElement).checked;
const withSettings = (changes: Partial<SettingsScreen> = {}) =>
  sampleSignedIn({ settings: sampleTeam(changes) });

async function openSettings(changes: Partial<SettingsScreen> = {}) {
  await openWindow(withSettings(changes));
  here.go('settings');
  await settle();
}

describe('the team’s settings', () => {
  it('are read, with where they come from, and can be copied', async () => {
    await openSettings();
    expect(byId('screen-settings').textContent).toContain('.slipway.toml in gitMLS/etl at 4f2c91a');
    expect(document.querySelector('[data-primary]')).toBeNull();
    await user.click(byId('action-copy-team-file'));
    expect(host.copied).toEqual(['repository = "gitMLS/etl"\n']);
    await expectAccessible();
  });

  it('change with one yes to exactly what was shown', async () => {
    await openSettings({ offer: sampleOffer, problem: sampleProblem });
    for (const { label, key, old, new: other } of sampleOffer.changes)
      for (const text of [label, key, old, other]) expect(byId('team-offer').textContent).toContain(text);
    await expectAccessible();
    await user.click(byId('action-agree-team'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'agreeTeam', offer: 'offer-1' } }]);
    await send(withSettings());
    expect(has('team-offer')).toBe(false);
  });

  it('can wait: “not now” is said to exactly what was shown, and it can still be taken', async () => {
    await openSettings({ offer: sampleOffer });
    await user.click(byId('action-decline-team'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'declineTeam', offer: 'offer-1' } }]);
    await send(withSettings({ offer: { ...sampleOffer, declined: true } }));
    expect(document.querySelector('[data-primary]')).toBeNull();
    expect(has('action-decline-team')).toBe(false);
    const folded = byId('team-offer') as HTMLDetailsElement;
    expect(folded.open).toBe(false);
    folded.open = true;
    await expectAccessible();
    await user.click(byId('action-agree-team'));
    expect(host.wishes.at(-1)).toEqual({ type: 'desktop', wish: { type: 'agreeTeam', offer: 'offer-1' } });
  });

  it.each([null, { ...sampleOffer, chosen: true }])(
    'of one’s own are forgotten once what changes was seen',
    async (offer) => {
      await openSettings({ offer, forgetting: sampleForgetting });
      expect(has('action-decline-team')).toBe(false);
      await user.click(byId('action-forget-team'));
      const dialog = byId('dialog-forget-team');
      for (const text of [sampleForgetting.text, 'Slack channel', '#releases', '#production-deployment'])
        expect(dialog.textContent).toContain(text);
      await expectAccessible();
      expect(host.wishes).toEqual([]);
      await user.click(within(dialog).getByTestId('confirm'));
      expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'forgetTeam', offer: 'forget-1' } }]);
      host.answer = () => Promise.reject(refusal);
      await user.click(byId('action-forget-team'));
      await user.click(within(byId('dialog-forget-team')).getByTestId('confirm'));
      await settle();
      expect(byId('problem').textContent).toContain(refusal.what);
    },
  );

  it.each(HOSTILE)('show text of others as text: %s', async (text) => {
    const changes = Array.from({ length: 300 }, () => ({
      label: text,
      key: text,
      old: text,
      new: text,
    }));
    await openSettings({ offer: { ...sampleOffer, id: text, source: text, changes }, source: text });
    expectPlain(text);
    expect(byId('team-offer').querySelectorAll('tbody tr')).toHaveLength(300);
  });
});

describe('a team file', () => {
  it('is sent as pasted, and kept when it is refused', async () => {
    await openSettings();
    expect(byId('action-import-team').getAttribute('aria-disabled')).toBe('true');
    await user.type(byId('field-team-file'), 'base = "main"');
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-import-team'));
    await settle();
    expect(byId('field-team-file')).toHaveProperty('value', 'base = "main"');
    expect(byId('problem').textContent).toContain(refusal.what);
    here.go('home');
    await settle();
    here.go('settings');
    await settle();
    expect(byId('field-team-file')).toHaveProperty('value', 'base = "main"');
    host.answer = () => {};
    await user.click(byId('action-import-team'));
    await settle();
    expect(host.wishes.at(-1)).toEqual({
      type: 'desktop',
      wish: { type: 'importTeam', text: 'base = "main"' },
    });
    expect(byId('field-team-file')).toHaveProperty('value', '');
  });

  it('is read from a file, unless it is too large to be one', async () => {
    await openSettings();
    const choose = (text: string) => user.upload(byId('choose-team-file'), new File([text], 'team.toml'));
    await choose('base = "main"');
    await settle();
    expect(byId('field-team-file')).toHaveProperty('value', 'base = "main"');
    await choose('x'.repeat(100_001));
    await settle();
    expect(byId('field-team-file').getAttribute('aria-invalid')).toBe('true');
    expect(byId('field-team-file')).toHaveProperty('value', 'base = "main"');
  });
});

describe('switches', () => {
  it('are sent, and go back when they were refused', async () => {
    await openSettings();
    await user.click(byId('switch-approval-needed'));
    expect(host.wishes).toEqual([
      { type: 'desktop', wish: { type: 'switchNotices', event: 'approvalNeeded', on: false } },
    ]);
    expect(checked('switch-approval-needed')).toBe(false);
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('switch-rejected'));
    await user.click(byId('switch-start-at-login'));
    await settle();
    expect(checked('switch-rejected')).toBe(false);
    expect(checked('switch-start-at-login')).toBe(false);
    expect(document.querySelectorAll('[data-testid="problem"]')).toHaveLength(2);
  });

  it('start at login can only be switched where the computer tells', async () => {
    await openSettings({ startAtLogin: null });
    expect(byId('switch-start-at-login')).toHaveProperty('disabled', true);
  });

  it('a test notice says what became of it', async () => {
    await openSettings({ test: null });
    expect(byId('test-notice').textContent.trim()).toBe('');
    await user.click(byId('action-test-notice'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'testNotice' } }]);
    await send(withSettings());
    expect(byId('test-notice').textContent).toContain('dunst');
    expect(has('raw')).toBe(false);
    await send(
      withSettings({ test: { label: 'Test notice', text: 'Refused.', tone: 'bad', raw: 'Error: <b>' } }),
    );
    expect(byId('raw').textContent).toContain('Error: <b>');
  });

  it('choose the colours, also those of the system', async () => {
    await openSettings();
    await user.click(byId('theme-dark'));
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await fireEvent.click(byId('theme-system'));
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    expect(localStorage.getItem('slipway.theme')).toBeNull();
  });
});

it.each([
  ['action-start-at-login', true],
  ['action-not-at-login', false],
])('start at login is offered on Home: %s', async (button, on) => {
  await openWindow(withSettings({ offerLogin: true }));
  expect(document.querySelectorAll('[data-primary]')).toHaveLength(1);
  await expectAccessible(byId('screen-home'));
  await user.click(byId(button));
  expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'startAtLogin', on } }]);
  await send(withSettings());
  expect(has('offer-login')).toBe(false);
});
