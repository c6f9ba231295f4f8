/** Words of the whole log of a build. */
export const log = {
  open: 'Show the whole log',
  title: 'The whole log',
  search: 'Search the log',
  previous: 'The place before',
  next: 'The next place',
  nothing: 'Nothing was found to go to.',
  follow: 'Stay at the end',
  close: 'Close the log',
  readOn: 'Read on',
  newer: 'A newer build has a log of its own.',
  showNewer: 'Show that log',
  position: 'Position in the log',
  masked: 'What looks like a password, key or token is masked.',
};
