import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, created, type Who } from '../../http/index.ts';
import { type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { lastRuns, type Run, readRun } from './row.ts';
import { startRun, tellRestarted, usualKinds } from './start.ts';
import { shownRun } from './view.ts';

const connect = may('applications.connect');

const asked = z.strictObject({
  /** The kinds of identifiers that the application knows persons by. */
  kinds: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/))
    .min(1)
    .max(10)
    .optional(),
});

/** Conformance by programs and by the command line. */
export function conformanceApi(engine: Engine, app: ApiApp): void {
  app.post(
    '/applications/:id/conformance',
    { summary: 'Drives an application through every case, with made-up persons', body: asked, allow: connect },
    async (call) => {
      const { scope } = call.who;
      const application = await engine.applications.find(call.who.scope, call.params.id);
      const written = await writeOnce(scope, call.cause, call.requestHash, async (writing) => ({
        status: 201,
        resource: await startRun(engine, writing, application, call.body.kinds ?? usualKinds(application)),
      }));
      const run = await expectRun(call.who, written.resource);
      return created(`/api/v1/conformance/${publicId('job', run.id)}`, shownRun(run, application.name, call.language));
    },
  );
  app.get(
    '/applications/:id/conformance',
    { summary: 'The last conformance test of an application', allow: may('repository.read') },
    async (call) => {
      const application = await engine.applications.find(call.who.scope, call.params.id);
      const [run] = await lastRuns(call.who.scope.db, application.id, 1);
      if (run === undefined) throw neverRun();
      return shownRun(run, application.name, call.language);
    },
  );
  app.get(
    '/conformance/:run',
    { summary: 'A conformance test, case by case', allow: may('repository.read') },
    async (call) => {
      const run = await expectRun(call.who, runId(call.params.run));
      const application = await engine.applications.find(call.who.scope, publicId('app', run.application));
      return shownRun(run, application.name, call.language);
    },
  );
  app.post(
    '/conformance/:run/restarted',
    { summary: 'Says that the application was restarted, as the test asked', allow: connect },
    async (call) => {
      const run = await expectRun(call.who, runId(call.params.run));
      await write(call.who.scope, call.cause, (writing) => tellRestarted(writing, run.id));
      const application = await engine.applications.find(call.who.scope, publicId('app', run.application));
      return shownRun(await expectRun(call.who, run.id), application.name, call.language);
    },
  );
}

async function expectRun(who: Who, id: string): Promise<Run> {
  const run = await readRun(who.scope.db, id);
  if (run === null) throw neverRun();
  return run;
}

function runId(reference: string): Id<'job'> {
  const id = parseId('job', reference);
  if (id === null) throw neverRun();
  return id;
}

function neverRun(): Refusal {
  return new Refusal('conformance.none', 404, {
    fr: 'Aucun essai de conformité à ce nom. Lancez-en un : « socle conformance APP », ou la page de l’application.',
    en: 'No conformance test by this name. Run one: “socle conformance APP”, or the application’s page.',
  });
}
