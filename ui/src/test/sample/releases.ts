/** That release at each of its steps, and other ones. */
import type { ReleaseView, StepId, StepState } from '../../bindings';
import { link } from './basics';
import { sampleRelease } from './release';
import { sampleSteps } from './steps';

/** The release at one step: steps before it done, the step in `state`. */
export function sampleAt(
  step: StepId,
  state: StepState = 'ready',
  changes: Partial<ReleaseView> = {},
): ReleaseView {
  return sampleRelease({ steps: sampleSteps(step, state), current: step, ...changes });
}

/** A hotfix that is being named, or another draft. */
export function sampleDraft(changes: Partial<ReleaseView> = {}): ReleaseView {
  const release = sampleRelease({
    id: 'hotfix-2026-11-23-login-timeout',
    kind: 'hotfix',
    kindWord: 'Hotfix',
    dateWords: 'Monday 23 November',
    steps: sampleSteps('branch', 'ready', 'Ready, give it a name').map((step) => ({ ...step, since: null })),
    current: 'branch',
    aside: null,
  });
  return {
    ...release,
    branch: {
      ...release.branch,
      fixName: 'Login timeout',
      date: '2026-11-23',
      dateHint: 'Today in Pacific time',
      name: { before: 'hotfix-2026-11-23-', marked: 'login-timeout', after: '' },
      verdict: { text: 'This name is free.', tone: 'good', aboutDate: false },
      sameDay: ['hotfix-2026-11-23-csv-export'],
      link: null,
      canCreate: true,
    },
    ...changes,
  };
}

/** The draft of a maintenance deploy. */
export function sampleMaintenanceDraft(): ReleaseView {
  const release = sampleAt('branch');
  return { ...release, branch: { ...release.branch, link: null, canCreate: true } };
}

/** The hotfix of Monday, waiting at the gate. */
export function sampleHotfix(): ReleaseView {
  const draft = sampleDraft({
    steps: sampleSteps('approval', 'ready', 'Waiting for you'),
    current: 'approval',
  });
  return { ...draft, branch: { ...draft.branch, canCreate: false, link: link('branch', draft.id) } };
}
