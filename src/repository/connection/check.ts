import {
  type Catalogue,
  callableUrl,
  connect,
  type ErasureMap,
  emptyMap,
  parseMap,
  planErasure,
  readCatalogue,
  readDropAddress,
  readMailboxes,
} from '../../channels/index.ts';
import { type Problem, Refusal, type Text } from '../../kernel/index.ts';
import type { ConnectionInput, IdentityDeclaration } from './input.ts';

export interface CheckedConnection {
  readonly catalogue: Catalogue;
  readonly map: ErasureMap;
}

/**
 * Tries a connection for real: reaches the database, reads its schema, and holds the map and the declared identities
 * against it. Refuses with everything that is wrong, each problem pointing to its field. Null: no schema to read (a channel
 * that isn't SQL); its address is held against what the channel takes, and tried by the test button of its page.
 */
export async function checkConnection(input: ConnectionInput): Promise<CheckedConnection | null> {
  if (input.channel !== 'sql') {
    checkAddress(input);
    return null;
  }
  if (input.url === null || input.url === '') throw atField(missingUrl(), '/url');
  const catalogue = await readSchema(input.url).catch(asInput);
  const problems: Problem[] = [];
  const map = collect(problems, '/map', () => readMap(input, catalogue)) ?? emptyMap;
  input.identities.forEach((identity, index) => {
    collect(problems, `/identities/${index}`, () => resolves(catalogue, identity));
  });
  if (problems.length > 0) throw new Refusal('repository.connection_invalid', 422, severalWrong, problems);
  return { catalogue, map };
}

/** The address of a channel by which the application carries its orders out itself. */
function checkAddress({ channel, url }: ConnectionInput): void {
  try {
    if (channel === 'webhook') callableUrl(url ?? '');
    if (channel === 'email') readMailboxes(url ?? '');
    if (channel === 'file') readDropAddress(url ?? '');
    if (channel === 'pull' && url !== null && url !== '') throw pullHasNoUrl();
  } catch (error) {
    throw error instanceof Refusal ? atField(error, '/url') : error;
  }
}

/** To who is typing an address, a server that doesn't answer is something to correct, not a passing fault of Socle. */
function asInput(error: unknown): never {
  if (!(error instanceof Refusal) || error.status !== 503) throw error;
  throw new Refusal(error.code, 422, error.text, error.problems);
}

/** Reaches a database and reads its schema; the refusal points to the address. */
export async function readSchema(url: string): Promise<Catalogue> {
  try {
    const connection = await connect(url);
    try {
      return await readCatalogue(connection);
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw error instanceof Refusal ? atField(error, '/url') : error;
  }
}

function readMap(input: ConnectionInput, catalogue: Catalogue): ErasureMap {
  return input.map === null || input.map.trim() === ''
    ? emptyMap
    : parseMap(input.map, input.mapName ?? 'map.yaml', catalogue);
}

function resolves(catalogue: Catalogue, identity: IdentityDeclaration): void {
  planErasure({ catalogue, categories: new Map(), identities: [identity] });
}

/** Runs a check; what it refuses becomes problems of that field, so that all are told at once. */
function collect<T>(problems: Problem[], pointer: string, check: () => T): T | null {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const inside = error.problems.map((problem) => ({ ...problem, pointer }));
    problems.push(...(inside.length > 0 ? inside : [{ pointer, code: error.code, text: error.text }]));
    return null;
  }
}

function atField(refusal: Refusal, pointer: string): Refusal {
  if (refusal.problems.length > 0) return refusal;
  return new Refusal(refusal.code, refusal.status, refusal.text, [{ pointer, code: refusal.code, text: refusal.text }]);
}

const severalWrong: Text = {
  fr: 'La connexion répond, mais ce qui en est déclaré ne correspond pas à son schéma. Rien n’a été enregistré.',
  en: 'The connection answers, but what is declared about it does not match its schema. Nothing was saved.',
};

function missingUrl(): Refusal {
  return new Refusal('repository.url_missing', 422, {
    fr: 'Le canal SQL a besoin de l’adresse de la base : postgres://compte:motdepasse@hôte/base, mysql://…, ou sqlite:///chemin.',
    en: 'The SQL channel needs the database’s address: postgres://account:password@host/database, mysql://…, or sqlite:///path.',
  });
}

function pullHasNoUrl(): Refusal {
  return new Refusal('repository.url_not_wanted', 422, {
    fr: 'Une application qui vient chercher ses ordres n’a pas d’adresse : c’est elle qui appelle Socle.',
    en: 'An application that pulls its orders has no address: it is the one that calls Socle.',
  });
}
