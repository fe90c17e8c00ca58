import { performance } from 'node:perf_hooks';
import { postMessage } from '../../access/index.ts';
import {
  deliverWebhook,
  detachedSignature,
  openDropFolder,
  readDropAddress,
  writeWhole,
} from '../../channels/index.ts';
import { type Cause, canonicalJson, newId, publicId, Refusal, type Text } from '../../kernel/index.ts';
import type { ApplicationLine } from '../../repository/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { noteSuccess, readLine } from '../order/delivery/line.ts';
import { contactsOf } from '../task/contacts.ts';
import { listCredentials } from './credentials.ts';
import { signersOf } from './signing.ts';

/** What came of trying the connection, in words that its team can act on. */
export interface Trial {
  readonly isGood: boolean;
  readonly title: Text;
  readonly detail: Text;
}

/**
 * Tries an application's connection without naming anybody. By webhook: posts a signed `org.socle.test.v1` event, which an
 * application acknowledges like any other and does nothing about. By pull: says whether it has a key and when it last came.
 */
export async function tryChannel(engine: Engine, scope: Scope, cause: Cause, line: ApplicationLine): Promise<Trial> {
  if (line.channel === 'webhook') return tryWebhook(engine, scope, cause, line);
  if (line.channel === 'pull') return tryPull(scope, line);
  if (line.channel === 'file') return tryFile(engine, scope, cause, line);
  if (line.channel === 'email') return tryEmail(engine, scope, cause, line);
  return {
    isGood: false,
    title: { fr: 'Ce canal ne s’essaie pas ainsi', en: 'This channel is not tried this way' },
    detail: {
      fr: 'La connexion SQL est essayée à chaque moisson ; les autres canaux à leur premier ordre.',
      en: 'An SQL connection is tried at each harvest; the other channels with their first order.',
    },
  };
}

async function tryWebhook(engine: Engine, scope: Scope, cause: Cause, line: ApplicationLine): Promise<Trial> {
  const [url, signers] = await Promise.all([engine.applications.address(scope, line.id), signersOf(scope, line.id)]);
  const now = scope.clock.now();
  const event = testEvent(engine, scope, line);
  const { id } = event;
  const body = Buffer.from(canonicalJson(event));
  const begun = performance.now();
  const target = { caller: engine.caller, url, signers };
  const delivery = await deliverWebhook(target, { id, body, contentType: 'application/cloudevents+json' }, now);
  const latencyMs = Math.round(performance.now() - begun);
  if ('problem' in delivery) return failed(delivery.problem);
  // What was waiting for the application to come back need not wait any longer.
  await write(scope, cause, (writing) => noteSuccess(writing, line.id, latencyMs));
  return {
    isGood: true,
    title: { fr: `Acquitté en ${latencyMs} ms`, en: `Acknowledged in ${latencyMs} ms` },
    detail: {
      fr: 'L’application est joignable, son certificat est bon et elle a répondu 2xx à un événement signé. « socle conformance » vérifie le reste.',
      en: 'The application can be reached, its certificate is good and it answered 2xx to a signed event. “socle conformance” checks the rest.',
    },
  };
}

/** What an application acknowledges like an order, and does nothing about. */
function testEvent(engine: Engine, scope: Scope, line: ApplicationLine) {
  return {
    specversion: '1.0',
    id: newId(),
    source: `${engine.publicUrl}/orgs/${scope.org}`,
    type: 'org.socle.test.v1',
    time: scope.clock.now().toISOString(),
    datacontenttype: 'application/json',
    data: { application: line.name },
  };
}

function failed(problem: Refusal): Trial {
  return {
    isGood: false,
    title: { fr: 'L’application n’a pas acquitté', en: 'The application did not acknowledge' },
    detail: problem.text,
  };
}

/** Leaves a signed test file, as an order is left. */
async function tryFile(engine: Engine, scope: Scope, cause: Cause, line: ApplicationLine): Promise<Trial> {
  const begun = performance.now();
  try {
    const { folder } = readDropAddress(await engine.applications.address(scope, line.id));
    const signers = await signersOf(scope, line.id);
    const { orders } = await openDropFolder(engine.dropFolders, folder);
    const content = Buffer.from(`${canonicalJson(testEvent(engine, scope, line))}\n`);
    await writeWhole(orders, 'socle-test.json.sig', Buffer.from(detachedSignature(content, signers)));
    await writeWhole(orders, 'socle-test.json', content);
    await write(scope, cause, (writing) => noteSuccess(writing, line.id, Math.round(performance.now() - begun)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failed(error);
  }
  return {
    isGood: true,
    title: { fr: 'Fichier d’essai déposé', en: 'Test file left' },
    detail: {
      fr: 'socle-test.json et sa signature sont dans le sous-dossier « orders ». L’application peut les vérifier, puis les supprimer.',
      en: 'socle-test.json and its signature are in the sub-folder “orders”. The application can verify them, then delete them.',
    },
  };
}

/** Writes to each contact, naming nobody. Whether it arrives, only they can say; what can't leave is told in the outbox. */
async function tryEmail(engine: Engine, scope: Scope, cause: Cause, line: ApplicationLine): Promise<Trial> {
  const contacts = await contactsOf(engine, scope, line.id);
  const { title, text } = testWords(line.name);
  await write(scope, cause, async (writing) => {
    for (const to of contacts) {
      const subject = publicId('app', line.id);
      await postMessage(writing, { kind: 'task.test', subject, to, title: `${title.fr} / ${title.en}`, text });
    }
    await noteSuccess(writing, line.id, 0);
  });
  return {
    isGood: true,
    title: {
      fr: `Message d’essai envoyé à ${contacts.length} contact${contacts.length > 1 ? 's' : ''}`,
      en: `Test message sent to ${contacts.length} contact${contacts.length > 1 ? 's' : ''}`,
    },
    detail: {
      fr: 'Demandez-leur s’il est arrivé. Une adresse refusée se voit dans les messages envoyés.',
      en: 'Ask them whether it arrived. A refused address shows among the messages sent.',
    },
  };
}

function testWords(name: string): { readonly title: Text; readonly text: string } {
  const fr = `Bonjour,\n\nCeci est un essai. Vous êtes contact de l’application ${name} : quand les données d’une personne seront à y effacer, un message comme celui-ci vous donnera un lien vers ce qui est à faire. Il n’y a rien à faire pour l’instant.`;
  const en = `Hello,\n\nThis is a test. You are a contact of the application ${name}: when the data of a person are to be erased there, a message like this one will give you a link to what is to be done. There is nothing to do for now.`;
  return {
    title: { fr: `Essai : contact de ${name}`, en: `Test: contact of ${name}` },
    text: `${fr}\n\n—\n\n${en}\n`,
  };
}

async function tryPull(scope: Scope, line: ApplicationLine): Promise<Trial> {
  const [credentials, seen] = await Promise.all([listCredentials(scope, line.id), readLine(scope.db, line.id)]);
  if (!credentials.some(({ kind }) => kind === 'key')) {
    return {
      isGood: false,
      title: { fr: 'Cette application n’a pas de clé', en: 'This application has no key' },
      detail: {
        fr: 'Émettez-la sur cette page et donnez-la à son équipe : elle vient avec ses ordres.',
        en: 'Issue it on this page and give it to its team: it comes for its orders with it.',
      },
    };
  }
  const at = seen.lastSuccessAt;
  if (at === null) {
    return {
      isGood: false,
      title: { fr: 'L’application n’est jamais venue', en: 'The application has never come' },
      detail: {
        fr: 'Elle doit appeler GET /api/v1/orders?wait=25 avec sa clé, sans cesse.',
        en: 'It is to call GET /api/v1/orders?wait=25 with its key, again and again.',
      },
    };
  }
  const minutes = Math.floor((scope.clock.now().getTime() - at.getTime()) / 60_000);
  const isRecent = minutes < 5;
  return {
    isGood: isRecent,
    title: isRecent
      ? { fr: 'L’application vient chercher ses ordres', en: 'The application comes for its orders' }
      : { fr: 'L’application ne vient plus', en: 'The application no longer comes' },
    detail: {
      fr: `Dernier passage il y a ${minutes} min (${publicId('app', line.id)}).`,
      en: `It last came ${minutes} min ago (${publicId('app', line.id)}).`,
    },
  };
}
