/** Words of the eighth step's screen. */
export const finish = {
  figures: 'In figures',
  report: 'Report',
  step: 'Step',
  who: 'Who',
  at: 'When',
  result: 'Result',
  noted: 'Note',
  times: (clock: string) => `Times are ${clock}`,
  note: 'Note for the team',
  optional: '(optional)',
  placeholder: 'Anything the next deploy should know',
  copy: 'Copy as Markdown',
  copied: 'Copied',
  share: 'Share in Slack',
  shared: 'I shared it another way',
};
