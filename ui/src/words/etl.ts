/** Words of the third step's screen. */
export const etl = {
  arriving: 'New ones appear here by themselves.',
  none: 'No pull request is open for this branch.',
  already: 'Already in this branch',
  pushed: 'Pushed without a pull request',
  fetch: 'Fetch the branch',
  copyCommands: 'Copy the commands',
  merge: (number: number) => `Merge #${number}`,
  close: 'No more pull requests',
  noneThisTime: 'None this time…',
  more: (count: number) => (count === 1 ? '1 more pull request' : `${count} more pull requests`),
  hotfix: {
    title: 'Nothing to merge this time?',
    text: 'The release goes on without a pull request. The reason is kept in the report.',
    confirm: 'Go on without',
  },
  dialog: {
    title: 'No ETL work this time?',
    text: 'The release goes on without a pull request from the ETL team. The reason is kept in the report.',
    reason: 'Why is there none?',
    hint: 'Needed. The team sees it.',
    confirm: 'Go on without ETL work',
  },
};
