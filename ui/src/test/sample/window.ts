/** The whole view: Home and what is beside a run. */
import type { AccountView, AccountsScreen, Home, Service, SettingsScreen, View } from '../../bindings';
import { BRANCH, check, pacificTime } from './basics';
import { sampleHotfix } from './releases';

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
        kept: false,
      },
      {
        name: 'hotfix-2026-11-12-duplicate-leads',
        result: 'Deployed',
        tone: 'good',
        endedAt: pacificTime(12, 11, 20),
        ended: 'Thu 12 Nov, 11:20 am',
        took: '38 min',
        kept: false,
      },
      {
        name: 'maintenance-2026-11-10',
        result: 'Deployed after 1 retry',
        tone: 'good',
        endedAt: pacificTime(10, 20, 31),
        ended: 'Tue 10 Nov, 8:31 pm',
        took: '1 h 27 min',
        kept: false,
      },
      {
        name: 'hotfix-2026-11-05-zip-lookup',
        result: 'Rejected by Marcus',
        tone: 'bad',
        endedAt: pacificTime(5, 15, 42),
        ended: 'Thu 5 Nov, 3:42 pm',
        took: '51 min',
        kept: false,
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
    teamClock: 'Pacific',
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
    history: null,
    notices: [],
    accounts: sampleAccounts(),
    settings: sampleSettings(),
    tray: { glyph: 'idle', tooltip: 'Slipway: nothing needs you', needs: null },
    summons: null,
    log: null,
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
    channel: '#production-deployment',
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
    forgetting: null,
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
