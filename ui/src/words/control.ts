/** Words of what can be done about an execution, beside a retry. */
export const control = {
  stop: 'Stop this deploy…',
  start: 'Start again…',
  startFirst: 'Start the pipeline…',
  rollBack: 'Roll back…',
  enable: 'Switch the transition on…',
  recommended: 'Recommended',
  may: {
    yes: 'You may.',
    no: 'You may not.',
    unknown: 'Whether you may shows when you try.',
  },
  takes: 'Takes',
  todo: 'What can be done',
  stopping: {
    title: 'Stop this deploy?',
    abandonTitle: 'Abandon what runs?',
    how: 'How to stop it',
    wait: 'Stop and wait',
    abandon: 'Abandon',
    reason: 'Reason',
    needed: 'AWS keeps it with the execution.',
    missing: 'Say why first.',
  },
  starting: {
    title: 'Start the pipeline again?',
    firstTitle: 'Start the pipeline?',
    confirm: (commit: string) => `Start at ${commit}`,
  },
  rollingBack: {
    title: (stage: string) => `Roll ${stage} back?`,
    confirm: (commit: string) => `Roll back to ${commit}`,
  },
  enabling: {
    title: (stage: string) => `Let deploys into ${stage} again?`,
    confirm: 'Switch it on',
  },
};
