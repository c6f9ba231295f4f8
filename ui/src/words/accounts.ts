/** Words of the accounts and of the keychain. */
import type { KeychainTrouble, Service } from '../bindings';

export const accounts = {
  lead: 'What Slipway is signed in to, and what you can do there.',
  practice: 'This is a practice deploy',
  practiceText: 'Its sign-ins are made up and leave this computer nowhere. Your own stay as they are.',
  canYou: 'Can you…',
  answer: 'Answer',
  missing: 'What is missing',
  nothing: 'Nothing',
  answers: { yes: 'Yes', no: 'No', unknown: 'Unknown' },
  request: 'Copy a request for your admin',
  signOut: 'Sign out',
  another: 'Use another sign-in',
  signIn: (name: string) => `Sign in to ${name}`,
  checking: (name: string) => `${name} is being asked who you are.`,
  missingField: 'Fill in the form first.',
  show: 'Show',
  hide: 'Hide',
  way: 'How you sign in',
  keptIn: { keychain: 'kept in this computer’s keychain', memory: 'kept in memory until you quit' },
  sentTo: (origin: string, kept: string) => `It is sent to ${origin} and to nobody else, and ${kept}.`,
  signsFor: (to: string, kept: string) =>
    `The secret key never leaves this computer: it signs requests to ${to} and goes nowhere else. It is ${kept}.`,
  usedAt: (to: string) => `It signs requests to ${to} and goes nowhere else.`,
  check: 'Check again',
  checkedAt: (time: string) => `Permissions were checked at ${time}. Checking changes nothing.`,
  checkingAll: 'Your sign-ins are being checked.',
  notChecked: 'Checking changes nothing.',
  nobody: 'Sign in to at least AWS to watch a deploy.',
  out: {
    title: (name: string) => `Sign out of ${name}?`,
    from: {
      keychain: 'The sign-in is removed from this computer’s keychain.',
      profile: 'Slipway forgets the profile’s name. Your AWS configuration stays as it is.',
      memory: 'Slipway forgets the sign-in.',
    },
    text: (from: string, name: string) =>
      `${from} Slipway no longer sees ${name} and can do nothing there. Deploys that are under way go on.`,
    confirm: 'Sign out',
  },
  needs: {
    github: 'Slipway makes the branch, reads the pull requests and merges them in your name.',
    aws: 'Slipway reads the pipeline, and answers the approval in your name.',
    slack: 'Slipway tells the team in one message and keeps it true.',
  } satisfies Record<Service, string>,
};

/** What can be entered to sign in: one way or two for each service. */
export const ways = {
  githubToken: {
    label: 'Token',
    fields: { token: 'Personal access token' },
    hint: 'On github.com: your picture, Settings, Developer settings, Personal access tokens, Fine-grained tokens. Resource owner: the organisation. Repository access: only the deployed repository. Permissions: Contents and Pull requests read and write, Checks and Commit statuses read-only.',
  },
  awsKeys: {
    label: 'Access key',
    fields: { accessKeyId: 'Access key ID', secretAccessKey: 'Secret access key' },
    hint: 'In the AWS console: your name, Security credentials, Access keys. Use a key that may do no more than your part of a deploy.',
  },
  awsProfile: {
    label: 'Profile',
    fields: { profile: 'Name of the profile' },
    hint: 'A profile of your AWS configuration (~/.aws/config). Its secrets stay where they are, and nothing is kept in the keychain.',
  },
  slackBot: {
    label: 'Bot token',
    fields: { token: 'Bot token' },
    hint: 'On api.slack.com/apps: your app, OAuth & Permissions, Bot User OAuth Token. It needs the scopes chat:write, groups:read and groups:history (public channel: channels:read and channels:history).',
    invite: (channel: string) => `Then type /invite and the bot’s name in ${channel}.`,
  },
  slackWebhook: {
    label: 'Webhook',
    fields: { address: 'Address of the webhook' },
    hint: 'On api.slack.com/apps: your app, Incoming Webhooks. It can only post to its one channel: the announcement stays as it was posted, and Slipway cannot look whether it arrived.',
  },
};

export const keychain = {
  title: 'This computer’s keychain',
  open: { locked: 'Unlock keychain' } as Partial<Record<KeychainTrouble, string>>,
  tryAgain: 'Try again',
  useIt: 'Use the keychain',
  without: 'Go on without it…',
  opening: 'Waiting for your keychain',
  openingText: 'Your computer may ask for your password in a window of its own. Look for it behind this one.',
  openingNext: 'Slipway goes on by itself as soon as the keychain is open.',
  openingWord: 'Opening the keychain',
  means: 'What “without it” means',
  meansText: 'You sign in again, and the sign-ins are forgotten when you quit. Nothing is written to disk.',
  memory: {
    title: 'Go on without the keychain?',
    confirm: 'Go on without it',
  },
};
