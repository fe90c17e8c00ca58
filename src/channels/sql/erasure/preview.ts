import { tableKey } from '../catalogue.ts';
import { categoryText } from '../category.ts';
import type { SqlConnection } from '../connection.ts';
import type { Identity, Preview, PreviewField, PreviewStatement, PreviewTable } from '../outcome.ts';
import type { ErasurePlan, FieldPlan, PlanStep, Way } from '../plan.ts';
import { quotedTable } from '../quote.ts';
import { asRefusal, asRetryable } from '../trouble.ts';
import {
  ambiguousText,
  fillText,
  keepText,
  noticeText,
  problemText,
  purposeText,
  unplacedText,
  wayText,
} from '../words.ts';
import { withCategories } from './about.ts';
import { askLearnt, type Sightings } from './proof.ts';
import { countShared, eraseRows, findRows, stepAt, type Target } from './statements.ts';
import { inTime } from './sweep.ts';
import { seeUnlinked } from './unlinked.ts';
import { WorkingSet } from './working-set.ts';

/** Counts what would be done for these identities, in a read-only transaction. */
export async function previewPlan(
  connection: SqlConnection,
  plan: ErasurePlan,
  identities: readonly Identity[],
): Promise<Preview> {
  const all = new Set(plan.steps.map((_, index) => index));
  try {
    const set = await WorkingSet.open(connection, plan, all, [{ ref: 'preview', identities }]);
    const isAmbiguous = (await set.judgeAmbiguous()).some(([, which]) => which === 'all');
    if (!isAmbiguous) await set.leaveOutAmbiguous([]);
    await connection.begin('read');
    await set.find([0]);
    const counts = await set.counts();
    const standsIn = set.unplaced.get(0);
    const tables: PreviewTable[] = [];
    for (const [index, step] of plan.steps.entries()) {
      const rows = counts.get(index)?.get(0) ?? 0;
      if (rows === 0 && step.scope === 'mention') continue;
      tables.push(previewTable(plan, step, rows, await sharedRows(connection, plan, index)));
    }
    const { met, notLooked } = isAmbiguous ? nothingMet : await meet(connection, plan, set);
    return {
      isFound: tables.some((table) => table.rows > 0),
      refusal: isAmbiguous ? ambiguousText : standsIn === undefined ? null : unplacedText(standsIn),
      tables,
      statements: statementsOf({ dialect: connection.dialect, plan }),
      problems: plan.problems.map(problemText),
      notices: plan.notices.map(noticeText),
      met,
      notLooked,
    };
  } catch (error) {
    throw asRetryable(connection, error) ?? asRefusal(connection, error, '', []);
  } finally {
    await connection.run('rollback').catch(() => undefined);
  }
}

const nothingMet = { met: [], notLooked: [] };

/** Time given to looking, where nothing leads, for rows of one person: somebody waits for the page. */
const lookingMs = 15_000;

/** What an order would meet beside the rows that the plan leads to, and what the map could say of it. */
async function meet(
  connection: SqlConnection,
  plan: ErasurePlan,
  set: WorkingSet,
): Promise<Pick<Preview, 'met' | 'notLooked'>> {
  const alone = set.unplaced.get(0);
  if (alone !== undefined) return { met: alone, notLooked: [] };
  const deadline = performance.now() + lookingMs;
  const sightings: Sightings = new Map();
  await set.fillLearnt();
  const isAsked = await inTime(connection, lookingMs, () => askLearnt(connection, plan, sightings, set.steps));
  const { learnt, links } = set;
  const seeing = { learnt, links, sampled: [0], walked: new Set(set.steps), deadline };
  const notSeen = await seeUnlinked(connection, plan, seeing, sightings);
  const seen = (sightings.get(0) ?? []).filter(({ mayStay }) => !mayStay);
  return {
    met: seen.map((sighting) => withCategories(plan, sighting)),
    notLooked: [...(isAsked ? [] : plan.identities.map(tableKey)), ...notSeen],
  };
}

async function sharedRows(connection: SqlConnection, plan: ErasurePlan, index: number): Promise<number> {
  const ways = stepAt(plan, index).ways.filter(
    (way): way is Extract<Way, { kind: 'outgoing' }> => way.kind === 'outgoing',
  );
  if (ways.length === 0) return 0;
  const [row] = await connection.query<{ counted: number }>(
    `select count(*) as counted from (${ways.map((way) => countShared({ dialect: connection.dialect, plan }, index, way)).join(' union ')}) q`,
  );
  return Number(row?.counted ?? 0);
}

function previewTable(plan: ErasurePlan, step: PlanStep, rows: number, shared: number): PreviewTable {
  const fields = (wanted: FieldPlan['do']): readonly PreviewField[] =>
    step.fields
      .filter((field) => field.do === wanted)
      .map((field) => ({
        column: field.column,
        category: field.category,
        words: field.do === 'keep' ? keepText(field.why) : fillText(field.fill, categoryText(field.category ?? 'none')),
      }));
  return {
    table: tableKey(step),
    action: step.action,
    rows,
    shared,
    ways: step.ways.map((way) => wayText(plan, step, way)),
    blanked: step.action === 'blank' ? fields('blank') : [],
    kept: step.action === 'delete' ? [] : fields('keep'),
  };
}

/** The statements of the run, in order: find, erase, refresh. */
function statementsOf(target: Target): readonly PreviewStatement[] {
  const { plan } = target;
  const finds = plan.steps.flatMap((step, index) =>
    step.ways.map((way) => ({ purpose: purposeText('find', tableKey(step)), sql: findRows(target, index, way) })),
  );
  const erases = plan.steps
    .map((step, index) => ({ step, statements: eraseRows(target, index) }))
    .toReversed()
    .flatMap(({ step, statements }) =>
      statements.map((sql) => ({
        purpose: purposeText(step.action === 'delete' ? 'delete' : 'blank', tableKey(step)),
        sql,
      })),
    );
  const refreshes = plan.refresh.map((view) => ({
    purpose: purposeText('refresh', tableKey(view)),
    sql: `refresh materialized view ${quotedTable(view)}`,
  }));
  return [...finds, ...erases, ...refreshes];
}
