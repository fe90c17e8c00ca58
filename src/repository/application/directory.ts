import type { ErasurePlan } from '../../channels/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Model } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import { addressOf, connectionUrl, declaredAt } from '../connection/connection.ts';
import type { Channel } from '../connection/input.ts';
import type { Limits } from '../connection/limits.ts';
import { planFor } from '../plan/plan.ts';
import {
  type ApplicationLine,
  connectedApplication,
  connectedApplications,
  presentApplications,
  readApplication,
} from './applications.ts';
import { type Owner, ownerOf } from './owner.ts';

/** An application that orders may be sent to. */
export interface DirectoryLine {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: Channel;
  readonly answerTimeDays: number;
  readonly backupHorizonDays: number;
  /** Persons in one order, at most. */
  readonly batchSize: number;
}

/** By what an order to an application abides at the moment it leaves. */
export interface Terms {
  readonly channel: Channel;
  readonly limits: Limits;
}

/** When nobody said: half of the legal month to answer, and backups kept about a month. */
const defaultAnswerTimeDays = 15;
const defaultBackupHorizonDays = 35;

/** What compliance asks of the repository. */
export interface Directory {
  concerned(scope: Scope, controllerId: string | null): Promise<readonly DirectoryLine[]>;
  erasurePlan(scope: Scope, application: Id<'application'>): Promise<ErasurePlan>;
  declaredAt(scope: Scope, application: Id<'application'>): Promise<Date | null>;
  connectionUrl(scope: Scope, application: Id<'application'>): Promise<string>;
  address(scope: Scope, application: Id<'application'>): Promise<string>;
  terms(scope: Scope, application: Id<'application'>): Promise<Terms | null>;
  find(scope: Scope, reference: string): Promise<ApplicationLine>;
  /** All but the retired ones, connected or not. */
  present(scope: Scope): Promise<readonly ApplicationLine[]>;
  owner(scope: Scope, application: Id<'application'>): Promise<Owner | null>;
}

/**
 * Every connected application concerns every controller as far as the repository knows; who uses which is compliance's to
 * say.
 */
export function applicationDirectory(model: () => Model): Directory {
  return {
    concerned: async (scope) =>
      (await connectedApplications(scope, model())).map((line) => ({
        id: line.id,
        name: line.name,
        channel: line.channel as Channel,
        answerTimeDays: line.answerTimeDays ?? defaultAnswerTimeDays,
        backupHorizonDays: line.backupHorizonDays ?? defaultBackupHorizonDays,
        batchSize: line.limits.batchSize,
      })),
    erasurePlan: async (scope, application) => (await planFor(scope, application)).plan,
    declaredAt,
    connectionUrl,
    address: addressOf,
    terms: async (scope, application) => {
      const line = await connectedApplication(scope, model(), application);
      return line === null ? null : { channel: line.channel as Channel, limits: line.limits };
    },
    present: (scope) => presentApplications(scope, model()),
    find: (scope, reference) => readApplication(scope, model(), reference),
    owner: (scope, application) => ownerOf(scope, model(), application),
  };
}
