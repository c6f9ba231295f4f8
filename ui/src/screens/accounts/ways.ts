/** What is asked for to sign in, one way or two for each service, in the words of the engine's `SignIn`. */
import type { Service, SignIn } from '../../bindings';

export type Way = SignIn['kind'];

/** One thing to enter. A secret stays in its field and nowhere else in the page. */
export type Entry = { name: string; testid: string; secret: boolean };

export const waysOf: Record<Service, [Way, ...Way[]]> = {
  github: ['githubToken'],
  aws: ['awsKeys', 'awsProfile'],
  slack: ['slackBot', 'slackWebhook'],
};

export const wayTestid: Record<Way, string> = {
  githubToken: 'way-github-token',
  awsKeys: 'way-aws-keys',
  awsProfile: 'way-aws-profile',
  slackBot: 'way-slack-bot',
  slackWebhook: 'way-slack-webhook',
};

export const entriesOf: Record<Way, Entry[]> = {
  githubToken: [{ name: 'token', testid: 'field-github-token', secret: true }],
  awsKeys: [
    { name: 'accessKeyId', testid: 'field-aws-access-key-id', secret: false },
    { name: 'secretAccessKey', testid: 'field-aws-secret-access-key', secret: true },
  ],
  awsProfile: [{ name: 'profile', testid: 'field-aws-profile', secret: false }],
  slackBot: [{ name: 'token', testid: 'field-slack-token', secret: true }],
  slackWebhook: [{ name: 'address', testid: 'field-slack-webhook', secret: true }],
};
