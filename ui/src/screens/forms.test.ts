import userEvent from '@testing-library/user-event';
import { fireEvent } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ReleaseView } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import { sampleAt, sampleDraft, sampleHotfix, sampleMaintenanceDraft, sampleView, sha } from '../test/sample';
import { byId, has, openRelease, openWindow, send, settle, shown } from '../test/window';
import { here } from '../view/place.svelte';

const user = userEvent.setup();
const value = (id: string) => (byId(id) as HTMLInputElement).value;

async function openForm(draft: ReleaseView): Promise<void> {
  await openWindow(sampleView({ draft }));
  await here.start(draft.kind);
  await settle();
}

const named = (fixName: string, changes: Partial<ReleaseView['branch']> = {}): ReleaseView => {
  const draft = sampleDraft();
  return { ...draft, branch: { ...draft.branch, fixName, ...changes } };
};

describe('the hotfix form', () => {
  it('sends every keystroke, the newest last, and one at a time', async () => {
    await openForm(named(''));
    let answer = () => {};
    host.answer = () => new Promise<void>((resolve) => (answer = resolve));
    for (const text of ['c', 'cs', 'csv'])
      await fireEvent.input(byId('field-fix-name'), { target: { value: text } });
    expect(host.wishes).toHaveLength(1);
    answer();
    await settle();
    answer();
    await settle();
    expect(host.wishes).toEqual([
      { type: 'draft', kind: 'hotfix', fixName: 'c', date: '2026-11-23' },
      { type: 'draft', kind: 'hotfix', fixName: 'csv', date: '2026-11-23' },
    ]);
  });

  it('never replaces what is typed, whatever the views say', async () => {
    await openForm(named(''));
    await user.type(byId('field-fix-name'), 'Login Time');
    await send(sampleView({ draft: named('Login T') }));
    expect(value('field-fix-name')).toBe('Login Time');
    expect(document.activeElement).toBe(byId('field-fix-name'));
  });

  it('keeps the text on a walk to Home and back', async () => {
    await openForm(named(''));
    await user.type(byId('field-fix-name'), 'csv');
    await user.click(byId('go-home'));
    await user.click(byId('action-start-hotfix'));
    expect(shown()).toBe('hotfix');
    expect(value('field-fix-name')).toBe('csv');
  });

  it('creates exactly the name and commit on screen, and not before they belong to the text', async () => {
    await openForm(named('Login timeout'));
    await user.type(byId('field-fix-name'), 's');
    await user.click(byId('action-create-branch'));
    expect(host.wishes.every((wish) => wish.type === 'draft')).toBe(true);
    await send(
      sampleView({
        draft: named('Login timeouts', {
          name: { before: 'hotfix-2026-11-23-', marked: 'login-timeouts', after: '' },
        }),
      }),
    );
    await user.click(byId('action-create-branch'));
    expect(host.wishes.at(-1)).toEqual({
      type: 'createBranch',
      name: 'hotfix-2026-11-23-login-timeouts',
      sha: sha('9f3c1e7'),
    });
  });

  it('says at the field what is wrong, and why the button is off', async () => {
    const taken = 'This name is taken today. Use another one, such as csv-export-2.';
    await openForm(
      named('CSV export', { verdict: { text: taken, tone: 'bad', aboutDate: false }, canCreate: false }),
    );
    const field = byId('field-fix-name');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const verdict = field.getAttribute('aria-describedby')?.split(' ')[0] ?? '';
    expect(document.getElementById(verdict)?.textContent).toContain(taken);
    expect(byId('action-create-branch').getAttribute('aria-disabled')).toBe('true');
    expect(byId('field-date').getAttribute('aria-invalid')).toBeNull();
    await expectAccessible();
  });

  it('puts a verdict about the date at the date', async () => {
    await openForm(
      named('x', { verdict: { text: 'This date is over.', tone: 'bad', aboutDate: true }, canCreate: false }),
    );
    expect(byId('field-date').getAttribute('aria-invalid')).toBe('true');
    expect(byId('field-fix-name').getAttribute('aria-invalid')).toBeNull();
  });

  it('shows a name full of markup and direction marks as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> \u202Egnp.exe';
    await openForm(named(hostile, { name: { before: 'hotfix-', marked: hostile, after: '' } }));
    expect(byId('branch-name').textContent).toContain(hostile);
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('the branch step', () => {
  it('asks for the branch of a maintenance deploy', async () => {
    await openForm(sampleMaintenanceDraft());
    expect(shown()).toBe('branch');
    expect(byId('branch-name').textContent).toContain('maintenance-2026-11-24');
    await fireEvent.input(byId('field-date'), { target: { value: '2026-12-01' } });
    expect(host.wishes.at(-1)).toEqual({
      type: 'draft',
      kind: 'maintenance',
      fixName: '',
      date: '2026-12-01',
    });
    await expectAccessible();
  });

  it('offers to go on with a branch that is there', async () => {
    const draft = sampleMaintenanceDraft();
    draft.branch = { ...draft.branch, canCreate: false, canAdopt: sha('abc1234') };
    await openForm(draft);
    await user.click(byId('action-adopt-branch'));
    expect(host.wishes).toEqual([
      { type: 'adoptBranch', name: 'maintenance-2026-11-24', sha: sha('abc1234') },
    ]);
  });

  it('offers to go on with a branch that somebody else made meanwhile', async () => {
    const release = sampleAt('branch');
    release.branch = { ...release.branch, canCreate: false, canAdopt: sha('abc1234') };
    await openRelease(release);
    expect(has('action-cancel')).toBe(false);
    await user.click(byId('action-adopt-branch'));
    expect(host.wishes).toEqual([{ type: 'adoptBranch', name: release.id, sha: sha('abc1234') }]);
  });

  it('shows what is known of a branch that was made, and nothing to press', async () => {
    await openRelease(sampleAt('announce'));
    await user.click(byId('step-branch'));
    expect(has('field-date')).toBe(false);
    expect(document.querySelector('[data-primary]')).toBeNull();
    await expectAccessible();
  });

  it('gives the author of a hotfix the commands to fetch it', async () => {
    const hotfix = sampleHotfix();
    hotfix.branch = { ...hotfix.branch, gitCommands: 'git fetch origin hotfix\ngit switch hotfix' };
    await openRelease(hotfix);
    await user.click(byId('step-branch'));
    await user.click(byId('action-copy-commands'));
    expect(host.copied).toEqual(['git fetch origin hotfix\ngit switch hotfix']);
    expect(byId('action-copy-commands').textContent).toContain('Copied');
  });
});
