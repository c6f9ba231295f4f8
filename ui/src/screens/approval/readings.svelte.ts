import { untrack } from 'svelte';
import type { ApprovalScreen, ReleaseId } from '../../bindings';
import { approval as words } from '../../words/approval';
import { changesSince, matters, type Reading } from './reading';

/** What was last read of each release in this window; it outlives the screen, so that going away and back hides no change. */
let readings = $state.raw<Record<ReleaseId, Reading>>({});

export function readingOf(release: ReleaseId): Reading | null {
  return readings[release] ?? null;
}

export function haveRead(release: ReleaseId, reading: Reading): void {
  // An effect that writes must not wait for what it writes.
  readings = { ...untrack(() => readings), [release]: reading };
}

export function forgetReadings(): void {
  readings = {};
}

/** What is on the card now, when it can be answered. */
export function offered(approval: ApprovalScreen): Reading | null {
  const { gate, card, warnings } = approval;
  return gate && card ? { gate, card, warnings } : null;
}

/** "Approved 7:52 pm by Ana Lindqvist." */
function answerOf({ answer }: ApprovalScreen): string {
  return answer ? `${answer.label}.` : '';
}

/** Why a question that was asked about this reading can no longer be answered; empty while it can. */
export function outdated(reading: Reading, approval: ApprovalScreen): string {
  const now = offered(approval);
  if (!now) return answerOf(approval) || approval.cannot || approval.waiting || words.changed.withdrawn;
  return matters(changesSince(reading, now)) ? words.changed.elsewhere : '';
}
