import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { type Connected, connect, executed, fileStore, notFound, type Person, refused } from '../../sdk/node/index.mjs';
import { Inside } from './inside.ts';
import type { Act, ApplicationStart, People } from './protocol.ts';

/**
 * An application through sdk/node, a process of its own. Its people and the SDK's memory are files of its folder; what it did
 * goes to a file that it never reads, and that no backup puts back.
 */
let application: { readonly connected: Connected; readonly given: ApplicationStart } | null = null;
let onDisk = 0;
let looking = false;

const inside = new Inside({
  start: (given) => {
    application = { given, connected: open(given) };
  },
  work: async (work) => {
    if (work.what !== 'receive' || application === null) throw new Error('not for an application');
    const { status } = await application.connected.receive({ headers: work.headers, body: work.body });
    return status;
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

/** Nothing is read or written, and nothing only computes: all wait for the world. */
async function untilStill(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) {
    await turn();
    if (onDisk === 0) continue;
    turns = 0;
    await wait(1);
  }
}

function open(given: ApplicationStart): Connected {
  const { name, channel, url, key, secrets, folder, mutant } = given;
  const disk = fileStore(join(folder, 'kept'));
  globalThis.fetch = ask;
  const connected = connect({
    url,
    key,
    secrets,
    by: `${name} 1.0`,
    store: {
      read: async (order) => (mutant === 'forgets_keys' ? null : onItsDisk(() => disk.read(order))),
      write: async (order, text) => {
        await onItsDisk(() => disk.write(order, text));
        await inside.ask({ what: 'moment', moment: 'kept', key: order, email: '' });
      },
    },
    on: { erase: (person, order) => erase(given, person, order.key) },
    log: (level, event, facts) => inside.log(JSON.stringify({ level, event, ...facts })),
    // The reply to a webhook waits for the work: what is slow is told again, by a repeat of the order.
    patienceMs: 3_600_000,
    now: () => inside.now,
    wait: (ms) => inside.ask<void>({ what: 'sleep', ms }),
  });
  if (channel === 'pull') void connected.pull({ waitSeconds: 0 });
  return connected;
}

async function onItsDisk<T>(work: () => Promise<T>): Promise<T> {
  onDisk += 1;
  try {
    return await work();
  } finally {
    onDisk -= 1;
  }
}

async function erase(given: ApplicationStart, person: Person, key: string) {
  const [email = ''] = person.values('email');
  const before = await inside.ask<'go' | 'throw'>({ what: 'moment', moment: 'before', key, email });
  const people = readPeople(given);
  const note = (was: Act['was']): void => {
    const act: Act = { life: given.life, key, ref: person.ref, was };
    appendFileSync(given.audit, `${JSON.stringify(act)}\n`);
  };
  const known = people[email];
  if (known === undefined && given.mutant !== 'forgets_keys') {
    if (person.isResumed) note('nobody_left');
    return notFound();
  }
  if (known?.refuses === true) return refused('legal_duty', { detail: `invoices of ${email}` });
  if (before === 'throw') throw new Error(`no such row: ${email}`);
  if (given.mutant !== 'claims_undone') {
    const { [email]: _, ...others } = people;
    note('erased');
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
  const question = {
    what: 'fetch',
    path: pathname.replace('/api/v1', '') + search,
    method: init.method ?? 'GET',
    body,
  } as const;
  const answer = await inside.ask<{ status: number; text: string } | null>(question);
  if (answer === null) throw new TypeError('fetch failed');
  return new Response(answer.text, { status: answer.status });
};
