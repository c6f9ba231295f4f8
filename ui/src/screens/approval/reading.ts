import type { ApprovalCard, Gate, PullNumber, PullView } from '../../bindings';
import { approval as words } from '../../words/approval';

/** What a person has read on the card: an answer counts for exactly this. */
export type Reading = { gate: Gate; card: ApprovalCard; warnings: string[] };

/** What is different now from what was read. */
export type Changes = {
  /** Another commit: the one that was read. */
  commitWas: string | null;
  /** The same commit, asked again. */
  again: boolean;
  added: Set<PullNumber>;
  altered: Set<PullNumber>;
  gone: PullView[];
  /** What was said about the database, when something else is said now. */
  databaseWas: string | null;
  newWarnings: string[];
};

export function sameGate(a: Gate, b: Gate): boolean {
  return (
    a.token === b.token &&
    a.commit === b.commit &&
    a.execution === b.execution &&
    a.stage === b.stage &&
    a.action === b.action
  );
}

export function changesSince(read: Reading, now: Reading): Changes {
  const before = new Map(read.card.pulls.map((pull) => [pull.number, pull.head]));
  const after = new Set(now.card.pulls.map((pull) => pull.number));
  const otherCommit = read.gate.commit !== now.gate.commit;
  return {
    commitWas: otherCommit ? read.card.commit : null,
    again: !otherCommit && !sameGate(read.gate, now.gate),
    added: numbers(now.card.pulls.filter((pull) => !before.has(pull.number))),
    altered: numbers(
      now.card.pulls.filter((pull) => before.has(pull.number) && before.get(pull.number) !== pull.head),
    ),
    gone: read.card.pulls.filter((pull) => !after.has(pull.number)),
    databaseWas: aboutDatabase(read.card) === aboutDatabase(now.card) ? null : aboutDatabase(read.card),
    newWarnings: now.warnings.filter((warning) => !read.warnings.includes(warning)),
  };
}

/** A yes to what was read would be a yes to something else. */
export function matters(changes: Changes): boolean {
  return (
    changes.commitWas !== null ||
    changes.again ||
    changes.added.size > 0 ||
    changes.altered.size > 0 ||
    changes.gone.length > 0 ||
    changes.databaseWas !== null ||
    changes.newWarnings.length > 0
  );
}

/** "Priya Raman (6), Tomás Herrera (3) and 2 others". */
export function byAuthor(pulls: PullView[]): string {
  const counts = new Map<string, number>();
  for (const { author } of pulls) counts.set(author, (counts.get(author) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a);
  const named = most.slice(0, most.length === 4 ? 4 : 3).map(([author, count]) => `${author} (${count})`);
  const rest = most.length - named.length;
  const all = rest > 0 ? [...named, words.others(rest)] : named;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')}${words.and}${all.at(-1)}`;
}

function aboutDatabase(card: ApprovalCard): string {
  return `${card.databaseTitle}. ${card.databaseText}`;
}

function numbers(pulls: PullView[]): Set<PullNumber> {
  return new Set(pulls.map((pull) => pull.number));
}
