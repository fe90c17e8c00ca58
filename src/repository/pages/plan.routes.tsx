import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, redirect, type Visit } from '../../http/index.ts';
import { Refusal } from '../../kernel/index.ts';
import { readApplication } from '../application/applications.ts';
import { declarationSchema, declareInMap } from '../application/declare.ts';
import { connectionOf } from '../connection/connection.ts';
import { dictionaryOf } from '../dictionary/dictionary.ts';
import { previewFor } from '../plan/plan.ts';
import { problemsOfRefusal } from './connection-page.tsx';
import type { RepositoryOptions } from './context.ts';
import { applicationsPath, pathsOf } from './frame.tsx';
import { planPage } from './plan-page.tsx';

/** Those who may look a person up in an application: the same as those who may open a request, and who connect. */
const look = may('applications.connect');

const form = z.object({ kind: z.string().trim().min(1).max(40), value: z.string().trim().min(1).max(320) });

/** The plan viewer. The identifier travels in a body, never in an address, where logs would keep it. */
export function mountPlan(app: PageApp, options: RepositoryOptions): void {
  type PlanVisit = Pick<Visit<'/applications/:id/plan', unknown, unknown>, 'who' | 'params' | 'clock'>;
  const open = async (visit: PlanVisit) => {
    const line = await readApplication(visit.who.scope, options.model(), visit.params.id);
    const stopped = (await options.stopped?.(visit.who, line)) ?? null;
    const mayDeclare = !visit.who.isReadOnly;
    return { line, now: visit.clock.now(), kinds: await kindsOf(visit, line.id), stopped, mayDeclare };
  };
  app.get(`${applicationsPath}/:id/plan`, { allow: look }, async (visit) =>
    planPage({ ...(await open(visit)), kind: 'email', problems: [], result: null }),
  );
  app.post(
    `${applicationsPath}/:id/plan`,
    {
      form,
      allow: look,
      again: async (visit, refusal, typed) =>
        planPage({
          ...(await open(visit)),
          kind: typed.kind ?? 'email',
          problems: problemsOfRefusal(refusal),
          result: null,
        }),
    },
    async (visit) => {
      const opened = await open(visit);
      const { kind, value } = visit.body;
      const result = await previewFor(visit.who.scope, opened.line.id, [{ kind, value }]);
      return planPage({ ...opened, kind, problems: [], result });
    },
  );
  mountDeclarations(app, options);
}

/** What is said of the schema from this page goes into the map, as if it had been written there. */
function mountDeclarations(app: PageApp, options: RepositoryOptions): void {
  app.post(
    `${applicationsPath}/:id/declarations`,
    { form: z.object({ declaration: z.string().max(5_000) }), allow: look },
    async (visit) => {
      const line = await readApplication(visit.who.scope, options.model(), visit.params.id);
      await declareInMap(visit.who.scope, visit.cause, line.id, declarationOf(visit.body.declaration));
      return redirect(pathsOf(line).plan, {
        flash: {
          fr: 'Déclaré. Le plan d’effacement en tient compte dès maintenant ; relancez les ordres arrêtés là.',
          en: 'Declared. The erasure plan takes it into account from now on; retry the orders that stopped there.',
        },
      });
    },
  );
}

function declarationOf(text: string) {
  const parsed = declarationSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Refusal('repository.declaration_unreadable', 422, {
    fr: 'Cette déclaration ne se lit pas. Rechargez la page, puis recommencez.',
    en: 'This declaration can’t be read. Reload the page, then start over.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Kinds that this application's columns can be asked for: e-mail always, then what is declared or deduced. */
async function kindsOf(
  visit: Pick<Visit<string, unknown, unknown>, 'who'>,
  application: string,
): Promise<readonly string[]> {
  const { scope } = visit.who;
  const [connection, dictionary] = await Promise.all([
    connectionOf(scope, application),
    dictionaryOf(scope, application),
  ]);
  const kinds = [...connection.identities, ...dictionary.identities].map(({ kind }) => kind);
  return [...new Set(['email', ...kinds])];
}
