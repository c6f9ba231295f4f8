import type { Failure } from '../../bindings';

/** A build that found no free slot. */
export const sampleFailure: Failure = {
  kind: 'limit',
  word: 'Quota or limit',
  what: 'AWS has no free build slot',
  why: 'Your account or project runs as many builds as it may. This is not caused by the code.',
  place: 'docker-build failed after 48 s.',
  quote: 'Cannot have more than 20 active builds for the account',
  means:
    'Production still runs the version from Tue 17 Nov. The approval stays valid, so nobody has to approve again.',
  who: 'You can retry: your AWS sign-in may.',
  remedy:
    'Wait until another build has ended, then retry. If it happens often, ask AWS for a higher quota of CodeBuild builds.',
  remedies: [
    {
      id: 'retryFailed',
      title: 'Retry the failed actions',
      text: 'The same commit again. It helps once the cause has passed.',
      permission: 'codepipeline:RetryStageExecution',
      may: 'yes',
      who: '',
      recommended: true,
      fixName: null,
    },
    {
      id: 'remind',
      title: 'Remind me later',
      text: 'Slipway tells you once more, unless it runs again by then.',
      permission: '',
      may: 'yes',
      who: '',
      recommended: false,
      fixName: null,
    },
    {
      id: 'startHotfix',
      title: 'Start a hotfix',
      text: 'Only when the code is at fault. It hardly is, this time.',
      permission: 'contents=write',
      may: 'yes',
      who: '',
      recommended: false,
      fixName: 'fix-docker-build',
    },
  ],
  reminding: {
    execution: '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e',
    minutes: [10, 30, 60],
    text: '',
  },
  raw: 'JobFailed: Error calling startBuild: Cannot have more than 20 active builds for the account (Service: AWSCodeBuild; Status Code: 400; Error Code: AccountLimitExceededException)',
  support: 'maintenance-2026-11-24: AWS has no free build slot',
};
