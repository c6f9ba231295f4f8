/**
 * Sample views for tests and for the harness: a maintenance deploy on Tuesday 24 November 2026 and a hotfix the day before.
 * Every function takes the differences and returns a fresh value: `sampleRelease({ busy: 'Merging #412' })`.
 */
import type {
  AccountsScreen,
  AccountView,
  ApprovalCard,
  At,
  Check,
  Home,
  LinkView,
  Problem,
  PullView,
  ReleaseView,
  Service,
  SettingsScreen,
  Sha,
  StepId,
  StepState,
  StepView,
  Tone,
  View,
} from '../bindings';

/** A Pacific wall clock in November 2026 (UTC−8) as an instant. */
export const pacificTime = (day: number, hour: number, minute = 0, second = 0): At =>
  Date.UTC(2026, 10, day, hour + 8, minute, second);

export const sha = (short: string): Sha => short.padEnd(40, '0');
export const link = (id: string, label: string): LinkView => ({ id, label });
export const check = (label: string, text: string, tone: Tone = 'quiet'): Check => ({ label, text, tone });

const BASE = '9f3c1e7';
export const BRANCH = 'maintenance-2026-11-24';

const titles: Record<StepId, [title: string, lead: string, later: string]> = {
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

const doneNotes: Record<StepId, [note: string, since: At]> = {
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

export const pull412: PullView = {
  number: 412,
  title: 'Import Maricopa county tax rolls',
  author: 'Priya Raman',
  initials: 'PR',
  head: sha('4f2c91a'),
  openedAt: pacificTime(24, 19, 6),
  size: '14 files, +412 −87',
  checks: [
    check('Checks', '6 of 6 checks passed', 'good'),
    check('Reviews', 'Approved by Tomás Herrera', 'good'),
    check('Conflicts', 'No conflicts', 'good'),
  ],
  state: 'ready',
  word: 'Can be merged',
  link: link('pull-412', '#412'),
  canMerge: true,
};

export const pull415: PullView = {
  number: 415,
  title: 'Retry listing photo downloads',
  author: 'Tomás Herrera',
  initials: 'TH',
  head: sha('8d01b3e'),
  openedAt: pacificTime(24, 19, 9),
  size: '6 files, +138 −41',
  checks: [
    check('Checks', '4 of 6 checks passed', 'wait'),
    check('Reviews', 'Approved by Priya Raman', 'good'),
    check('Conflicts', 'No conflicts', 'good'),
  ],
  state: 'waiting',
  word: 'Waiting for checks',
  link: link('pull-415', '#415'),
  canMerge: false,
};

export const sampleProblem: Problem = {
  code: 'notInChannel',
  what: 'Slipway’s bot is not in #production-deployment.',
  means:
    'Slack did not take the message, so nobody has been told yet. The branch is fine and nothing is lost.',
  remedy: 'Send “/invite @Slipway” in #production-deployment. Any member can do this. Then check again.',
  raw: 'chat.postMessage answered channel_not_found for C06T4M2QK1D (private)',
  link: link('slack-channel', 'Open Slack'),
};

/** The approval card as Marcus sees it. */
export function sampleCard(changes: Partial<ApprovalCard> = {}): ApprovalCard {
  return {
    headline: '2 pull requests go to production',
    text: 'Started by Dana Whitfield at 7:02 pm. The build starts as soon as you approve and usually takes 14 min.',
    pulls: [
      { ...pull412, state: 'done', word: 'Merged', canMerge: false },
      { ...pull415, state: 'done', word: 'Merged', canMerge: false },
    ],
    databaseTitle: 'Database already changed',
    databaseText:
      'New column on tax_rolls, 12,482 rows filled in, import_staging emptied. Run by Elena Vasquez and Dana Whitfield, last at 7:31 pm.',
    commit: '4be19d2',
    commitVerdict: 'Exactly what Dana merged at 7:38 pm',
    commitTone: 'good',
    facts: [
      check('Checks', '12 of 12 passed', 'good'),
      check('Size', '20 files, +550 −128 lines'),
      check('Waiting behind', 'Nothing. Rejecting stops this deploy only.'),
    ],
    expiresAt: pacificTime(31, 19, 41),
    expiresWords: 'Tue 1 Dec, 7:41 pm Pacific. After that it expires and has to be offered again.',
    object: 'Release 2 pull requests, commit 4be19d2, to docker-production',
    links: [link('pipeline', 'Pipeline in AWS')],
    ...changes,
  };
}

/** A maintenance deploy at its second step, unless told otherwise. */
export function sampleRelease(changes: Partial<ReleaseView> = {}): ReleaseView {
  return {
    id: BRANCH,
    kind: 'maintenance',
    kindWord: 'Maintenance',
    dateWords: 'Tuesday 24 November',
    steps: sampleSteps('announce', 'ready', 'Ready, you can post it'),
    current: 'announce',
    branch: {
      fixName: '',
      date: '2026-11-24',
      dateHint: 'The date of the Tuesday window in Pacific time, also after midnight.',
      name: { before: 'maintenance-', marked: '2026-11-24', after: '' },
      verdict: { text: 'No branch has this name yet.', tone: 'good', aboutDate: false },
      baseSha: sha(BASE),
      origin: [
        check('Commit', '9f3c1e7 on master'),
        check('In production', 'Yes, since Tue 17 Nov, 8:06 pm', 'good'),
        check('Not yet released', 'Nothing. master has no newer commits.'),
      ],
      sameDay: [],
      gitCommands: '',
      compareLink: null,
      link: link('branch', BRANCH),
      canCreate: false,
      canAdopt: null,
    },
    announce: {
      suggestion:
        'Maintenance deploy, Tuesday 24 November\nThe branch maintenance-2026-11-24 is ready. ETL team: please open your pull requests against it by 7:30 pm Pacific.\nDatabase changes? Add them in Slipway or tell Dana.',
      statusLine: 'Step 2 of 8. Waiting for pull requests.',
      channel: '#production-deployment',
      audience: '#production-deployment is private. 14 people will see it.',
      bot: 'Slipway',
      posted: null,
      settled: '',
      link: null,
      canPost: true,
      canDeclare: true,
    },
    etl: {
      headline: '2 open pull requests',
      open: [pull412, pull415],
      merged: [],
      holds: 'Nothing yet. maintenance-2026-11-24 is the same as master at 9f3c1e7.',
      direct: [],
      next: 412,
      head: sha(BASE),
      canClose: true,
      closeIsNext: false,
      canDeclareNone: true,
      hint: 'When both are merged, or no more are coming, say so and go on to the database.',
      gitCommands: '',
      compareLink: link('compare', 'Open a pull request'),
    },
    database: {
      host: 'db.findbuyers.com',
      statements: [
        {
          number: 1,
          sql: 'ALTER TABLE tax_rolls ADD COLUMN parcel_id varchar(32);',
          run: { by: 'Elena Vasquez', at: pacificTime(24, 19, 24), result: 'Done' },
        },
        {
          number: 2,
          sql: "UPDATE tax_rolls SET parcel_id = concat(county, '-', roll_no) WHERE parcel_id IS NULL;",
          run: { by: 'Elena Vasquez', at: pacificTime(24, 19, 27), result: '12,482 rows' },
        },
        { number: 3, sql: 'DELETE FROM import_staging;', run: null },
      ],
      noneDeclared: '',
      canDeclareNone: false,
      canAdd: true,
      canRecord: true,
      canGoWithout: true,
      hint: 'Run statement 3, then record what came of it.',
    },
    merge: {
      from: BRANCH,
      size: '2 pull requests, 20 files, +550 −128',
      into: 'master',
      effect: 'Starts docker-production and asks for approval',
      checks: [
        check('Conflicts', 'None', 'good'),
        check('Checks', '12 of 12 passed', 'good'),
        check('Database', '3 changes, all recorded', 'good'),
        check('Newer commits', 'None on master since the branch was made', 'good'),
      ],
      number: 418,
      head: sha('b7712c0'),
      link: link('pull-418', '#418'),
      canOpen: false,
      canMerge: true,
      hint: 'Merging starts the pipeline. Nothing goes live before somebody approves.',
    },
    approval: {
      card: sampleCard(),
      waiting: '',
      warnings: [],
      you: { name: 'Marcus Oyelaran', initials: 'MO', detail: 'ReleaseApprover' },
      arn: 'arn:aws:sts::112233445566:assumed-role/ReleaseApprover/marcus',
      gate: {
        stage: 'Approval',
        action: 'ManualApproval',
        execution: '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e',
        token: 'sample-approval-token',
        commit: sha('4be19d2'),
      },
      cannot: '',
      stays: 'The 3 database changes stay. They were made before the merge.',
      answer: null,
      commentMax: 473,
      retry: null,
    },
    build: {
      pipeline: 'docker-production',
      headline: 'Building',
      text: 'docker-build makes the new version.',
      startedAt: pacificTime(24, 19, 53),
      endedAt: null,
      usuallySeconds: 840,
      stages: [
        {
          name: 'Source',
          state: 'done',
          text: 'Got 4be19d2 from master',
          startedAt: pacificTime(24, 19, 39),
          endedAt: pacificTime(24, 19, 40),
        },
        {
          name: 'Approval',
          state: 'done',
          text: 'Approved by Marcus Oyelaran',
          startedAt: pacificTime(24, 19, 41),
          endedAt: pacificTime(24, 19, 53),
        },
        {
          name: 'docker-build',
          state: 'working',
          text: 'Phase BUILD',
          startedAt: pacificTime(24, 19, 53, 20),
          endedAt: null,
        },
      ],
      log: [
        { at: pacificTime(24, 19, 53, 22), text: 'Entering phase INSTALL' },
        { at: pacificTime(24, 19, 54, 3), text: 'Entering phase BUILD' },
        { at: pacificTime(24, 19, 58, 40), text: 'Step 9/17 : RUN npm ci --omit=dev' },
      ],
      failure: null,
      link: link('pipeline', 'Pipeline in AWS'),
      retry: null,
      hint: 'You can close the window. Slipway tells you how it ends.',
    },
    finish: {
      headline: 'Deployed to production',
      text: 'Maintenance of Tuesday 24 November is live since 8:08 pm Pacific.',
      figures: [
        check('Pull requests', '2'),
        check('Files', '20'),
        check('Database changes', '3'),
        check('Retries', '0'),
      ],
      rows: order.slice(0, 7).map((id) => ({
        step: titles[id][0],
        who: id === 'approval' ? 'Marcus Oyelaran' : 'Dana Whitfield',
        at: doneNotes[id][0].match(/\d+:\d+ pm/)?.[0] ?? '',
        result: doneNotes[id][0].replace(/^Done |^Approved /, ''),
        state: 'done',
      })),
      markdown: '# Maintenance, Tuesday 24 November\n\nDeployed at 8:08 pm Pacific.\n',
      canPost: true,
      canDeclare: true,
      hint: 'Posts the result under the message in #production-deployment.',
    },
    problem: null,
    undecided: null,
    busy: null,
    aside: 'Nothing is undone: the branch, its pull requests and commits stay on GitHub.',
    afloat: false,
    ...changes,
  };
}

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

export function sampleHome(changes: Partial<Home> = {}): Home {
  return {
    empty: false,
    headline: 'One thing needs you',
    inProgress: [
      {
        release: 'hotfix-2026-11-23-login-timeout',
        title: 'Approve a hotfix: login timeout',
        text: 'Jun Park asks to release 1 pull request.',
        step: 'approval',
        state: 'waiting',
        word: 'Needs approval',
        since: pacificTime(23, 17, 36),
        needsYou: true,
      },
    ],
    found: [],
    next: {
      at: pacificTime(24, 19),
      open: false,
      words: 'Tue 24 Nov, 7:00 pm Pacific',
      branch: BRANCH,
      started: false,
      today: false,
    },
    cannotStart: null,
    settingsWait: null,
    pipeline: {
      name: 'docker-production',
      carries: 'Hotfix, login timeout',
      phases: [
        { name: 'Source', state: 'done', text: 'Done 5:34 pm' },
        { name: 'Approval', state: 'waiting', text: 'Waiting for an approver' },
        { name: 'Build', state: 'later', text: 'After approval' },
      ],
    },
    recent: [
      {
        name: 'maintenance-2026-11-17',
        result: 'Deployed',
        tone: 'good',
        endedAt: pacificTime(17, 20, 6),
        ended: 'Tue 17 Nov, 8:06 pm',
        took: '1 h 4 min',
      },
      {
        name: 'hotfix-2026-11-12-duplicate-leads',
        result: 'Deployed',
        tone: 'good',
        endedAt: pacificTime(12, 11, 20),
        ended: 'Thu 12 Nov, 11:20 am',
        took: '38 min',
      },
      {
        name: 'maintenance-2026-11-10',
        result: 'Deployed after 1 retry',
        tone: 'good',
        endedAt: pacificTime(10, 20, 31),
        ended: 'Tue 10 Nov, 8:31 pm',
        took: '1 h 27 min',
      },
      {
        name: 'hotfix-2026-11-05-zip-lookup',
        result: 'Rejected by Marcus',
        tone: 'bad',
        endedAt: pacificTime(5, 15, 42),
        ended: 'Thu 5 Nov, 3:42 pm',
        took: '51 min',
      },
    ],
    ...changes,
  };
}

/** Monday afternoon with the hotfix in progress, unless told otherwise. */
export function sampleView(changes: Partial<View> = {}): View {
  const now = changes.now ?? pacificTime(23, 17, 48);
  return {
    rev: 1,
    mode: 'real',
    now,
    zone: 'America/Chicago',
    teamZone: 'America/Los_Angeles',
    waterline: {
      tone: 'good',
      word: 'Live',
      text: 'GitHub, AWS and Slack checked',
      seenAt: now - 4000,
      looking: false,
      elsewhere: [],
    },
    person: { name: 'Dana Whitfield', initials: 'DW', detail: 'Release engineer' },
    home: sampleHome(),
    draft: null,
    releases: [sampleHotfix()],
    notices: [],
    accounts: sampleAccounts(),
    settings: sampleSettings(),
    tray: { glyph: 'idle', tooltip: 'Slipway: nothing needs you', needs: null },
    summons: null,
    closing: false,
    trouble: null,
    ...changes,
  };
}

/** Signed in to nothing. */
export function sampleAccounts(changes: Partial<AccountsScreen> = {}): AccountsScreen {
  const service = (id: Service, name: string, origin: string): AccountView => ({
    service: id,
    name,
    who: 'Not connected',
    signedIn: false,
    word: 'Not connected',
    tone: 'quiet',
    rows: [],
    abilities: [],
    problem: null,
    origin,
    elsewhere: false,
  });
  return {
    keychain: {
      word: 'Not used yet',
      text: 'It will keep the sign-ins below.',
      tone: 'quiet',
      opening: false,
      trouble: null,
      problem: null,
      covers: false,
      canUseMemory: false,
    },
    services: [
      service('github', 'GitHub', 'https://api.github.com'),
      service('aws', 'AWS', 'https://codepipeline.us-east-2.amazonaws.com'),
      service('slack', 'Slack', 'https://slack.com'),
    ],
    checkedAt: null,
    checking: false,
    ...changes,
  };
}

/** The built-in team. */
export function sampleSettings(changes: Partial<SettingsScreen> = {}): SettingsScreen {
  return {
    source: 'Built in',
    rows: [check('Repository', 'gitMLS/etl, master'), check('Pipeline', 'docker-production in us-east-2')],
    toml: '',
    offer: null,
    problem: null,
    notices: [{ event: 'approvalNeeded', label: 'An approval is needed', on: true }],
    test: null,
    startAtLogin: false,
    offerLogin: false,
    ...changes,
  };
}

/** Before any account is connected. */
export function sampleEmpty(): View {
  return sampleView({
    person: null,
    releases: [],
    waterline: {
      tone: 'quiet',
      word: 'Not connected',
      text: 'Slipway has not looked at anything yet',
      seenAt: null,
      looking: false,
      elsewhere: [],
    },
    home: sampleHome({
      empty: true,
      headline: 'Welcome to Slipway',
      inProgress: [],
      pipeline: null,
      recent: [],
    }),
  });
}
