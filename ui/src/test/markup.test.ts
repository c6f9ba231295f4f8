/** What the content security policy forbids is found here, not first in the shipped window. */
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.svelte', '../../index.html'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const styles = import.meta.glob<string>('../theme/*.css', { eager: true, query: '?raw', import: 'default' });

describe('markup', () => {
  it.each(Object.entries(sources))('%s has no inline style, script or handler', (_path, source) => {
    expect(source).not.toMatch(/\sstyle=/);
    expect(source).not.toMatch(/\son[a-z]+="/);
    expect(source).not.toMatch(/href="(?!#)|src="(?!\/src\/main\.ts)/);
  });

  it.each(Object.entries(sources).filter(([path]) => path.endsWith('.svelte')))(
    '%s stays below 200 lines',
    (_path, source) => {
      expect(source.split('\n').length).toBeLessThan(200);
    },
  );

  it.each(Object.entries(styles))('%s loads nothing from elsewhere', (_path, source) => {
    expect(source).not.toBe('');
    expect(source).not.toMatch(/@import (?!'\.\/)/);
    expect(source).not.toMatch(/url\((?!["']?data:image\/svg\+xml)/);
  });
});
