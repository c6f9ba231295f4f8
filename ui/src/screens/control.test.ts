import { expect, test } from 'vitest';
import type { Control, StepState } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import {
  BRANCH,
  sampleAt,
  sampleHeld,
  sampleRelease,
  sampleRollBack,
  sampleStop,
  sampleStopped,
} from '../test/sample';
import { expectPlain, filled, find, get, HOSTILE, isOff, show } from '../test/screen';
import Approval from './Approval.svelte';
import Build from './Build.svelte';

const none: Control = { stop: null, start: null, transition: null, rollBack: null, remedies: [] };
const at = (control: Partial<Control>, state: StepState = 'working') =>
  sampleAt('build', state, { control: { ...none, ...control } });

test('a deploy is stopped with a reason, after a question that names it', async () => {
  const { user } = await show(Build, at({ stop: sampleStop }));
  expect(filled()).toBeNull();
  await user.click(get('action-stop'));
  const dialog = get('dialog-stop');
  expect(dialog.textContent).toContain(sampleStop.object);
  expect(dialog.textContent).toContain('codepipeline:StopPipelineExecution');
  expect(get('stop-means').textContent).toContain(sampleStop.wait);
  expect(isOff('confirm')).toBe(true);
  await expectAccessible();
  await user.type(get('field-reason'), 'Wrong week');
  await user.click(get('confirm'));
  expect(host.wishes).toEqual([
    {
      type: 'stopExecution',
      release: BRANCH,
      execution: sampleStop.execution,
      abandon: false,
      reason: 'Wrong week',
    },
  ]);
});

test('abandoning says its risk before it is sent', async () => {
  const { user } = await show(Build, at({ stop: sampleStop }));
  await user.click(get('action-stop'));
  await user.click(get('stop-abandon'));
  expect(get('stop-means').textContent).toContain(sampleStop.abandon);
  expect(get('confirm').textContent).toContain('Abandon');
  await user.type(get('field-reason'), 'Hangs');
  await user.click(get('confirm'));
  expect(host.wishes[0]).toMatchObject({ type: 'stopExecution', abandon: true });
});

test('what waits already can only be abandoned', async () => {
  const { user } = await show(Build, at({ stop: { ...sampleStop, wait: '' } }));
  await user.click(get('action-stop'));
  expect(find('stop-wait')).toBeNull();
  expect(get('stop-means').textContent).toContain(sampleStop.abandon);
  expect(get('confirm').textContent).toContain('Abandon');
});

test('a reason that AWS would not take is said and kept', async () => {
  const { user } = await show(Build, at({ stop: { ...sampleStop, reasonMax: 5 } }));
  await user.click(get('action-stop'));
  await user.type(get('field-reason'), 'Wrong week');
  expect(isOff('confirm')).toBe(true);
  expect(get('dialog-stop').textContent).toContain('5 characters too many');
  await user.click(get('cancel'));
  expect(host.wishes).toEqual([]);
});

test('a question stays about the execution that was shown', async () => {
  const { user, update } = await show(Build, at({ stop: sampleStop }));
  await user.click(get('action-stop'));
  await update(at({ stop: { ...sampleStop, execution: 'another', object: 'Another' } }));
  expect(get('dialog-stop').textContent).toContain(sampleStop.object);
  await user.type(get('field-reason'), 'x');
  await user.click(get('confirm'));
  expect(host.wishes[0]).toMatchObject({ execution: sampleStop.execution });
});

test('what was stopped is started again at its commit, after a question', async () => {
  const { user } = await show(Build, at(sampleStopped, 'blocked'));
  expect(get('remedy-startAgain').dataset.may).toBe('unknown');
  expect(get('remedy-startAgain').textContent).toContain('codepipeline:StartPipelineExecution');
  expect(filled()).toBe('action-start-pipeline');
  await expectAccessible();
  await user.click(get('action-start-pipeline'));
  const { commit, after, object, text } = sampleStopped.start!;
  expect(get('dialog-start-pipeline').textContent).toContain(object);
  expect(get('dialog-start-pipeline').textContent).toContain(text);
  await expectAccessible();
  await user.click(get('confirm'));
  expect(host.wishes).toEqual([{ type: 'startPipeline', release: BRANCH, commit, after }]);
});

test('a merge that was not picked up is started where the approval waits for it', async () => {
  const start = { ...sampleStopped.start!, step: 'approval' as const, after: null };
  const approval = { ...sampleRelease().approval, gate: null, card: null };
  const { user } = await show(
    Approval,
    sampleAt('approval', 'blocked', { approval, control: { ...sampleStopped, start } }),
  );
  expect(get('remedy-startAgain')).toBeTruthy();
  await user.click(get('action-start-pipeline'));
  await user.click(get('confirm'));
  expect(host.wishes[0]).toMatchObject({ type: 'startPipeline', after: null });
});

test('a transition is switched on after the reason for it was read', async () => {
  const { user } = await show(Build, at(sampleHeld, 'blocked'));
  await user.click(get('action-enable-transition'));
  expect(get('dialog-enable-transition').textContent).toContain('Freeze until Monday');
  await expectAccessible();
  await user.click(get('confirm'));
  expect(host.wishes).toEqual([
    { type: 'enableTransition', release: BRANCH, stage: 'Build', reason: 'Freeze until Monday' },
  ]);
});

test('a stage is rolled back after a question that names what production returns to', async () => {
  const { user } = await show(Build, at({ rollBack: sampleRollBack }, 'failed'));
  await user.click(get('action-roll-back'));
  expect(get('dialog-roll-back').textContent).toContain(sampleRollBack.object);
  expect(get('dialog-roll-back').textContent).toContain(sampleRollBack.text);
  await expectAccessible();
  await user.click(get('confirm'));
  const { stage, target } = sampleRollBack;
  expect(host.wishes).toEqual([{ type: 'rollBack', release: BRANCH, stage, target }]);
});

test('who may not reads who can', async () => {
  const [remedy] = sampleStopped.remedies;
  const who = 'Somebody else has to. In your team: Dana Whitfield, release engineer.';
  const remedies = [{ ...remedy!, may: 'no' as const, who }];
  await show(Build, at({ ...sampleStopped, remedies }, 'blocked'));
  expect(get('remedy-startAgain').dataset.may).toBe('no');
  expectPlain('You may not.');
  expectPlain(who);
});

test('what was written down is text, whatever it is', async () => {
  const held = (text: string) =>
    at({ ...sampleHeld, transition: { ...sampleHeld.transition!, text, reason: text } }, 'blocked');
  const { user, update } = await show(Build, held(''));
  for (const text of HOSTILE) {
    await update(held(text));
    await user.click(get('action-enable-transition'));
    expect(get('dialog-enable-transition').textContent).toContain(text);
    expect(get('dialog-enable-transition').querySelector('img, script, a')).toBeNull();
    await user.click(get('cancel'));
  }
});
