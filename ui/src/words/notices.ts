/** Words of the list of notices. */
export const notices = {
  lead: 'What you were told, newest first. It is all here, also when your desktop did not show it.',
  list: 'Notices',
  none: 'Nothing to tell yet',
  noneText:
    'When a deploy needs you, is built, or stops, it is said here and on your desktop. Which of it you want to be told of is decided in Settings.',
  settings: 'Choose what you are told',
  gone: '. Its deploy is not open here any more.',
} as const;
