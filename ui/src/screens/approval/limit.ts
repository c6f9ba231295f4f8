/** How long a comment on an approval may be. */
export const LIMIT = 512;

/** By how many characters a text is too long; negative for what is left. A surrogate pair counts twice, to be safe. */
export const overLimit = (text: string): number => text.length - LIMIT;
