/** Words of the first start. */
export const welcome = {
  title: 'Welcome to Slipway',
  text: 'Slipway walks your team through a production deploy, one step at a time. It shows what happens next, who it waits for, and what to do when something goes wrong.',
  picture: 'A deploy runs down the slip: source, approval, build, and then it is in production',
  steps: 'What a deploy does',
  rows: [
    [
      'branch',
      'Source',
      'A branch is made, the team is told, pull requests are merged, database changes are written down.',
    ],
    ['check', 'Approval', 'Somebody reads exactly what goes out and says yes or no.'],
    ['box', 'Build', 'The pipeline builds it and brings it to production. You see how far it is.'],
  ],
  practice: 'Try a practice deploy',
  practiceHint: 'A practice deploy shows every step and touches nothing.',
  command: 'A practice deploy from a terminal:',
  copyCommand: 'Copy command',
  needs: 'To deploy for real',
  needsRows: [
    ['github', 'pr', 'GitHub', 'To make branches and merge pull requests'],
    ['aws', 'box', 'AWS', 'To see the pipeline and answer the approval'],
    ['slack', 'hash', 'Slack', 'To tell the team'],
  ],
  needsHint:
    'AWS alone is enough to watch. Sign-ins are kept in this computer’s keychain, or in memory if you choose that.',
  connect: (name: string) => `Connect ${name}`,
  connectShort: 'Connect',
  connectAll: 'Connect accounts',
} as const;
