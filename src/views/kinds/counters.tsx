import { sql } from 'kysely';
import { compileFilter, from, type ViewOf } from '../../model/index.ts';
import { calculated, databaseOf, momentOf, selection } from '../../objects/index.ts';
import { StatTiles } from '../../ui/index.ts';
import { type Drawing, type Looking, viewedType } from '../looking.ts';
import { both, listAddress } from '../narrowed.ts';
import { words } from '../words.ts';

/** How many objects each condition holds of, in one query. Each number leads to its list. */
export async function drawCounters(looking: Looking, view: ViewOf<'counters'>): Promise<Drawing> {
  const { scope, acting, reading } = looking;
  const type = viewedType(looking, view.of);
  const moment = momentOf(scope, acting.asker);
  const filter = view.filter ?? null;
  const conditions = Object.values(view.counters).map(({ when }) =>
    when === undefined ? sql`true` : compileFilter(acting.model, type, when, moment).condition,
  );
  const counts = conditions.map((condition) => sql`count(*) filter (where ${condition})`);
  // Rows out of sight are left out before a counter's condition is tried on any.
  const query = sql<{ counts: readonly string[] }>`
    select array[${sql.join(counts)}]::text[] as counts
      from (select * from ${from(type)} as o where ${selection(scope, acting, type, { filter })} offset 0) as o`;
  const { rows } = await calculated(query.execute(databaseOf(scope)));
  const told = Object.entries(view.counters).map(([name, counter], at) => ({
    name,
    label: counter.label,
    value: Number(rows[0]?.counts[at] ?? 0),
    href: listAddress(type, both(filter, counter.when ?? null)),
  }));
  const tiles = () => <StatTiles label={type.plural} stats={told} />;
  return {
    page: tiles,
    brief: tiles,
    json: () => ({ counters: told.map(({ name, label, value }) => ({ name, label: { ...label }, value })) }),
    sheet: () => [
      [type.plural[reading.language], words.count[reading.language]],
      ...told.map(({ label, value }) => [label[reading.language], String(value)]),
    ],
    picture: () => null,
  };
}
