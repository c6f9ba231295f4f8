// Octokit in front of the sim: every operation of GitHub that is used, and what each refuses.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Octokit } from '@octokit/rest';

const { at, sign_in } = JSON.parse(readFileSync(process.env.SLIPWAY_CONTRACT_WORLD, 'utf8'));
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = (auth) => new Octokit({ auth, baseUrl: at.github, log: quiet, userAgent: 'contract' });
const octokit = client(sign_in.github_token);
const repository = { owner: 'gitMLS', repo: 'etl' };
const nowhere = '0123456789012345678901234567890123456789';
const branch = 'maintenance-2031-01-07';

async function order(path, body, method = 'POST') {
  const headers = { authorization: `Bearer ${at.control_token}`, 'content-type': 'application/json' };
  const answer = await fetch(at.control + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

/** The error that it has to be. */
async function refused(status, request, words = /./) {
  const error = await request.then(
    (answer) => assert.fail(`not refused: ${answer.url}`),
    (error) => error,
  );
  assert.equal(error.status, status, error.message);
  assert.match(error.message, words);
  return error;
}

const { rest } = octokit;
assert.equal((await rest.users.getAuthenticated()).data.login, 'dana-whitfield');
assert.equal((await rest.users.getByUsername({ username: 'dana-whitfield' })).data.name, 'Dana Whitfield');
await refused(404, rest.users.getByUsername({ username: 'nobody-at-all' }));
assert.ok((await rest.rateLimit.get()).data.resources.core.remaining > 0);
const told = (await rest.repos.get(repository)).data;
assert.equal(told.full_name, 'gitMLS/etl');
await refused(404, rest.repos.get({ owner: 'gitMLS', repo: 'nothing' }));

// A branch.
await order('/files', { path: '.slipway.toml', text: 'base = "master"\n' });
const base = (await rest.git.getRef({ ...repository, ref: 'heads/master' })).data.object.sha;
const create = (ref, sha) => rest.git.createRef({ ...repository, ref: `refs/heads/${ref}`, sha });
assert.equal((await create(branch, base)).data.object.sha, base);
await refused(422, create(branch, base), /Reference already exists/);
await refused(422, create('another', nowhere), /Object does not exist/);
await refused(404, rest.git.getRef({ ...repository, ref: 'heads/nothing' }));
await create('passing/one', base);
await rest.git.deleteRef({ ...repository, ref: 'heads/passing/one' });
await refused(422, rest.git.deleteRef({ ...repository, ref: 'heads/passing/one' }));
const matching = await octokit.paginate(rest.git.listMatchingRefs, { ...repository, ref: 'heads/maintenance-' });
assert.ok(matching.some((it) => it.ref === `refs/heads/${branch}`));
assert.equal((await rest.repos.getBranch({ ...repository, branch })).data.commit.sha, base);
await refused(404, rest.repos.getBranch({ ...repository, branch: 'nothing' }));
assert.ok((await octokit.paginate(rest.repos.listBranches, { ...repository, per_page: 1 })).length > 1);
const rules = [{ type: 'pull_request', parameters: { required_approving_review_count: 1 } }];
await order('/rules', { branch: 'master', rules });
assert.equal((await rest.repos.getBranchRules({ ...repository, branch: 'master' })).data[0].type, 'pull_request');
await order('/rules', { branch: 'master', rules: [] });
const file = await rest.repos.getContent({ ...repository, path: '.slipway.toml', ref: 'master' });
assert.equal(Buffer.from(file.data.content, 'base64').toString(), 'base = "master"\n');
await refused(404, rest.repos.getContent({ ...repository, path: 'nothing' }));

// Work for it: a pull request that is looked at from every side, then merged.
const opened = { base: branch, title: 'Listings', body: 'What is in it', checks: ['unit'], approved: true };
const number = (await order('/pulls', opened)).number;
const pull_number = number;
const listed = await rest.pulls.list({ ...repository, base: branch, state: 'open', per_page: 1 });
assert.equal(listed.data[0].number, number);
const head = listed.data[0].head.sha;
await rest.pulls.get({ ...repository, pull_number });
const whole = (await rest.pulls.get({ ...repository, pull_number })).data;
assert.equal(whole.mergeable, true);
await refused(404, rest.pulls.get({ ...repository, pull_number: 99_999 }));
assert.equal((await rest.pulls.listReviews({ ...repository, pull_number })).data[0].state, 'APPROVED');
assert.equal((await rest.pulls.listFiles({ ...repository, pull_number })).data.length, whole.changed_files);
assert.equal((await rest.pulls.listCommits({ ...repository, pull_number })).data.at(-1).sha, head);
await rest.pulls.requestReviewers({ ...repository, pull_number, reviewers: ['tomas-rivera'] }).catch((error) => {
  assert.equal(error.status, 422, error.message);
});
const said = (await rest.issues.createComment({ ...repository, issue_number: number, body: 'Seen' })).data;
const comments = await octokit.paginate(rest.issues.listComments, { ...repository, issue_number: number });
assert.equal(comments.at(-1).id, said.id);
const runs = (await rest.checks.listForRef({ ...repository, ref: head })).data;
assert.equal(runs.check_runs[0].name, 'unit');
assert.equal((await rest.repos.getCombinedStatusForRef({ ...repository, ref: head })).data.sha, head);
await refused(404, rest.pulls.checkIfMerged({ ...repository, pull_number }));
await refused(409, rest.pulls.merge({ ...repository, pull_number, sha: nowhere }), /Head branch was modified/);
await order(`/pulls/${number}`, { conflict: true }, 'PATCH');
await refused(405, rest.pulls.merge({ ...repository, pull_number, sha: head }));
await order(`/pulls/${number}`, { conflict: false, checks: 'pass' }, 'PATCH');
const merged = (await rest.pulls.merge({ ...repository, pull_number, sha: head, merge_method: 'merge' })).data;
assert.equal(merged.merged, true);
await rest.pulls.checkIfMerged({ ...repository, pull_number });
await refused(405, rest.pulls.merge({ ...repository, pull_number }));
const commit = (await rest.repos.getCommit({ ...repository, ref: merged.sha })).data;
assert.equal(commit.parents.length, 2);
await refused(422, rest.repos.getCommit({ ...repository, ref: nowhere }));
const pulls = await rest.repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: head });
assert.equal(pulls.data[0].number, number);
const commits = await octokit.paginate(rest.repos.listCommits, { ...repository, sha: branch, per_page: 5 });
assert.equal(commits[0].sha, merged.sha);
const activity = (await rest.repos.listActivities({ ...repository, ref: `refs/heads/${branch}` })).data;
assert.ok(activity.some((it) => it.activity_type === 'branch_creation'));

// The release.
const compare = (basehead) => rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 1 });
const compared = (await compare(`master...${branch}`)).data;
assert.equal(compared.status, 'ahead');
await refused(404, compare(`master...${nowhere}`));
const release = { ...repository, base: 'master', head: branch, title: 'Release' };
const made = (await rest.pulls.create(release)).data;
await refused(422, rest.pulls.create(release), /A pull request already exists/);
await refused(422, rest.pulls.create({ ...release, head: 'nothing' }));
await rest.pulls.merge({ ...repository, pull_number: made.number, sha: merged.sha });
await refused(422, rest.pulls.create(release), /No commits between/);
const into = { ...repository, base: 'master', head: branch };
assert.equal((await rest.repos.merge(into)).status, 204);
await refused(404, rest.repos.merge({ ...into, head: 'nothing' }));
await create('later', merged.sha);
await order('/push', { branch: 'later', message: 'Later work' });
assert.equal((await rest.repos.merge({ ...into, head: 'later' })).status, 201);

// What one has already is not sent again.
const before = await rest.repos.get(repository);
await refused(304, octokit.request('GET /repos/{owner}/{repo}', {
  ...repository,
  headers: { 'if-none-match': before.headers.etag },
}));

// Not allowed, not known, and no more.
await order('/permissions', { denied: ['git/create-ref', 'pulls/merge'] });
await refused(403, create('denied', base), /Resource not accessible/);
await refused(403, rest.pulls.merge({ ...repository, pull_number }));
await order('/permissions', { denied: [] });
await refused(401, client('ghp_nobody').rest.users.getAuthenticated(), /Bad credentials/);
await order('/credentials/expire', { service: 'github' });
await refused(401, rest.users.getAuthenticated());
