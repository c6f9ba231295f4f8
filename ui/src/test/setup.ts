import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { resetHost } from './host';

// The host is not there in tests: what the window asks for is recorded by src/test/host.ts.
vi.mock('../backend', () => import('./host'));

beforeEach(resetHost);
afterEach(cleanup);
