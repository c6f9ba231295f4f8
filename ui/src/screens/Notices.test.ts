import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../test/axe';
import { sampleNotices, sampleSignedIn } from '../test/outside';
import { sampleHotfix } from '../test/sample';
import { expectPlain, HOSTILE } from '../test/screen';
import { byId, has, openWindow, send, settle, shown } from '../test/window';
import { here } from '../view/place.svelte';

const user = userEvent.setup();
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid="notice"]')];

async function openNotices(notices = sampleNotices()) {
  await openWindow(sampleSignedIn({ notices }));
  here.go('notices');
  await settle();
}

describe('notices', () => {
  it('open their step, as long as the release is here', async () => {
    await openNotices();
    expect(rows().map((row) => row.dataset['key'])).toEqual(['n4', 'n3', 'n2', 'n1']);
    await expectAccessible();
    await user.click(rows()[1] as HTMLElement);
    expect(shown()).toBe('notices');
    rows()[0]?.focus();
    await user.keyboard('{Enter}');
    await settle();
    expect([shown(), here.place]).toEqual([
      'approval',
      { at: 'release', release: sampleHotfix().id, step: 'approval' },
    ]);
  });

  it('tell Pacific times, and what is over does not look as if it were under way', async () => {
    await openNotices();
    expect(rows()[0]?.textContent).toContain('5:36 pm Pacific');
    expect(rows()[2]?.textContent).toContain('Tue 17 Nov, 7:52 pm Pacific');
    expect(byId('screen-notices').querySelector('.state--working')).toBeNull();
    expect(rows()[2]?.querySelector('.row__ico svg')).not.toBeNull();
  });

  it('say that there is nothing yet, and lead to what can be chosen', async () => {
    await openNotices([]);
    await expectAccessible();
    await user.click(byId('action-choose-notices'));
    await settle();
    expect(shown()).toBe('settings');
  });

  it('are counted from when the window opened until they were looked at', async () => {
    const count = () => byId('nav-notices').querySelector('.count')?.textContent ?? '';
    const old = sampleNotices();
    const [first] = old;
    if (!first) throw new Error('the sample has notices');
    const next = (key: string, at: number) => [{ ...first, key, at }, ...old];
    const view = sampleSignedIn({ notices: old });
    await openWindow(view);
    expect(count()).toBe('');
    await send({ ...view, notices: next('n5', view.now + 1000) });
    expect(count()).toBe('1');
    await user.click(byId('nav-notices'));
    await settle();
    expect(count()).toBe('');
    here.home();
    await send({ ...view, notices: next('n5', view.now + 1000) });
    expect(count()).toBe('');
  });

  it('are text, and there may be hundreds', async () => {
    const [first] = sampleNotices();
    if (!first) throw new Error('the sample has notices');
    await openNotices(
      Array.from({ length: 300 }, (_, at) => ({
        ...first,
        key: `k${at}`,
        title: HOSTILE[at] ?? first.title,
        body: HOSTILE[at] ?? first.body,
      })),
    );
    expect(rows()).toHaveLength(300);
    for (const text of HOSTILE) expectPlain(text);
    expect(has('screen-notices')).toBe(true);
  });
});
