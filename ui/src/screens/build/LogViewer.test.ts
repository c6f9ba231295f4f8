import { expect, test, vi } from 'vitest';
import type { LogScreen } from '../../bindings';
import { expectAccessible } from '../../test/axe';
import { host } from '../../test/host';
import { BRANCH, pacificTime, sampleAt, sampleView } from '../../test/sample';
import { expectPlain, find, get, HOSTILE, isOff, show } from '../../test/screen';
import { openRelease, send, shown, tuesday } from '../../test/window';
import { here } from '../../view/place.svelte';
import { store } from '../../view/view.svelte';
import Build from '../Build.svelte';
import { pieces } from './pieces';

let rev = 1000;
const START = pacificTime(24, 19, 53);
const release = sampleAt('build', 'working');

const screen = (changes: Partial<LogScreen> = {}): LogScreen => ({
  release: BRANCH,
  text: 'Still reading, 34 MB so far.',
  reading: true,
  shown: 'Lines 201 to 204 of 12,345',
  first: 200,
  lines: ['first', 'an Error and an error', ...HOSTILE].map((text, index) => ({
    at: START + index * 1000,
    text,
    marks: [],
  })),
  total: 12_345,
  follows: false,
  place: null,
  search: null,
  problem: null,
  readsOn: false,
  newer: false,
  ...changes,
});

/** The build's screen with its log open. */
async function open(changes: Partial<LogScreen> = {}) {
  const shown = await show(Build, release);
  const update = async (next: Partial<LogScreen> | null) => {
    const log = next && screen(next);
    store.take(sampleView({ rev: ++rev, now: START, releases: [release], log }));
    await vi.waitFor(() => expect(find('log-viewer') !== null).toBe(next !== null));
  };
  await update(changes);
  host.wishes = [];
  return { ...shown, update };
}

const wishes = () => host.wishes.map((it) => (it.type === 'log' ? it.wish : it));

test('the whole log is offered where there is one, and asked for', async () => {
  const { user, update } = await show(Build, release);
  await user.click(get('action-open-log'));
  expect(wishes()).toEqual([{ type: 'open', release: BRANCH }]);
  await update({ ...release, build: { ...release.build, hasLog: false } });
  expect(find('action-open-log')).toBeNull();
});

test('its lines stand in place of the rest, numbered, timed and as text', async () => {
  await open();
  expect(find('eta')).toBeNull();
  expect(get('log-text').textContent).toBe('Still reading, 34 MB so far.');
  const lines = [...get('log-lines').children].map((it) => it.textContent?.replace(/\s+/g, ' ').trim());
  expect(lines[1]).toContain('202');
  expect(lines[1]).toContain('7:53:01');
  for (const text of HOSTILE) expectPlain(text);
  await expectAccessible();
});

test('what is found is marked and the one that is gone to stands out', async () => {
  const { lines } = screen();
  const marked = lines.map((line, at) =>
    at === 1
      ? {
          ...line,
          marks: [
            { from: 3, to: 8 },
            { from: 16, to: 21 },
          ],
        }
      : line,
  );
  const search = { text: 'error', found: '1 of 1 line', current: 201, steps: true };
  await open({ lines: marked, search, place: { line: 201, seq: 1 } });
  const marks = [...document.querySelectorAll('mark')].map((it) => it.textContent);
  expect(marks).toEqual(['Error', 'error']);
  expect(document.querySelector('.line--current')?.getAttribute('data-line')).toBe('201');
  expect(get('log-found').textContent).toBe('1 of 1 line');
  await expectAccessible();
});

test('a search is sent once typing stops; Enter goes on, Shift Enter back', async () => {
  const { user, update } = await open();
  expect(isOff('action-log-next')).toBe(true);
  await user.keyboard('{Control>}f{/Control}');
  expect(document.activeElement).toBe(get('field-log-search'));
  await user.keyboard('error');
  await vi.waitFor(() => expect(wishes()).toEqual([{ type: 'search', text: 'error' }]));
  await update({ search: { text: 'error', found: '1 of 3 lines', current: 201, steps: true } });
  await user.keyboard('{Enter}{Shift>}{Enter}{/Shift}');
  await user.keyboard('s{Enter}');
  expect(wishes().slice(1)).toEqual([
    { type: 'step', forward: true },
    { type: 'step', forward: false },
    { type: 'search', text: 'errors' },
  ]);
});

test('End goes to the end, Home to the beginning, Escape closes and gives the keyboard back', async () => {
  const { user, update } = await open();
  expect(document.activeElement).toBe(get('log-lines'));
  await user.keyboard('{End}{Home}');
  await user.click(get('action-log-follow'));
  await user.keyboard('{Escape}');
  expect(wishes()).toEqual([
    { type: 'follow', on: true },
    { type: 'show', line: 0 },
    { type: 'follow', on: true },
    { type: 'close' },
  ]);
  await update(null);
  await vi.waitFor(() => expect(document.activeElement).toBe(get('action-open-log')));
});

test('what keeps it from being read is said, with the way on', async () => {
  const problem = {
    code: 'forbidden',
    what: 'You may not read it.',
    means: 'Nothing.',
    remedy: 'Ask.',
  } as const;
  const { user } = await open({ problem: { ...problem, raw: '', link: null }, newer: true });
  expectPlain('You may not read it.');
  await user.click(get('action-log-read-on'));
  await user.click(get('action-log-newer'));
  expect(wishes()).toEqual([{ type: 'readOn' }, { type: 'open', release: BRANCH }]);
  await expectAccessible();
});

test('a log that is not there can be asked for once more', async () => {
  const { user } = await open({
    readsOn: true,
    lines: [],
    total: 0,
    first: 0,
    text: 'AWS has no log of this build.',
  });
  await user.click(get('action-log-read-on'));
  expect(wishes()).toEqual([{ type: 'readOn' }]);
  await expectAccessible();
});

test('a tall list goes on to the end of a long log and back', async () => {
  const HEIGHT = 1000;
  const ROW = 20;
  const ALL = 400;
  const row = (it: HTMLElement) => [...(it.parentElement?.children ?? [])].indexOf(it);
  const box = vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get');
  box.mockImplementation(function (this: HTMLElement) {
    return row(this) * ROW;
  });
  const high = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(ROW);
  const shownAt = vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  const all = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (
    this: HTMLElement,
  ) {
    return this.children.length * ROW;
  });
  /** What the engine answers: 240 lines around one. */
  const around = (line: number) => {
    const first = Math.min(Math.max(0, line - 120), ALL - 240);
    const lines = Array.from({ length: 240 }, (_, at) => ({ at: START, text: `${first + at}`, marks: [] }));
    return { first, lines, total: ALL };
  };
  const { update } = await open(around(0));
  const list = get('log-lines');
  const asked = () => {
    const [wish] = wishes().splice(-1);
    host.wishes = [];
    return wish?.type === 'show' ? wish.line : null;
  };
  /** As far as it goes, so many pixels at a time; gives the line at the top. */
  const scroll = async (by: number) => {
    for (let step = 0; step < 400; step++) {
      const before = list.scrollTop;
      list.scrollTop = Math.min(Math.max(0, before + by), list.scrollHeight - HEIGHT);
      list.dispatchEvent(new Event('scroll'));
      const line = asked();
      if (line !== null) {
        await update(around(line));
        await vi.waitFor(() =>
          expect((list.firstElementChild as HTMLElement).dataset['line']).toBe(String(around(line).first)),
        );
      } else if (list.scrollTop === before) break;
    }
    return Number((list.children[list.scrollTop / ROW] as HTMLElement).dataset['line']);
  };
  expect(await scroll(400)).toBe(ALL - HEIGHT / ROW);
  await update(around(ALL));
  host.wishes = [];
  expect(await scroll(-400)).toBe(0);
  for (const it of [box, high, shownAt, all]) it.mockRestore();
});

test('the window does not walk on while a log is read, and closes one that nobody sees', async () => {
  const log = screen();
  await openRelease(sampleAt('build', 'working'));
  const done = sampleAt('finish', 'ready');
  await send({ ...tuesday(done), log });
  expect(shown()).toBe('build');
  expect(wishes()).not.toContainEqual({ type: 'close' });
  here.home();
  await vi.waitFor(() => expect(wishes()).toContainEqual({ type: 'close' }));
});

test('an empty log is no trouble', async () => {
  await open({ lines: [], total: 0, first: 0, shown: 'No lines', text: 'Asking AWS for the log.' });
  expect(find('log-position')).toBeNull();
  await expectAccessible();
});

test('a line is cut at its marks and nothing of it is lost', () => {
  const cut = (text: string, ...marks: [number, number][]) =>
    pieces(
      text,
      marks.map(([from, to]) => ({ from, to })),
    ).map(({ text, marked }) => (marked ? `[${text}]` : text));
  expect(cut('abc')).toEqual(['abc']);
  expect(cut('')).toEqual(['']);
  expect(cut('abc', [0, 1], [1, 2])).toEqual(['[a]', '[b]', 'c']);
  expect(cut('🐛 b', [3, 4])).toEqual(['🐛 ', '[b]']);
});
