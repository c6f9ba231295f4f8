import { vi } from 'vitest';

// The host is not there in tests: what the window asks for is recorded by src/test/host.ts.
vi.mock('../backend', () => import('./host'));
