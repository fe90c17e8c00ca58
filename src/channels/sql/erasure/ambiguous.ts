import type { SqlConnection } from '../connection.ts';
import { isShareable } from '../matching.ts';
import { namesApproach } from '../names.ts';
import type { LeftOut } from '../outcome.ts';
import type { ErasurePlan } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { identityComparable, keyColumns, keyTexts } from './expressions.ts';
import { judgeNames, type NamedRow } from './needles.ts';
import { concordant, identityOf, nameColumns, soughtTable, stepAt, type Target } from './statements.ts';

/** Persons for whom one identifier finds rows of different names, among the steps that are walked. Changes nothing. */
export async function judgeAmbiguous(
  connection: SqlConnection,
  plan: ErasurePlan,
  steps: readonly number[],
): Promise<readonly LeftOut[]> {
  const found: LeftOut[] = [];
  for (const index of steps) {
    const shared = sharedValues({ dialect: connection.dialect, plan }, index);
    if (shared === null) continue;
    const several = await connection.query<{ person: number }>(shared.several);
    if (several.length === 0) continue;
    const named = shared.named(several.map(({ person }) => person));
    const rows = await connection.query<NamedRow>(named);
    const byPerson = new Map<number, NamedRow[]>();
    for (const row of rows) byPerson.set(row.person, [...(byPerson.get(row.person) ?? []), row]);
    for (const [person, own] of byPerson) {
      const isJudged = found.some(([other]) => other === person);
      const rowsOfPerson = isJudged ? own.filter(({ kind }) => !isShareable(kind)) : own;
      const verdict = rowsOfPerson.length > 1 ? judgeNames(rowsOfPerson) : 'one';
      if (verdict !== 'one') found.push([person, verdict === 'several' ? 'all' : 'shared']);
    }
  }
  return found;
}

/**
 * Rows of persons that one identifier finds: a household shares an e-mail, and one of them asks. `several`: the persons of
 * whom more than one row is found; `named`: their rows with their names. Null when the step has no names to tell them apart.
 */
function sharedValues(
  target: Target,
  index: number,
): { readonly several: string; named(persons: readonly number[]): string } | null {
  const { dialect, plan } = target;
  const step = stepAt(plan, index);
  const identities = step.ways.flatMap((way) => (way.kind === 'identity' ? [identityOf(plan, step, way.column)] : []));
  const columns = nameColumns(step);
  const isOnce = step.isPersons && step.scope === 'row' && !namesApproach(step.table);
  if (!isOnce || columns.length === 0 || identities.length === 0) return null;
  const texts = columns.map(({ column }, place) => `${dialect.text(`t.${quoted(column)}`)} as n${place}`);
  const key = `${keyTexts(dialect, step, keyColumns(dialect, step, 't')).join(" || ' ' || ")} as k`;
  const found = (read: readonly string[], persons: string): string =>
    identities
      .map(
        (identity) => `select ${['s.person', ...read].join(', ')}
  from ${quotedTable(step)} t ${dialect.orderedJoin} ${soughtTable(dialect)} s on s.kind = ${literal(identity.kind)} and s.value = ${identityComparable(dialect, 't', identity)}
  where ${persons}${concordant(target, step, identity.kind)}`,
      )
      .join('\nunion ');
  return {
    several: `select u.person from (${found([key], 'true')}) u group by u.person having min(u.k) <> max(u.k)`,
    named: (persons) => found(['s.kind', key, ...texts], `s.person in (${persons.join(', ')})`),
  };
}
