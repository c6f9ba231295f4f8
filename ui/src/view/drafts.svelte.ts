/**
 * What a person has typed and not sent. It is kept by release and field, outside every component, so that no new view,
 * no error and no walk to another step loses a letter.
 */
const typed = $state<Record<string, string>>({});

export type Draft = {
  /** What the field shows: what was typed, else what the view suggests. Use with `bind:value`. */
  value: string;
  /** Something was typed that is not the suggestion. */
  readonly touched: boolean;
  /** Forgets what was typed, after it was sent. */
  clear(): void;
};

/** The draft of one field. `release` and `suggestion` are functions, so that they follow the view. */
export function draft(release: () => string, field: string, suggestion: () => string = () => ''): Draft {
  const key = () => `${release()}\n${field}`;
  return {
    get value() {
      return typed[key()] ?? suggestion();
    },
    set value(text: string) {
      typed[key()] = text;
    },
    get touched() {
      const text = typed[key()];
      return text !== undefined && text !== suggestion();
    },
    clear: () => void delete typed[key()],
  };
}

/** Forgets all drafts of a release (or of a form that was cancelled). */
export function forget(release: string): void {
  for (const key of Object.keys(typed)) if (key.startsWith(`${release}\n`)) delete typed[key];
}
