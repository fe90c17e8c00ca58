import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import type { Scope } from '../../store/index.ts';

/** Runs `work`, and returns the plan of every query and change it made, as the application role gets it. */
export async function plansOf(scope: Scope, work: (scope: Scope) => Promise<unknown>): Promise<readonly string[]> {
  const nodes: RootOperationNode[] = [];
  const listener: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await work({ ...scope, db: scope.db.withPlugin(listener) });
  const plans: string[] = [];
  for (const node of nodes) {
    const { sql, parameters } = scope.db.getExecutor().compileQuery(node, { queryId: 'explained' });
    if (!/^\s*(select|with|update|delete)/i.test(sql)) continue;
    const explained = CompiledQuery.raw(`explain (costs off) ${sql}`, [...parameters]);
    const { rows } = await scope.db.executeQuery<{ 'QUERY PLAN': string }>(explained);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}
