/** How long a filled button rests before it can be pressed, in milliseconds. */
export const rest = { ms: 500 };
