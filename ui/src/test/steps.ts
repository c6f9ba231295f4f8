/** More sample releases for the harness: the later steps in the states that are worth looking at. */
import type { ApprovalScreen, BuildScreen, ReleaseView } from '../bindings';
import {
  check,
  pacificTime,
  pull412,
  pull415,
  sampleAt,
  sampleCard,
  sampleFailure,
  sampleRelease,
  sha,
} from './sample';

const sample = sampleRelease();
const merged = (pull: typeof pull412) => ({
  ...pull,
  state: 'done' as const,
  word: 'Merged',
  canMerge: false,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...pull412,
    number: 500 + index,
    head: sha(`c${index}`),
    title:
      index === 2
        ? `Averylongtitlewithoutaspace${'ofwhichthereisalways_more_'.repeat(14)}`
        : `Import county number ${index + 1}`,
    author: ['Priya Raman', 'Tomás Herrera', 'Jun Park', 'مريم'][index % 4] ?? '',
    link: { id: `pull-${500 + index}`, label: `#${500 + index}` },
  }));
const approval = (changes: Partial<ApprovalScreen>) =>
  sampleAt('approval', 'ready', { approval: { ...sample.approval, ...changes } });
const build = (state: 'working' | 'failed' | 'done' | 'later', changes: Partial<BuildScreen>) =>
  sampleAt('build', state, { build: { ...sample.build, ...changes } });

const pull417 = {
  ...pull412,
  number: 417,
  title: 'Lower the photo retry limit to 3',
  author: 'Jun Park',
  size: '1 file',
  head: sha('77aa001'),
  link: { id: 'pull-417', label: '#417' },
};

/** What the approval shows after the deploy was started again with one more pull request. */
export const changedApproval: ReleaseView = approval({
  gate: { ...sample.approval.gate!, token: 'another-token', commit: sha('a81c09e') },
  card: sampleCard({
    headline: '3 pull requests go to production',
    pulls: [...sampleCard().pulls, pull417],
    commit: 'a81c09e',
    commitVerdict: '',
    facts: [
      check('Checks', '11 of 12 passed, 1 running', 'wait'),
      check('Size', '21 files, +553 −131 lines'),
      check('Waiting behind', 'Nothing. Rejecting stops this deploy only.'),
    ],
    object: 'Release 3 pull requests, commit a81c09e, to docker-production',
  }),
});

export const steps: Record<string, ReleaseView> = {
  'etl-waiting': sampleAt('etl', 'waiting', {
    etl: {
      ...sample.etl,
      headline: 'Waiting for the first pull request',
      open: [],
      next: null,
      canClose: false,
    },
  }),
  'etl-close': sampleAt('etl', 'ready', {
    etl: {
      ...sample.etl,
      headline: 'No open pull request',
      open: [],
      merged: [merged(pull412), merged(pull415)],
      holds: '2 pull requests, 20 files, +550 −128.',
      direct: ['4f2c91a Fix typo, by dana'],
      next: null,
      closeIsNext: true,
    },
  }),
  'etl-many': sampleAt('etl', 'ready', {
    etl: { ...sample.etl, headline: '12 open pull requests', open: many(12), next: 500, merged: many(20) },
  }),
  'etl-hotfix': sampleAt('etl', 'waiting', {
    kind: 'hotfix',
    kindWord: 'Hotfix',
    etl: {
      ...sample.etl,
      headline: 'Waiting for your pull request',
      open: [],
      next: null,
      canClose: false,
      gitCommands: 'git fetch origin\ngit switch hotfix-2026-11-23-login-timeout',
    },
  }),
  'database-none': sampleAt('database', 'ready', {
    database: {
      ...sample.database,
      statements: [],
      canDeclareNone: true,
      canGoWithout: false,
      hint: 'Nothing to run? Say so and go on to the merge.',
    },
  }),
  'database-declared': sampleAt('merge', 'ready', {
    database: {
      ...sample.database,
      statements: [],
      canGoWithout: false,
      canAdd: false,
      noneDeclared: 'Dana Whitfield said at 7:20 pm that no changes are needed.',
      hint: '',
    },
  }),
  'merge-open': sampleAt('merge', 'ready', {
    merge: {
      ...sample.merge,
      number: null,
      link: null,
      canMerge: false,
      canOpen: true,
      checks: [check('Conflicts', 'None', 'good'), check('Database', '1 of 3 changes is left', 'wait')],
    },
  }),
  'approval-changed': changedApproval,
  'approval-warned': approval({
    warnings: [
      'This also releases hotfix-2026-11-23-login-timeout, which waits for approval since Monday.',
      'You started this deploy yourself.',
    ],
  }),
  'approval-many': approval({
    card: sampleCard({ headline: '15 pull requests go to production', pulls: many(15) }),
  }),
  'approval-cannot': approval({
    gate: null,
    cannot: 'Your role may look at the pipeline, but not approve. Marcus Oyelaran can.',
  }),
  'approval-waiting': approval({
    gate: null,
    card: null,
    waiting: 'The pipeline picks up the merge, usually within a minute.',
  }),
  'approval-answered': approval({
    gate: null,
    answer: check(
      'Approved by Marcus Oyelaran at 7:53 pm',
      '“Checked the tax roll counts with Priya.”',
      'good',
    ),
  }),
  'build-failed': build('failed', {
    headline: 'The build could not start',
    text: '',
    endedAt: pacificTime(24, 19, 54),
    failure: sampleFailure,
    stages: [
      ...sample.build.stages.slice(0, 2),
      {
        name: 'docker-build',
        state: 'failed',
        text: 'Could not start',
        startedAt: pacificTime(24, 19, 53, 20),
        endedAt: pacificTime(24, 19, 54, 8),
        group: 3,
        beside: '',
      },
    ],
    log: [],
    retry: ['Build', '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e'],
    hint: 'Starts the failed actions of the stage again, with the same commit.',
  }),
  'build-done': build('done', {
    headline: 'Deployed',
    text: 'The new version is in production since 8:08 pm Pacific.',
    endedAt: pacificTime(24, 20, 7, 40),
    stages: sample.build.stages.map((stage) => ({
      ...stage,
      state: 'done',
      endedAt: stage.endedAt ?? pacificTime(24, 20, 7, 40),
    })),
    hint: '',
  }),
  'finish-settled': sampleAt('finish', 'done', {
    afloat: true,
    finish: {
      ...sample.finish,
      canPost: false,
      canDeclare: false,
      hint: 'The result was posted at 8:09 pm.',
    },
  }),
};
