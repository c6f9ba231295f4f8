/**
 * The window with sample views instead of an engine: `npm run harness`, then
 * http://127.0.0.1:5174/src/test/harness.html?screen=home&theme=dark. Never part of the shipped bundle.
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const host = fileURLToPath(new URL('./host.ts', import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: 'node_modules/.vite-harness',
  plugins: [
    svelte(),
    { name: 'sample-host', enforce: 'pre', resolveId: (id) => (/\/backend$/.test(id) ? host : null) },
  ],
  server: { host: '127.0.0.1', port: 5174, strictPort: true },
});
