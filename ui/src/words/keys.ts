/** Words of the list of keys. */
export const keys = {
  title: 'Keys',
  rows: (mod: string, alt: string): [string[], string][] => [
    [[mod, '1'], 'Home'],
    [[mod, '2'], 'History'],
    [[mod, '3'], 'Accounts'],
    [[mod, ','], 'Settings'],
    [[alt, 'Left'], 'Back to Home'],
    [[alt, 'Up or Down'], 'Previous or next step'],
    [[mod, 'Enter'], 'The filled button. It asks before it releases anything.'],
    [[mod, 'R'], 'Look again now'],
    [[mod, 'F'], 'Search in the history'],
    [[mod, 'N'], 'Start a hotfix'],
    [[mod, 'Shift', 'N'], 'Start maintenance'],
    [[mod, 'F'], 'Search the log that is open'],
    [['Esc'], 'Close a dialog or the log, the harmless choice'],
    [['F6'], 'Side, work, action bar'],
    [['?'], 'This list'],
  ],
};
