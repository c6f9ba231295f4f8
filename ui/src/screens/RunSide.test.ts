import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { BRANCH, sampleAt, sampleDraft, sampleView } from '../test/sample';
import { getIn, HOSTILE, isOff, isOpen } from '../test/screen';
import { byId, has, openRelease, openWindow, send, settle, shown, tuesday } from '../test/window';
import { here } from '../view/place.svelte';

const user = userEvent.setup();
const inDialog = (id: string) => getIn('dialog-close-release', id);
const ask = () => user.click(byId('action-close-release'));

describe('putting a release aside', () => {
  it('asks first, says what stays and begins on the harmless choice', async () => {
    await openRelease(sampleAt('approval', 'blocked'));
    await ask();
    expect(isOpen('close-release')).toBe(true);
    expect(byId('dialog-close-release').textContent).toContain('Nothing is undone: the branch');
    expect(document.activeElement).toBe(inDialog('cancel'));
    expect(host.wishes).toEqual([]);
    await expectAccessible();
    await user.click(inDialog('cancel'));
    expect(isOpen('close-release')).toBe(false);
    expect(host.wishes).toEqual([]);
    expect(shown()).toBe('approval');
  });

  it('sends exactly that and goes Home once the release is gone', async () => {
    await openRelease(sampleAt('approval', 'blocked'));
    await ask();
    await user.click(inDialog('confirm'));
    expect(host.wishes).toEqual([{ type: 'closeRelease', release: BRANCH }]);
    await send(sampleView({ releases: [] }));
    expect(shown()).toBe('home');
    expect(isOpen('close-release')).toBe(false);
  });

  it('a refusal is shown on the screen', async () => {
    await openRelease(sampleAt('merge'));
    host.answer = () => Promise.reject(refusal);
    await ask();
    await user.click(inDialog('confirm'));
    await settle();
    expect(byId('problem').textContent).toContain(refusal.what);
    expect(shown()).toBe('merge');
  });

  it('is not offered while an action is being sent, nor for a form', async () => {
    await openRelease(sampleAt('merge', 'working', { aside: null, busy: 'Merging.' }));
    expect(has('action-close-release')).toBe(false);
    await openWindow(tuesday(sampleAt('merge'), { draft: sampleDraft() }));
    here.place = { at: 'draft', step: 'branch' };
    await settle();
    expect(has('action-close-release')).toBe(false);
  });

  it('can be answered while the outcome of an action is not known', async () => {
    await openRelease(sampleAt('merge', 'working', { busy: 'Merging: the answer was lost.' }));
    await ask();
    await user.click(inDialog('confirm'));
    expect(host.wishes).toEqual([{ type: 'closeRelease', release: BRANCH }]);
  });

  it('an open question cannot be answered while something is sent', async () => {
    await openRelease(sampleAt('merge'));
    await ask();
    await send(tuesday(sampleAt('merge', 'working', { aside: null, busy: 'Merging.' })));
    expect(isOff('confirm', 'close-release')).toBe(true);
    await user.click(inDialog('confirm'));
    expect(host.wishes).toEqual([]);
  });

  it('what stays may be anything', async () => {
    await openRelease(sampleAt('merge', 'ready', { aside: HOSTILE[0] ?? '' }));
    await ask();
    expect(document.querySelector('img, script')).toBeNull();
    expect(byId('dialog-close-release').textContent).toContain(HOSTILE[0]);
  });
});
