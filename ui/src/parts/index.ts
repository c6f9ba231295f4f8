/**
 * The parts that screens are made of. Each says in its first lines what it is for and what it takes.
 *
 * A screen is a component that takes `{ release: ReleaseView }`, is named after its step and is built from `Screen`:
 *
 * ```svelte
 * <script lang="ts">
 *   import type { ReleaseView } from '../bindings';
 *   import { Button, Facts, Screen } from '../parts';
 *   import { act } from '../view/view.svelte';
 *   import { draft } from '../view/drafts.svelte';
 *
 *   let { release }: { release: ReleaseView } = $props();
 *   const note = draft(() => release.id, 'note');                       // survives everything: bind:value={note.value}
 *   const merge = () => act({ type: 'mergeRelease', release: release.id, number, head });
 * </script>
 *
 * <Screen name="merge" {release} hint={release.merge.hint}>
 *   <div class="stack"><Facts facts={release.merge.checks} /></div>
 *   {#snippet actions()}
 *     <Button kind="primary" icon="merge" acts testid="action-merge-release" onclick={merge}>Merge into master</Button>
 *   {/snippet}
 * </Screen>
 * ```
 *
 * - `act(intent)` resolves to true when the engine took it. A refusal is shown by `Screen`; nothing typed is lost.
 * - Clear a draft (`note.clear()`) only after `act` returned true.
 * - Ages tick with `store.now` (view.svelte.ts) and the words of words/time.ts.
 * - The window's own words stand in words/: no text in components that a translator would need to find.
 * - No `style="…"` in markup: the page's content security policy forbids it. Use a class, a scoped style or `style:prop={…}`.
 */
export { default as ActionBar } from './ActionBar.svelte';
export { default as BranchName } from './BranchName.svelte';
export { default as Button } from './Button.svelte';
export { default as CopyButton } from './CopyButton.svelte';
export { default as Dialog } from './Dialog.svelte';
export { default as Elsewhere } from './Elsewhere.svelte';
export { default as Facts } from './Facts.svelte';
export { default as Field } from './Field.svelte';
export { default as Group } from './Group.svelte';
export { default as Head } from './Head.svelte';
export { default as Icon } from './Icon.svelte';
export { default as Link } from './Link.svelte';
export { default as Logo } from './Logo.svelte';
export { default as Notice } from './Notice.svelte';
export { default as PersonMark } from './PersonMark.svelte';
export { default as ProblemNotice } from './ProblemNotice.svelte';
export { default as PullRow } from './PullRow.svelte';
export { default as Rail } from './Rail.svelte';
export { default as Raw } from './Raw.svelte';
export { default as Row } from './Row.svelte';
export { default as Screen } from './Screen.svelte';
export { default as Sea } from './Sea.svelte';
export { default as Side } from './Side.svelte';
export { default as StateIcon } from './StateIcon.svelte';
export { default as StateNode } from './StateNode.svelte';
export { default as StateWord } from './StateWord.svelte';
export { default as Waterline } from './Waterline.svelte';
export type { IconName } from './icons';
