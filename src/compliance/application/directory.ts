import type { ErasurePlan } from '../../channels/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { ApplicationLine, Limits } from '../../repository/index.ts';
import type { Scope } from '../../store/index.ts';

/** How an application receives its orders. */
export type Channel = 'sql' | 'pull' | 'webhook' | 'file' | 'email';

/** An application as a plan of this room sees it. */
export interface ConcernedApplication {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: Channel;
  /** Days it has to answer an order before it is called silent. */
  readonly answerTimeDays: number;
  /** Past it, no backup of it can bring an erased person back. */
  readonly backupHorizonDays: number;
  /** Persons in one order, at most. */
  readonly batchSize: number;
}

/**
 * The applications of an organisation that hold personal data and have a channel. The repository is the source; a
 * test may give its own.
 */
export interface ApplicationDirectory {
  /** All those concerned by a request of this controller; null: any controller. */
  concerned(scope: Scope, controllerId: string | null): Promise<readonly ConcernedApplication[]>;
  /** The erasure plan of an SQL application, as its dictionary stands now. Refuses when it was never harvested. */
  erasurePlan(scope: Scope, application: Id<'application'>): Promise<ErasurePlan>;
  /** When what is declared of its tables last changed; null when it isn't connected any more. */
  declaredAt(scope: Scope, application: Id<'application'>): Promise<Date | null>;
  /** The URL of an SQL application's database. A secret: opened for one connection, never kept nor logged. */
  connectionUrl(scope: Scope, application: Id<'application'>): Promise<string>;
  /** Where an application of any channel is reached: a URL to call, a folder, a mailbox. As secret as the other. */
  address(scope: Scope, application: Id<'application'>): Promise<string>;
  /** By what an order to it abides now; null when it is no longer in service, or no longer connected. */
  terms(
    scope: Scope,
    application: Id<'application'>,
  ): Promise<{ readonly channel: Channel; readonly limits: Limits } | null>;
  /** One application by id, public id, number or name, whatever its state. Refuses (404) what isn't there. */
  find(scope: Scope, reference: string): Promise<ApplicationLine>;
  /** All but the retired ones, connected or not. */
  present(scope: Scope): Promise<readonly ApplicationLine[]>;
  /** Who answers for it; null when its record gives no address to write to. */
  owner(
    scope: Scope,
    application: Id<'application'>,
  ): Promise<{ readonly name: string | null; readonly email: string | null } | null>;
}
