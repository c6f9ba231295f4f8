/** Accessibility check of rendered markup. Contrast, all that light and dark differ in, is checked in theme/tokens.test.ts. */
import axe from 'axe-core';
import { expect } from 'vitest';

export async function expectAccessible(element: Element = document.body): Promise<void> {
  const found = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(
    found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`),
  ).toEqual([]);
}
