import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { host, refusal } from './test/host';
import { expectAccessible } from './test/axe';
import {
  BRANCH,
  order,
  sampleAt,
  sampleDraft,
  sampleEmpty,
  sampleHome,
  sampleMaintenanceDraft,
  sampleProblem,
  sampleRelease,
  sampleView,
  sha,
} from './test/sample';
import { rest } from './parts/rest';
import { byId, has, openRelease, openWindow, send, settle, shown, tuesday } from './test/window';
import { here } from './view/place.svelte';

const user = userEvent.setup();
const heading = () => document.querySelector('main h1')?.textContent;

describe('views', () => {
  it('says that it is starting until the first view comes', async () => {
    await openWindow(sampleView());
    expect(shown()).toBe('home');
  });

  it('drops a view that is older than the one on screen', async () => {
    await openWindow(sampleView());
    host.send({ ...sampleView({ home: sampleHome({ headline: 'Old news' }) }), rev: 0 });
    await settle();
    expect(heading()).toBe('One thing needs you');
  });

  it('shows above everything that the program cannot do its work', async () => {
    await openWindow(
      sampleView({ trouble: { ...sampleProblem, code: 'journal', what: 'The journal cannot be written.' } }),
    );
    expect(byId('problem').textContent).toContain('The journal cannot be written.');
    expect(shown()).toBe('home');
  });
});

describe('follow mode', () => {
  it('walks on to the next step once the step to do is seen to be done', async () => {
    await openRelease(sampleAt('announce'));
    await send(tuesday(sampleAt('etl', 'waiting')));
    expect(shown()).toBe('etl');
    expect(document.activeElement?.textContent).toBe('Merge the ETL pull request');
  });

  it('walks on several steps at once when the world has run ahead', async () => {
    await openRelease(sampleAt('announce'));
    await send(tuesday(sampleAt('approval')));
    expect(shown()).toBe('approval');
  });

  it('stays at a step that a person picked on the rail', async () => {
    await openRelease(sampleAt('announce'));
    await user.click(byId('step-branch'));
    expect(shown()).toBe('branch');
    await send(tuesday(sampleAt('etl')));
    expect(shown()).toBe('branch');
  });

  it('takes no open question away; it says there what became of it', async () => {
    await openRelease(sampleAt('approval'));
    await user.click(byId('action-approve'));
    const answer = { label: 'Approved 7:52 pm by Ana Lindqvist', text: '', tone: 'good' as const };
    const built = sampleAt('build', 'working');
    built.approval = { ...built.approval, gate: null, answer };
    await send(tuesday(built));
    expect(shown()).toBe('approval');
    expect(byId('outdated').textContent).toContain('Ana Lindqvist');
    await user.click(byId('cancel'));
    await send(tuesday(built));
    expect(shown()).toBe('build');
  });

  it('follows again once the person picks the step to do', async () => {
    await openRelease(sampleAt('announce'));
    await user.click(byId('step-branch'));
    await user.click(byId('step-announce'));
    await send(tuesday(sampleAt('etl')));
    expect(shown()).toBe('etl');
  });

  it('does not leave while the step only changes its state', async () => {
    await openRelease(sampleAt('announce'));
    await send(tuesday(sampleAt('announce', 'blocked')));
    expect(shown()).toBe('announce');
  });

  it('does not walk away from somebody who is typing, and does when they stop', async () => {
    await openRelease(sampleAt('announce'));
    await user.type(byId('field-message'), ' Thank you');
    await send(tuesday(sampleAt('etl')));
    expect(shown()).toBe('announce');
    byId('field-message').blur();
    await settle();
    expect(shown()).toBe('etl');
  });

  it('walks on after an own action although the cursor is still in the field', async () => {
    await openRelease(sampleAt('announce'));
    await user.type(byId('field-message'), '!');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes.at(-1)?.type).toBe('postAnnouncement');
    await send(tuesday(sampleAt('etl')));
    expect(shown()).toBe('etl');
  });

  it('goes Home when the release is closed', async () => {
    await openRelease(sampleAt('announce'));
    await send(sampleView({ releases: [] }));
    expect(shown()).toBe('home');
  });
});

describe('from the form to the release', () => {
  it('starts a hotfix with an empty form and shows it when the view has it', async () => {
    await openWindow(sampleView());
    await user.click(byId('action-start-hotfix'));
    expect(host.wishes).toEqual([{ type: 'draft', kind: 'hotfix', fixName: '', date: '' }]);
    expect(shown()).toBe('home');
    await send(sampleView({ draft: sampleDraft() }));
    expect(shown()).toBe('hotfix');
  });

  it('shows the branch screen for maintenance', async () => {
    await openWindow(sampleView());
    await user.click(byId('action-start-maintenance'));
    await send(sampleView({ draft: sampleMaintenanceDraft() }));
    expect(shown()).toBe('branch');
  });

  it('goes to the new release as soon as it is there, also when the form vanishes first', async () => {
    const draft = sampleDraft();
    await openWindow(sampleView({ draft, releases: [] }));
    await here.start('hotfix');
    await settle();
    await user.click(byId('action-create-branch'));
    expect(host.wishes).toEqual([{ type: 'createBranch', name: draft.id, sha: sha('9f3c1e7') }]);
    await send(sampleView({ draft: null, releases: [] }));
    expect(shown()).toBe('hotfix');
    expect(byId('action-create-branch').getAttribute('aria-disabled')).toBe('true');
    await send(sampleView({ releases: [sampleRelease({ id: draft.id, kind: 'hotfix' })] }));
    expect(shown()).toBe('announce');
  });

  it('stays in the form, with the text and the reason, when the branch is refused', async () => {
    await openWindow(sampleView({ draft: sampleDraft(), releases: [] }));
    await here.start('hotfix');
    host.answer = () => Promise.reject(refusal);
    await settle();
    await user.click(byId('action-create-branch'));
    await settle();
    expect(shown()).toBe('hotfix');
    expect(byId('problem').textContent).toContain(refusal.what);
    expect(byId('field-fix-name')).toHaveProperty('value', 'Login timeout');
  });

  it('says on Home why a form could not be opened', async () => {
    await openWindow(sampleView());
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-start-hotfix'));
    await settle();
    expect(shown()).toBe('home');
    expect(byId('problem').textContent).toContain(refusal.remedy);
  });

  it('goes on with a branch that was found', async () => {
    await openWindow(sampleView({ home: sampleHome({ found: [{ name: BRANCH, sha: sha('9f3c1e7') }] }) }));
    await user.click(byId('action-adopt-branch'));
    expect(host.wishes).toEqual([{ type: 'adoptBranch', name: BRANCH, sha: sha('9f3c1e7') }]);
    await send(tuesday(sampleAt('etl')));
    expect(shown()).toBe('etl');
  });

  it('cancels the form', async () => {
    await openWindow(sampleView({ draft: sampleDraft() }));
    await here.start('hotfix');
    await settle();
    await user.click(byId('action-cancel'));
    expect(host.wishes).toEqual([{ type: 'dropDraft' }]);
    expect(shown()).toBe('home');
  });
});

describe('a click or key that was meant for another screen', () => {
  it('does nothing: a double click on one filled button never presses the next', async () => {
    const sample = sampleRelease().database;
    const database = { ...sample, statements: [], canDeclareNone: true };
    await openRelease(sampleAt('database', 'ready', { database }));
    rest.ms = 500;
    await user.click(byId('action-declare-no-database'));
    await send(tuesday(sampleAt('merge')));
    expect(shown()).toBe('merge');
    await user.click(byId('action-merge-release'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes.map((wish) => wish.type)).toEqual(['declareNoDatabase']);
    await vi.waitFor(
      () => expect(byId('action-merge-release').getAttribute('aria-disabled')).toBeNull(),
      4000,
    );
    await user.click(byId('action-merge-release'));
    expect(host.wishes.at(-1)?.type).toBe('mergeRelease');
  });

  it('does nothing while Enter is held down', async () => {
    await openRelease(sampleAt('merge'));
    const held = (init: KeyboardEventInit) =>
      new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true, ...init });
    document.body.dispatchEvent(held({ ctrlKey: true }));
    expect(host.wishes).toEqual([]);
    const enter = held({});
    byId('action-merge-release').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
  });
});

describe('what went wrong', () => {
  it('is said once when it was refused and is kept with the release', async () => {
    await openRelease(sampleAt('merge'));
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-merge-release'));
    await send(tuesday(sampleAt('merge', 'failed', { problem: { ...refusal } })));
    expect(document.querySelectorAll('[data-testid="problem"]')).toHaveLength(1);
  });

  it('stays with the step that it was about', async () => {
    await openRelease(sampleAt('merge'));
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-merge-release'));
    await settle();
    expect(has('problem')).toBe(true);
    await user.click(byId('step-database'));
    expect(has('problem')).toBe(false);
    await user.click(byId('step-merge'));
    expect(has('problem')).toBe(false);
  });

  it('is no dead end: a branch that could not be made can be asked for again', async () => {
    const sample = sampleAt('branch', 'failed', { problem: { ...refusal } });
    await openRelease({ ...sample, branch: { ...sample.branch, canCreate: true, link: null } });
    await user.click(byId('action-create-branch'));
    expect(host.wishes).toEqual([{ type: 'createBranch', name: BRANCH, sha: sha('9f3c1e7') }]);
    expect(byId('action-create-branch').hasAttribute('data-primary')).toBe(true);
  });

  it.each(['blocked', 'failed', 'unknown', 'not-connected'] as const)(
    'is said beside the buttons while a step is %s',
    async (state) => {
      const sample = sampleAt('merge', state);
      const steps = sample.steps.map((step) =>
        step.id === 'merge' ? { ...step, note: 'Behind master' } : step,
      );
      await openRelease({ ...sample, steps, merge: { ...sample.merge, canMerge: false, hint: '' } });
      expect(document.querySelector('.actions p')?.textContent).toContain('Behind master.');
    },
  );
});

describe('keys', () => {
  it('Ctrl Enter presses the filled button, once', async () => {
    await openRelease(sampleAt('announce'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes.map((wish) => wish.type)).toEqual(['postAnnouncement']);
  });

  it('Ctrl Enter never answers a question', async () => {
    await openRelease(sampleAt('approval'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await settle();
    expect(document.querySelector('dialog[open]')).not.toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes).toEqual([]);
    expect(document.querySelector('dialog[open]')).not.toBeNull();
  });

  it('walks the steps with Alt and goes Home', async () => {
    await openRelease(sampleAt('announce'));
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(shown()).toBe('etl');
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}');
    expect(shown()).toBe('branch');
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(shown()).toBe('home');
  });

  it('looks again with Ctrl R instead of loading the page anew', async () => {
    await openWindow(sampleView());
    await user.keyboard('{Control>}r{/Control}');
    expect(host.wishes).toEqual([{ type: 'look' }]);
  });

  it('starts a hotfix and maintenance', async () => {
    await openWindow(sampleView());
    await user.keyboard('{Control>}n{/Control}');
    await user.keyboard('{Control>}{Shift>}N{/Shift}{/Control}');
    expect(host.wishes).toMatchObject([{ kind: 'hotfix' }, { kind: 'maintenance' }]);
  });

  it('does not start what cannot be started', async () => {
    await openWindow(sampleView({ home: sampleHome({ cannotStart: 'GitHub was not seen yet.' }) }));
    await user.keyboard('{Control>}n{/Control}');
    await user.click(byId('action-start-maintenance'));
    expect(host.wishes).toEqual([]);
    expect(byId('action-start-maintenance').getAttribute('aria-disabled')).toBe('true');
  });

  it('shows the list of keys with ?, but not while typing one', async () => {
    await openRelease(sampleAt('announce'));
    await user.click(byId('field-message'));
    await user.keyboard('?');
    expect(document.querySelector('dialog[open]')).toBeNull();
    byId('field-message').blur();
    await user.keyboard('?');
    expect(document.querySelector('dialog[open]')?.textContent).toContain('Start a hotfix');
    await expectAccessible();
  });

  it('F6 walks between side, work and action bar', async () => {
    await openRelease(sampleAt('announce'));
    const regions: (string | undefined)[] = [];
    for (let step = 0; step < 4; step += 1) {
      await user.keyboard('{F6}');
      regions.push(document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region']);
    }
    expect(regions).toEqual(['side', 'work', 'actions', 'side']);
  });

  it('the rail has one tab stop and moves with the arrow keys', async () => {
    await openRelease(sampleAt('announce'));
    expect(document.querySelectorAll('.rail button[tabindex="0"]')).toHaveLength(1);
    byId('step-announce').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(byId('step-database'));
    expect(shown()).toBe('announce');
    await user.keyboard('{Enter}');
    expect(shown()).toBe('database');
  });
});

describe('what others see and hear', () => {
  it.each([...order])(
    '%s has one filled button at most, a named rail step and no accessibility problem',
    async (step) => {
      await openRelease(sampleAt(step));
      expect(shown()).toBe(step);
      expect(document.querySelectorAll('[data-primary]').length).toBeLessThanOrEqual(1);
      expect(byId(`step-${step}`).getAttribute('aria-current')).toBe('step');
      expect(byId(`step-${step}`).dataset['state']).toBe('ready');
      await expectAccessible();
    },
  );

  it.each([
    ['Home', sampleView()],
    ['the first start', sampleEmpty()],
    ['Home in practice', sampleView({ mode: 'practice' })],
  ])('%s has no accessibility problem', async (_name, view) => {
    await openWindow(view);
    expect(document.querySelectorAll('[data-primary]')).toHaveLength(1);
    await expectAccessible();
  });

  it('the theme button switches and is remembered', async () => {
    await openWindow(sampleView());
    await user.click(byId('theme-toggle'));
    const first = document.documentElement.dataset['theme'];
    await user.click(byId('theme-toggle'));
    expect([first, document.documentElement.dataset['theme']].sort()).toEqual(['dark', 'light']);
    expect(localStorage.getItem('slipway.theme')).toBe(document.documentElement.dataset['theme']);
  });

  it('while the release is busy, acting buttons are off and say why', async () => {
    await openRelease(sampleAt('announce', 'ready', { busy: 'Posting the message.' }));
    await user.click(byId('action-post-announcement'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.wishes).toEqual([]);
    expect(byId('action-post-announcement').getAttribute('aria-disabled')).toBe('true');
    expect(document.querySelector('.actions p')?.textContent).toContain('Posting the message.');
  });

  it('a second click while the first is on its way sends nothing', async () => {
    await openRelease(sampleAt('announce'));
    let taken = () => {};
    host.answer = () => new Promise<void>((resolve) => (taken = resolve));
    await user.dblClick(byId('action-post-announcement'));
    expect(host.wishes).toHaveLength(1);
    taken();
    await settle();
    expect(has('action-post-announcement')).toBe(true);
  });

  it('practice carries a life ring on what acts, and a way to end it', async () => {
    await openRelease(sampleAt('announce'), { mode: 'practice' });
    expect(byId('action-post-announcement').querySelector('[data-icon="ring"]')).not.toBeNull();
    await user.click(byId('action-end-practice'));
    await settle();
    await user.click(byId('action-end-practice'));
    expect(host.wishes).toEqual([{ type: 'endPractice' }]);
  });
});
