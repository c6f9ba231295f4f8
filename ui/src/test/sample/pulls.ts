/** Two pull requests and the card that shows them. */
import type { ApprovalCard, PullView } from '../../bindings';
import { check, link, pacificTime, sha } from './basics';

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
    ids: [check('Commit', sha('4be19d2')), check('Execution', '7d0f1b6e-3d8f-4a0e-9c7c-2f1f8a5b1c11')],
    expiresAt: pacificTime(31, 19, 41),
    expiresWords: 'Tue 1 Dec, 7:41 pm Pacific. After that it expires and has to be offered again.',
    object: 'Release 2 pull requests, commit 4be19d2, to docker-production',
    links: [link('pipeline', 'Pipeline in AWS')],
    ...changes,
  };
}
