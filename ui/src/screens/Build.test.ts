import { expect, test } from 'vitest';
import type { BuildScreen, Remedy, StepState } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import { BRANCH, pacificTime, sampleAt, sampleFailure, sampleRelease } from '../test/sample';
import { expectPlain, filled, find, get, HOSTILE, isOff, show } from '../test/screen';
import Build from './Build.svelte';

const START = pacificTime(24, 19, 53);
const at = (changes: Partial<BuildScreen> = {}, state: StepState = 'working') =>
  sampleAt('build', state, { build: { ...sampleRelease().build, ...changes } });
const failed: Partial<BuildScreen> = {
  headline: 'The build could not start',
  endedAt: pacificTime(24, 19, 54),
  failure: sampleFailure,
  retry: ['Build', '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e'],
};
const folded = (testid: string) => !(get(testid) as HTMLDetailsElement).open;

test('while it builds it says what is left, and there is nothing to press', async () => {
  const { update } = await show(Build, at(), START + 6.4 * 60_000);
  expect(filled()).toBeNull();
  expect(get('eta').textContent).toContain('About 8 min left');
  expect(get('eta').textContent).toContain('Done around 8:07 pm Pacific');
  expect(document.querySelector('progress')?.getAttribute('aria-label')).toContain(
    '6 min 24 s of usually 14 min',
  );
  await update(at(), START + 7.5 * 60_000);
  expect(get('eta').textContent).toContain('About 7 min left');
  await expectAccessible();
});

test('past the usual time it says so and guesses nothing', async () => {
  await show(Build, at(), START + 20 * 60_000);
  expect(get('eta').textContent).toContain('Longer than usual');
  expect(get('eta').textContent).not.toContain('left');
});

test('what takes longer than half of them is not late yet, and says against what', async () => {
  await show(Build, at(), START + 16 * 60_000);
  expect(get('eta').textContent).toContain('Should be done soon');
  expect(get('eta').textContent).toContain('Running for 16 min 0 s, usually 14 min, seldom more than 18 min');
  expect(get('eta').textContent).toContain('Compared with 12 earlier deploys');
});

test('actions that run at the same time are joined and say so', async () => {
  const [source, ...rest] = sampleRelease().build.stages;
  const beside = rest.map((stage) => ({ ...stage, group: 2, beside: 'At the same time as lint' }));
  await show(Build, at({ stages: [source!, ...beside] }));
  const stages = [...document.querySelectorAll<HTMLElement>('[data-testid="stage"]')];
  expect(stages.map((stage) => stage.dataset['group'])).toEqual(['1', '2', '2']);
  expect(stages[2]?.className).toContain('beside--on');
  expect(stages[1]?.textContent).toContain('At the same time as lint');
  await expectAccessible();
});

test('without a history there is no guess and no bar', async () => {
  await show(Build, at({ usuallySeconds: null }), START + 60_000);
  expect(get('eta').textContent).toContain('Running for 1 min 0 s');
  expect(document.querySelector('progress')).toBeNull();
});

test('stages stand in order with state and duration; the running one ticks', async () => {
  const { update } = await show(Build, at(), START + 60_000);
  const stages = () => [...document.querySelectorAll('[data-testid="stage"]')];
  expect(stages().map((stage) => stage.getAttribute('data-state'))).toEqual(['done', 'done', 'working']);
  expect(stages()[1]?.textContent).toContain('12 min');
  expect(stages()[2]?.textContent).toContain('40 s');
  await update(at(), START + 61_000);
  expect(stages()[2]?.textContent).toContain('41 s');
});

test('the log is open while it works, shown as text, and left as the person leaves it', async () => {
  const log = HOSTILE.map((text, index) => ({ at: START + index * 1000, text }));
  const { update } = await show(Build, at({ log }));
  expect(folded('log')).toBe(false);
  for (const text of HOSTILE) expectPlain(text);
  expect(get('log').textContent).toContain('7:53:01');
  await update(at({ log, endedAt: START + 60_000 }, 'done'));
  expect(folded('log')).toBe(false);
  await expectAccessible();
});

test('a failure says what, what it means and what to do; the raw words are folded and can be copied', async () => {
  const { user } = await show(Build, at(failed, 'failed'));
  expect(get('failure').textContent).toContain('AWS has no free build slot');
  expect(get('failure').textContent).toContain('Cannot have more than 20 active builds');
  expect(get('failure-kind').dataset.kind).toBe('limit');
  expectPlain(sampleFailure.means);
  expectPlain(sampleFailure.remedy);
  expect(get('who').textContent).toContain('You can retry');
  expect(folded('raw')).toBe(true);
  expect(find('eta')).toBeNull();
  expect(folded('log')).toBe(true);
  await expectAccessible();
  (get('raw') as HTMLDetailsElement).open = true;
  await user.click(get('copy-raw'));
  await user.click(get('copy-support'));
  expect(host.copied).toEqual([sampleFailure.raw, sampleFailure.support]);
});

test('retrying sends the stage and the execution that were shown', async () => {
  const { user } = await show(Build, at(failed, 'failed'));
  expect(filled()).toBe('action-retry-stage');
  await user.click(get('action-retry-stage'));
  expect(host.wishes).toEqual([
    {
      type: 'retryStage',
      release: BRANCH,
      stage: 'Build',
      execution: '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e',
      mode: 'failedActions',
    },
  ]);
});

test('each remedy says what it takes and whether this sign-in has it', async () => {
  const remedies: Remedy[] = (['yes', 'no', 'unknown'] as const).map((may, index) => ({
    ...(sampleFailure.remedies[0] as Remedy),
    id: (['retryFailed', 'retryAll', 'startHotfix'] as const)[index] as Remedy['id'],
    may,
  }));
  await show(Build, at({ ...failed, failure: { ...sampleFailure, remedies } }, 'failed'));
  expect(get('remedy-retryFailed').textContent).toContain('codepipeline:RetryStageExecution. You may.');
  expect(get('remedy-retryAll').textContent).toContain('You may not.');
  expect(get('remedy-startHotfix').textContent).toContain('shows when you try');
});

test('the whole stage is retried where that is offered, and says so on the wire', async () => {
  const whole: Remedy = { ...(sampleFailure.remedies[0] as Remedy), id: 'retryAll', recommended: false };
  const remedies = [...sampleFailure.remedies, whole];
  const { user } = await show(Build, at({ ...failed, failure: { ...sampleFailure, remedies } }, 'failed'));
  await user.click(get('action-retry-whole-stage'));
  expect(host.wishes[0]).toMatchObject({ type: 'retryStage', mode: 'allActions' });
});

test('where the code is at fault the hotfix is the one to press, and begins with a name', async () => {
  const remedies = sampleFailure.remedies.map((one) => ({
    ...one,
    recommended: one.id === 'startHotfix',
  }));
  const failure = { ...sampleFailure, kind: 'code' as const, remedies };
  const { user } = await show(Build, at({ ...failed, failure }, 'failed'));
  expect(filled()).toBe('action-start-hotfix');
  await user.click(get('action-start-hotfix'));
  expect(host.wishes).toEqual([{ type: 'draft', kind: 'hotfix', fixName: 'fix-docker-build', date: '' }]);
  await expectAccessible();
});

test('a reminder can be asked for, is said, and can be taken back', async () => {
  const { user, update } = await show(Build, at(failed, 'failed'));
  expect(get('remedy-remind').textContent).not.toContain('Takes');
  await user.click(get('action-remind-30'));
  expect(get('remedy-remind').querySelector('[role=status]')?.textContent).toBe('');
  const execution = sampleFailure.reminding?.execution;
  expect(host.wishes).toEqual([{ type: 'remind', release: BRANCH, execution, minutes: 30 }]);
  const reminding = { ...sampleFailure.reminding!, text: 'Slipway reminds you at 8:06 pm Pacific.' };
  await update(at({ ...failed, failure: { ...sampleFailure, reminding } }, 'failed'));
  expect(get('reminder').textContent).toBe(reminding.text);
  expect(get('reminder').closest('[role=status]')).not.toBeNull();
  expect(find('action-remind-30')).toBeNull();
  expect(document.activeElement).toBe(get('action-drop-reminder'));
  await expectAccessible();
  await user.click(get('action-drop-reminder'));
  expect(host.wishes[1]).toEqual({ type: 'dropReminder', release: BRANCH });
  await update(at(failed, 'failed'));
  const [first] = sampleFailure.reminding!.minutes;
  expect(document.activeElement).toBe(get(`action-remind-${first}`));
});

test('a reminder that comes or goes by itself takes the keyboard from nobody', async () => {
  const { update } = await show(Build, at(failed, 'failed'));
  const reminding = { ...sampleFailure.reminding!, text: 'Slipway reminds you at 8:06 pm Pacific.' };
  await update(at({ ...failed, failure: { ...sampleFailure, reminding } }, 'failed'));
  expect(document.activeElement).toBe(document.body);
});

test('what AWS says is text, whatever it is', async () => {
  const saying = (text: string) =>
    at({ ...failed, failure: { ...sampleFailure, quote: text, place: text, raw: text } }, 'failed');
  const { update } = await show(Build, saying(''));
  for (const text of HOSTILE) {
    await update(saying(text));
    expect(get('failure').textContent).toContain(text);
    expect(get('failure').querySelector('img, script, a')).toBeNull();
  }
});

test('a retry that is being sent is not offered again', async () => {
  await show(Build, { ...at(failed, 'failed'), busy: 'Retrying Build' });
  expect(isOff('action-retry-stage')).toBe(true);
});

test('when it is done it says how long it took', async () => {
  await show(Build, at({ headline: 'Deployed', endedAt: START + 14 * 60_000 + 40_000 }, 'done'));
  expect(filled()).toBeNull();
  expectPlain('Took 14 min 40 s');
  await expectAccessible();
});

test('before the approval there is no build yet', async () => {
  await show(Build, at({ startedAt: null, stages: [], log: [], headline: '', text: '' }, 'later'));
  expect(filled()).toBeNull();
  expect(find('eta')).toBeNull();
  expectPlain('Watch the build');
  await expectAccessible();
});

test('while it is on the screen it is watched, and no longer', async () => {
  const { update, unmount } = await show(Build, at());
  await update(at({ hint: 'A newer view' }));
  expect(host.watched).toEqual([BRANCH]);
  unmount();
  expect(host.watched).toEqual([BRANCH, null]);
});
