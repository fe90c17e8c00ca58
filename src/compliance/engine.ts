import type { HttpCaller } from '../channels/index.ts';
import type { Bell } from '../http/index.ts';
import type { Log } from '../kernel/index.ts';
import type { Store } from '../store/index.ts';
import type { ApplicationDirectory } from './application/directory.ts';
import type { RequestRegister } from './request/register.ts';

/** What the services of this room are given by the composition root. */
export interface Engine {
  readonly store: Store;
  readonly log: Log;
  /** The applications that hold personal data, and how to reach them. */
  readonly applications: ApplicationDirectory;
  /** The objects of type request in the model. */
  readonly register: RequestRegister;
  /** Wakes the pages that follow a request. */
  readonly bell: Bell;
  /** Where people reach Socle, without a trailing slash. */
  readonly publicUrl: string;
  /** Calls the addresses that applications gave, within the networks that may be called. */
  readonly caller: HttpCaller;
  /** Absolute folders below which files may be exchanged with applications. */
  readonly dropFolders: readonly string[];
  /** Called between the named steps of an order: a test throws there, as a crash would. */
  readonly atStep?: (step: OrderStep) => void | Promise<void>;
}

/** Between any two of these a process may die; each is a place where the work can be taken up again. */
export const orderSteps = ['sending', 'sent', 'captured', 'executed', 'recorded', 'verifying'] as const;
/** `replanned`: another plan was made for an order, and nothing is written yet. */
export type OrderStep = (typeof orderSteps)[number] | 'replanned';
