import type { Command } from '../command.ts';
import { appAdd } from './app-add.ts';
import { appMap } from './app-map.ts';
import { bench } from './bench.ts';
import { conformance } from './conformance.ts';
import { evidenceExport } from './evidence-export.ts';
import { harvest } from './harvest.ts';
import { importFile } from './import.ts';
import { journalCheckpoint, journalKey, journalRotateKey, journalVerify } from './journal.ts';
import { keyCreate } from './key-create.ts';
import { modelApply, modelDiff, modelTakeBack } from './model-change.ts';
import { modelCheck } from './model-check.ts';
import { modelMend } from './model-mend.ts';
import { modelCompare, modelExport, modelVersions } from './model-versions.ts';
import { orderCheck } from './order-check.ts';
import { planErase } from './plan-erase.ts';
import { requestNew, requestRetry, requestShow } from './request.ts';
import { up } from './up.ts';

/** In the order of the help page. */
export const commands: readonly Command[] = [
  up,
  keyCreate,
  appAdd,
  appMap,
  harvest,
  conformance,
  planErase,
  requestNew,
  requestShow,
  requestRetry,
  orderCheck,
  evidenceExport,
  journalVerify,
  journalCheckpoint,
  journalKey,
  journalRotateKey,
  modelCheck,
  modelDiff,
  modelApply,
  modelVersions,
  modelCompare,
  modelTakeBack,
  modelExport,
  modelMend,
  importFile,
  bench,
];
