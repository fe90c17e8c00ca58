import { issueCredential } from '../../src/compliance/application/credentials.ts';
import { operator } from '../../src/compliance/test/compliance.ts';
import { publicId } from '../../src/kernel/index.ts';
import { updateObject } from '../../src/objects/index.ts';
import { addApplication, harvest, limitsSchema, setLimits } from '../../src/repository/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import { Application } from './application.ts';
import type { Bench } from './bench.ts';
import type { Given } from './books.ts';
import type { CallSocle } from './call.ts';
import { channels, type Part } from './cast.ts';
import { Clerk } from './clerk.ts';
import type { Mutant } from './protocol.ts';
import type { World } from './world.ts';

interface Setting {
  readonly bench: Bench;
  readonly world: World;
  readonly scope: Scope;
  readonly cast: ReadonlySet<Part>;
  readonly callSocle: CallSocle;
  readonly mutant: Mutant | null;
}

/** Connects the applications of the cast; answers with the shop's id, or null without it. */
export async function connectAll(setting: Setting): Promise<string | null> {
  const { cast } = setting;
  for (const [name, channel] of Object.entries(channels)) {
    if (cast.has(name as Part)) await connect(setting, name, channel);
  }
  if (!cast.has('shop')) return null;
  const { bench, scope } = setting;
  const input = { name: 'shop', channel: 'sql', url: bench.shop.url, identities: [], map: null } as const;
  const id = await addApplication(scope, operator, bench.acting, input);
  await harvest(scope, operator, id);
  await limit(setting, id, 'shop');
  return publicId('app', id);
}

async function connect(setting: Setting, name: string, channel: Given['channel']): Promise<void> {
  const { bench, world, scope, callSocle, mutant } = setting;
  const drop = `${bench.share}/${world.fate.seed}-${name}`;
  const url = { webhook: `https://${name}.test/orders`, pull: null, file: drop, email: contacts(world) }[channel];
  const input = { name, channel, url, identities: [], map: null } as const;
  const id = await addApplication(scope, operator, bench.acting, input);
  await limit(setting, id, name);
  const key = await write(scope, operator, (writing) => issueCredential(writing, id, 'key'));
  const secret = await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
  const given = { id: publicId('app', id), name, key: key.shown, secrets: secret.shown, drop };
  const holder =
    channel === 'email'
      ? new Clerk(world, { ...given, channel }, callSocle)
      : new Application(world, { ...given, channel }, mutant, bench.programs.application, callSocle);
  world.holders.set(name, holder);
}

function contacts({ fate }: World): string {
  const both = 'nadia@service.example, omar@service.example';
  return fate.isSo('two contacts', 0.4) ? both : 'nadia@service.example';
}

/**
 * Persons in one order, at most; and a day to answer: an answer that was lost is asked for again then, and a fortnight of a
 * share looked at every five minutes would be thousands of looks.
 */
async function limit({ bench, world, scope }: Setting, id: string, name: string): Promise<void> {
  const batchSize = world.fate.between(`batch size ${name}`, 1, 4);
  await write(scope, operator, (writing) => setLimits(writing, id, limitsSchema.parse({ batchSize })));
  const values = { answer_time_days: 1 };
  await write(scope, operator, (writing) =>
    updateObject(writing, bench.acting, 'application', id, { version: null, values }),
  );
}
