import { mockIPC, clearMocks } from '@tauri-apps/api/mocks';
import type { Channel } from '@tauri-apps/api/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { View } from '../bindings';
import { refusal } from './host';
import { sampleView } from './sample';

const real = await vi.importActual<typeof import('../backend')>('../backend');

afterEach(clearMocks);

describe('the door to the host', () => {
  it('dispatches an intent under its name', async () => {
    const calls: unknown[] = [];
    mockIPC((command, payload) => void calls.push([command, payload]));
    await real.dispatch({ type: 'look' });
    await real.openLink('pull-412');
    expect(calls).toEqual([
      ['dispatch', { intent: { type: 'look' } }],
      ['open_link', { link: 'pull-412' }],
    ]);
  });

  it('hands over each view that comes through the channel', async () => {
    const views: View[] = [];
    mockIPC((_command, payload) => {
      const { onView } = payload as { onView: Channel<View> };
      onView.onmessage(sampleView());
    });
    await real.subscribe((view) => views.push(view));
    expect(views).toHaveLength(1);
  });

  it('rejects with the problem of the engine', async () => {
    mockIPC(() => {
      throw refusal;
    });
    await expect(real.dispatch({ type: 'look' })).rejects.toEqual(refusal);
  });

  it('says so when there is no host at all', async () => {
    const gone = { code: 'unknown', what: expect.stringContaining('cannot reach its engine') as string };
    await expect(real.subscribe(() => {})).rejects.toMatchObject(gone);
    await expect(real.dispatch({ type: 'look' })).rejects.toMatchObject(gone);
  });

  it('makes a problem of whatever else goes wrong', async () => {
    mockIPC(() => {
      throw new Error('command dispatch not found');
    });
    await expect(real.dispatch({ type: 'look' })).rejects.toMatchObject({
      code: 'unknown',
      raw: 'command dispatch not found',
      link: null,
    });
  });
});
