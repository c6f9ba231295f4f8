/** The history in November 2026, and one report of it. */
import type { HistoryRow, HistoryScreen, PastScreen, Person } from '../../bindings';
import { check, link } from './basics';
import { sampleRelease } from './release';

const person = (name: string): Person => ({
  name,
  initials: name
    .split(' ')
    .map((part) => part[0])
    .join(''),
  detail: '',
});
const dana = person('Dana Whitfield');
const marcus = person('Marcus Oyelaran');

export const sampleRow = (release: string, changes: Partial<HistoryRow> = {}): HistoryRow => ({
  release,
  kind: release.startsWith('hotfix') ? 'hotfix' : 'maintenance',
  word: 'Deployed',
  state: 'done',
  finished: 'Tue 17, 8:06 pm',
  took: '1 h 4 min',
  seconds: 3840,
  startedBy: dana,
  approvedBy: marcus,
  approver: marcus.name,
  ...changes,
});

/** As in the mockup. */
export const sampleHistory = (changes: Partial<HistoryScreen> = {}): HistoryScreen => ({
  query: { text: '', kind: null, result: null, from: 0 },
  lately: 'Last 60 days: 12 deployed, 1 rejected, 1 stopped',
  months: [
    {
      name: 'November',
      rows: [
        sampleRow('maintenance-2026-11-17'),
        sampleRow('hotfix-2026-11-12-duplicate-leads', {
          finished: 'Thu 12, 11:20 am',
          took: '38 min',
          seconds: 2280,
          startedBy: person('Jun Park'),
          approvedBy: dana,
          approver: dana.name,
        }),
        sampleRow('maintenance-2026-11-10', {
          word: 'Deployed, 1 retry',
          finished: 'Tue 10, 8:31 pm',
          took: '1 h 27 min',
          seconds: 5220,
        }),
        sampleRow('hotfix-2026-11-05-zip-lookup', {
          word: 'Rejected',
          state: 'failed',
          finished: 'Thu 5, 3:42 pm',
          took: '51 min',
          seconds: 3060,
          startedBy: person('Tomás Herrera'),
          approvedBy: null,
          approver: 'Nobody',
        }),
      ],
    },
    {
      name: 'October',
      rows: [
        sampleRow('maintenance-2026-10-27', {
          finished: 'Tue 27, 8:12 pm',
          approvedBy: null,
          approver: 'Not known',
        }),
        sampleRow('maintenance-2026-10-20', {
          word: 'Stopped',
          state: 'skipped',
          finished: 'Tue 20, 7:48 pm',
          took: '46 min',
          seconds: 2760,
          approvedBy: null,
          approver: 'Nobody',
        }),
      ],
    },
  ],
  extent: '6 deploys',
  total: 6,
  empty: false,
  newer: null,
  earlier: null,
  markdown: '# Deploys\n',
  results: [
    { result: 'deployed', word: 'Deployed' },
    { result: 'rejected', word: 'Rejected' },
    { result: 'stopped', word: 'Stopped' },
  ],
  saved: null,
  problem: null,
  report: null,
  ...changes,
});

export const samplePast = (changes: Partial<PastScreen> = {}): PastScreen => ({
  release: 'maintenance-2026-11-10',
  title: 'Maintenance of Tuesday 10 November 2026',
  text: 'Tue 10 Nov, 8:31 pm Pacific, after 1 h 27 min. Started by Dana Whitfield, approved by marcus.',
  word: 'Deployed, 1 retry',
  state: 'done',
  figures: [check('pull requests', '2'), check('database change', '1'), check('retry', '1')],
  rows: sampleRelease().finish.rows,
  sections: [
    {
      title: 'Pull requests',
      lines: [{ text: '#401 Load the listings of feed 401, priya', sql: null }],
    },
    {
      title: 'Database changes',
      lines: [
        {
          text: 'Run by Elena Vasquez, Tue 10 Nov, 7:30 pm: 12,482 rows',
          sql: 'UPDATE feeds\nSET active = 1\nWHERE id = 401',
        },
      ],
    },
    {
      title: 'Approval',
      lines: [{ text: 'Approved by marcus, Tue 10 Nov, 7:53 pm: Looks right', sql: null }],
    },
  ],
  links: [link('past:0', 'Pull request #402'), link('past:1', 'Commit 4be19d2')],
  markdown: '# Maintenance 2026-11-10\n',
  saved: null,
  ...changes,
});
