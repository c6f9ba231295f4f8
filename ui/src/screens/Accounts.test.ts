import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { AccountView, Service, SignIn, View } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { memoryKeychain, keychainIn, sampleElsewhere, sampleExpired, sampleSignedIn } from '../test/outside';
import { check, sampleAccounts, sampleEmpty, sampleView } from '../test/sample';
import { expectPlain, HOSTILE } from '../test/screen';
import { byId, has, openWindow, send, settle, shown } from '../test/window';
import { here } from '../view/place.svelte';
import { draft } from '../view/drafts.svelte';
import { store } from '../view/view.svelte';

const user = userEvent.setup();
const value = (id: string) => (byId(id) as HTMLInputElement).value;
const CANARY = 'canary-5f1d9a';

async function openAccounts(view: View, service?: Service) {
  await openWindow(view);
  here.go('accounts', service);
  await settle();
}

/** Everything that the page holds: what is in the document and in its fields, and what is kept outside it. */
function everything(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map((one) => one.value);
  const drafts = ['token', 'secretAccessKey', 'address'].flatMap((name) =>
    [':github', ':aws', ':slack', ':settings', ''].map((place) => draft(() => place, name).value),
  );
  const stores = JSON.stringify([store.view, store.refused, store.sending, here.place, { ...localStorage }]);
  return [document.documentElement.outerHTML, ...fields, ...drafts, stores].join('\n');
}

describe('signing in', () => {
  const cases: [Service, string | null, Record<string, string>, SignIn][] = [
    ['github', null, { 'field-github-token': CANARY }, { kind: 'githubToken', token: CANARY }],
    [
      'aws',
      null,
      { 'field-aws-access-key-id': 'AKIA0', 'field-aws-secret-access-key': CANARY },
      { kind: 'awsKeys', accessKeyId: 'AKIA0', secretAccessKey: CANARY },
    ],
    [
      'aws',
      'way-aws-profile',
      { 'field-aws-profile': 'deploys' },
      { kind: 'awsProfile', profile: 'deploys' },
    ],
    ['slack', null, { 'field-slack-token': CANARY }, { kind: 'slackBot', token: CANARY }],
    [
      'slack',
      'way-slack-webhook',
      { 'field-slack-webhook': CANARY },
      { kind: 'slackWebhook', address: CANARY },
    ],
  ];

  it.each(cases)('to %s (%s) sends what was typed, and forgets it', async (service, way, typed, signIn) => {
    await openAccounts(sampleEmpty());
    if (way) await user.click(byId(way));
    expect(byId(`action-sign-in-${service}`).getAttribute('aria-disabled')).toBe('true');
    for (const [id, text] of Object.entries(typed)) await user.type(byId(id), text);
    await user.click(byId(`action-sign-in-${service}`));
    await settle();
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'signIn', signIn } }]);
    expect(everything()).not.toContain(CANARY);
  });

  it('keeps what was typed in its field when it is refused, and says why under the form', async () => {
    await openAccounts(sampleEmpty());
    host.answer = () => Promise.reject(refusal);
    await user.type(byId('field-slack-token'), `${CANARY}{Enter}`);
    await settle();
    expect(value('field-slack-token')).toBe(CANARY);
    expect(byId('account-slack').textContent).toContain(refusal.remedy);
    expect(document.querySelectorAll('[data-testid="problem"]')).toHaveLength(1);
    // It is in its field and nowhere else.
    (byId('field-slack-token') as HTMLInputElement).value = '';
    expect(everything()).not.toContain(CANARY);
    await expectAccessible();
  });

  it('keeps it when the keychain covers the window meanwhile', async () => {
    await openAccounts(sampleEmpty());
    await user.type(byId('field-github-token'), CANARY);
    await send({ ...sampleEmpty(), accounts: sampleAccounts({ keychain: keychainIn('locked') }) });
    expect(byId('screen-keychain').dataset['state']).toBe('locked');
    await send(sampleEmpty());
    expect(value('field-github-token')).toBe(CANARY);
  });

  it('is sent once, and the field cannot be changed until it was answered', async () => {
    await openAccounts(sampleEmpty());
    let taken = () => {};
    host.answer = () => new Promise<void>((resolve) => (taken = resolve));
    await user.type(byId('field-github-token'), `${CANARY}{Enter}{Enter}`);
    await user.click(byId('action-sign-in-github'));
    expect(host.wishes).toHaveLength(1);
    expect((byId('field-github-token') as HTMLInputElement).readOnly).toBe(true);
    taken();
    await settle();
    expect(value('field-github-token')).toBe('');
  });

  it('hides a secret until it is asked to show it, and keeps browsers from helping', async () => {
    await openAccounts(sampleEmpty());
    const field = byId('field-aws-secret-access-key') as HTMLInputElement;
    expect([field.type, field.autocomplete, field.getAttribute('spellcheck')]).toEqual([
      'password',
      'off',
      'false',
    ]);
    await user.type(field, CANARY);
    await user.click(byId('show-field-aws-secret-access-key'));
    expect(field.type).toBe('text');
    await user.type(byId('field-aws-access-key-id'), 'AKIA0{Enter}');
    await settle();
    expect(field.type).toBe('password');
  });

  it('says where a secret goes, and leads from the first start to its fold', async () => {
    await openWindow(sampleEmpty());
    await user.click(byId('action-connect-aws'));
    await settle();
    expect(shown()).toBe('accounts');
    expect(byId('account-aws')).toHaveProperty('open', true);
    expect(byId('account-github').textContent).toContain(
      'It is sent to https://api.github.com and to nobody else, and kept in this computer’s keychain.',
    );
    expect(byId('account-aws').textContent).toContain(
      'it signs requests to AWS and goes nowhere else. It is kept in this computer’s keychain.',
    );
  });

  it('says that a secret is kept in memory only, without the keychain', async () => {
    const text = () => byId('screen-accounts').textContent;
    await openAccounts(sampleView({ accounts: sampleAccounts({ keychain: memoryKeychain }) }));
    expect(text()).toContain('https://api.github.com and to nobody else, and kept in memory until you quit.');
    expect(text()).not.toContain('kept in this computer’s keychain');
    await user.click(byId('way-aws-profile'));
    expect(text()).not.toContain('never leaves this computer');
  });

  it('moves the keyboard to the fold when the form makes room', async () => {
    await openAccounts(sampleEmpty());
    await user.type(byId('field-github-token'), `${CANARY}{Enter}`);
    await send(sampleSignedIn());
    expect(has('field-github-token')).toBe(false);
    expect(document.activeElement).toBe(byId('fold-github'));
  });
});

describe('signed in', () => {
  it('shows each ability with its answer, what is missing, and a request to copy', async () => {
    await openAccounts(sampleSignedIn(), 'aws');
    expect([1, 2, 3].map((n) => byId(`ability-aws-${n}`).dataset['answer'])).toEqual([
      'yes',
      'no',
      'unknown',
    ]);
    expect(byId('ability-aws-2').textContent).toContain('codepipeline:PutApprovalResult');
    await user.click(byId('ability-aws-2').querySelector('button') as HTMLElement);
    expect(host.copied).toEqual([
      'Please allow codepipeline:PutApprovalResult on docker-production/Approval.',
    ]);
    await expectAccessible();
  });

  it('checks again with the one filled button', async () => {
    await openAccounts(sampleSignedIn());
    expect(document.querySelectorAll('[data-primary]')).toHaveLength(1);
    expect(byId('screen-accounts').textContent).toContain('checked at 5:46 pm Pacific. Checking');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'checkAccounts' } }]);
    await send(sampleSignedIn({ accounts: { ...sampleSignedIn().accounts, checking: true } }));
    expect(byId('action-check-accounts').getAttribute('aria-disabled')).toBe('true');
  });

  it('has nothing to check while nobody is signed in', async () => {
    await openAccounts(sampleEmpty());
    expect(has('action-check-accounts')).toBe(false);
    expect(byId('screen-accounts').querySelector('.actions')?.textContent).toContain(
      'Sign in to at least AWS to watch a deploy.',
    );
  });

  it('asks before it signs out, and starts on the harmless choice', async () => {
    await openAccounts(sampleSignedIn(), 'slack');
    await user.click(byId('action-sign-out-slack'));
    await settle();
    expect(document.activeElement).toBe(byId('cancel'));
    expect(byId('dialog-sign-out').textContent).toContain('Sign out of Slack?');
    await user.click(byId('confirm'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'signOut', service: 'slack' } }]);
  });

  it.each([
    ['This computer’s keychain', 'The sign-in is removed from this computer’s keychain.'],
    ['In memory only, forgotten when you quit', 'Slipway forgets the sign-in.'],
    [
      'Your AWS configuration. Slipway keeps only the profile’s name.',
      'Slipway forgets the profile’s name. Your AWS configuration stays as it is.',
    ],
  ])('says what signing out does to one that is kept in: %s', async (place, says) => {
    const view = sampleSignedIn();
    const services = view.accounts.services.map((one) => ({ ...one, rows: [check('Kept', place)] }));
    await openAccounts({ ...view, accounts: { ...view.accounts, services } }, 'aws');
    await user.click(byId('action-sign-out-aws'));
    await settle();
    expect(byId('dialog-sign-out').textContent).toContain(`${says} Slipway no longer sees AWS`);
  });

  it('lets an expired sign-in be entered anew', async () => {
    await openAccounts(sampleExpired());
    expect(byId('account-github').dataset['state']).toBe('trouble');
    expect(byId('account-github')).toHaveProperty('open', true);
    expect(has('field-github-token')).toBe(true);
    expect(has('another-github')).toBe(false);
    expect(has('field-slack-token')).toBe(false);
    await expectAccessible(byId('account-github'));
  });

  it.each(['notInChannel', 'forbidden', 'refused'] as const)(
    'keeps another sign-in folded when the trouble is %s',
    async (code) => {
      const view = sampleExpired();
      const services = view.accounts.services.map((one) =>
        one.problem ? { ...one, problem: { ...one.problem, code } } : one,
      );
      await openAccounts({ ...view, accounts: { ...view.accounts, services } });
      expect(byId('another-github')).toHaveProperty('open', false);
      expect(byId('another-github').contains(byId('field-github-token'))).toBe(true);
      expect(has('another-slack')).toBe(false);
      await expectAccessible(byId('account-github'));
      await user.click(byId('another-github').querySelector('summary') as HTMLElement);
      await user.type(byId('field-github-token'), `${CANARY}{Enter}`);
      expect(host.wishes).toEqual([
        { type: 'desktop', wish: { type: 'signIn', signIn: { kind: 'githubToken', token: CANARY } } },
      ]);
    },
  );

  it('asks for nothing in practice', async () => {
    await openAccounts({ ...sampleSignedIn(), mode: 'practice' });
    expect(document.querySelector('[data-testid^="field-"], [data-testid^="action-sign"]')).toBeNull();
  });

  it.each(HOSTILE)('shows text of others as text: %s', async (text) => {
    const view = sampleSignedIn();
    const services = view.accounts.services.map((one): AccountView => ({
      ...one,
      who: text,
      abilities: one.abilities.map((each) => ({ ...each, missing: text, note: text })),
    }));
    await openAccounts({ ...view, accounts: { ...view.accounts, services } });
    expectPlain(text);
  });
});

describe('the keychain row', () => {
  it.each([
    ['unused', sampleAccounts().keychain],
    ['open', sampleSignedIn().accounts.keychain],
    ['memory', memoryKeychain],
    ['opening', keychainIn('locked', { opening: true, covers: false })],
    ['too-long', keychainIn('tooLong', { covers: false })],
  ])('is called %s', async (state, keychain) => {
    await openAccounts(sampleView({ accounts: sampleAccounts({ keychain }) }));
    expect(byId('keychain').dataset['state']).toBe(state);
    await expectAccessible(byId('keychain'));
  });

  it('can be opened later, when sign-ins are in memory', async () => {
    await openAccounts(sampleView({ accounts: sampleAccounts({ keychain: memoryKeychain }) }));
    await user.click(byId('action-open-keychain'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'openKeychain' } }]);
  });
});

it('an endpoint that is not the service’s own is named on every screen', async () => {
  await openWindow(sampleElsewhere());
  for (const place of ['home', 'notices', 'accounts', 'settings'] as const) {
    here.go(place);
    await settle();
    expect(byId('elsewhere').textContent).toContain('GitHub at http://127.0.0.1:40121');
  }
  await openAccounts(sampleSignedIn());
  expect(has('elsewhere')).toBe(false);
});
