import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { rest } from '../parts/rest';
import { forgetReadings } from '../screens/approval/readings.svelte';
import { forget } from '../view/drafts.svelte';
import { store } from '../view/view.svelte';
import { resetHost } from './host';

// The host is not there in tests: what the window asks for is recorded by src/test/host.ts.
vi.mock('../backend', () => import('./host'));

beforeEach(() => {
  resetHost();
  // Tests press a button as soon as it is there; those about its rest give it one.
  rest.ms = 0;
});
afterEach(() => {
  cleanup();
  // The next one finds nothing typed, read, refused or chosen. It may be of another file, in the same page.
  for (const { id } of store.view?.releases ?? []) forget(id);
  forgetReadings();
  store.view = null;
  store.refused = {};
  store.sending = {};
  store.typing = false;
  store.lost = null;
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});
