import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * What the window loads at its start has to stay below 60 kB gzipped, all of it below 100 kB (`cargo xtask` holds both); a
 * second minifier after Vite's own takes off 3 per cent.
 */
const minifyAgain: Plugin = {
  name: 'minify-again',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const options = { module: true, ecma: 2020, compress: { passes: 4, keep_fargs: false } } as const;
      chunk.code = (await minify(chunk.code, options)).code ?? chunk.code;
    }
  },
};

export default defineConfig({
  plugins: [svelte(), svelteTesting(), minifyAgain],
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  // The page may load nothing but its own files: one style sheet, the start's script, one for each screen that is opened
  // later (src/screens/late.svelte.ts), no data: scripts or fonts.
  build: {
    target: ['safari16.4', 'chrome110'],
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Without it a style sheet reads as empty, also to the tests that are about one.
    css: true,
    // The files of a worker share its modules: loading Svelte and the screens anew for each took longer than the tests.
    isolate: false,
    // A busy machine looks at a whole screen's accessibility for seconds.
    testTimeout: 30_000,
  },
});
