import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  // The page may load nothing but its own two files: one script, one style sheet, no data: scripts or fonts.
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
  },
});
