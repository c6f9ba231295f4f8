import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

/** The colours of one block of the style sheet, by the name of their token. */
function colours(block: string): Record<string, string> {
  const begin = css.indexOf(block);
  expect(begin, block).toBeGreaterThanOrEqual(0);
  const within = css.slice(begin, css.indexOf('}', begin));
  return Object.fromEntries(
    [...within.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((one) => [one[1]!, one[2]!]),
  );
}

const THEMES = {
  light: colours(':root {'),
  'dark, by the computer': colours(":root:not([data-theme='light']) {"),
  'dark, chosen': colours(":root[data-theme='dark'] {"),
};

const SURFACES = [
  'surface-main',
  'surface-side',
  'surface-raised',
  'surface-sunken',
  'surface-hover',
  'surface-selected',
];
const TINTED = ['quiet-soft', 'accent-soft', 'good-soft', 'wait-soft', 'wait-stripe', 'bad-soft', 'sea'];

/** What stands on what. Text needs 4.5 to 1 (WCAG 2.2, 1.4.3), what tells of a control and of the focus 3 to 1 (1.4.11). */
const PAIRS: [needed: number, front: string, behind: string[]][] = [
  [4.5, 'text', [...SURFACES, ...TINTED]],
  [4.5, 'text-soft', [...SURFACES, ...TINTED]],
  [4.5, 'text-faint', [...SURFACES, 'quiet-soft']],
  [
    4.5,
    'accent-text',
    [...SURFACES, 'quiet-soft', 'accent-soft', 'wait-soft', 'wait-stripe', 'bad-soft', 'sea'],
  ],
  [4.5, 'good-text', [...SURFACES, 'good-soft', 'bad-soft', 'sea']],
  [4.5, 'wait-text', [...SURFACES, 'wait-soft', 'wait-stripe']],
  [4.5, 'bad-text', [...SURFACES, 'bad-soft']],
  [
    4.5,
    'text-on-fill',
    ['accent-fill', 'accent-fill-hover', 'go-fill', 'go-fill-hover', 'bad-fill', 'bad-fill-hover'],
  ],
  [3, 'line-control', ['surface-main', 'surface-raised', 'surface-sunken', 'surface-side']],
  [3, 'accent-fill', ['surface-main', 'surface-raised', 'surface-sunken', 'surface-side']],
  [3, 'go-fill', ['surface-main', 'surface-raised', 'surface-sunken']],
  [3, 'bad-fill', ['surface-main', 'surface-raised', 'surface-sunken']],
  [3, 'focus', [...SURFACES, 'wait-soft', 'bad-soft', 'accent-soft']],
];

/** Relative luminance and contrast as WCAG 2.2 defines them: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each(Object.entries(THEMES))('contrast: %s', (_theme, tokens) => {
  it.each(PAIRS)('at least %f to 1: %s', (needed, front, behind) => {
    const weak = behind
      .map((one) => [one, contrast(tokens[one] ?? '', tokens[front] ?? '')] as const)
      .filter(([, ratio]) => !(ratio >= needed));
    expect(weak).toEqual([]);
  });
});

it('dark is the same, whoever chose it', () => {
  expect(THEMES['dark, chosen']).toEqual(THEMES['dark, by the computer']);
  expect(Object.keys(THEMES['dark, chosen'])).toEqual(Object.keys(THEMES.light));
});
