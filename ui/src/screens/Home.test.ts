import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { rest } from '../parts/rest';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import {
  BRANCH,
  sampleEmpty,
  sampleHome,
  sampleHotfix,
  sampleRelease,
  sampleView,
  sha,
} from '../test/sample';
import { byId, openWindow, send, shown } from '../test/window';

const user = userEvent.setup();
const [waiting] = sampleHome().inProgress;
if (!waiting) throw new Error('the sample has a release in progress');
const filled = () =>
  [...document.querySelectorAll<HTMLElement>('[data-primary]')].map((one) => one.dataset['testid']);

describe('home', () => {
  it('opens a release at the first press, also in the moment in which it comes to need you', async () => {
    await openWindow(sampleView({ home: sampleHome({ inProgress: [{ ...waiting, needsYou: false }] }) }));
    rest.ms = 60_000;
    await send(sampleView());
    expect(filled()).toEqual([`open-${waiting.release}`]);
    await user.click(byId(`open-${waiting.release}`));
    expect(shown()).toBe('approval');
  });

  it('opens the release that needs you at its step', async () => {
    await openWindow(sampleView());
    expect(filled()).toEqual([`open-${waiting.release}`]);
    await user.click(byId(`open-${waiting.release}`));
    expect(shown()).toBe('approval');
  });

  it('fills one button only, however many things need you', async () => {
    const second = { ...waiting, release: BRANCH, title: 'Maintenance' };
    const next = { ...sampleHome().next, today: true };
    await openWindow(
      sampleView({ home: sampleHome({ inProgress: [waiting, second], next }), releases: [sampleHotfix()] }),
    );
    expect(filled()).toEqual([`open-${waiting.release}`]);
  });

  it('fills Start maintenance when nothing needs you and it is the day', async () => {
    const next = { ...sampleHome().next, today: true };
    await openWindow(
      sampleView({ home: sampleHome({ inProgress: [{ ...waiting, needsYou: false }], next }) }),
    );
    expect(filled()).toEqual(['action-start-maintenance']);
  });

  it('fills nothing when nothing is to be done', async () => {
    await openWindow(sampleView({ home: sampleHome({ inProgress: [] }) }));
    expect(filled()).toEqual([]);
  });

  it('says why nothing can be started', async () => {
    await openWindow(
      sampleView({ home: sampleHome({ inProgress: [], cannotStart: 'GitHub was not seen yet.' }) }),
    );
    expect(document.querySelector('main')?.textContent).toContain('GitHub was not seen yet.');
    expect(byId('action-start-hotfix').getAttribute('aria-disabled')).toBe('true');
  });

  it('says quietly that team settings wait', async () => {
    const settingsWait = "1 change of the team's settings waits for your yes.";
    await openWindow(sampleView({ home: sampleHome({ settingsWait }) }));
    expect(byId('settings-wait').textContent).toContain(settingsWait);
    await expectAccessible();
    await user.click(byId('open-settings'));
    await vi.waitFor(() => expect(shown()).toBe('settings'));
  });

  it('tells the time where you are, and how long it still is', async () => {
    await openWindow(sampleView());
    const text = document.querySelector('main')?.textContent;
    expect(text).toContain('9:00 pm where you are (Chicago)');
    expect(text).toContain('1 d 1 h 12 min');
    expect(text).toContain('5:48 pm Pacific, 7:48 pm your time');
  });

  it('is the team’s, by the name of its clock', async () => {
    await openWindow(sampleView({ teamZone: 'Europe/Berlin', teamClock: 'Berlin' }));
    const text = document.querySelector('main')?.textContent;
    expect(text).toContain('2:48 am Berlin');
    expect(text).toContain('Finished (Berlin)');
    expect(text).not.toContain('Pacific)');
  });

  it('names the day where you are when it is another one', async () => {
    await openWindow(sampleView({ zone: 'Europe/Berlin' }));
    expect(document.querySelector('main')?.textContent).toContain('Wed 4:00 am where you are (Berlin)');
  });

  it('opens the maintenance deploy of this week once it is started', async () => {
    const release = sampleRelease();
    const home = sampleHome();
    const next = { ...home.next, branch: release.id, started: true };
    await openWindow(sampleView({ releases: [release], home: { ...home, next } }));
    expect(document.querySelector('[data-testid="action-start-maintenance"]')).toBeNull();
    await user.click(byId('action-open-maintenance'));
    expect(shown()).toBe('announce');
  });

  it('opens a past deploy that is still here, and no other', async () => {
    const release = sampleRelease();
    const recent = sampleHome().recent.map((one, at) => (at === 0 ? { ...one, name: release.id } : one));
    await openWindow(sampleView({ releases: [release], home: sampleHome({ recent }) }));
    expect(document.querySelectorAll('[data-testid^="recent-"]')).toHaveLength(1);
    await user.click(byId(`recent-${release.id}`));
    expect(shown()).toBe('announce');
  });

  it('shows names written by others as text', async () => {
    const hostile = '<b>bold</b>\u202Etxt.exe';
    await openWindow(
      sampleView({
        home: sampleHome({
          inProgress: [{ ...waiting, title: hostile }],
          found: [{ name: hostile, sha: sha('1') }],
          recent: sampleHome().recent.map((one) => ({ ...one, name: hostile })),
        }),
      }),
    );
    expect(document.querySelector('main')?.textContent).toContain(hostile);
    expect([...document.querySelectorAll('b')].some((one) => one.textContent === 'bold')).toBe(false);
    await expectAccessible();
  });
});

describe('the first start', () => {
  it('offers a practice deploy and the command for it', async () => {
    await openWindow(sampleEmpty());
    expect(filled()).toEqual(['action-connect']);
    await user.click(byId('action-copy-command'));
    await user.click(byId('action-practice'));
    expect(host.copied).toEqual(['slipway --practice']);
    expect(host.wishes).toEqual([{ type: 'startPractice' }]);
  });
});
