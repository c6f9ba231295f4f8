/** Words of the seventh step's screen. */
export const build = {
  left: (minutes: number) => `About ${minutes} min left`,
  lastMinute: 'Less than a minute left',
  longer: 'Longer than usual',
  running: (elapsed: string) => `Running for ${elapsed}`,
  took: (elapsed: string) => `Took ${elapsed}`,
  ended: (elapsed: string) => `Ended after ${elapsed}`,
  around: (time: string) => `Done around ${time}`,
  over: (time: string, usual: string) => `Running for ${time}, usually ${usual}`,
  usually: (time: string) => `usually ${time}`,
  meter: (elapsed: string, usual: string) => `Whole build: ${elapsed} of usually ${usual}`,
  ownTime: 'your time',
  stages: 'Stages',
  log: 'Last lines of the log',
  means: 'What it means',
  todo: 'What to do',
  retry: (stage: string) => `Retry ${stage}`,
};
