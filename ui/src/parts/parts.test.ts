import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet, type Component } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Code, StepState } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host } from '../test/host';
import { check, pull412, pull415, sampleProblem, sampleSteps, sampleView } from '../test/sample';
import { sampleElsewhere } from '../test/outside';
import { byId, settle } from '../test/window';
import { store } from '../view/view.svelte';
import * as parts from './index';
import { icons } from './icons';
import { rest } from './rest';

const user = userEvent.setup();
const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));
const states: StepState[] = [
  'ready',
  'waiting',
  'working',
  'done',
  'blocked',
  'failed',
  'skipped',
  'later',
  'unknown',
  'not-connected',
];

describe('every part is accessible by itself', () => {
  const field = createRawSnippet<[(input: HTMLElement) => void]>((control) => ({
    render: () => '<input />',
    setup: (input) => control()(input as HTMLElement),
  }));
  // The props of so many parts have no common type.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const cases: [string, Component<any>, Record<string, unknown>][] = [
    ['ActionBar', parts.ActionBar, { hint: 'Merges it.', left: text('Reject'), children: text('Merge') }],
    ['BranchName', parts.BranchName, { name: { before: 'hotfix-', marked: 'x', after: '' } }],
    ['Button', parts.Button, { kind: 'primary', icon: 'merge', onclick: () => {}, children: text('Merge') }],
    ['Button that is off', parts.Button, { reason: 'Not yet.', onclick: () => {}, children: text('Merge') }],
    ['CopyButton', parts.CopyButton, { text: 'x' }],
    [
      'Dialog',
      parts.Dialog,
      { id: 'x', title: 'Sure?', open: true, confirm: 'Do it', children: text('It will.') },
    ],
    ['Elsewhere', parts.Elsewhere, { view: sampleElsewhere() }],
    ['Facts', parts.Facts, { facts: [check('Conflicts', 'None', 'good'), check('Size', '20 files')] }],
    ['Field', parts.Field, { label: 'Reason', hint: 'Say why.', error: 'Missing.', children: field }],
    ['Group', parts.Group, { title: 'Pulls', need: true, children: text('row') }],
    ['Head', parts.Head, { title: 'Merge', lead: 'Merges it.', step: sampleSteps('merge', 'waiting')[4] }],
    ['Icon', parts.Icon, { name: 'merge' }],
    ['Link', parts.Link, { link: { id: 'a', label: 'Open' } }],
    ['Logo', parts.Logo, {}],
    ['Notice', parts.Notice, { tone: 'good', title: 'Done', children: text('It is.') }],
    ['PersonMark', parts.PersonMark, { name: 'Dana', initials: 'DW' }],
    ['ProblemNotice', parts.ProblemNotice, { problem: sampleProblem }],
    ['PullRow', parts.PullRow, { pull: pull412 }],
    ['Rail', parts.Rail, { steps: sampleSteps('etl'), shown: 'etl', onpick: () => {} }],
    ['Raw', parts.Raw, { raw: 'HTTP 422' }],
    ['Row', parts.Row, { title: 'Title', icon: 'pr', children: text('text'), end: text('end') }],
    ['Sea', parts.Sea, { afloat: true }],
    ['Side', parts.Side, { person: null, top: text('Slipway'), children: text('nav') }],
    ['StateIcon', parts.StateIcon, { state: 'done', word: 'Done' }],
    ['StateNode', parts.StateNode, { state: 'done' }],
    ['Waterline', parts.Waterline, { view: sampleView() }],
  ];

  it.each(cases)('%s', async (_name, part, props) => {
    const { container } = render(part, { props });
    await settle();
    await expectAccessible(container);
  });

  it('none is left out', () => {
    const named = new Set(cases.map(([name]) => name));
    // Screen is looked at with every screen; StateWord below, in all states.
    const left = Object.keys(parts).filter(
      (name) => !named.has(name) && !['Screen', 'StateWord'].includes(name),
    );
    expect(left).toEqual([]);
  });
});

describe('a state', () => {
  it.each(states)('%s is a shape and a word', async (state) => {
    const { container } = render(parts.StateWord, { state, word: `It is ${state}`, pill: true });
    expect(container.textContent).toContain(`It is ${state}`);
    expect(container.querySelector('svg path')).not.toBeNull();
    await expectAccessible(container);
  });

  it('has a shape of its own, in words and on the rail', () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    for (const part of [parts.StateWord, parts.StateNode] as Component<any>[]) {
      const shapes = states.map((state) => {
        const { container } = render(part, { state, word: '' });
        return [...container.querySelectorAll('svg > *')]
          .map((one) => one.outerHTML.replace(/class="[^"]*"/, ''))
          .join();
      });
      expect(new Set(shapes).size).toBe(states.length);
    }
  });
});

describe('a button', () => {
  it('that is off stays reachable, says why and does nothing', async () => {
    const onclick = vi.fn();
    render(parts.Button, { reason: 'GitHub was not seen.', testid: 'b', onclick, children: text('Merge') });
    await user.tab();
    expect(document.activeElement).toBe(byId('b'));
    await user.keyboard('{Enter}');
    expect(onclick).not.toHaveBeenCalled();
    expect(document.getElementById(byId('b').getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'GitHub was not seen.',
    );
  });

  it.each(['primary', 'go', 'danger'] as const)(
    'that is filled (%s) rests when it appears or becomes another',
    async (kind) => {
      rest.ms = 300;
      const onclick = vi.fn();
      const props = { kind, testid: 'b', onclick, children: text('Merge') };
      const { rerender } = render(parts.Button, { ...props, about: 412 });
      const rested = () => vi.waitFor(() => expect(byId('b').getAttribute('aria-disabled')).toBeNull(), 4000);
      for (const about of [412, 415]) {
        await rerender({ ...props, about });
        byId('b').click();
        byId('b').focus();
        await user.keyboard('{Enter}');
        expect(byId('b').getAttribute('aria-disabled')).toBe('true');
        expect(byId('b').getAttribute('aria-describedby')).toBeNull();
        await rested();
      }
      expect(onclick).not.toHaveBeenCalled();
      byId('b').click();
      expect(onclick).toHaveBeenCalledOnce();
    },
  );

  it('that acts carries the life ring in practice, and only then', () => {
    for (const mode of ['real', 'practice'] as const) {
      store.view = sampleView({ mode });
      const { container } = render(parts.Button, {
        acts: true,
        icon: 'merge',
        onclick: () => {},
        children: text('Merge'),
      });
      expect(container.querySelector('svg')?.dataset['icon']).toBe(mode === 'practice' ? 'ring' : 'merge');
    }
    store.view = null;
  });
});

describe('a dialog', () => {
  const ask = (kind: 'go' | 'danger') => {
    const onconfirm = vi.fn();
    render(parts.Dialog, { id: 'q', title: 'Sure?', open: true, kind, confirm: 'Do it', onconfirm });
    return onconfirm;
  };

  it('starts on the harmless choice, which Enter takes', async () => {
    const onconfirm = ask('go');
    await settle();
    expect(document.activeElement).toBe(byId('cancel'));
    await user.keyboard('{Enter}');
    expect(onconfirm).not.toHaveBeenCalled();
    expect(byId('dialog-q')).toHaveProperty('open', false);
  });

  it('answers once and closes', async () => {
    const onconfirm = ask('go');
    await settle();
    await user.click(byId('confirm'));
    expect(onconfirm).toHaveBeenCalledOnce();
    expect(byId('dialog-q')).toHaveProperty('open', false);
  });

  it('has red at the left and green at the right', async () => {
    for (const [kind, order] of [
      ['danger', ['confirm', 'cancel']],
      ['go', ['cancel', 'confirm']],
    ] as const) {
      const { unmount } = render(parts.Dialog, {
        id: 'q',
        title: 'Sure?',
        open: true,
        kind,
        confirm: 'Do it',
      });
      await settle();
      const buttons = [...byId('dialog-q').querySelectorAll<HTMLElement>('button')];
      expect(buttons.map((button) => button.dataset['testid'])).toEqual(order);
      unmount();
    }
  });

  it('never counts as the filled button of the screen', async () => {
    ask('go');
    await settle();
    expect(document.querySelector('[data-primary]')).toBeNull();
  });
});

describe('a problem', () => {
  it.each<Code>([
    'input',
    'changed',
    'notOffered',
    'unreachable',
    'throttled',
    'signedOut',
    'forbidden',
    'notInChannel',
    'refused',
    'unknown',
    'journal',
  ])('%s says what, what it means and what to do, and folds the raw text', async (code) => {
    render(parts.ProblemNotice, { problem: { ...sampleProblem, code } });
    const notice = byId('problem').textContent;
    for (const part of [sampleProblem.what, sampleProblem.means, sampleProblem.remedy])
      expect(notice).toContain(part);
    expect(byId('problem').querySelector('details')).toHaveProperty('open', false);
    await user.click(byId('problem').querySelector('summary') as HTMLElement);
    await user.click(byId('problem').querySelector('details button') as HTMLElement);
    expect(host.copied).toEqual([sampleProblem.raw]);
  });
});

describe('text of others', () => {
  it('is text, and kept apart from the direction around it', () => {
    const title = '<img src=x onerror=alert(1)> \u202Egnp.exe \u2067';
    render(parts.PullRow, { pull: { ...pull415, title, author: '<b>Eve</b>' } });
    expect(document.querySelector('bdi')?.textContent).toBe(title);
    expect(document.querySelector('img')).toBeNull();
    expect(document.body.textContent).toContain('<b>Eve</b>');
  });

  it('opens pages by their id only', async () => {
    render(parts.Link, { link: { id: 'pull-412', label: '#412' }, testid: 'l' });
    await user.click(byId('l'));
    expect(host.opened).toEqual(['pull-412']);
  });
});

describe('copying', () => {
  it('says so, and says when it did not work', async () => {
    render(parts.CopyButton, { text: 'x', testid: 'c' });
    await user.click(byId('c'));
    expect(byId('c').textContent).toContain('Copied');
    host.copies = false;
    await user.click(byId('c'));
    expect(byId('c').textContent).toContain('Not copied');
  });
});

describe('icons', () => {
  it('all begin with an absolute move, so that they can stand one behind another', () => {
    for (const { line } of Object.values(icons)) expect(line).toMatch(/^M/);
  });
});
