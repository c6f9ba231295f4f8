import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    discloseVersion: false,
    // Smaller than markup in strings, and nothing is parsed as HTML in the window.
    fragments: 'tree',
    // Short class names for scoped styles: there are some hundred of them in the page.
    cssHash: ({ hash, css, filename }) => `s${hash(filename + css).slice(0, 4)}`,
  },
};
