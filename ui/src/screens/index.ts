/** Which component is the screen of which step. */
import type { Component } from 'svelte';
import type { ReleaseView, StepId } from '../bindings';
import Announce from './Announce.svelte';
import Approval from './Approval.svelte';
import Branch from './Branch.svelte';
import Build from './Build.svelte';
import Database from './Database.svelte';
import Etl from './Etl.svelte';
import Finish from './Finish.svelte';
import Hotfix from './Hotfix.svelte';
import Merge from './Merge.svelte';

type StepScreen = Component<{ release: ReleaseView }>;

const screens: Record<StepId, StepScreen> = {
  branch: Branch,
  announce: Announce,
  etl: Etl,
  database: Database,
  merge: Merge,
  approval: Approval,
  build: Build,
  finish: Finish,
};

/** A hotfix begins with its form; everything else is the same for both kinds. */
export const screenOf = (release: ReleaseView, step: StepId, isForm: boolean): StepScreen =>
  isForm && release.kind === 'hotfix' && step === 'branch' ? Hotfix : screens[step];
