import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const oneDoor = {
  patterns: [
    { group: ['@tauri-apps/*'], message: 'Only src/backend talks to the host. Import from ../backend.' },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      'no-restricted-imports': ['error', oneDoor],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      // TypeScript finds undefined names itself.
      'no-undef': 'off',
    },
  },
  { files: ['src/backend/**', 'src/test/backend.test.ts'], rules: { 'no-restricted-imports': 'off' } },
);
