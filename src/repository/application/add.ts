import { type Cause, canonicalJson, hmacSha256, type Id, Refusal, type Uuid } from '../../kernel/index.ts';
import { type Acting, createObject, transitionObject } from '../../objects/index.ts';
import { type Scope, type Writing, write, writeOnce } from '../../store/index.ts';
import { checkConnection } from '../connection/check.ts';
import { addressOf, keepConnection } from '../connection/connection.ts';
import type { ConnectionInput } from '../connection/input.ts';
import type { ArchitectureTypes } from '../pack.generated.ts';
import { applicationType } from './type.ts';

/** A new application and how it is reached. */
export interface NewApplication extends ConnectionInput {
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly purpose?: string | null;
}

/**
 * Registers an application: its connection is tried for real first (address, account, schema, map, declared identities),
 * then the object, in service at once, and its connection are written together. With an idempotency key, a repeat
 * answers as the first did. Answers with the application's id.
 */
export async function addApplication(
  scope: Scope,
  cause: Cause,
  acting: Acting,
  input: NewApplication,
): Promise<Id<'application'>> {
  await checkConnection(input);
  const written = await writeOnce(scope, cause, fingerprint(scope, input), async (writing) => {
    const object = await createNamed(writing, acting, {
      name: input.name,
      channel: input.channel,
      ...(input.purpose ? { purpose: input.purpose } : {}),
    });
    // An object of the type application is named by that kind of id from here on.
    const application: Uuid = object.id;
    await transitionObject(writing, acting, applicationType, application, {
      transition: 'put_in_service',
      journal: null,
    });
    await keepConnection(writing, application, input);
    return { status: 201, resource: application };
  });
  return written.resource;
}

/** The object's own refusals speak of `/values/name`; who adds an application typed `name`. */
async function createNamed(writing: Writing, acting: Acting, values: Readonly<Record<string, string>>) {
  try {
    return await createObject<ArchitectureTypes['application']>(writing, acting, applicationType, values);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((each) => ({ ...each, pointer: each.pointer.replace(/^\/values/, '') }));
    throw new Refusal(error.code, error.status, error.text, problems);
  }
}

/** Names a request without telling it: an address holds a password, which a plain hash would let be guessed. */
function fingerprint(scope: Scope, input: NewApplication): Buffer {
  const { name, channel, url, identities, map, purpose, mayBeSampled } = input;
  const asked = {
    name,
    channel,
    url,
    map,
    purpose: purpose ?? null,
    sample: mayBeSampled === true,
    identities: identities.map((each) => ({ ...each })),
  };
  return hmacSha256(scope.keys.applications, canonicalJson(asked));
}

/** Changes how a known application is reached, tried first like a new one. A null address keeps the one it has. */
export async function reconnectApplication(
  scope: Scope,
  cause: Cause,
  application: Id<'application'>,
  input: ConnectionInput,
): Promise<void> {
  const url = input.url ?? (await knownUrl(scope, application));
  const whole = { ...input, url };
  await checkConnection(whole);
  await write(scope, cause, (writing) => keepConnection(writing, application, whole));
}

async function knownUrl(scope: Scope, application: Id<'application'>): Promise<string | null> {
  try {
    return await addressOf(scope, application);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
