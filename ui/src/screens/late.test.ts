import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import { sampleSignedIn } from '../test/outside';
import { BRANCH, sampleAt, sampleHotfix, sampleView } from '../test/sample';
import { byId, has, openRelease, openWindow, send, settle, shown, tuesday } from '../test/window';
import { here } from '../view/place.svelte';
import Late from './Late.svelte';
import { LateScreen } from './late.svelte';
import Notices from './Notices.svelte';

const user = userEvent.setup();

describe('a screen that is loaded when it is opened', () => {
  it('has its title at once, and comes without a step between when it is there', async () => {
    const of = new LateScreen(async () => ({ default: Notices }));
    render(Late, { of, title: 'Notices', view: sampleView() });
    expect(byId('screen-loading').querySelector('h1')?.textContent).toBe('Notices');
    await settle();
    expect(shown()).toBe('notices');
    render(Late, { of, title: 'Notices', view: sampleView() });
    expect(has('screen-loading')).toBe(false);
  });

  it('says so when it does not come, and tries again', async () => {
    let there = false;
    const of = new LateScreen(async () => {
      if (!there) throw new TypeError('Importing a module script failed.');
      return { default: Notices };
    });
    render(Late, { of, title: 'Notices', view: sampleView() });
    await settle();
    expect(byId('problem').textContent).toContain('Importing a module script failed.');
    expect(has('action-load-window')).toBe(true);
    await expectAccessible();
    there = true;
    await user.click(byId('action-load-screen'));
    await settle();
    expect(shown()).toBe('notices');
  });
});

describe('going to the screens outside a run', () => {
  it.each(['history', 'notices', 'accounts', 'settings', 'home'] as const)(
    '%s by the navigation',
    async (at) => {
      await openWindow(sampleSignedIn());
      await user.click(byId(`nav-${at}`));
      await settle();
      expect(shown()).toBe(at);
      expect(byId(`nav-${at}`).getAttribute('aria-current')).toBe('page');
      if (at !== 'home') expect(document.activeElement?.tagName).toBe('H1');
      expect(document.querySelectorAll('[data-primary]').length).toBeLessThanOrEqual(1);
    },
  );

  it('by keys, also out of a run', async () => {
    await openRelease(sampleAt('announce'));
    await user.keyboard('{Control>}3{/Control}');
    await settle();
    expect(shown()).toBe('accounts');
    await user.keyboard('{Control>},{/Control}');
    await settle();
    expect(shown()).toBe('settings');
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}{Alt>}{ArrowLeft}{/Alt}');
    expect(shown()).toBe('home');
  });
});

describe('a summons', () => {
  it('opens its release and step, once', async () => {
    const release = sampleAt('etl');
    await openWindow(tuesday(release));
    const summons = { seq: 71, release: BRANCH, step: 'announce' as const };
    await send(tuesday(release, { summons }));
    expect(shown()).toBe('announce');
    here.home();
    await send(tuesday(release, { summons }));
    expect(shown()).toBe('home');
    await send(tuesday(release, { summons: { ...summons, seq: 72, step: null } }));
    expect(shown()).toBe('etl');
  });

  it('leads Home when its release is gone, and leaves the window where it is when it names none', async () => {
    await openWindow(sampleSignedIn());
    here.go('settings');
    await send(sampleSignedIn({ summons: { seq: 73, release: null, step: null } }));
    expect(shown()).toBe('settings');
    await send(sampleSignedIn({ summons: { seq: 74, release: 'gone', step: 'build' } }));
    expect(shown()).toBe('home');
    await send(sampleSignedIn({ summons: { seq: 75, release: sampleHotfix().id, step: 'approval' } }));
    expect(shown()).toBe('approval');
  });
});

describe('closing the window', () => {
  it.each([
    ['confirm', true],
    ['cancel', false],
  ])('is asked about: %s', async (button, keep) => {
    await openWindow(sampleSignedIn({ closing: true }));
    expect(byId('dialog-closing')).toHaveProperty('open', true);
    expect(document.activeElement).toBe(byId('confirm'));
    await expectAccessible(byId('dialog-closing'));
    await user.click(byId(button));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'keepWatching', keep } }]);
    await send(sampleSignedIn());
    expect(byId('dialog-closing')).toHaveProperty('open', false);
  });

  it('keeps watching on Esc', async () => {
    await openWindow(sampleSignedIn({ closing: true }));
    byId('dialog-closing').dispatchEvent(new Event('cancel'));
    expect(host.wishes).toEqual([{ type: 'desktop', wish: { type: 'keepWatching', keep: true } }]);
  });
});
