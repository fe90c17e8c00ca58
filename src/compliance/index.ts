/**
 * Data compliance: persons and their identifiers, requests, the orders that applications are sent, and the proof of it.
 *
 *   const engine = openCompliance({ store, log, model: () => model, publicUrl, internalNetworks: () => [] });
 *   const { id } = await write(scope, cause, (writing) => openRequest(engine, writing, intake));
 *   new Pump({ store, log, handlers: [...complianceHandlers(engine), …], beats });
 *   createServer({ slices: [...complianceSlices(engine), …], … });
 *
 * Everything after the opening is due work: the pump carries requests and orders on by what the facts allow.
 */

import { HttpCaller, networks } from '../channels/index.ts';
import { Bell } from '../http/index.ts';
import type { Log } from '../kernel/index.ts';
import type { Model } from '../model/index.ts';
import { applicationDirectory } from '../repository/index.ts';
import type { DueHandler, Store } from '../store/index.ts';
import { withinControllers } from './application/uses.ts';
import { confirmationHandler } from './confirmation/watch.ts';
import { conformanceHandler } from './conformance/run.ts';
import { dropHandler } from './drop/pickup.ts';
import type { Engine } from './engine.ts';
import { holdHandler } from './hold/hold.ts';
import { ledgerHandler } from './ledger/ledger.ts';
import { orderHandler } from './order/run.ts';
import { requestHandler } from './request/advance.ts';
import { answerCopyHandler } from './request/answer-copy.ts';
import { fileHandler } from './request/file-retention.ts';
import { modelRegister } from './request/model-register.ts';
import { taskHandler } from './task/watch.ts';
import { tombstoneHandler } from './tombstone/tombstone.ts';

export interface ComplianceOptions {
  readonly store: Store;
  readonly log: Log;
  readonly model: () => Model;
  /** Where people reach Socle, without a trailing slash. */
  readonly publicUrl: string;
  /** Networks where applications live and that Socle would otherwise not call, as CIDR. */
  readonly internalNetworks: () => readonly string[];
  /** Absolute folders below which files may be exchanged with applications. */
  readonly dropFolders: readonly string[];
}

export function openCompliance(options: ComplianceOptions): Engine {
  return {
    store: options.store,
    log: options.log,
    applications: withinControllers(applicationDirectory(options.model), options.model),
    register: modelRegister(options.model),
    bell: new Bell(),
    publicUrl: options.publicUrl,
    caller: new HttpCaller(asTheyAre(options.internalNetworks)),
    dropFolders: options.dropFolders,
  };
}

/** The networks that may be called now: an example chosen while Socle runs opens this machine's own. */
function asTheyAre(list: () => readonly string[]): ReturnType<typeof networks> {
  let known = list();
  let held = networks(known);
  const now = (): typeof held => {
    const asked = list();
    if (asked !== known) [known, held] = [asked, networks(asked)];
    return held;
  };
  return { mayCall: (address) => now().mayCall(address), isInternal: (address) => now().isInternal(address) };
}

/** The due work of this room, for the pump. */
export function complianceHandlers(engine: Engine): readonly DueHandler[] {
  return [
    requestHandler(engine),
    orderHandler(engine),
    taskHandler(engine),
    dropHandler(engine),
    tombstoneHandler,
    ledgerHandler,
    holdHandler,
    fileHandler,
    answerCopyHandler,
    confirmationHandler(engine),
    conformanceHandler(engine),
  ];
}

export { applicationFinder, applicationKeyPrefix, issueCredential } from './application/credentials.ts';
export { conformanceRemoval } from './conformance/removal.ts';
export type { Engine } from './engine.ts';
export { complianceFactWords } from './evidence/fact-words.ts';
export { complianceKindWords } from './evidence/kind-words.ts';
export { onboardingPanel } from './onboarding/onboarding.pages.tsx';
export { deliverySweep } from './order/delivery/log.ts';
export { openOrdersRemoval } from './order/removal.ts';
export { declareRestoration } from './order/restoration.ts';
export { isOrderState, orderStateLabel } from './order/states.ts';
export { stoppedOrders } from './order/stopped.tsx';
export { type Intake, type Opened, openRequest } from './request/intake.ts';
export { complianceSlices } from './slices.ts';
