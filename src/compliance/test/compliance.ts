import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAdmin, scratchDatabase, type TestStore, testStore } from '../../../test/support/store.ts';
import { outboxHandler, PermanentFailure } from '../../access/index.ts';
import { HttpCaller, networks } from '../../channels/index.ts';
import { Bell } from '../../http/index.ts';
import { type Cause, createLog, type Id, projectRoot } from '../../kernel/index.ts';
import { applyModel, loadPacks, type Model } from '../../model/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication, applicationDirectory, harvest } from '../../repository/index.ts';
import { type DueHandler, runDueBatch, type Scope, write } from '../../store/index.ts';
import { withinControllers } from '../application/uses.ts';
import { confirmationHandler } from '../confirmation/watch.ts';
import { dropHandler } from '../drop/pickup.ts';
import type { Engine, OrderStep } from '../engine.ts';
import { holdHandler } from '../hold/hold.ts';
import { ledgerHandler } from '../ledger/ledger.ts';
import { orderHandler } from '../order/run.ts';
import type { GivenIdentity } from '../person/kinds.ts';
import { requestHandler } from '../request/advance.ts';
import { answerCopyHandler } from '../request/answer-copy.ts';
import { noContact } from '../request/contact.ts';
import { fileHandler } from '../request/file-retention.ts';
import { type Intake, openRequest } from '../request/intake.ts';
import { modelRegister } from '../request/model-register.ts';
import { taskHandler } from '../task/watch.ts';
import { tombstoneHandler } from '../tombstone/tombstone.ts';

/** An operator of a test. */
export const operator: Cause = {
  actor: { kind: 'user', id: '0192f000-0000-7000-8000-000000000001' },
  source: 'page',
  key: null,
};

/** The shop of these tests: a customer with orders that must stay, an address, and notes. */
export const shopSchema = `
  create table customer (id bigint primary key, email varchar(120) not null unique, first_name varchar(60),
    last_name varchar(60), phone varchar(20));
  create table orders (id bigint primary key, customer_id bigint not null references customer (id),
    delivery_address text, total numeric(10,2) not null);
  insert into customer values
    (1, 'claire.dupont@example.org', 'Claire', 'Dupont', '+33601020304'),
    (2, 'paul.martin@example.org', 'Paul', 'Martin', '+33605060708');
  insert into orders values (10, 1, '3 rue des Lilas', 42.50), (11, 1, '3 rue des Lilas', 10), (12, 2, '8 quai Sud', 7)`;

export interface ComplianceTest {
  readonly store: TestStore;
  readonly scope: Scope;
  readonly engine: Engine;
  readonly model: Model;
  /** Throws there, once, as a crash would: then forgets it. */
  crashAt(step: OrderStep | null): void;
  /** Registers and harvests an application whose database these statements fill. */
  application(name: string, statements: string): Promise<{ id: Id<'application'>; url: string; database: string }>;
  /** Registers an application that answers by the API. */
  pullApplication(name: string): Promise<Id<'application'>>;
  open(intake?: Partial<Intake>): Promise<Id<'request'>>;
  /** What left by e-mail. */
  readonly mails: Mail[];
  /** Addresses that the mail server refuses for good. */
  readonly refused: Set<string>;
  /** Runs all due work until nothing is due; time moves on when only later work is left, up to `patience` times. */
  settle(patience?: number): Promise<void>;
}

interface Mail {
  readonly to: string;
  readonly title: string;
  readonly text: string;
}

export class Crash extends Error {
  override readonly name = 'Crash';
}

const packs = ['src/repository', 'src/compliance'].map((folder) => join(projectRoot, folder));

export async function complianceTest(at?: string): Promise<ComplianceTest> {
  const store = await testStore(at);
  const model = await applyModel(store.store, await loadPacks(packs));
  const scope = await store.organisation();
  let crash: OrderStep | null = null;
  const log = createLog('silent');
  const engine: Engine = {
    store: store.store,
    log,
    applications: withinControllers(
      applicationDirectory(() => model),
      () => model,
    ),
    register: modelRegister(() => model),
    bell: new Bell(),
    publicUrl: 'https://socle.example.org',
    dropFolders: [join(tmpdir(), `socle-drops-${scope.org}`)],
    caller: new HttpCaller(networks(['127.0.0.0/8'])),
    atStep: (step) => {
      if (step !== crash) return;
      crash = null;
      throw new Crash(step);
    },
  };
  const mails: Mail[] = [];
  const refused = new Set<string>();
  const handlers = handlersOf(engine, mails, refused);
  return {
    store,
    scope,
    engine,
    model,
    mails,
    refused,
    crashAt: (step) => {
      crash = step;
    },
    application: async (name, statements) => {
      const url = await scratchDatabase('shop');
      const database = new URL(url).pathname.slice(1);
      await asAdmin(statements, [], database);
      const acting = { model, asker: systemAsker };
      const id = await addApplication(scope, operator, acting, {
        name,
        channel: 'sql',
        url,
        identities: [],
        map: null,
      });
      await harvest(scope, operator, id);
      return { id, url, database };
    },
    pullApplication: (name) =>
      addApplication(
        scope,
        operator,
        { model, asker: systemAsker },
        { name, channel: 'pull', url: null, identities: [], map: null },
      ),
    open: async (intake = {}) =>
      (await write(scope, operator, (writing) => openRequest(engine, writing, { ...automatic, ...intake }))).id,
    settle: async (patience = 12) => {
      for (let round = 0; round <= patience; round += 1) {
        let worked = 0;
        do {
          worked = 0;
          for (const handler of handlers) worked += await runDueBatch(handler, scope, log);
        } while (worked > 0);
        store.clock.advance({ minutes: 11 });
      }
    },
  };
}

export function handlersOf(
  engine: Engine,
  mails: Mail[] = [],
  refused: ReadonlySet<string> = new Set(),
): readonly DueHandler[] {
  const { log } = engine;
  const send = async (_id: string, _at: Date, message: Mail): Promise<void> => {
    if (refused.has(message.to)) throw new PermanentFailure('EENVELOPE');
    mails.push(message);
  };
  const sent = outboxHandler({ send, forget: () => Promise.resolve() }, log);
  return [
    orderHandler(engine),
    taskHandler(engine),
    dropHandler(engine),
    requestHandler(engine),
    sent,
    tombstoneHandler,
    ledgerHandler,
    holdHandler,
    fileHandler,
    answerCopyHandler,
    confirmationHandler(engine),
  ];
}

export const claire: readonly GivenIdentity[] = [{ kind: 'email', value: 'claire.dupont@example.org' }];

const automatic: Intake = {
  right: 'erasure',
  identities: claire,
  contact: noContact,
  controllerId: null,
  intake: 'cli',
  language: 'fr',
  receivedOn: null,
  note: null,
  identityProof: 'operator',
  answer: 'automatic',
};
