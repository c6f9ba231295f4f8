/** Shows one sample view: `?screen=<name>`, `&theme=dark`, `&mode=practice`, `&press=<test id>` clicks. The form answers what is typed. */
import { mount, tick } from 'svelte';
import App from '../App.svelte';
import type { Intent, ReleaseView, StepId, View } from '../bindings';
import '../theme/app.css';
import { here, type Outside } from '../view/place.svelte';
import { host } from './host';
import {
  allTroubles,
  keychainIn,
  memoryKeychain,
  sampleElsewhere,
  sampleExpired,
  sampleForgetting,
  sampleNotices,
  sampleOffer,
  sampleSignedIn,
  sampleTeam,
} from './outside';
import {
  BRANCH,
  pacificTime,
  sampleAccounts,
  sampleAt,
  sampleDraft,
  sampleEmpty,
  sampleHome,
  sampleMaintenanceDraft,
  sampleProblem,
  sampleView,
} from './sample';
import { changedApproval, steps } from './steps';

const asked = new URLSearchParams(location.search);
const tuesday = (release: ReleaseView, now = pacificTime(24, 19, 43)) =>
  sampleView({ now, releases: [release], home: sampleHome({ inProgress: [] }) });
const open = (id: string) => () => here.open(id);
const wrongName: ReleaseView = sampleDraft();
wrongName.branch = {
  ...wrongName.branch,
  fixName: 'CSV export',
  name: { before: 'hotfix-2026-11-23-', marked: 'csv-export', after: '' },
  verdict: {
    text: 'This name is taken today. Use another one, such as csv-export-2.',
    tone: 'bad',
    aboutDate: false,
  },
  canCreate: false,
};

const screens: Record<string, () => [View, (() => unknown)?]> = {
  home: () => [sampleView()],
  busy: () => [
    sampleView({
      now: pacificTime(24, 19, 5),
      home: sampleHome({
        headline: 'Nothing needs you',
        found: [{ name: BRANCH, sha: '9f3c1e7'.padEnd(40, '0') }],
        inProgress: sampleHome().inProgress.map((one) => ({ ...one, needsYou: false })),
        next: { ...sampleHome().next, open: true, today: true },
      }),
    }),
  ],
  'home-empty': () => [sampleEmpty()],
  branch: () => [
    sampleView({ now: pacificTime(24, 19, 1), draft: sampleMaintenanceDraft() }),
    () => here.start('maintenance'),
  ],
  'branch-done': () => [tuesday(sampleAt('announce')), () => here.open(BRANCH, 'branch')],
  'hotfix-form': () => [sampleView({ draft: sampleDraft() }), () => here.start('hotfix')],
  'hotfix-form-error': () => [sampleView({ draft: wrongName }), () => here.start('hotfix')],
  announce: () => [tuesday(sampleAt('announce'), pacificTime(24, 19, 3)), open(BRANCH)],
  'announce-error': () => [
    tuesday(
      sampleAt('announce', 'blocked', {
        problem: sampleProblem,
        announce: { ...sampleAt('announce').announce, canPost: false },
      }),
      pacificTime(24, 19, 4),
    ),
    open(BRANCH),
  ],
  problem: () => [
    tuesday(
      sampleAt('merge', 'ready', {
        problem: { ...sampleProblem, code: 'changed', what: 'The branch moved.' },
      }),
    ),
    open(BRANCH),
  ],
  etl: () => [tuesday(sampleAt('etl'), pacificTime(24, 19, 11)), open(BRANCH)],
  database: () => [tuesday(sampleAt('database'), pacificTime(24, 19, 28)), open(BRANCH)],
  merge: () => [tuesday(sampleAt('merge'), pacificTime(24, 19, 36)), open(BRANCH)],
  approval: () => [tuesday(sampleAt('approval'), pacificTime(24, 19, 53)), open(BRANCH)],
  build: () => [tuesday(sampleAt('build', 'working'), pacificTime(24, 20, 0)), open(BRANCH)],
  finish: () => [
    tuesday(sampleAt('finish', 'ready', { afloat: true }), pacificTime(24, 20, 9)),
    open(BRANCH),
  ],
};

const at = (view: View, place: Outside): [View, () => unknown] => [view, () => here.go(place)];
Object.assign(screens, {
  accounts: () => at(sampleSignedIn(), 'accounts'),
  'accounts-none': () => at(sampleEmpty(), 'accounts'),
  'accounts-expired': () => at(sampleExpired(), 'accounts'),
  'accounts-memory': () =>
    at(sampleView({ accounts: sampleAccounts({ keychain: memoryKeychain }) }), 'accounts'),
  'accounts-trouble': () =>
    at(
      sampleView({ accounts: sampleAccounts({ keychain: keychainIn('refused', { covers: false }) }) }),
      'accounts',
    ),
  elsewhere: () => [sampleElsewhere()],
  'accounts-elsewhere': () => at(sampleElsewhere(), 'accounts'),
  settings: () => at(sampleSignedIn({ settings: sampleTeam() }), 'settings'),
  'settings-offer': () =>
    at(sampleSignedIn({ settings: sampleTeam({ offer: sampleOffer, problem: sampleProblem }) }), 'settings'),
  'settings-own': () =>
    at(
      sampleSignedIn({
        settings: sampleTeam({
          source: 'A file that you chose',
          offer: { ...sampleOffer, declined: true },
          forgetting: sampleForgetting,
        }),
      }),
      'settings',
    ),
  notices: () => at(sampleSignedIn({ notices: sampleNotices() }), 'notices'),
  'notices-none': () => at(sampleSignedIn(), 'notices'),
  'home-offer': () => [
    sampleSignedIn({ settings: sampleTeam({ offerLogin: true }), notices: sampleNotices() }),
  ],
  closing: () => [sampleSignedIn({ closing: true })],
  'keychain-opening': () => [
    sampleView({
      accounts: sampleAccounts({ keychain: keychainIn('locked', { opening: true, trouble: null }) }),
    }),
  ],
} satisfies typeof screens);
for (const trouble of allTroubles) {
  screens[`keychain-${trouble}`] = () => [
    sampleView({ accounts: sampleAccounts({ keychain: keychainIn(trouble) }) }),
  ];
}
for (const [name, release] of Object.entries(steps)) {
  const step = name.split('-')[0] as StepId;
  screens[name] = () => [tuesday(release, pacificTime(24, 20, 0)), () => here.open(BRANCH, step)];
}
screens['approval-changed'] = () => [
  tuesday(sampleAt('approval'), pacificTime(24, 19, 54)),
  async () => {
    here.open(BRANCH);
    await tick();
    show({ releases: [changedApproval] });
  },
];

const [first, go] = screens[asked.get('screen') ?? 'home']?.() ?? [sampleView()];
let view: View = { ...first, mode: asked.get('mode') === 'practice' ? 'practice' : first.mode };
if (view.mode === 'practice') {
  view.waterline = {
    ...view.waterline,
    word: 'Practice deploy.',
    text: 'Nothing leaves this computer: no branch, no message, no release.',
  };
}

function show(changes: Partial<View>): void {
  view = { ...view, ...changes, rev: view.rev + 1, now: view.now + 100 };
  host.send(view);
}

host.answer = (wish: Intent) => {
  console.info('wish', wish);
  if (wish.type === 'dropDraft') show({ draft: null });
  if (wish.type !== 'draft') return;
  const draft = wish.kind === 'hotfix' ? sampleDraft() : sampleMaintenanceDraft();
  const slug = wish.fixName
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const named = wish.kind === 'maintenance' || slug !== '';
  draft.branch = {
    ...draft.branch,
    fixName: wish.fixName,
    date: wish.date || draft.branch.date,
    name:
      wish.kind === 'hotfix' ? { before: 'hotfix-2026-11-23-', marked: slug, after: '' } : draft.branch.name,
    verdict: { text: named ? 'This name is free.' : '', tone: 'good', aboutDate: false },
    canCreate: named,
  };
  show({ draft });
};

const theme = asked.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;
const target = document.getElementById('app');
if (target) mount(App, { target });
await tick();
host.send(view);
await tick();
await go?.();
for (const testid of asked.getAll('press')) {
  await tick();
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
}
