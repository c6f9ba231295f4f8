import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ReleaseView } from '../bindings';
import { expectAccessible } from '../test/axe';
import { host, refusal } from '../test/host';
import { BRANCH, sampleAt, sampleProblem } from '../test/sample';
import { byId, has, openRelease, send, settle, tuesday } from '../test/window';
import { readMessage } from './announce/slack';

const user = userEvent.setup();
const message = () => byId('field-message') as HTMLTextAreaElement;
const announced = (
  changes: Partial<ReleaseView['announce']>,
  state: 'ready' | 'blocked' = 'ready',
): ReleaseView => {
  const release = sampleAt('announce', state);
  return { ...release, announce: { ...release.announce, ...changes } };
};

describe('tell the team', () => {
  it('posts what is in the field, and previews it', async () => {
    await openRelease(sampleAt('announce'));
    await user.clear(message());
    await user.type(message(), 'Ready. Thank you');
    expect(byId('slack-preview').textContent).toContain('Ready. Thank you');
    await user.click(byId('action-post-announcement'));
    expect(host.wishes).toEqual([{ type: 'postAnnouncement', release: BRANCH, text: 'Ready. Thank you' }]);
  });

  it('keeps the text through new views, a refusal and a walk to another step', async () => {
    await openRelease(sampleAt('announce'));
    await user.clear(message());
    await user.type(message(), 'My own words');
    await send(tuesday(announced({ suggestion: 'Another suggestion' })));
    host.answer = () => Promise.reject(refusal);
    await user.click(byId('action-post-announcement'));
    await settle();
    expect(byId('problem').textContent).toContain(refusal.what);
    await user.click(byId('step-branch'));
    await user.click(byId('step-announce'));
    expect(message().value).toBe('My own words');
    await expectAccessible();
  });

  it('does not post an empty message', async () => {
    await openRelease(sampleAt('announce'));
    await user.clear(message());
    await user.click(byId('action-post-announcement'));
    expect(host.wishes).toEqual([]);
  });

  it('is marked as told once', async () => {
    await openRelease(sampleAt('announce'));
    host.answer = () => new Promise<void>(() => {});
    await user.dblClick(byId('action-declare-announced'));
    expect(host.wishes).toHaveLength(1);
  });

  it('can be told another way', async () => {
    await openRelease(sampleAt('announce'));
    await user.click(byId('action-copy-announcement'));
    await user.click(byId('action-declare-announced'));
    expect(host.copied).toHaveLength(1);
    expect(host.wishes).toEqual([{ type: 'declareAnnounced', release: BRANCH }]);
  });

  it.each([
    ['tried', sampleProblem],
    ['seen', null],
  ])(
    'when it was %s that the bot is not in the channel, it says what to do and keeps the text',
    async (_how, problem) => {
      await openRelease({ ...announced({ canPost: false }, 'blocked'), problem });
      expect(document.body.textContent).toContain('is not in #production-deployment');
      await user.click(byId('action-copy-invite'));
      expect(host.copied).toEqual(['/invite @Slipway']);
      expect(message().value).toContain(BRANCH);
      expect(document.querySelectorAll('[data-primary]')).toHaveLength(1);
      await user.click(byId('action-look'));
      await user.click(byId('action-declare-announced'));
      expect(host.wishes.map((wish) => wish.type)).toEqual(['look', 'declareAnnounced']);
      await expectAccessible();
    },
  );

  it('without Slack, marking it as told is the one thing to do', async () => {
    await openRelease(announced({ canPost: false }));
    expect(byId('action-declare-announced').hasAttribute('data-primary')).toBe(true);
    expect(has('action-post-announcement')).toBe(false);
  });

  it('shows the message as it stands in Slack once it is there', async () => {
    const posted = 'Tests &amp; &lt;b&gt;\n\n_Step 3 of 8: waiting for pull requests_';
    await openRelease({
      ...sampleAt('etl'),
      announce: {
        ...announced({}).announce,
        posted,
        settled: 'Done 7:04 pm, Dana',
        canPost: false,
        canDeclare: false,
      },
    });
    await user.click(byId('step-announce'));
    expect(byId('slack-preview').textContent).toContain('Tests & <b>');
    expect(byId('slack-preview').querySelector('em')?.textContent).toBe(
      'Step 3 of 8: waiting for pull requests',
    );
    expect(has('field-message')).toBe(false);
    expect(document.querySelector('[data-primary]')).toBeNull();
    await expectAccessible();
  });

  it('shows markup in the text as text', async () => {
    await openRelease(announced({ suggestion: '<script>alert(1)</script> \u202Eabc' }));
    expect(byId('slack-preview').textContent).toContain('<script>alert(1)</script>');
    expect(byId('slack-preview').querySelector('script')).toBeNull();
  });
});

describe('a message read back', () => {
  it('has its status line apart', () => {
    expect(readMessage('Hello\n\n_Step 3 of 8_')).toEqual({ text: 'Hello', status: 'Step 3 of 8' });
  });
  it('may have no status line', () => {
    expect(readMessage('Hello _there_ you')).toEqual({ text: 'Hello _there_ you', status: '' });
  });

  const trouble = { ...sampleProblem, code: 'notOffered', what: 'A webhook can only post.' } as const;

  it('says why the message is not kept true', async () => {
    await openRelease(announced({ trouble }));
    expect(byId('slack-trouble').textContent).toContain('A webhook can only post.');
    expect(has('action-tell-change')).toBe(false);
    await expectAccessible();
  });

  it('tells a change that the thread does not tell, on a press', async () => {
    const problem = { ...trouble, what: 'The build failed.' };
    await openRelease({
      ...sampleAt('build'),
      announce: {
        ...announced({}).announce,
        tell: { change: 'this/one', problem },
        settled: 'Done',
        canPost: false,
      },
    });
    await user.click(byId('step-announce'));
    expect(byId('slack-untold').textContent).toContain('The build failed.');
    await user.click(byId('action-tell-change'));
    expect(host.wishes).toEqual([{ type: 'tellChange', release: BRANCH, change: 'this/one' }]);
    await expectAccessible();
  });

  it('posts a message anew that is gone', async () => {
    const gone = { ...trouble, what: 'The message is not in #production-deployment any more.' };
    const settled = 'Done 7:04 pm, Dana, message is gone';
    await openRelease({
      ...sampleAt('build'),
      announce: { ...announced({}).announce, trouble: gone, settled, anew: true, canDeclare: false },
    });
    await user.click(byId('step-announce'));
    expect(byId('slack-trouble').textContent).toContain('is not in');
    await user.clear(message());
    await user.type(message(), 'Once more');
    await user.click(byId('action-post-announcement'));
    expect(host.wishes).toEqual([{ type: 'postAnnouncement', release: BRANCH, text: 'Once more' }]);
    await expectAccessible();
  });
});
