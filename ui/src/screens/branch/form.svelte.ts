/**
 * What both forms of a new release share: the typed texts, each keystroke sent on for a verdict, and the one branch name on
 * screen that may be created.
 */
import type { Kind, ReleaseView, Sha } from '../../bindings';
import { draft, type Draft } from '../../view/drafts.svelte';
import { sendLatest } from '../../view/latest';
import { FORM } from '../../view/place.svelte';

export class Form {
  readonly fixName: Draft;
  readonly date: Draft;
  readonly #release: () => ReleaseView;

  constructor(release: () => ReleaseView) {
    this.#release = release;
    this.fixName = draft(
      () => FORM,
      'fixName',
      () => release().branch.fixName,
    );
    this.date = draft(
      () => FORM,
      'date',
      () => release().branch.date,
    );
  }

  get kind(): Kind {
    return this.#release().kind;
  }

  /** The branch name as it stands on screen. */
  get name(): string {
    const { before, marked, after } = this.#release().branch.name;
    return before + marked + after;
  }

  /** The engine has not answered the last keystroke yet: name and verdict belong to an older text. */
  get behind(): boolean {
    const seen = this.#release().branch;
    return this.fixName.value !== seen.fixName || this.date.value !== seen.date;
  }

  /** What can be created, exactly as shown; `null` while it cannot. */
  get toCreate(): { name: string; sha: Sha } | null {
    const { canCreate, baseSha } = this.#release().branch;
    return canCreate && baseSha !== null && !this.behind ? { name: this.name, sha: baseSha } : null;
  }

  /** The branch that is there already and can be gone on with. */
  get toAdopt(): { name: string; sha: Sha } | null {
    const { canAdopt } = this.#release().branch;
    return canAdopt !== null && !this.behind ? { name: this.name, sha: canAdopt } : null;
  }

  typeName(text: string): void {
    this.fixName.value = text;
    this.#send();
  }

  typeDate(text: string): void {
    this.date.value = text;
    this.#send();
  }

  #send(): void {
    void sendLatest({ type: 'draft', kind: this.kind, fixName: this.fixName.value, date: this.date.value });
  }
}

/** The verdict as what a `Field` takes. Only of the field it is about. */
export function verdictOf(
  release: ReleaseView,
  about: 'name' | 'date',
): { error?: string; okay?: string; wait?: string } {
  const { text, tone, aboutDate } = release.branch.verdict;
  if (!text || aboutDate !== (about === 'date')) return {};
  if (tone === 'bad') return { error: text };
  return tone === 'good' ? { okay: text } : { wait: text };
}
