// Generated from slipway-core by `cargo xtask gen`. Do not edit.

/**
 * One thing that can be done with a sign-in, or not.
 */
export type Ability = {
/**
 * "Approve".
 */
label: string,
/**
 * "Answer a waiting approval".
 */
text: string,
/**
 * Whether it can be done.
 */
answer: Answer,
/**
 * The permission, action or scope that is missing, exactly as the service calls it; empty when nothing is.
 */
missing: string,
/**
 * What else there is to say: "AWS does not say before you try.", "Invite the bot: /invite @slipway".
 */
note: string,
/**
 * A text for whoever can give the permission, to copy; empty when there is nothing to ask for.
 */
request: string,
/**
 * Where it is given, when that is a page.
 */
link: LinkView | null, };

/**
 * One service's sign-in.
 */
export type AccountView = {
/**
 * Which service.
 */
service: Service,
/**
 * "GitHub".
 */
name: string,
/**
 * "jun-park, gitMLS/etl"; "Not connected".
 */
who: string,
/**
 * Somebody is signed in.
 */
signedIn: boolean,
/**
 * Right end of the row: "3 of 3 permissions", "1 missing, 1 unknown", "Not connected".
 */
word: string,
/**
 * Colour and shape of that.
 */
tone: Tone,
/**
 * Facts about the sign-in: who it is, account and region, kept where, since when.
 */
rows: Array<Check>,
/**
 * What can be done with it.
 */
abilities: Array<Ability>,
/**
 * What is wrong with the sign-in as a whole.
 */
problem: Problem | null,
/**
 * Where its secret is sent, and to nobody else: `https://api.github.com`.
 */
origin: string,
/**
 * That is not the service's own address: it stays visible on every screen.
 */
elsewhere: boolean, };

/**
 * What Slipway is signed in to, and what you can do there.
 */
export type AccountsScreen = {
/**
 * This computer's keychain.
 */
keychain: KeychainView,
/**
 * GitHub, AWS, Slack, in this order.
 */
services: Array<AccountView>,
/**
 * The team's channel, `#production-deployment`: where a bot has to be invited.
 */
channel: string,
/**
 * When what is shown was last checked; `None` before that and while nobody is signed in.
 */
checkedAt: At | null,
/**
 * A check is under way.
 */
checking: boolean, };

/**
 * An action's place in this desktop's journal: what was about to be sent and what came of it share one.
 */
export type ActionSeq = number;

/**
 * Tell the team.
 */
export type AnnounceScreen = {
/**
 * The message to begin with (plain text, editable).
 */
suggestion: string,
/**
 * The line that Slipway adds and keeps up to date ("Step 2 of 8. Waiting for pull requests.").
 */
statusLine: string,
/**
 * `#production-deployment`.
 */
channel: string,
/**
 * "#production-deployment is private. 14 people will see it."
 */
audience: string,
/**
 * The bot's name as the preview shows it.
 */
bot: string,
/**
 * The message as it stands in Slack, once posted.
 */
posted: string | null,
/**
 * When it was posted or declared, and by whom, in words.
 */
settled: string,
/**
 * Its address.
 */
link: LinkView | null,
/**
 * `post-announcement` is possible.
 */
canPost: boolean,
/**
 * `declare-announced` and `copy-announcement` are possible.
 */
canDeclare: boolean,
/**
 * It was posted and is gone: posting posts it anew.
 */
anew: boolean,
/**
 * Why the message is not kept true, or cannot be.
 */
trouble: Problem | null,
/**
 * `tell-change` is possible.
 */
tell: Untold | null, };

/**
 * Whether something can be done.
 */
export type Answer = "yes" | "no" | "unknown";

/**
 * What a yes would release.
 */
export type ApprovalCard = {
/**
 * "2 pull requests go to production".
 */
headline: string,
/**
 * "Started by Dana Whitfield at 7:02 pm. The build starts as soon as you approve."
 */
text: string,
/**
 * The pull requests in it.
 */
pulls: Array<PullView>,
/**
 * "Database already changed", "No database changes".
 */
databaseTitle: string,
/**
 * Which, by whom.
 */
databaseText: string,
/**
 * "4be19d2".
 */
commit: string,
/**
 * "Exactly what Dana merged at 7:38 pm".
 */
commitVerdict: string,
/**
 * Colour and shape of it.
 */
commitTone: Tone,
/**
 * What is new against what runs now, size, checks, waiting behind.
 */
facts: Array<Check>,
/**
 * Commits and execution in full, for whoever compares them elsewhere.
 */
ids: Array<Check>,
/**
 * When it expires.
 */
expiresAt: At | null,
/**
 * "Tue 1 Dec, 7:41 pm Pacific. After that it expires and has to be offered again."
 */
expiresWords: string,
/**
 * The confirmation's object: "Release 2 pull requests, commit 4be19d2, to docker-production".
 */
object: string,
/**
 * Its pages.
 */
links: Array<LinkView>, };

/**
 * The sixth step's screen.
 */
export type ApprovalScreen = {
/**
 * What would be released; `None` until our execution waits at the gate (or was answered).
 */
card: ApprovalCard | null,
/**
 * What is going on instead while there is no card, and why it does not go on while it is blocked.
 */
waiting: string,
/**
 * Said first when it releases more, less or something else than this release.
 */
warnings: Array<string>,
/**
 * Who you are to AWS.
 */
you: Person | null,
/**
 * The caller's whole ARN.
 */
arn: string,
/**
 * `approve` is possible, for exactly this.
 */
gate: Gate | null,
/**
 * Why not, when the gate is open and `gate` is none.
 */
cannot: string,
/**
 * Why `approve` is not offered though `reject` is: the team lets nobody approve their own. Empty when it is.
 */
refused: string,
/**
 * Who can approve instead, where this identity cannot as far as that is known.
 */
whoCan: WhoCan | null,
/**
 * The reason that `reject` shows: which database changes stay.
 */
stays: string,
/**
 * The answer, once given: by whom, when, comment. While something is asked, the one before that.
 */
answer: Check | null,
/**
 * How many characters the comment or reason may have; AWS takes 512 together with the name that Slipway adds.
 */
commentMax: number,
/**
 * After a rejection or expiry: `retry-stage` offers it again, for this stage and execution.
 */
retry: [string, ExecutionId] | null, };

/**
 * The token that an answer to a waiting approval action has to carry. Not a credential.
 */
export type ApprovalToken = string;

/**
 * An instant: milliseconds since the Unix epoch, UTC. AWS sends float seconds that lose precision, so times are
 * compared for order and shown, never used as keys.
 */
export type At = number;

/**
 * The branch name in pieces, so that the changing part can be marked.
 */
export type BranchName = {
/**
 * "maintenance-", "hotfix-".
 */
before: string,
/**
 * "2026-11-24", "2026-11-23-login-timeout".
 */
marked: string,
/**
 * What follows, usually nothing.
 */
after: string, };

/**
 * The first step's screen.
 */
export type BranchScreen = {
/**
 * The fix name as typed (hotfix only).
 */
fixName: string,
/**
 * The date, `YYYY-MM-DD`.
 */
date: string,
/**
 * What the date means: "Today in Pacific time", "The date of the Tuesday window in Pacific time…".
 */
dateHint: string,
/**
 * The name in pieces for the preview.
 */
name: BranchName,
/**
 * Whether that name can be used.
 */
verdict: NameVerdict,
/**
 * The commit it starts from (base's head); `None` while GitHub was not seen.
 */
baseSha: Sha | null,
/**
 * "It starts from": commit, in production since, not yet released.
 */
origin: Array<Check>,
/**
 * Other hotfix branches of the same date.
 */
sameDay: Array<string>,
/**
 * For a hotfix whose branch exists: git commands to fetch it.
 */
gitCommands: string,
/**
 * The page that opens a pull request into the branch.
 */
compareLink: LinkView | null,
/**
 * The branch on GitHub, once it exists.
 */
link: LinkView | null,
/**
 * `create-branch` is possible.
 */
canCreate: boolean,
/**
 * `adopt-branch` is possible, at this head.
 */
canAdopt: Sha | null, };

/**
 * The seventh step's screen.
 */
export type BuildScreen = {
/**
 * Pipeline name.
 */
pipeline: string,
/**
 * "Building", "Deployed", "The build failed", "The build could not start".
 */
headline: string,
/**
 * One sentence under it.
 */
text: string,
/**
 * When the build (after the approval) started.
 */
startedAt: At | null,
/**
 * When it ended.
 */
endedAt: At | null,
/**
 * What earlier executions took from approval to end, in seconds (median), when there is a history.
 */
usuallySeconds: number | null,
/**
 * What nine in ten of them took at most, in seconds: what takes more takes longer than usual.
 */
seldomOverSeconds: number | null,
/**
 * "Compared with 12 earlier deploys"; empty without a history.
 */
compared: string,
/**
 * Stages and actions of our execution, in order.
 */
stages: Array<StageView>,
/**
 * The end of the log, oldest first.
 */
log: Array<LogView>,
/**
 * The whole of it can be shown.
 */
hasLog: boolean,
/**
 * What went wrong.
 */
failure: Failure | null,
/**
 * The console page.
 */
link: LinkView | null,
/**
 * `retry-stage` is possible for this stage and execution.
 */
retry: [string, ExecutionId] | null,
/**
 * What the action bar says.
 */
hint: string, };

/**
 * One line of a list of conditions.
 */
export type Check = {
/**
 * "Conflicts".
 */
label: string,
/**
 * "None".
 */
text: string,
/**
 * Colour and shape.
 */
tone: Tone, };

/**
 * Why something did not work. A variant exists only because something acts on it.
 */
export type Code = "input" | "changed" | "notOffered" | "unreachable" | "throttled" | "signedOut" | "forbidden" | "notInChannel" | "refused" | "unknown" | "journal";

/**
 * What can be done about the execution that carries a release.
 */
export type Control = {
/**
 * `stop` is possible.
 */
stop: StopControl | null,
/**
 * `start-pipeline` is possible.
 */
start: StartControl | null,
/**
 * `enable-transition` is possible.
 */
transition: TransitionControl | null,
/**
 * `roll-back` is possible.
 */
rollBack: RollBackControl | null,
/**
 * These, each with its permission, where no card of a failure lists them.
 */
remedies: Array<Remedy>, };

/**
 * The fourth step's screen.
 */
export type DatabaseScreen = {
/**
 * `db.findbuyers.com`.
 */
host: string,
/**
 * Statements in order.
 */
statements: Array<Statement>,
/**
 * Who declared "none needed", in words; empty when nobody did.
 */
noneDeclared: string,
/**
 * `declare-no-database` is possible.
 */
canDeclareNone: boolean,
/**
 * `add-statement` is possible.
 */
canAdd: boolean,
/**
 * `record-statement` is possible.
 */
canRecord: boolean,
/**
 * `declare-without-database` is possible: go on although statements are not recorded.
 */
canGoWithout: boolean,
/**
 * What the action bar says.
 */
hint: string, };

/**
 * The third step's screen.
 */
export type EtlScreen = {
/**
 * "2 open pull requests", "Waiting for the first pull request".
 */
headline: string,
/**
 * Open ones, oldest first.
 */
open: Array<PullView>,
/**
 * Merged ones, oldest first.
 */
merged: Array<PullView>,
/**
 * "Nothing yet. maintenance-… is the same as master at 9f3c1e7." or what the branch holds.
 */
holds: string,
/**
 * Commits pushed to the branch without a pull request ("4f2c91a Fix typo, by dana").
 */
direct: Array<string>,
/**
 * The pull request that the one filled button merges.
 */
next: PullNumber | null,
/**
 * The branch's head, shown and sent back with "no more".
 */
head: Sha | null,
/**
 * `declare-no-more-pulls` is possible.
 */
canClose: boolean,
/**
 * It is the thing to do now (nothing open, something merged).
 */
closeIsNext: boolean,
/**
 * `declare-no-etl` is possible.
 */
canDeclareNone: boolean,
/**
 * What the action bar says.
 */
hint: string,
/**
 * For a hotfix: git commands to fetch the branch, to copy.
 */
gitCommands: string,
/**
 * The page that opens a pull request into the branch.
 */
compareLink: LinkView | null, };

/**
 * What is worth a notice: a change of the pipeline's state, or that a release is due. Each has a switch of its own.
 */
export type Event = "maintenanceSoon" | "approvalNeeded" | "building" | "succeeded" | "failed" | "rejected" | "expired" | "stopped" | "rolledBack";

/**
 * A CodePipeline execution id (lower-case UUID).
 */
export type ExecutionId = string;

/**
 * What went wrong, in the order people need it.
 */
export type Failure = {
/**
 * What kind of thing went wrong.
 */
kind: FailureKind,
/**
 * "Quota or limit".
 */
word: string,
/**
 * "AWS has no free build slot".
 */
what: string,
/**
 * A sentence or two on it.
 */
why: string,
/**
 * "docker-build failed after 13 min.", "AWS did not start docker-build."
 */
place: string,
/**
 * The line that says so, in the service's own words; empty when nothing was told.
 */
quote: string,
/**
 * What production runs now, and whether the approval still counts.
 */
means: string,
/**
 * Who can act on it.
 */
who: string,
/**
 * What to do.
 */
remedy: string,
/**
 * What can be done from here.
 */
remedies: Array<Remedy>,
/**
 * Being told once more, while it has failed.
 */
reminding: Reminding | null,
/**
 * All of the service's own words.
 */
raw: string,
/**
 * A text for whoever helps; empty when nothing was told.
 */
support: string, };

/**
 * What kind of thing went wrong: it decides who has to act.
 */
export type FailureKind = "limit" | "missing" | "permission" | "network" | "image" | "configuration" | "code" | "rejected" | "expired" | "stopped" | "unknown";

/**
 * The eighth step's screen.
 */
export type FinishScreen = {
/**
 * "Deployed to production".
 */
headline: string,
/**
 * "Maintenance of Tuesday 24 November is live since 8:08 pm Pacific."
 */
text: string,
/**
 * Figures: pull requests, files, database changes, retries.
 */
figures: Array<Check>,
/**
 * The table.
 */
rows: Array<ReportRow>,
/**
 * The report as Markdown, to copy.
 */
markdown: string,
/**
 * Where it was saved last.
 */
saved: string | null,
/**
 * `post-result` is possible.
 */
canPost: boolean,
/**
 * `declare-result-shared` is possible.
 */
canDeclare: boolean,
/**
 * What the action bar says.
 */
hint: string, };

/**
 * A release that is on GitHub and not open here. Its branch may be gone since the merge.
 */
export type Found = {
/**
 * The branch name.
 */
name: string,
/**
 * Its head.
 */
sha: Sha, };

/**
 * The approval that was on the card: an answer counts for exactly this and nothing newer.
 */
export type Gate = {
/**
 * Stage name.
 */
stage: string,
/**
 * Action name.
 */
action: string,
/**
 * The execution that waits there.
 */
execution: ExecutionId,
/**
 * The token of this very request for approval.
 */
token: ApprovalToken,
/**
 * The commit that it would release.
 */
commit: Sha, };

/**
 * The four shapes.
 */
export type Glyph = "idle" | "running" | "needsYou" | "failed";

/**
 * Something of what is over. Nothing of it is sent anywhere or written into the journal.
 */
export type HistoryAsk = { "type": "show",
/**
 * Which releases.
 */
query: HistoryQuery, } | { "type": "open",
/**
 * Which.
 */
release: ReleaseId, } | { "type": "close" } | { "type": "leave" } | { "type": "save",
/**
 * Which releases.
 */
query: HistoryQuery, } | { "type": "saveReport",
/**
 * Which.
 */
release: ReleaseId, };

/**
 * The releases that ended in one month.
 */
export type HistoryMonth = {
/**
 * "November", "November 2025".
 */
name: string,
/**
 * Newest first.
 */
rows: Array<HistoryRow>, };

/**
 * Which releases of the history are wanted, and from where on.
 */
export type HistoryQuery = {
/**
 * What was typed: all of these words, wherever they stand, without regard to case and accents.
 */
text: string,
/**
 * Only this kind.
 */
kind: Kind | null,
/**
 * Only this result.
 */
result: PastResult | null,
/**
 * How many newer ones come before the page.
 */
from: number, };

/**
 * One release that is over.
 */
export type HistoryRow = {
/**
 * Which.
 */
release: ReleaseId,
/**
 * Kind.
 */
kind: Kind,
/**
 * "Deployed, 1 retry".
 */
word: string,
/**
 * Shape and colour.
 */
state: StepState,
/**
 * "Tue 17, 8:06 pm".
 */
finished: string,
/**
 * "1 h 4 min".
 */
took: string,
/**
 * The same in seconds.
 */
seconds: number,
/**
 * Who began it.
 */
startedBy: Person,
/**
 * Who approved it, where that is known.
 */
approvedBy: Person | null,
/**
 * The same in words: a name, "Not known", "Nobody".
 */
approver: string, };

/**
 * The history, while somebody looks at it.
 */
export type HistoryScreen = {
/**
 * What was asked for.
 */
query: HistoryQuery,
/**
 * "Last 60 days: 12 deployed, 1 rejected".
 */
lately: string,
/**
 * Its rows by month, newest first.
 */
months: Array<HistoryMonth>,
/**
 * "51 to 100 of 312 deploys".
 */
extent: string,
/**
 * How many there are on all pages.
 */
total: number,
/**
 * Nothing is over yet, whatever is asked for.
 */
empty: boolean,
/**
 * Where the page of newer ones begins.
 */
newer: number | null,
/**
 * Where the page of earlier ones begins.
 */
earlier: number | null,
/**
 * The rows as Markdown, to copy.
 */
markdown: string,
/**
 * The results that can be asked for.
 */
results: Array<ResultChoice>,
/**
 * Where the last file went: "/home/dana/Downloads/slipway-history-2026-11-30.json".
 */
saved: string | null,
/**
 * Why it cannot be read.
 */
problem: Problem | null,
/**
 * The report that is open.
 */
report: PastScreen | null, };

/**
 * The start screen.
 */
export type Home = {
/**
 * No account is connected: only a practice deploy is offered.
 */
empty: boolean,
/**
 * "Two things need you", "Nothing needs you".
 */
headline: string,
/**
 * Releases in progress, the one that needs this person first.
 */
inProgress: Array<InProgress>,
/**
 * Releases on GitHub that are not open here.
 */
found: Array<Found>,
/**
 * The next window.
 */
next: NextMaintenance,
/**
 * Why no release can be started now; `None` when it can.
 */
cannotStart: string | null,
/**
 * Team settings wait for a yes, or were not used: a quiet line that leads to Settings.
 */
settingsWait: string | null,
/**
 * The watched pipeline; `None` until AWS was seen.
 */
pipeline: PipelineStrip | null,
/**
 * What went out lately, newest first, at most five.
 */
recent: Array<Recent>, };

/**
 * A release in progress.
 */
export type InProgress = {
/**
 * Which.
 */
release: ReleaseId,
/**
 * "Approve a hotfix: login timeout".
 */
title: string,
/**
 * One sentence.
 */
text: string,
/**
 * The step it stands at.
 */
step: StepId,
/**
 * That step's state.
 */
state: StepState,
/**
 * That state in words, for the side column.
 */
word: string,
/**
 * Since when.
 */
since: At | null,
/**
 * It is this person's turn.
 */
needsYou: boolean, };

/**
 * A wish of the person in front of the screen, with what the screen showed when they made it.
 */
export type Intent = { "type": "look" } | { "type": "startPractice" } | { "type": "endPractice" } | { "type": "desktop",
/**
 * What.
 */
wish: Wish, } | { "type": "log",
/**
 * What.
 */
wish: LogWish, } | { "type": "history",
/**
 * What.
 */
ask: HistoryAsk, } | { "type": "draft",
/**
 * Kind.
 */
kind: Kind,
/**
 * The fix name as typed; ignored for maintenance.
 */
fixName: string,
/**
 * `YYYY-MM-DD` as typed; empty means the suggested date.
 */
date: string, } | { "type": "dropDraft" } | { "type": "createBranch",
/**
 * The branch name that was shown.
 */
name: string,
/**
 * The commit that was shown.
 */
sha: Sha, } | { "type": "adoptBranch",
/**
 * Its name.
 */
name: string,
/**
 * Its head as shown.
 */
sha: Sha, } | { "type": "closeRelease",
/**
 * Which.
 */
release: ReleaseId, } | { "type": "postAnnouncement",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The message as edited (plain text; escaped before it is sent).
 */
text: string, } | { "type": "declareAnnounced",
/**
 * Which release.
 */
release: ReleaseId, } | { "type": "mergePull",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * Which pull request.
 */
number: PullNumber,
/**
 * The head that was shown.
 */
head: Sha, } | { "type": "declareNoMorePulls",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The head of the branch that was shown.
 */
head: Sha, } | { "type": "declareNoEtl",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * Why.
 */
reason: string, } | { "type": "declareNoDatabase",
/**
 * Which release.
 */
release: ReleaseId, } | { "type": "addStatement",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The SQL as typed.
 */
sql: string, } | { "type": "removeStatement",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * Its number.
 */
number: number, } | { "type": "recordStatement",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * Its number.
 */
number: number,
/**
 * The evidence.
 */
run: StatementRun, } | { "type": "declareWithoutDatabase",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * Why.
 */
reason: string, } | { "type": "openReleasePull",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The branch's head that was shown.
 */
head: Sha, } | { "type": "mergeRelease",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The pull request that was shown.
 */
number: PullNumber,
/**
 * Its head that was shown.
 */
head: Sha, } | { "type": "approve",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * What was on the card.
 */
gate: Gate,
/**
 * The comment as typed.
 */
comment: string, } | { "type": "reject",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * What was on the card.
 */
gate: Gate,
/**
 * The reason as typed.
 */
reason: string, } | { "type": "retryStage",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The stage that was shown.
 */
stage: string,
/**
 * The execution that was shown.
 */
execution: ExecutionId,
/**
 * How much of it.
 */
mode: RetryMode, } | { "type": "stopExecution",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The execution that was shown.
 */
execution: ExecutionId,
/**
 * Leave what runs to itself, instead of waiting for it.
 */
abandon: boolean,
/**
 * The reason as typed.
 */
reason: string, } | { "type": "startPipeline",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The commit that was shown.
 */
commit: Sha,
/**
 * The execution that was shown to have ended; `None` when the merge was not picked up.
 */
after: ExecutionId | null, } | { "type": "rollBack",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The stage that was shown.
 */
stage: string,
/**
 * The execution that was shown.
 */
target: ExecutionId, } | { "type": "enableTransition",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The stage that was shown.
 */
stage: string,
/**
 * The reason for switching it off that was shown.
 */
reason: string, } | { "type": "remind",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The execution that was shown.
 */
execution: ExecutionId,
/**
 * In how many minutes: one of [`Reminding::minutes`](crate::view::Reminding::minutes).
 */
minutes: number, } | { "type": "dropReminder",
/**
 * Which release.
 */
release: ReleaseId, } | { "type": "postResult",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * A note for the team, as typed.
 */
note: string, } | { "type": "tellChange",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The change that was shown.
 */
change: string, } | { "type": "declareResultShared",
/**
 * Which release.
 */
release: ReleaseId, } | { "type": "declareOutcome",
/**
 * Which release.
 */
release: ReleaseId,
/**
 * The action that was asked about.
 */
seq: ActionSeq,
/**
 * What the person saw.
 */
happened: boolean, };

/**
 * Why the keychain did not do what it was asked. Each has a remedy of its own.
 */
export type KeychainTrouble = "locked" | "absent" | "ambiguous" | "tooLong" | "refused" | "forgotten";

/**
 * This computer's keychain, as a row and, when nothing works without it, as a screen of its own.
 */
export type KeychainView = {
/**
 * "Unlocked", "Locked", "Not used", "Sign-ins are kept in memory".
 */
word: string,
/**
 * One sentence under it.
 */
text: string,
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * It is being opened and may wait for somebody to unlock it.
 */
opening: boolean,
/**
 * Why it does not do what it was asked.
 */
trouble: KeychainTrouble | null,
/**
 * What to say about that.
 */
problem: Problem | null,
/**
 * Nothing works without it: the whole window says so (`screen-keychain`), until it opens or the person agrees to
 * go on with sign-ins in memory.
 */
covers: boolean,
/**
 * `use-memory` is offered.
 */
canUseMemory: boolean, };

/**
 * Why a release is made.
 */
export type Kind = "maintenance" | "hotfix";

/**
 * A link the window may ask to be opened; resolved to an address inside the engine, never by the page.
 */
export type LinkId = string;

/**
 * A link that the engine can open; the page never holds the address it would open.
 */
export type LinkView = {
/**
 * What to ask for. The address itself, prefixed by its kind, is known to the engine only by this id.
 */
id: LinkId,
/**
 * What it says.
 */
label: string, };

/**
 * One line of it.
 */
export type LogLineView = {
/**
 * When it was written.
 */
at: At,
/**
 * Text.
 */
text: string,
/**
 * Where in it the text stands that is looked for.
 */
marks: Array<Mark>, };

/**
 * A line that was asked for.
 */
export type LogPlace = {
/**
 * Which, counted from 0.
 */
line: number,
/**
 * Counts the times that somebody asked.
 */
seq: number, };

/**
 * The log of a build while it is open: a window of its lines.
 */
export type LogScreen = {
/**
 * The release whose build wrote it.
 */
release: ReleaseId,
/**
 * "Still reading, 34 MB so far."
 */
text: string,
/**
 * It is being read.
 */
reading: boolean,
/**
 * "Lines 1 to 200 of 12,345".
 */
shown: string,
/**
 * The number of the first line here, counted from 0.
 */
first: number,
/**
 * The lines here, one after the other.
 */
lines: Array<LogLineView>,
/**
 * All lines read so far.
 */
total: number,
/**
 * It stays at its end.
 */
follows: boolean,
/**
 * The line that was asked for last, to be brought into sight once.
 */
place: LogPlace | null,
/**
 * What is looked for.
 */
search: LogSearch | null,
/**
 * What keeps it from being read, until a person asks to read on.
 */
problem: Problem | null,
/**
 * A person may ask to read on.
 */
readsOn: boolean,
/**
 * A newer build has a log of its own.
 */
newer: boolean, };

/**
 * What is looked for in it.
 */
export type LogSearch = {
/**
 * As typed.
 */
text: string,
/**
 * "3 of 14 lines", "In no line", "In 14 lines so far".
 */
found: string,
/**
 * The line that is gone to, counted from 0.
 */
current: number | null,
/**
 * There is one to go to.
 */
steps: boolean, };

/**
 * One log line.
 */
export type LogView = {
/**
 * When.
 */
at: At,
/**
 * Text.
 */
text: string, };

/**
 * Something about the log of a build that is open, or to be opened. Nothing is sent to anybody but reads.
 */
export type LogWish = { "type": "watch",
/**
 * Which release.
 */
release: ReleaseId | null, } | { "type": "open",
/**
 * Which release.
 */
release: ReleaseId, } | { "type": "close" } | { "type": "show",
/**
 * Which line.
 */
line: number, } | { "type": "follow",
/**
 * Whether.
 */
on: boolean, } | { "type": "search",
/**
 * As typed.
 */
text: string, } | { "type": "step",
/**
 * Which way.
 */
forward: boolean, } | { "type": "readOn" };

/**
 * A place in a line where the text stands, in UTF-16 units, as the page counts.
 */
export type Mark = {
/**
 * Where it begins.
 */
from: number,
/**
 * Where it has ended.
 */
to: number, };

/**
 * The fifth step's screen.
 */
export type MergeScreen = {
/**
 * The branch.
 */
from: string,
/**
 * "2 pull requests, 20 files, +550 −128".
 */
size: string,
/**
 * The base branch.
 */
into: string,
/**
 * "Starts docker-production and asks for approval".
 */
effect: string,
/**
 * Conflicts, checks, rules, database, newer commits on base.
 */
checks: Array<Check>,
/**
 * The release pull request.
 */
number: PullNumber | null,
/**
 * Its head, sent back with the merge.
 */
head: Sha | null,
/**
 * Its page.
 */
link: LinkView | null,
/**
 * `open-release-pull` is possible.
 */
canOpen: boolean,
/**
 * `merge-release` is possible.
 */
canMerge: boolean,
/**
 * What the action bar says.
 */
hint: string, };

/**
 * Which world this process works in.
 */
export type Mode = "practice" | "real";

/**
 * Whether a name can be used.
 */
export type NameVerdict = {
/**
 * One sentence; empty when there is nothing to say yet.
 */
text: string,
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * The sentence is about the date, not the name.
 */
aboutDate: boolean, };

/**
 * The next maintenance window.
 */
export type NextMaintenance = {
/**
 * When it begins.
 */
at: At,
/**
 * It is open now.
 */
open: boolean,
/**
 * "Tue 24 Nov, 7:00 pm Pacific".
 */
words: string,
/**
 * The branch that would be made.
 */
branch: string,
/**
 * That release is here already: it is opened instead.
 */
started: boolean,
/**
 * It is the day (or practice): starting it is the thing to do.
 */
today: boolean, };

/**
 * One event's switch.
 */
export type NoticeSwitch = {
/**
 * Which event.
 */
event: Event,
/**
 * "An approval is needed".
 */
label: string,
/**
 * On.
 */
on: boolean, };

/**
 * One line of the list of what was told. The list is the truth; a desktop notice may have been missed.
 */
export type NoticeView = {
/**
 * Unique in the list.
 */
key: string,
/**
 * What it is about.
 */
event: Event,
/**
 * "A deploy waits for your approval".
 */
title: string,
/**
 * Which deploy and what next.
 */
body: string,
/**
 * When it was so.
 */
at: At,
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * Where it leads.
 */
release: ReleaseId,
/**
 * And to which step.
 */
step: StepId,
/**
 * That release is here and can be opened.
 */
opens: boolean, };

/**
 * One line of a list.
 */
export type PastLine = {
/**
 * "#412 Load the listings, sam".
 */
text: string,
/**
 * SQL that it is about.
 */
sql: string | null, };

/**
 * What came of a release.
 */
export type PastResult = "deployed" | "rejected" | "expired" | "failed" | "stopped" | "rolledBack" | "putAside" | "nothingToDeploy";

/**
 * The report of a release that is over.
 */
export type PastScreen = {
/**
 * Which.
 */
release: ReleaseId,
/**
 * "Maintenance of Tuesday 17 November 2026".
 */
title: string,
/**
 * "Tue 17 Nov, 8:06 pm Pacific, after 1 h 4 min. Started by Dana, approved by Marcus."
 */
text: string,
/**
 * "Deployed, 1 retry".
 */
word: string,
/**
 * Shape and colour.
 */
state: StepState,
/**
 * Figures: pull requests, database changes, retries.
 */
figures: Array<Check>,
/**
 * The table.
 */
rows: Array<ReportRow>,
/**
 * What else is known, each with its heading.
 */
sections: Array<PastSection>,
/**
 * Pages of it.
 */
links: Array<LinkView>,
/**
 * The report as Markdown, to copy.
 */
markdown: string,
/**
 * Where it was saved last.
 */
saved: string | null, };

/**
 * A list in a report.
 */
export type PastSection = {
/**
 * "Database changes".
 */
title: string,
/**
 * Its lines.
 */
lines: Array<PastLine>, };

/**
 * Somebody, as the window names them.
 */
export type Person = {
/**
 * Display name.
 */
name: string,
/**
 * One or two letters.
 */
initials: string,
/**
 * Second line: login, role or account.
 */
detail: string, };

/**
 * One pipeline as three phases.
 */
export type PipelineStrip = {
/**
 * Name.
 */
name: string,
/**
 * What the newest execution carries.
 */
carries: string,
/**
 * Its stages.
 */
phases: Array<StripPhase>, };

/**
 * What happened, what it means and what to do. The words are for people; the raw text is kept apart and folded away.
 */
export type Problem = {
/**
 * What the program does about it.
 */
code: Code,
/**
 * What happened: one sentence, says first whether production changed when that could be in doubt.
 */
what: string,
/**
 * What it means for the deploy.
 */
means: string,
/**
 * What to do now.
 */
remedy: string,
/**
 * The outside system's own words (cut), empty when there are none.
 */
raw: string,
/**
 * Where the remedy is carried out, when that is a page.
 */
link: LinkView | null, };

/**
 * A pull request's number in its repository.
 */
export type PullNumber = number;

/**
 * One pull request.
 */
export type PullView = {
/**
 * Number.
 */
number: PullNumber,
/**
 * Title.
 */
title: string,
/**
 * Author.
 */
author: string,
/**
 * Author's initials.
 */
initials: string,
/**
 * Head, sent back with a merge.
 */
head: Sha,
/**
 * When it was opened.
 */
openedAt: At,
/**
 * "14 files, +412 −87".
 */
size: string,
/**
 * Checks, reviews, conflicts.
 */
checks: Array<Check>,
/**
 * Ready, waiting, blocked, done, failed (conflict).
 */
state: StepState,
/**
 * "Can be merged", "Waiting for checks".
 */
word: string,
/**
 * Its page.
 */
link: LinkView,
/**
 * `merge-pull` is possible.
 */
canMerge: boolean, };

/**
 * Something that went out, or did not.
 */
export type Recent = {
/**
 * Branch name or commit title.
 */
name: string,
/**
 * "Deployed", "Rejected", "Failed".
 */
result: string,
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * When it ended.
 */
endedAt: At,
/**
 * "Tue 17 Nov, 8:06 pm".
 */
ended: string,
/**
 * "1 h 4 min".
 */
took: string,
/**
 * Its report is in the history.
 */
kept: boolean, };

/**
 * One release is one revision branch, so its branch name is its identity on every desktop.
 */
export type ReleaseId = string;

/**
 * One release with all its screens.
 */
export type ReleaseView = {
/**
 * Its identity: the branch name (empty for a draft without a usable name).
 */
id: ReleaseId,
/**
 * Kind.
 */
kind: Kind,
/**
 * "Maintenance", "Hotfix".
 */
kindWord: string,
/**
 * "Tuesday 24 November".
 */
dateWords: string,
/**
 * The eight steps in order.
 */
steps: Array<StepView>,
/**
 * The step to show when the person has not chosen another: the first that is not settled.
 */
current: StepId,
/**
 * Steps 1 to 8.
 */
branch: BranchScreen,
/**
 * Tell the team.
 */
announce: AnnounceScreen,
/**
 * Merge the ETL pull request.
 */
etl: EtlScreen,
/**
 * Database changes.
 */
database: DatabaseScreen,
/**
 * Merge into base.
 */
merge: MergeScreen,
/**
 * Approve the deploy.
 */
approval: ApprovalScreen,
/**
 * Watch the build.
 */
build: BuildScreen,
/**
 * Wrap up.
 */
finish: FinishScreen,
/**
 * What can be done about the execution that carries it, beside a retry.
 */
control: Control,
/**
 * The last action of this release that did not work, until the next one or until it is seen to be settled.
 */
problem: Problem | null,
/**
 * Looks do not tell what became of the last action: a person is asked, instead of `problem`.
 */
undecided: Undecided | null,
/**
 * An action is being sent or looked up: buttons that act are off, with this sentence as the reason.
 */
busy: string | null,
/**
 * What a person asked for did not get through and is sent again by itself, unless they press anything meanwhile.
 */
again: string | null,
/**
 * What stays when the release is put aside; `None` while that is not possible.
 */
aside: string | null,
/**
 * The release reached production: the hull floats.
 */
afloat: boolean, };

/**
 * One thing to do.
 */
export type Remedy = {
/**
 * Which.
 */
id: RemedyId,
/**
 * "Retry the failed actions".
 */
title: string,
/**
 * What it does, and when it helps.
 */
text: string,
/**
 * The permission that it takes, as the service calls it; empty when it takes none.
 */
permission: string,
/**
 * Whether this sign-in has it.
 */
may: Answer,
/**
 * Who else can, where this sign-in may not; else empty.
 */
who: string,
/**
 * The rule that knows the failure recommends it.
 */
recommended: boolean,
/**
 * The fix name to begin with, of a hotfix.
 */
fixName: string | null, };

/**
 * What can be done about a failure.
 */
export type RemedyId = "retryFailed" | "retryAll" | "startAgain" | "stop" | "rollBack" | "enableTransition" | "remind" | "startHotfix";

/**
 * What the card says about being told once more.
 */
export type Reminding = {
/**
 * The execution that failed.
 */
execution: ExecutionId,
/**
 * In how many minutes a person can be reminded.
 */
minutes: Array<number>,
/**
 * "Slipway reminds you at 8:06 pm Pacific."; empty while no reminder is set.
 */
text: string, };

/**
 * One step in the report.
 */
export type ReportRow = {
/**
 * Step title.
 */
step: string,
/**
 * Who.
 */
who: string,
/**
 * When it was the one to do: "7:02 pm".
 */
started: string,
/**
 * "4 min 10 s"; empty where nobody knows.
 */
took: string,
/**
 * The same in seconds.
 */
seconds: number | null,
/**
 * "2 merged".
 */
result: string,
/**
 * State.
 */
state: StepState, };

/**
 * A result that can be asked for.
 */
export type ResultChoice = {
/**
 * Which.
 */
result: PastResult,
/**
 * What it is called.
 */
word: string, };

/**
 * `StageRetryMode`
 * (<https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RetryStageExecution.html>).
 */
export type RetryMode = "failedActions" | "allActions";

/**
 * What rolling a stage back means, and to what.
 */
export type RollBackControl = {
/**
 * The stage.
 */
stage: string,
/**
 * The execution to go back to.
 */
target: ExecutionId,
/**
 * "0ddba11": what that one released.
 */
commit: string,
/**
 * "docker-build of docker-production to commit 0ddba11, deployed Tue 17 Nov, 8:06 pm Pacific".
 */
object: string,
/**
 * What follows from it.
 */
text: string, };

/**
 * A token, a key, a webhook's address. The page can put one in and never gets one out: it cannot be printed, and it
 * cannot be serialised.
 *
 * ```compile_fail
 * let secret: slipway_core::secret::Secret = "token".to_owned().into();
 * println!("{secret}");
 * ```
 *
 * ```compile_fail
 * let secret: slipway_core::secret::Secret = "token".to_owned().into();
 * serde_json::to_string(&secret);
 * ```
 */
export type Secret = string;

/**
 * One service with one sign-in.
 */
export type Service = "github" | "aws" | "slack";

/**
 * The team's settings, to read, and this person's, to change.
 */
export type SettingsScreen = {
/**
 * "Built in", ".slipway.toml in gitMLS/etl at 4f2c91a", "A file that you chose".
 */
source: string,
/**
 * The team's settings, in words.
 */
rows: Array<Check>,
/**
 * They as a team file, to copy.
 */
toml: string,
/**
 * A team file that was read and holds changes which wait for a yes.
 */
offer: TeamOffer | null,
/**
 * What it means to forget the file that this person chose; `None` when they chose none.
 */
forgetting: TeamForgetting | null,
/**
 * Why the team file that was found is not used.
 */
problem: Problem | null,
/**
 * A switch per event.
 */
notices: Array<NoticeSwitch>,
/**
 * What the last test notice showed: sent to which notification service, or why not. Empty before the first.
 */
test: TestView | null,
/**
 * Start at login: whether it is on; `None` where this system does not tell.
 */
startAtLogin: boolean | null,
/**
 * Start at login was never offered; it is offered once.
 */
offerLogin: boolean, };

/**
 * A full commit id: 40 (or 64) lower-case hex digits.
 */
export type Sha = string;

/**
 * What somebody enters to sign in. It is kept nowhere but in the keychain.
 */
export type SignIn = { "kind": "githubToken",
/**
 * `github_pat_…` or `ghp_…`.
 */
token: Secret, } | { "kind": "awsKeys",
/**
 * `AKIA…`.
 */
accessKeyId: string,
/**
 * Its secret.
 */
secretAccessKey: Secret, } | { "kind": "awsProfile",
/**
 * Its name.
 */
profile: string, } | { "kind": "slackBot",
/**
 * `xoxb-…`.
 */
token: Secret, } | { "kind": "slackWebhook",
/**
 * Its address, which is itself the secret.
 */
address: Secret, };

/**
 * One action of our execution.
 */
export type StageView = {
/**
 * "Source", "Approval", "docker-build".
 */
name: string,
/**
 * State.
 */
state: StepState,
/**
 * "Got 4be19d2 from master", "Phase BUILD".
 */
text: string,
/**
 * When it started.
 */
startedAt: At | null,
/**
 * When it ended.
 */
endedAt: At | null,
/**
 * Those with the same number run at the same time.
 */
group: number,
/**
 * "At the same time as unit-tests and lint"; empty where it runs alone.
 */
beside: string, };

/**
 * What starting the pipeline again means, and at which commit.
 */
export type StartControl = {
/**
 * The step that offers it.
 */
step: StepId,
/**
 * The commit.
 */
commit: Sha,
/**
 * The execution that ended; `None` when the merge was not picked up.
 */
after: ExecutionId | null,
/**
 * "Commit 4be19d2 through docker-production, for maintenance-2026-11-24".
 */
object: string,
/**
 * What follows from it.
 */
text: string, };

/**
 * One statement against the database, with its evidence once it was run.
 */
export type Statement = {
/**
 * Its number in this release, from 1, in the order to run.
 */
number: number,
/**
 * The SQL, as typed.
 */
sql: string,
/**
 * Set when somebody recorded that it ran.
 */
run: StatementRun | null, };

/**
 * The evidence that a statement ran.
 */
export type StatementRun = {
/**
 * Who ran it, as typed.
 */
by: string,
/**
 * When, as typed.
 */
at: At,
/**
 * What came of it, as typed ("12,482 rows").
 */
result: string, };

/**
 * The steps in the process's order.
 */
export type StepId = "branch" | "announce" | "etl" | "database" | "merge" | "approval" | "build" | "finish";

/**
 * A step's state. It is computed from what was seen and declared, never from what was clicked.
 */
export type StepState = "ready" | "waiting" | "working" | "done" | "blocked" | "failed" | "skipped" | "later" | "unknown" | "not-connected";

/**
 * One step on the rail and in the head of its screen.
 */
export type StepView = {
/**
 * Which.
 */
id: StepId,
/**
 * "Create the revision branch".
 */
title: string,
/**
 * One sentence under the title: what this step is for.
 */
lead: string,
/**
 * Its state.
 */
state: StepState,
/**
 * The state in one or two words: "Ready for you", "Waiting", "Done".
 */
word: string,
/**
 * The rail's second line: "Done 7:02 pm, Dana", "After the merge".
 */
note: string,
/**
 * Since when it is in this state, when that is known; the page adds the age.
 */
since: At | null, };

/**
 * What stopping an execution means, and for which.
 */
export type StopControl = {
/**
 * The execution.
 */
execution: ExecutionId,
/**
 * "Execution 7c1f0a52 of docker-production, commit 4be19d2, for maintenance-2026-11-24".
 */
object: string,
/**
 * What "stop and wait" does; empty when it waits already.
 */
wait: string,
/**
 * What abandoning does, and its risk.
 */
abandon: string,
/**
 * How many characters the reason may have; AWS takes 200 together with the name that Slipway adds.
 */
reasonMax: number,
/**
 * Its permission.
 */
remedy: Remedy, };

/**
 * One stage on the strip.
 */
export type StripPhase = {
/**
 * Stage name.
 */
name: string,
/**
 * State.
 */
state: StepState,
/**
 * "Done 5:34 pm".
 */
text: string, };

/**
 * A notice, the tray or a second start asked for the window: it comes to the front and shows this.
 */
export type Summons = {
/**
 * Grows with each; the page follows each once.
 */
seq: number,
/**
 * Which release; `None` for wherever the window is.
 */
release: ReleaseId | null,
/**
 * Which of its steps.
 */
step: StepId | null, };

/**
 * One change of the team's settings.
 */
export type TeamChangeView = {
/**
 * What it is: "Slack channel".
 */
label: string,
/**
 * The key in the team file.
 */
key: string,
/**
 * What is in use.
 */
old: string,
/**
 * What it becomes.
 */
new: string, };

/**
 * What it means to forget the file that this person chose.
 */
export type TeamForgetting = {
/**
 * Names exactly what was shown; sent back with the yes.
 */
id: string,
/**
 * "The built-in settings are in use again. 2 values change."
 */
text: string,
/**
 * Every change, old and new.
 */
changes: Array<TeamChangeView>, };

/**
 * Team settings that wait for a yes.
 */
export type TeamOffer = {
/**
 * Names exactly what was shown; sent back with the yes.
 */
id: string,
/**
 * ".slipway.toml in gitMLS/etl at 4f2c91a".
 */
source: string,
/**
 * It is a file that this person chose themselves.
 */
chosen: boolean,
/**
 * "Not now" was said to it: it waits without being offered.
 */
declined: boolean,
/**
 * Every change, old and new.
 */
changes: Array<TeamChangeView>, };

/**
 * What became of a test notice.
 */
export type TestView = {
/**
 * "Test notice".
 */
label: string,
/**
 * Who took it, or why nobody did.
 */
text: string,
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * The service's own words, if it refused it; empty otherwise.
 */
raw: string, };

/**
 * Colour and shape of a small piece of text; the word is always there too.
 */
export type Tone = "good" | "wait" | "bad" | "quiet";

/**
 * What switching on the way into a stage means.
 */
export type TransitionControl = {
/**
 * The step that offers it.
 */
step: StepId,
/**
 * The stage.
 */
stage: string,
/**
 * The reason for switching it off, as it was written down; may be empty.
 */
reason: string,
/**
 * "The way into Build of docker-production".
 */
object: string,
/**
 * What follows from it.
 */
text: string, };

/**
 * The icon in the tray: a shape, the same in words, and what its menu leads to.
 */
export type Tray = {
/**
 * The shape.
 */
glyph: Glyph,
/**
 * The same in words: "maintenance-2026-11-24 waits for your approval".
 */
tooltip: string,
/**
 * The menu's entry for what needs you: "Review maintenance-2026-11-24".
 */
needs: TrayItem | null, };

/**
 * An entry of the menu that leads to a step.
 */
export type TrayItem = {
/**
 * What it says.
 */
label: string,
/**
 * The release.
 */
release: ReleaseId,
/**
 * The step.
 */
step: StepId, };

/**
 * What a person is asked when looks do not tell what became of an action.
 */
export type Undecided = {
/**
 * Which action; the answer is about this one.
 */
seq: ActionSeq,
/**
 * The question, and where to look.
 */
problem: Problem, };

/**
 * A change that is not told in the announcement's thread, and that a person may tell.
 */
export type Untold = {
/**
 * Which change; the press is about this one.
 */
change: string,
/**
 * What is so, that nobody told, and what pressing does.
 */
problem: Problem, };

/**
 * Everything on screen.
 */
export type View = {
/**
 * Grows with each view; the page drops older ones.
 */
rev: number,
/**
 * Practice or real.
 */
mode: Mode,
/**
 * The engine's clock when this view was made.
 */
now: At,
/**
 * This computer's time zone (IANA name).
 */
zone: string,
/**
 * The team's time zone (IANA name).
 */
teamZone: string,
/**
 * What people call its clock: "Pacific".
 */
teamClock: string,
/**
 * The strip at the top.
 */
waterline: Waterline,
/**
 * Who sits here; `None` before any look at GitHub.
 */
person: Person | null,
/**
 * The start screen.
 */
home: Home,
/**
 * A release without a branch yet, while its form is open.
 */
draft: ReleaseView | null,
/**
 * Releases in progress, newest first, each with all its screens.
 */
releases: Array<ReleaseView>,
/**
 * What is over, while somebody looks at it.
 */
history: HistoryScreen | null,
/**
 * What was told, newest first.
 */
notices: Array<NoticeView>,
/**
 * Sign-ins.
 */
accounts: AccountsScreen,
/**
 * Settings.
 */
settings: SettingsScreen,
/**
 * The icon in the tray.
 */
tray: Tray,
/**
 * The newest time that something asked for the window.
 */
summons: Summons | null,
/**
 * The log of a build, while it is open over that build's screen.
 */
log: LogScreen | null,
/**
 * Closing the window is asked about (`dialog-closing`): there is no tray to find Slipway in again.
 */
closing: boolean,
/**
 * The whole program cannot do its work (journal unusable): shown above everything.
 */
trouble: Problem | null, };

/**
 * How fresh the facts are.
 */
export type Waterline = {
/**
 * Colour and shape.
 */
tone: Tone,
/**
 * First word, bold: "Live", "Not connected", "AWS".
 */
word: string,
/**
 * The rest of the sentence, without the age.
 */
text: string,
/**
 * When the oldest of the shown facts was seen; the page adds "4 s ago".
 */
seenAt: At | null,
/**
 * A look is under way.
 */
looking: boolean,
/**
 * Services that are not at their own address: "GitHub at http://127.0.0.1:4000". Shown on every screen.
 */
elsewhere: Array<string>, };

/**
 * Who can approve what this identity cannot.
 */
export type WhoCan = {
/**
 * Why it cannot.
 */
why: string,
/**
 * Names of the team's other approvers.
 */
others: Array<string>,
/**
 * A text to ask them with, ready to be sent.
 */
nudge: string, };

/**
 * A wish about this desktop: a sign-in, a preference, the team's settings.
 */
export type Wish = { "type": "signIn",
/**
 * What was entered.
 */
signIn: SignIn, } | { "type": "signOut",
/**
 * Which.
 */
service: Service, } | { "type": "checkAccounts" } | { "type": "openKeychain" } | { "type": "useMemory" } | { "type": "switchNotices",
/**
 * Which event.
 */
event: Event,
/**
 * On or off.
 */
on: boolean, } | { "type": "testNotice" } | { "type": "startAtLogin",
/**
 * On or off.
 */
on: boolean, } | { "type": "keepWatching",
/**
 * Yes, and so from now on; or no, this once.
 */
keep: boolean, } | { "type": "importTeam",
/**
 * The text.
 */
text: string, } | { "type": "declineTeam",
/**
 * [`TeamOffer::id`](crate::view::TeamOffer::id).
 */
offer: string, } | { "type": "forgetTeam",
/**
 * [`TeamForgetting::id`](crate::view::TeamForgetting::id).
 */
offer: string, } | { "type": "agreeTeam",
/**
 * [`TeamOffer::id`](crate::view::TeamOffer::id).
 */
offer: string, };
