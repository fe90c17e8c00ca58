import type { Slice } from '../http/index.ts';
import type { Log } from '../kernel/index.ts';
import type { DueHandler } from '../store/index.ts';
import { objectsApi } from './api/objects.api.ts';
import { bulkApi } from './bulk/bulk.api.ts';
import { bulkPages } from './bulk/bulk.pages.tsx';
import { bulkHandler } from './bulk/run.ts';
import { exportSlice } from './export/export.slice.ts';
import { importsApi } from './import/import.api.ts';
import { importPages } from './import/import.pages.tsx';
import type { ModelSource } from './model-source.ts';
import { noticeMailHandler } from './notices/mail.ts';
import { noticesApi } from './notices/notices.api.ts';
import { noticesPages } from './notices/notices.pages.tsx';
import { Addresses, type Home, type ObjectPagesOptions } from './pages/context.ts';
import { objectsPages } from './pages/objects.pages.tsx';
import { scheduleHandler } from './schedule/watch.ts';
import { tasksApi } from './tasks/tasks.api.ts';
import { tasksPages } from './tasks/tasks.pages.tsx';
import { taskHandler } from './tasks/tasks.ts';

/** What this room mounts: the generic API and pages of every type. */
export function objectsSlices(options: ObjectPagesOptions): readonly Slice[] {
  const addresses = new Addresses(options.homes);
  return [
    objectsApi(options),
    objectsPages(options),
    bulkApi(options.models),
    bulkPages(options.models, addresses),
    noticesApi(options.models),
    noticesPages(options.models, addresses),
    tasksApi(options.models),
    tasksPages(options.models, addresses),
    importsApi(options.models),
    importPages(options.models),
    exportSlice(options.models),
  ];
}

export interface ObjectsWork {
  readonly models: ModelSource;
  readonly homes: readonly Home[];
  readonly log: Log;
  readonly publicUrl: string;
}

/** What this room has the pump do: many objects at once, messages, tasks that come due, reminders and scheduled transitions. */
export function objectsHandlers({ models, homes, log, publicUrl }: ObjectsWork): readonly DueHandler[] {
  return [
    bulkHandler(models, log),
    noticeMailHandler({ models, addresses: new Addresses(homes), publicUrl }),
    taskHandler,
    scheduleHandler(models, log),
  ];
}
