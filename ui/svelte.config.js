import { readdirSync } from 'node:fs';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const components = readdirSync(new URL('src', import.meta.url), { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.svelte'))
  .sort();

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    discloseVersion: false,
    // Smaller than markup in strings, and nothing is parsed as HTML in the window.
    fragments: 'tree',
    // Short class names for scoped styles, there are some hundred of them in the page: each component's place in the list.
    cssHash: ({ hash, filename }) => {
      const at = components.findIndex((file) => filename.replaceAll('\\', '/').endsWith(`src/${file}`));
      return `s${at < 0 ? hash(filename) : at.toString(36)}`;
    },
  },
};
