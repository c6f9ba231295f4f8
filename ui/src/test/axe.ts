/** Accessibility check of rendered markup, in light and in dark. Contrast needs a real browser and is checked elsewhere. */
import axe from 'axe-core';
import { expect } from 'vitest';

export async function expectAccessible(element: Element = document.body): Promise<void> {
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme;
    const found = await axe.run(element, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(
      found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`),
    ).toEqual([]);
  }
  delete document.documentElement.dataset['theme'];
}
