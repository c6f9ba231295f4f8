/** What every sample is made of: times, commits, links, one problem. */
import type { At, Check, LinkView, Problem, Sha, Tone } from '../../bindings';

/** A Pacific wall clock in November 2026 (UTC−8) as an instant. */
export const pacificTime = (day: number, hour: number, minute = 0, second = 0): At =>
  Date.UTC(2026, 10, day, hour + 8, minute, second);

export const sha = (short: string): Sha => short.padEnd(40, '0');
export const link = (id: string, label: string): LinkView => ({ id, label });
export const check = (label: string, text: string, tone: Tone = 'quiet'): Check => ({ label, text, tone });

export const BASE = '9f3c1e7';
export const BRANCH = 'maintenance-2026-11-24';

export const sampleProblem: Problem = {
  code: 'notInChannel',
  what: 'Slipway’s bot is not in #production-deployment.',
  means:
    'Slack did not take the message, so nobody has been told yet. The branch is fine and nothing is lost.',
  remedy: 'Send “/invite @Slipway” in #production-deployment. Any member can do this. Then check again.',
  raw: 'chat.postMessage answered channel_not_found for C06T4M2QK1D (private)',
  link: link('slack-channel', 'Open Slack'),
};
