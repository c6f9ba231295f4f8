import type { Control, Remedy, StopControl } from '../../bindings';
import { sha } from './basics';

const remedy = (id: Remedy['id'], title: string, text: string, permission: string): Remedy => ({
  id,
  title,
  text,
  permission,
  may: 'unknown',
  who: '',
  recommended: false,
  fixName: null,
});

/** A build that is under way. */
export const sampleStop: StopControl = {
  execution: '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e',
  object: 'Execution 7c1f0a52 of docker-production, commit 4be19d2, for maintenance-2026-11-24',
  wait: 'docker-build is let finish, and nothing begins after it. What has gone out by then stays out.',
  abandon:
    'AWS does not wait. docker-build goes on by itself and may still change production, and a later deploy can be overtaken by it.',
  reasonMax: 175,
  remedy: remedy(
    'stop',
    'Stop this deploy',
    'Nothing begins any more. What was merged goes out with the next deploy.',
    'codepipeline:StopPipelineExecution',
  ),
};

/** An execution that was stopped. */
export const sampleStopped: Control = {
  stop: null,
  start: {
    step: 'build',
    commit: sha('4be19d2'),
    after: '7c1f0a52-5f0e-4a57-9c0b-0f6a3f1d2b9e',
    object: 'Commit 4be19d2 through docker-production, for maintenance-2026-11-24',
    text: 'Execution 7c1f0a52 stays as it ended. A new one begins with exactly this commit. It asks for approval again: nothing goes out before somebody says yes.',
  },
  transition: null,
  rollBack: null,
  remedies: [
    remedy(
      'startAgain',
      'Start again at this commit',
      'The pipeline begins anew with exactly this commit, and asks for approval again.',
      'codepipeline:StartPipelineExecution',
    ),
  ],
};

/** The way into a stage is switched off. */
export const sampleHeld: Control = {
  stop: null,
  start: null,
  transition: {
    step: 'build',
    stage: 'Build',
    reason: 'Freeze until Monday',
    object: 'The way into Build of docker-production',
    text: 'The reason given for switching it off: “Freeze until Monday”. Every execution that waits there goes on by itself, this one first. If you do not know that the reason is gone, ask first.',
  },
  rollBack: null,
  remedies: [
    remedy(
      'enableTransition',
      'Switch the transition on',
      'The deploy waits in front of Build and goes on by itself then.',
      'codepipeline:EnableStageTransition',
    ),
  ],
};

/** A stage that failed, and what it can go back to. */
export const sampleRollBack: NonNullable<Control['rollBack']> = {
  stage: 'Build',
  target: '1b2c3d4e-0000-4000-8000-000000000000',
  commit: '0ddba11',
  object: 'Build of docker-production to commit 0ddba11, deployed Tue 17 Nov, 8:06 pm Pacific',
  text: 'AWS runs Build again with what went out then; nobody is asked for approval. maintenance-2026-11-24 is not out then, and what was merged stays in master.',
};
