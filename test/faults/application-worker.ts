import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { type Connected, connect, executed, fileStore, notFound, type Person, refused } from '../../sdk/node/index.mjs';
import { exchange } from './exchange.ts';
import { Inside } from './inside.ts';
import type { Act, ApplicationStart, People, Work } from './protocol.ts';

/**
 * An application through sdk/node, a process of its own, or one that exchanges files. Its people and the SDK's memory are files of
 * its folder; what it did goes to a file that it never reads, and that no backup puts back.
 */
let application: { readonly perform: (work: Work) => Promise<unknown> } | null = null;
let atWork = 0;
let looking = false;

const inside = new Inside({
  start: (given) => {
    application = open(given);
  },
  work: async (work) => {
    if (application === null) throw new Error('not started');
    return application.perform(work);
  },
  quiet: (say) => {
    if (looking) return;
    looking = true;
    void untilStill().then(() => {
      looking = false;
      say();
    });
  },
});

// What jitters does so always alike.
Math.random = () => 0.5;

/** Nothing is read or written, and nothing only computes: all wait for the world. */
async function untilStill(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) {
    await turn();
    if (atWork === 0) continue;
    turns = 0;
    await wait(1);
  }
}

function open(given: ApplicationStart): typeof application {
  const { name, channel, url, key, secrets, drop, folder, mutant } = given;
  const disk = fileStore(join(folder, 'kept'));
  const store = {
    read: async (order: string) => (mutant === 'forgets_keys' ? null : onDisk(() => disk.read(order))),
    write: async (order: string, text: string) => {
      await onDisk(() => disk.write(order, text));
      if (JSON.parse(text).state === 'done') note(given, order, '', 'kept');
      await inside.ask({ what: 'moment', moment: 'kept', key: order, email: '' });
    },
  };
  const answers = new Map<string, string>();
  globalThis.fetch = channel === 'file' ? heard(answers) : ask;
  const connected: Connected = connect({
    url,
    key,
    secrets,
    store,
    by: `${name} 1.0`,
    on: { erase: (person, order) => erase(given, person, order.key) },
    log: (level, event, facts) => inside.log(JSON.stringify({ level, event, ...facts })),
    // The reply to a webhook waits for the work: what is slow is told again, by a repeat of the order.
    patienceMs: 3_600_000,
    now: () => inside.now,
    wait: (ms) => inside.ask<void>({ what: 'sleep', ms }),
  });
  if (channel === 'pull') void connected.pull({ waitSeconds: 0 });
  return {
    perform: async (work) => {
      if (work.what === 'receive') return (await connected.receive({ headers: work.headers, body: work.body })).status;
      if (work.what !== 'look') throw new Error('not for an application');
      return exchange({ connected, answers, drop, folder, secrets, now: () => inside.now }, work);
    },
  };
}

/** Where files are exchanged, nothing is called: an answer is kept for the file that it goes to. */
function heard(answers: Map<string, string>): typeof fetch {
  return async (input, init = {}) => {
    const [, order = ''] = /\/orders\/([^/]+)\/outcome$/.exec(String(input)) ?? [];
    answers.set(order, String(init.body));
    return new Response('{}', { status: 200 });
  };
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  atWork += 1;
  try {
    return await work();
  } finally {
    atWork -= 1;
  }
}

function note({ life, audit }: ApplicationStart, key: string, ref: string, was: Act['was']): void {
  const act: Act = { life, key, ref, was };
  appendFileSync(audit, `${JSON.stringify(act)}\n`);
}

async function erase(given: ApplicationStart, person: Person, key: string) {
  const [email = ''] = person.values('email');
  note(given, key, person.ref, person.isResumed ? 'asked_anew' : 'asked');
  if (given.mutant === 'logs_names') process.stderr.write(`erasing ${email}\n`);
  if (given.mutant === 'falls_over') setImmediate(() => Promise.reject(new Error('nobody catches this')));
  const before = await inside.ask<'go' | 'throw'>({ what: 'moment', moment: 'before', key, email });
  const people = readPeople(given);
  const known = people[email];
  if (known === undefined) {
    if (person.isResumed) note(given, key, person.ref, 'nobody_left');
    return notFound();
  }
  if (known.refuses) return refused('legal_duty', { detail: `invoices of ${email}` });
  if (before === 'throw') {
    note(given, key, person.ref, 'threw');
    throw new Error(`no such row: ${email}`);
  }
  if (given.mutant !== 'claims_undone') {
    const { [email]: _, ...others } = people;
    note(given, key, person.ref, 'erased');
    writePeople(given, others);
  }
  await inside.ask({ what: 'moment', moment: 'midway', key, email });
  return executed({ contact: 1 });
}

function readPeople({ folder }: ApplicationStart): People {
  return JSON.parse(readFileSync(join(folder, 'people.json'), 'utf8'));
}

function writePeople({ folder }: ApplicationStart, people: People): void {
  writeFileSync(join(folder, 'people.tmp'), JSON.stringify(people));
  renameSync(join(folder, 'people.tmp'), join(folder, 'people.json'));
}

const ask: typeof fetch = async (input, init = {}) => {
  const { pathname, search } = new URL(String(input));
  const body = typeof init.body === 'string' ? init.body : null;
  const question = { what: 'fetch', path: pathname + search, method: init.method ?? 'GET', body } as const;
  const answer = await inside.ask<{ status: number; text: string } | null>(question);
  if (answer === null) throw new TypeError('fetch failed');
  return new Response(answer.text, { status: answer.status });
};
