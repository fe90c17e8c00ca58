import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { follow, type PageApp, redirect, type Slice, type Visit } from '../../http/index.ts';
import { publicId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { renderFragment } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { conformanceApi } from './conformance.api.ts';
import { conformanceHref, conformancePage, LiveRun } from './conformance-page.tsx';
import { lastRuns, type Run } from './row.ts';
import { startRun, tellRestarted, usualKinds } from './start.ts';

/** Whether an application treats its orders as it should: tried, kept and shown. */
export function conformanceSlice(engine: Engine): Slice {
  return {
    name: 'conformance',
    pages: (app) => conformancePages(engine, app),
    api: (app) => conformanceApi(engine, app),
  };
}

const read = may('repository.read');
const connect = may('applications.connect');
const shownRuns = 5;

const several = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const asked = z.object({
  kinds: several.pipe(z.array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)).max(10)).optional(),
});

function conformancePages(engine: Engine, app: PageApp): void {
  app.get('/applications/:id/conformance', { allow: read }, async ({ who, params, clock }) => {
    const line = await engine.applications.find(who.scope, params.id);
    const runs = await lastRuns(who.scope.db, line.id, shownRuns);
    return conformancePage({ line, runs, now: clock.now(), mayConnect: can(who, 'applications.connect') });
  });

  app.post('/applications/:id/conformance', { form: asked, allow: connect }, async (visit) => {
    const line = await engine.applications.find(visit.who.scope, visit.params.id);
    await write(visit.who.scope, visit.cause, (writing) =>
      startRun(engine, writing, line, visit.body.kinds ?? usualKinds(line)),
    );
    return redirect(conformanceHref(line.id), { flash: { fr: 'L’essai a commencé.', en: 'The test has begun.' } });
  });

  app.post('/applications/:id/conformance/restarted', { allow: connect }, async (visit) => {
    const line = await engine.applications.find(visit.who.scope, visit.params.id);
    const [run] = await lastRuns(visit.who.scope.db, line.id, 1);
    if (run !== undefined) await write(visit.who.scope, visit.cause, (writing) => tellRestarted(writing, run.id));
    return redirect(conformanceHref(line.id));
  });

  app.events('/applications/:id/conformance/events', { allow: read }, async function* (visit) {
    yield* followRun(engine, visit);
  });
}

type Following = Visit<'/applications/:id/conformance/events', Readonly<Record<string, string>>, undefined> & {
  readonly lastEventId: string | null;
};

async function* followRun(engine: Engine, visit: Following) {
  const { who, language, csrf } = visit;
  const line = await engine.applications.find(who.scope, visit.params.id);
  const reader = { language, timeZone: 'Europe/Paris', theme: 'auto' as const, csrf };
  yield* follow({
    after: visit.lastEventId,
    read: async (after) => {
      const [run] = await lastRuns(who.scope.db, line.id, 1);
      if (run === undefined || stampOf(run) === after) return [];
      const mayConnect = can(who, 'applications.connect');
      const html = renderFragment(<LiveRun run={run} mayConnect={mayConnect} />, { ...reader, now: visit.clock.now() });
      return [{ id: stampOf(run), event: 'fragment', data: html }];
    },
    bell: engine.bell,
    topic: publicId('app', line.id),
    everyMs: 1_000,
    signal: visit.signal,
  });
}

/** Changes with whatever the page shows live. */
function stampOf(run: Run): string {
  return `${run.id}.${run.results.length}.${run.state}.${run.restart}.${run.current?.step?.do === 'restart'}`;
}
