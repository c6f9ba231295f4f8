import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { HistoryScreen, Intent } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { sampleNotices, sampleSignedIn } from '../test/outside';
import { sampleHistory, sampleHome, samplePast, sampleRow } from '../test/sample';
import { expectPlain, HOSTILE } from '../test/screen';
import { byId, has, openWindow, send, settle, shown } from '../test/window';
import { asked } from '../view/history.svelte';
import { here } from '../view/place.svelte';

const user = userEvent.setup();
const asks = () =>
  host.wishes.flatMap((wish: Intent) => (wish.type === 'history' ? [wish.ask] : [])) as { type: string }[];
const last = () => asks().at(-1);

async function openHistory(history: HistoryScreen | null = sampleHistory(), before = async () => {}) {
  host.wishes.length = 0;
  asked.clear();
  await openWindow(sampleSignedIn({ history }));
  await before();
  await user.click(byId('nav-history'));
  await settle();
}

describe('the history', () => {
  it('is asked for when it is opened, followed while it is shown, and left', async () => {
    await openHistory();
    expect(shown()).toBe('history');
    expect(last()).toEqual({ type: 'show', query: { text: '', kind: null, result: null, from: 0 } });
    here.home();
    await settle();
    expect(last()).toEqual({ type: 'leave' });
  });

  it('shows what came of each deploy, by month, and reads well to everybody', async () => {
    await openHistory();
    const months = [...document.querySelectorAll('.month')].map((row) => row.textContent);
    expect(months).toEqual(['November', 'October']);
    const row = byId('past-maintenance-2026-11-10');
    expect(row.dataset['state']).toBe('done');
    expect(row.textContent).toContain('Deployed, 1 retry');
    expect(byId('past-maintenance-2026-10-20').textContent).toContain('Nobody');
    expect(byId('past-maintenance-2026-10-27').textContent).toContain('Not known');
    expect(byId('screen-history').textContent).toContain('Last 60 days: 12 deployed');
    await expectAccessible();
  });

  it('is searched while somebody types, and a filter begins at the newest', async () => {
    await openHistory(sampleHistory({ earlier: 50 }));
    await user.click(byId('action-earlier'));
    expect(last()).toMatchObject({ type: 'show', query: { from: 50 } });
    await user.selectOptions(byId('field-kind'), 'hotfix');
    await user.selectOptions(byId('field-result'), 'rejected');
    expect(last()).toMatchObject({ query: { kind: 'hotfix', result: 'rejected', from: 0 } });
    await user.type(byId('field-search'), 'dana #412');
    await expect.poll(last).toMatchObject({ query: { text: 'dana #412', kind: 'hotfix' } });
    await user.selectOptions(byId('field-kind'), '');
    expect(last()).toMatchObject({ query: { kind: null } });
    expect(asks().filter(({ type }) => type === 'leave')).toHaveLength(0);
  });

  it('keeps what was looked for while the window is open', async () => {
    await openHistory();
    await user.selectOptions(byId('field-kind'), 'hotfix');
    here.home();
    await settle();
    await user.click(byId('nav-history'));
    await settle();
    expect(last()).toMatchObject({ type: 'show', query: { kind: 'hotfix' } });
    expect((byId('field-kind') as HTMLSelectElement).value).toBe('hotfix');
  });

  it('says that nothing was found, and leads back to everything', async () => {
    await openHistory(sampleHistory({ months: [], total: 0 }));
    expect(has('nothing-found')).toBe(true);
    await expectAccessible();
    await user.click(byId('action-clear-search'));
    expect(last()).toMatchObject({ query: { text: '', kind: null, result: null } });
    await send(sampleSignedIn({ history: sampleHistory() }));
    expect(document.activeElement).toBe(byId('field-search'));
  });

  it('says that nothing is over yet, and that it is being read', async () => {
    await openHistory(sampleHistory({ months: [], total: 0, empty: true }));
    expect(byId('screen-history').textContent).toContain('No deploys yet');
    expect(has('field-search')).toBe(false);
    await expectAccessible();
    await send(sampleSignedIn({ history: null }));
    expect(byId('screen-history').textContent).toContain('Reading the history');
  });

  it('says why it cannot be read', async () => {
    await openHistory(sampleHistory({ problem: refusal, months: [] }));
    expect(byId('problem').textContent).toContain(refusal.what);
    expect(has('nothing-found')).toBe(false);
  });

  it('is copied and saved, and says where it went or why not', async () => {
    await openHistory();
    await user.click(byId('action-copy-history'));
    expect(host.copied.at(-1)).toBe(sampleHistory().markdown);
    await user.click(byId('action-save-history'));
    expect(last()).toMatchObject({ type: 'save', query: { text: '' } });
    await send(sampleSignedIn({ history: sampleHistory({ saved: '/home/dana/Downloads/a.json' }) }));
    expect(byId('saved').textContent).toContain('Saved as /home/dana/Downloads/a.json');
    host.answer = () => {
      throw refusal;
    };
    await user.click(byId('action-save-history'));
    await settle();
    expect(byId('problem').textContent).toContain(refusal.what);
    host.answer = () => {};
  });

  it('makes one file, however often it is pressed meanwhile', async () => {
    await openHistory();
    const saves = () => asks().filter(({ type }) => type === 'save' || type === 'saveReport').length;
    let written = () => {};
    host.answer = () => new Promise((resolve) => (written = resolve));
    await user.click(byId('action-save-history'));
    await user.click(byId('action-save-history'));
    expect(saves()).toBe(1);
    expect(byId('action-save-history').getAttribute('aria-disabled')).toBe('true');
    expect(byId('action-save-history').title).toBe('It is being saved');
    await send(sampleSignedIn({ history: sampleHistory({ report: samplePast() }) }));
    await user.click(byId('action-save-report'));
    expect(saves()).toBe(1);
    written();
    await settle();
    host.answer = () => {};
    await user.click(byId('action-save-report'));
    expect(saves()).toBe(2);
  });

  it('opens with Ctrl 2, and Ctrl F goes to the search', async () => {
    await openWindow(sampleSignedIn({ history: sampleHistory() }));
    await user.keyboard('{Control>}2{/Control}');
    await settle();
    expect(shown()).toBe('history');
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(byId('field-search'));
  });
});

describe('the report of a deploy that is over', () => {
  it('opens from its row, and the way back is at its top', async () => {
    await openHistory();
    await user.click(byId('past-maintenance-2026-11-10').querySelector('button') as HTMLElement);
    expect(last()).toEqual({ type: 'open', release: 'maintenance-2026-11-10' });
    await send(sampleSignedIn({ history: sampleHistory({ report: samplePast() }) }));
    expect(shown()).toBe('report');
    expect(document.activeElement?.tagName).toBe('H1');
    await expectAccessible();
    await user.click(byId('action-close-report'));
    expect(last()).toEqual({ type: 'close' });
  });

  it('is copied and saved', async () => {
    await openHistory(sampleHistory({ report: samplePast() }));
    await user.click(byId('action-copy-report'));
    expect(host.copied.at(-1)).toBe(samplePast().markdown);
    await user.click(byId('action-save-report'));
    expect(last()).toEqual({ type: 'saveReport', release: samplePast().release });
    const saved = '/home/dana/Downloads/slipway.json';
    await send(sampleSignedIn({ history: sampleHistory({ report: samplePast({ saved }) }) }));
    expect(byId('screen-report').textContent).toContain(`Saved as ${saved}`);
  });

  it('opens from a notice and from Home', async () => {
    const [first] = sampleNotices();
    if (!first) throw new Error('the sample has notices');
    const over = { ...first, release: 'maintenance-2026-11-10', opens: true };
    await openWindow(sampleSignedIn({ notices: [over], history: sampleHistory() }));
    here.go('notices');
    await settle();
    await user.click(byId('notice'));
    await settle();
    expect(asks()).toContainEqual({ type: 'open', release: 'maintenance-2026-11-10' });
    const home = sampleHome();
    home.recent = home.recent.map((one) => ({ ...one, kept: true }));
    await send(sampleSignedIn({ home }));
    here.home();
    await settle();
    await user.click(byId('recent-maintenance-2026-11-17'));
    await settle();
    expect(asks()).toContainEqual({ type: 'open', release: 'maintenance-2026-11-17' });
    expect(shown()).toBe('history');
  });

  it('is text, however it was meant', async () => {
    const rows = HOSTILE.map((text, at) =>
      sampleRow(`r${at}`, { startedBy: { name: text, initials: 'X', detail: '' }, word: text }),
    );
    await openHistory(sampleHistory({ months: [{ name: 'November', rows }] }));
    for (const text of HOSTILE) expectPlain(text);
    const sections = [{ title: 'Database changes', lines: HOSTILE.map((text) => ({ text, sql: text })) }];
    await send(sampleSignedIn({ history: sampleHistory({ report: samplePast({ sections }) }) }));
    for (const text of HOSTILE) expectPlain(text);
  });
});
