import { within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ApprovalCard, ApprovalScreen, Gate, ReleaseView } from '../bindings';
import { rest } from '../parts/rest';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import {
  BRANCH,
  check,
  pacificTime,
  pull412,
  sampleAt,
  sampleCard,
  sampleRelease,
  sha,
} from '../test/sample';
import {
  expectPlain,
  filled,
  find,
  get,
  getIn,
  HOSTILE,
  isOff,
  isOpen,
  manyPulls,
  show,
} from '../test/screen';
import Approval from './Approval.svelte';

afterEach(() => vi.useRealTimers());

const sample: ApprovalScreen = { ...sampleRelease().approval, commentMax: 512 };
const gate = sample.gate as Gate;
const at = (changes: Partial<ApprovalScreen> = {}): ReleaseView =>
  sampleAt('approval', 'ready', { approval: { ...sample, ...changes } });

const newGate: Gate = {
  ...gate,
  token: 'another-token',
  execution: 'another-execution',
  commit: sha('a81c09e'),
};
const pull417 = { ...pull412, number: 417, title: 'Lower the photo retry limit to 3', head: sha('77aa001') };
const newCard: ApprovalCard = sampleCard({
  headline: '3 pull requests go to production',
  pulls: [...sampleCard().pulls, pull417],
  commit: 'a81c09e',
  commitVerdict: '',
  facts: [check('Checks', '11 of 12 passed, 1 running', 'wait'), check('Size', '21 files, +553 −131 lines')],
  object: 'Release 3 pull requests, commit a81c09e, to docker-production',
});
const changed = at({ gate: newGate, card: newCard });
const comment = () => get('field-comment') as HTMLTextAreaElement;

describe('the card', () => {
  test('says what goes out, by whom and until when; the identity comes first', async () => {
    await show(Approval, at(), pacificTime(24, 19, 53));
    expect(filled()).toBe('action-approve');
    for (const text of [
      '2 pull requests go to production',
      'Marcus Oyelaran',
      '4be19d2',
      'Exactly what Dana merged',
    ])
      expectPlain(text);
    const identity = document.querySelector('.aside') as Element;
    expect(identity.compareDocumentPosition(get('field-comment'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(find('changed')).toBeNull();
    await expectAccessible();
  });

  test('what it carries beside this release is said in the question, too', async () => {
    const more = 'It also carries 3 commits that are not in this release.';
    const { user } = await show(Approval, at({ warnings: [more] }));
    await user.click(get('action-approve'));
    expect(get('dialog-approve').textContent).toContain(more);
    await expectAccessible();
  });

  test('the keyboard goes on at the button that takes the place of the one that had it', async () => {
    const { user, update } = await show(Approval, at());
    get('action-approve').focus();
    await update(changed);
    await vi.waitFor(() => expect(document.activeElement).toBe(get('action-read-changes')));
    await user.click(get('action-read-changes'));
    await vi.waitFor(() => expect(document.activeElement).toBe(get('action-approve')));
  });

  test('the time that is left ticks', async () => {
    const { update } = await show(
      Approval,
      at({ card: sampleCard({ expiresAt: pacificTime(25, 19, 53) }) }),
      pacificTime(24, 19, 53),
    );
    expectPlain('1 d');
    await update(at({ card: sampleCard({ expiresAt: pacificTime(25, 19, 53) }) }), pacificTime(25, 19, 51));
    expectPlain('2 min');
    await update(at({ card: sampleCard({ expiresAt: pacificTime(25, 19, 53) }) }), pacificTime(25, 20));
    expectPlain('Time is up');
  });

  test('warnings come before everything else', async () => {
    await show(Approval, at({ warnings: ['This also releases hotfix-2026-11-23-login-timeout.'] }));
    const order = get('warning').compareDocumentPosition(document.querySelector('.aside') as Element);
    expect(order).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await expectAccessible();
  });

  test('who may not answer is told why, and has nothing to press', async () => {
    await show(Approval, at({ gate: null, cannot: 'Your role may look at the pipeline, not approve.' }));
    expect(filled()).toBeNull();
    expect(find('action-reject')).toBeNull();
    expectPlain('Your role may look at the pipeline, not approve.');
    await expectAccessible();
  });

  test('while there is no card it says what is going on', async () => {
    await show(
      Approval,
      at({ gate: null, card: null, waiting: 'The pipeline has not picked up the merge yet.' }),
    );
    expect(filled()).toBeNull();
    expectPlain('The pipeline has not picked up the merge yet.');
    await expectAccessible();
  });

  test('an answer that was given is shown', async () => {
    await show(Approval, at({ gate: null, answer: check('Approved', 'Marcus Oyelaran, 7:53 pm', 'good') }));
    expect(get('answer').textContent).toContain('Marcus Oyelaran, 7:53 pm');
    expect(find('field-comment')).toBeNull();
    expect(filled()).toBeNull();
    await expectAccessible();
  });

  test('after a rejection it can be offered again', async () => {
    const { user } = await show(
      Approval,
      at({
        gate: null,
        answer: check('Rejected 7:53 pm by Marcus', 'Counts', 'bad'),
        retry: ['Approval', gate.execution],
      }),
    );
    expect(filled()).toBe('action-retry-stage');
    await user.click(get('action-retry-stage'));
    expect(host.wishes).toEqual([
      {
        type: 'retryStage',
        release: BRANCH,
        stage: 'Approval',
        execution: gate.execution,
        mode: 'failedActions',
      },
    ]);
  });

  test.each([0, 7, 15, 60])('%i pull requests: all are there, the most are folded', async (count) => {
    await show(Approval, at({ card: sampleCard({ pulls: manyPulls(count) }) }));
    expect(document.querySelectorAll('[data-testid="card-pull"]')).toHaveLength(count);
    expect(find('more-pulls') !== null).toBe(count > 7);
    for (const text of HOSTILE.slice(0, count)) expectPlain(text);
    if (count < 10) await expectAccessible();
  });
});

describe('the comment', () => {
  test('says how much is left', async () => {
    const { user } = await show(Approval, at());
    await user.type(comment(), 'Checked the tax roll counts with Priya.');
    expectPlain('473 characters left.');
  });

  test('that is too long is kept, said, and keeps Approve off', async () => {
    const { user } = await show(Approval, at());
    await user.click(comment());
    await user.paste('x'.repeat(514));
    expect(comment().value).toHaveLength(514);
    expectPlain('2 characters too many.');
    expect(isOff('action-approve')).toBe(true);
    await user.click(get('action-approve'));
    expect(isOpen('approve')).toBe(false);
    await user.clear(comment());
    await user.paste('x'.repeat(512));
    expectPlain('0 characters left.');
    expect(isOff('action-approve')).toBe(false);
  });

  test('has as much room as the engine says', async () => {
    await show(Approval, at({ commentMax: 40 }));
    expectPlain('40 characters left.');
  });

  test('survives newer views and leaving the screen', async () => {
    const first = await show(Approval, at());
    await first.user.type(comment(), 'Looks good');
    await first.update(at({ warnings: [] }));
    first.unmount();
    await show(Approval, at());
    expect(comment().value).toBe('Looks good');
  });
});

describe('approving', () => {
  test('asks once more, begins on the harmless choice and sends exactly what was shown', async () => {
    const { user } = await show(Approval, at());
    await user.type(comment(), 'Checked');
    await user.click(get('action-approve'));
    expect(isOpen('approve')).toBe(true);
    expect(document.activeElement).toBe(getIn('dialog-approve', 'cancel'));
    const said = get('dialog-approve').textContent;
    for (const text of [
      sampleCard().object,
      '2 pull requests',
      '#412, #415',
      'Database already changed',
      '4be19d2',
      'Marcus Oyelaran',
      'Checked',
    ])
      expect(said).toContain(text);
    expect(filled()).toBe('action-approve');
    await expectAccessible();
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(host.wishes).toEqual([{ type: 'approve', release: BRANCH, gate, comment: 'Checked' }]);
    expect(comment().value).toBe('');
  });

  test('the harmless choice sends nothing', async () => {
    const { user } = await show(Approval, at());
    await user.click(get('action-approve'));
    await user.click(getIn('dialog-approve', 'cancel'));
    expect(isOpen('approve')).toBe(false);
    (get('action-approve') as HTMLButtonElement).click();
    await tick();
    (get('dialog-approve') as HTMLDialogElement).close();
    await tick();
    expect(host.wishes).toEqual([]);
  });

  test('a refusal is shown and loses nothing', async () => {
    host.answer = () => {
      throw refusal;
    };
    const { user } = await show(Approval, at());
    await user.type(comment(), 'Checked');
    await user.click(get('action-approve'));
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(get('problem').textContent).toContain(refusal.what);
    expect(comment().value).toBe('Checked');
    expect(filled()).toBe('action-approve');
  });

  test('while the answer is on its way it cannot be given again', async () => {
    const { user } = await show(Approval, { ...at(), busy: 'Approving' });
    await user.click(get('action-approve'));
    expect(isOff('confirm', 'approve')).toBe(true);
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(host.wishes).toEqual([]);
  });
});

describe('who may not approve', () => {
  const refused = 'You started this release, and your team’s settings say that somebody else approves it.';
  const nudge = 'Marcus Oyelaran: please approve the deploy of maintenance-2026-11-24.';

  test('reads why and who can, has a text to ask them with, and may still reject', async () => {
    const { user } = await show(
      Approval,
      at({ refused, whoCan: { why: refused, others: [HOSTILE[0] ?? '', 'Marcus Oyelaran'], nudge } }),
    );
    expect(isOff('action-approve')).toBe(true);
    expect(get('action-approve').title).toBe(refused);
    await user.click(get('action-approve'));
    expect(isOpen('approve')).toBe(false);
    for (const text of [refused, 'Marcus Oyelaran', HOSTILE[0] ?? '']) expectPlain(text);
    await user.click(get('action-copy-nudge'));
    expect(host.copied).toEqual([nudge]);
    await expectAccessible();
    await user.click(get('action-reject'));
    expect(isOpen('reject')).toBe(true);
  });

  test('is told when the team names nobody else', async () => {
    await show(Approval, at({ whoCan: { why: refused, others: [], nudge } }));
    expect(isOff('action-approve')).toBe(false);
    expect(get('who-can').textContent).toContain('name no other approver');
  });
});

test('commits and execution are there in full, folded', async () => {
  const { user } = await show(Approval, at());
  const ids = get('ids') as HTMLDetailsElement;
  expect(ids.open).toBe(false);
  await user.click(within(ids).getByText('Commit and execution in full'));
  expect(ids.textContent).toContain(sha('4be19d2'));
  await expectAccessible();
});

describe('an answer that did not get through', () => {
  const again = 'Sending your answer: it did not get through, Slipway sends it again by itself.';

  test('leaves every other button to them while it is sent again', async () => {
    const { user } = await show(Approval, { ...at(), again });
    expect(document.body.textContent).toContain(again);
    await user.click(get('action-reject'));
    await user.type(getIn('dialog-reject', 'field-reason'), 'Two counts do not match');
    await user.click(getIn('dialog-reject', 'confirm'));
    expect(host.wishes).toMatchObject([{ type: 'reject' }]);
  });

  test('is not told as refused any more once it is sent again, whichever comes first', async () => {
    const { user, update } = await show(Approval, at());
    for (const viewFirst of [true, false]) {
      host.answer = async () => {
        if (viewFirst) await update({ ...at(), again });
        throw refusal;
      };
      await user.click(get('action-approve'));
      await user.click(getIn('dialog-approve', 'confirm'));
      expect(find('problem') === null).toBe(viewFirst);
      await update({ ...at(), again });
      expect(find('problem')).toBeNull();
      await update(at());
      expect(find('problem')).toBeNull();
    }
  });
});

describe('rejecting', () => {
  test('needs a reason, says what stays and sends exactly what was shown', async () => {
    const { user } = await show(Approval, at());
    await user.click(get('action-reject'));
    expect(document.activeElement).toBe(getIn('dialog-reject', 'field-reason'));
    expect(get('dialog-reject').textContent).toContain(sample.stays);
    expect(isOff('confirm', 'reject')).toBe(true);
    await expectAccessible();
    await user.click(getIn('dialog-reject', 'confirm'));
    expect(host.wishes).toEqual([]);
    await user.type(getIn('dialog-reject', 'field-reason'), 'Two counts do not match');
    await user.click(getIn('dialog-reject', 'confirm'));
    expect(host.wishes).toEqual([
      { type: 'reject', release: BRANCH, gate, reason: 'Two counts do not match' },
    ]);
  });

  test('red stands at the left', async () => {
    const { user } = await show(Approval, at());
    await user.click(get('action-reject'));
    const buttons = [...get('dialog-reject').querySelectorAll('.dlg__foot button')];
    expect(buttons.map((button) => button.getAttribute('data-testid'))).toEqual(['confirm', 'cancel']);
  });

  test('a reason that was typed is still there after going back', async () => {
    const { user } = await show(Approval, at());
    await user.click(get('action-reject'));
    await user.type(getIn('dialog-reject', 'field-reason'), 'Wait');
    await user.click(getIn('dialog-reject', 'cancel'));
    await user.click(get('action-reject'));
    expect((getIn('dialog-reject', 'field-reason') as HTMLTextAreaElement).value).toBe('Wait');
  });
});

describe('when something else is on offer', () => {
  test('Approve gives way until the changes are read; the comment stays', async () => {
    const { user, update } = await show(Approval, at());
    await user.type(comment(), 'Checked');
    await update(changed);
    expect(find('action-approve')).toBeNull();
    expect(filled()).toBe('action-read-changes');
    expect(get('changed').textContent).toContain('4be19d2, is no longer offered; a81c09e is');
    expect(get('changed').textContent).toContain('your comment is kept');
    const [first, second] = [...document.querySelectorAll('[data-testid="card-pull"]')];
    expect(first?.textContent).toContain('Lower the photo retry limit to 3');
    expect(first?.textContent).toContain('New');
    expect(second?.textContent).toContain('Same as before.');
    expectPlain('was 4be19d2');
    expectPlain('was 12 of 12 passed');
    expect(comment().value).toBe('Checked');
    await expectAccessible();
    await user.click(get('action-read-changes'));
    expect(filled()).toBe('action-approve');
    expect(find('changed')).toBeNull();
    await user.click(get('action-approve'));
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(host.wishes).toEqual([{ type: 'approve', release: BRANCH, gate: newGate, comment: 'Checked' }]);
  });

  test('a click that was meant for Approve does not count as having read', async () => {
    const { user, update } = await show(Approval, at());
    rest.ms = 500;
    await update(changed);
    expect(isOff('action-read-changes')).toBe(true);
    await user.click(get('action-read-changes'));
    expect(filled()).toBe('action-read-changes');
    expect(isOpen('approve')).toBe(false);
  });

  test('an open question stays open and can no longer be answered', async () => {
    const { user, update } = await show(Approval, at());
    await user.click(get('action-approve'));
    await update(changed);
    expect(isOpen('approve')).toBe(true);
    expect(get('dialog-approve').textContent).toContain('4be19d2');
    expect(get('dialog-approve').textContent).not.toContain('a81c09e');
    expect(getIn('dialog-approve', 'outdated')).toBeTruthy();
    await expectAccessible();
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(host.wishes).toEqual([]);
    expect(isOpen('approve')).toBe(false);
    expect(filled()).toBe('action-read-changes');
  });

  test('an open rejection keeps its reason', async () => {
    const { user, update } = await show(Approval, at());
    await user.click(get('action-reject'));
    await user.type(getIn('dialog-reject', 'field-reason'), 'Counts');
    await update(changed);
    await user.click(getIn('dialog-reject', 'confirm'));
    expect(host.wishes).toEqual([]);
    await user.click(get('action-reject'));
    expect((getIn('dialog-reject', 'field-reason') as HTMLTextAreaElement).value).toBe('Counts');
    await user.click(getIn('dialog-reject', 'confirm'));
    expect(host.wishes).toEqual([{ type: 'reject', release: BRANCH, gate: newGate, reason: 'Counts' }]);
  });

  test('a question that was answered elsewhere says so', async () => {
    const { user, update } = await show(Approval, at());
    await user.click(get('action-approve'));
    await update(at({ gate: null, answer: check('Approved 7:52 pm by Ana Lindqvist', 'Fine', 'good') }));
    expect(getIn('dialog-approve', 'outdated').textContent).toContain('Approved 7:52 pm by Ana Lindqvist');
    await user.click(getIn('dialog-approve', 'confirm'));
    expect(host.wishes).toEqual([]);
  });

  test.each<[string, Partial<ApprovalScreen>, string]>([
    [
      'the same commit asked again',
      { gate: { ...gate, token: 'another-token' } },
      'a new question about the same commit',
    ],
    ['a new warning', { warnings: ['It also releases a hotfix.'] }, 'There is a new warning.'],
    [
      'a pull request less',
      { card: sampleCard({ pulls: sampleCard().pulls.slice(0, 1) }) },
      'No longer in it: #415.',
    ],
    ['another database', { card: sampleCard({ databaseText: 'Nothing was run.' }) }, 'about the database'],
  ])('%s has to be read too', async (_, changes, said) => {
    const { update } = await show(Approval, at());
    await update(at(changes));
    expect(filled()).toBe('action-read-changes');
    expect(get('changed').textContent).toContain(said);
  });

  test('checks that go on and the passing of time need no reading', async () => {
    const { update } = await show(Approval, at());
    await update(at({ card: sampleCard({ facts: [check('Checks', '11 of 12 passed', 'wait')] }) }));
    expect(filled()).toBe('action-approve');
  });

  test('going away and coming back hides no change', async () => {
    const first = await show(Approval, at());
    first.unmount();
    await show(Approval, changed);
    expect(filled()).toBe('action-read-changes');
  });
});
