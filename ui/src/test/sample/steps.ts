/** The rail of a sample release. */
import type { At, StepId, StepState, StepView } from '../../bindings';
import { pacificTime } from './basics';

export const titles: Record<StepId, [title: string, lead: string, later: string]> = {
  branch: [
    'Create the revision branch',
    'The ETL team puts its work for tonight on this branch. Nothing reaches production yet.',
    '',
  ],
  announce: [
    'Tell the team',
    'Post that the branch is ready, so the ETL team can open its pull requests.',
    'After the branch',
  ],
  etl: [
    'Merge the ETL pull request',
    'Slipway shows every pull request into the branch and when it can be merged.',
    'After the team is told',
  ],
  database: [
    'Database changes',
    'Changes to the database run before the merge. Slipway keeps what was run, by whom and when.',
    'After the pull requests',
  ],
  merge: [
    'Merge into master',
    'This starts the pipeline. Somebody still has to approve before anything goes live.',
    'After the database',
  ],
  approval: ['Approve the deploy', 'Read what goes out, then say yes or no.', 'After the merge'],
  build: [
    'Watch the build',
    'The pipeline builds the new version and brings it to production.',
    'After approval',
  ],
  finish: ['Wrap up', 'Share the result and keep the report.', 'After the build'],
};

const words: Record<StepState, string> = {
  ready: 'Ready for you',
  waiting: 'Waiting',
  working: 'Working',
  done: 'Done',
  blocked: 'Blocked',
  failed: 'Failed',
  skipped: 'Skipped',
  later: 'Later',
  unknown: 'Unknown',
  'not-connected': 'Not connected',
};

export const order: StepId[] = [
  'branch',
  'announce',
  'etl',
  'database',
  'merge',
  'approval',
  'build',
  'finish',
];

export const doneNotes: Record<StepId, [note: string, since: At]> = {
  branch: ['Done 7:02 pm, Dana', pacificTime(24, 19, 2)],
  announce: ['Done 7:04 pm, Dana', pacificTime(24, 19, 4)],
  etl: ['Done 7:19 pm, 2 merged', pacificTime(24, 19, 19)],
  database: ['Done 7:31 pm, 3 changes', pacificTime(24, 19, 31)],
  merge: ['Done 7:38 pm, Dana', pacificTime(24, 19, 38)],
  approval: ['Approved 7:53 pm, Marcus', pacificTime(24, 19, 53)],
  build: ['Done 8:08 pm', pacificTime(24, 20, 8)],
  finish: ['Done 8:09 pm, Dana', pacificTime(24, 20, 9)],
};

/** Steps as they stand when `current` has `state`: those before are done, those after come later. */
export function sampleSteps(current: StepId, state: StepState = 'ready', note = 'Ready'): StepView[] {
  const at = order.indexOf(current);
  return order.map((id, index) => {
    const [title, lead, after] = titles[id];
    if (index < at) {
      const [done, since] = doneNotes[id];
      return { id, title, lead, state: 'done', word: words.done, note: done, since };
    }
    if (index > at) return { id, title, lead, state: 'later', word: words.later, note: after, since: null };
    const since = index === 0 ? pacificTime(24, 19, 0) : doneNotes[order[index - 1] ?? 'branch'][1];
    return { id, title, lead, state, word: words[state], note, since };
  });
}
