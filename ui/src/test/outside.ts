/** Sample views of the screens outside a run: signed in, in trouble, with an offer, with notices. */
import type {
  Ability,
  AccountView,
  Answer,
  KeychainTrouble,
  KeychainView,
  NoticeView,
  SettingsScreen,
  TeamForgetting,
  TeamOffer,
  View,
} from '../bindings';
import {
  BRANCH,
  check,
  link,
  pacificTime,
  sampleAccounts,
  sampleHotfix,
  sampleProblem,
  sampleSettings,
  sampleView,
} from './sample';

const ability = (
  label: string,
  text: string,
  answer: Answer = 'yes',
  rest: Partial<Ability> = {},
): Ability => ({
  label,
  text,
  answer,
  missing: '',
  note: '',
  request: '',
  link: null,
  ...rest,
});

export const openKeychain: KeychainView = {
  word: 'Unlocked',
  text: 'Keeps the sign-ins below. They are stored nowhere else.',
  tone: 'good',
  opening: false,
  trouble: null,
  problem: null,
  covers: false,
  canUseMemory: false,
};

export const memoryKeychain: KeychainView = {
  ...openKeychain,
  word: 'Not used',
  text: 'The sign-ins below are kept in memory and forgotten when you quit.',
  tone: 'wait',
};

const troubles: Record<KeychainTrouble, [what: string, means: string, remedy: string]> = {
  locked: [
    'Your keychain is locked.',
    'Slipway keeps its sign-ins there and cannot read them, so it does not know what your deploys are doing.',
    'Unlock it with your computer password. Slipway continues by itself.',
  ],
  absent: [
    'No keychain answers on this computer.',
    'Your sign-ins are not lost, but Slipway cannot read them, so it does not know what your deploys are doing.',
    'Log out and in again, or start GNOME Keyring or KWallet, then try again.',
  ],
  ambiguous: [
    'Your keychain holds more than one GitHub token for https://api.github.com.',
    'Slipway does not guess which one is right, so it does not know what your deploys are doing.',
    'Remove all but one of “Slipway: GitHub token for https://api.github.com” in your keychain, then try again.',
  ],
  tooLong: [
    'This is longer than your keychain takes.',
    'It was not kept.',
    'Check that only the secret itself was pasted.',
  ],
  refused: [
    'Your keychain did not let Slipway in.',
    'Your sign-ins are not lost, but Slipway cannot read them, so it does not know what your deploys are doing.',
    'If it asks, choose Allow. Then try again.',
  ],
  forgotten: [
    'Your keychain does not know the GitHub token for https://api.github.com any more.',
    'Somebody removed it, or it is in a keychain that is still locked.',
    'Unlock your keychain and try again, or sign in anew.',
  ],
};
export const allTroubles = Object.keys(troubles) as KeychainTrouble[];

export function keychainIn(trouble: KeychainTrouble, changes: Partial<KeychainView> = {}): KeychainView {
  const [what, means, remedy] = troubles[trouble];
  return {
    word: trouble === 'locked' ? 'Locked' : 'Does not open',
    text: '',
    tone: 'bad',
    opening: false,
    trouble,
    problem: {
      code: 'signedOut',
      what,
      means,
      remedy,
      raw: 'org.freedesktop.Secret.Error.IsLocked',
      link: null,
    },
    covers: true,
    canUseMemory: true,
    ...changes,
  };
}

/** The three as somebody sees them who may not approve. */
export function sampleServices(): AccountView[] {
  const [github, aws, slack] = sampleAccounts().services;
  if (!github || !aws || !slack) throw new Error('the sample has three services');
  return [
    {
      ...github,
      who: 'jun-park, gitMLS/etl',
      signedIn: true,
      word: '3 of 3 permissions',
      tone: 'good',
      rows: [check('Signed in as', 'Jun Park, jun-park'), check('Kept', 'This computer’s keychain')],
      abilities: [
        ability('Read', 'See branches and pull requests'),
        ability('Create', 'Make branches and pull requests'),
        ability('Merge', 'Merge pull requests'),
      ],
    },
    {
      ...aws,
      who: 'Developer, account 4182-9501-7734',
      signedIn: true,
      word: '1 missing, 1 unknown',
      tone: 'bad',
      rows: [
        check('Signed in as', 'arn:aws:iam::418295017734:user/jun.park'),
        check('Account', '4182-9501-7734, us-east-2'),
        check('Sign-in ends', '6:26 pm Pacific, in 38 min', 'wait'),
      ],
      abilities: [
        ability('Watch', 'See the pipeline, builds and logs'),
        ability('Approve', 'Answer a waiting approval', 'no', {
          missing: 'codepipeline:PutApprovalResult',
          request: 'Please allow codepipeline:PutApprovalResult on docker-production/Approval.',
          link: link('iam', 'IAM in AWS'),
        }),
        ability('Operate', 'Retry, stop, start the pipeline', 'unknown', {
          note: 'AWS does not say before you try.',
          request: 'Please allow codepipeline:RetryStageExecution on docker-production.',
        }),
      ],
    },
    {
      ...slack,
      who: 'Slipway bot in FindBuyers',
      signedIn: true,
      word: 'Can post',
      tone: 'good',
      rows: [check('Signed in as', 'Slipway bot in FindBuyers')],
      abilities: [ability('Post', 'Post to #production-deployment')],
    },
  ];
}

/** Signed in to all three. */
export const sampleSignedIn = (changes: Partial<View> = {}): View =>
  sampleView({
    accounts: sampleAccounts({
      keychain: openKeychain,
      services: sampleServices(),
      checkedAt: pacificTime(23, 17, 46),
    }),
    ...changes,
  });

/** Signed in to all three, and one of them does not take it any more. */
export function sampleExpired(): View {
  const services = sampleServices().map((one) =>
    one.service === 'github'
      ? {
          ...one,
          word: 'Not accepted',
          tone: 'bad' as const,
          abilities: [],
          problem: {
            ...sampleProblem,
            code: 'signedOut' as const,
            what: 'GitHub does not take the token any more.',
            means: 'It has expired or was revoked. Slipway sees nothing on GitHub.',
            remedy: 'Make a new token and enter it here.',
            link: null,
          },
        }
      : one,
  );
  return sampleSignedIn({ accounts: { ...sampleSignedIn().accounts, services } });
}

/** Its endpoints are those of a sim. */
export function sampleElsewhere(): View {
  const origins = ['http://127.0.0.1:40121', 'http://127.0.0.1:40123', 'http://127.0.0.1:40122'];
  const services = sampleServices().map((one, at) => ({
    ...one,
    origin: origins[at] ?? '',
    elsewhere: true,
  }));
  const view = sampleSignedIn({ accounts: { ...sampleSignedIn().accounts, services } });
  const elsewhere = services.map((one) => `${one.name} at ${one.origin}`);
  return { ...view, waterline: { ...view.waterline, elsewhere } };
}

/** Everything that can be said on the settings. */
export const sampleTeam = (changes: Partial<SettingsScreen> = {}): SettingsScreen =>
  sampleSettings({
    source: '.slipway.toml in gitMLS/etl at 4f2c91a',
    rows: [
      check('Repository', 'gitMLS/etl, base master'),
      check('Maintenance deploy', 'Tuesday 7:00 pm to 12:30 am, America/Los_Angeles'),
      check('Branch names', 'maintenance-{date} and hotfix-{date}-{fix_name}'),
      check('Slack channel', '#production-deployment', 'good'),
      check('Pipeline', 'docker-production in us-east-2', 'good'),
      check('Database', 'db.findbuyers.com'),
    ],
    toml: 'repository = "gitMLS/etl"\n',
    notices: [
      { event: 'approvalNeeded', label: 'An approval is needed', on: true },
      { event: 'building', label: 'It was approved and builds', on: true },
      { event: 'succeeded', label: 'A deploy is in production', on: true },
      { event: 'failed', label: 'A deploy failed', on: true },
      { event: 'rejected', label: 'A deploy was rejected', on: false },
      { event: 'expired', label: 'An approval expired', on: true },
      { event: 'stopped', label: 'A deploy was stopped', on: true },
    ],
    test: {
      ...check('Shown', 'by dunst 1.9.0. If you saw nothing, look at its “do not disturb”.', 'good'),
      raw: '',
    },
    ...changes,
  });

export const sampleOffer = {
  id: 'offer-1',
  source: '.slipway.toml in gitMLS/etl at 8d01b3e',
  chosen: false,
  declined: false,
  changes: [
    { label: 'Pipeline', key: 'pipeline.name', old: 'docker-production', new: 'docker-production-v2' },
    { label: 'Slack channel', key: 'slack.channel', old: '#production-deployment', new: '#releases' },
    {
      label: 'Sign-in address for AWS',
      key: 'aws.start_url',
      old: '',
      new: 'https://findbuyers.awsapps.com/start',
    },
  ],
} satisfies TeamOffer;

/** A file of this person's own is in use. */
export const sampleForgetting: TeamForgetting = {
  id: 'forget-1',
  text: 'The built-in settings are in use again. 1 value changes.',
  changes: [
    { label: 'Slack channel', key: 'slack.channel', old: '#releases', new: '#production-deployment' },
  ],
};

const told = (
  key: string,
  title: string,
  body: string,
  at: number,
  rest: Partial<NoticeView> = {},
): NoticeView => ({
  key,
  title,
  body,
  at,
  event: 'approvalNeeded',
  tone: 'wait',
  release: BRANCH,
  step: 'approval',
  opens: true,
  ...rest,
});

/** Newest first, as the engine sends them. */
export const sampleNotices = (): NoticeView[] => [
  told(
    'n4',
    'A deploy waits for your approval',
    'hotfix-2026-11-23-login-timeout: 1 pull request, started by Jun. Expires Mon 30 Nov, 5:36 pm Pacific.',
    pacificTime(23, 17, 36),
    { release: sampleHotfix().id },
  ),
  told(
    'n3',
    'Deployed to production',
    'maintenance-2026-11-17 is live since 8:06 pm Pacific: 2 pull requests, 14 min build.',
    pacificTime(17, 20, 6),
    { tone: 'good', step: 'finish', opens: false },
  ),
  told('n2', 'Marcus approved the deploy', 'The build has started.', pacificTime(17, 19, 52), {
    tone: 'quiet',
    step: 'build',
    opens: false,
  }),
  told(
    'n1',
    'The build could not start',
    'AWS has no free build slot. Not caused by the code.',
    pacificTime(17, 19, 30),
    { tone: 'bad', step: 'build', opens: false },
  ),
];
