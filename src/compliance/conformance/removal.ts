import { counted } from '../../kernel/index.ts';
import type { Removal } from '../../objects/index.ts';

/** An application leaves with its tests: they prove nothing about anybody. */
export const conformanceRemoval: Removal = {
  types: ['application'],
  tell: async (scope, application) => {
    const { count } = await scope.db
      .selectFrom('compliance.conformance_run')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('application_id', '=', application)
      .executeTakeFirstOrThrow();
    const runs = counted(
      Number(count),
      { fr: 'essai de conformité disparaît', en: 'conformance test goes' },
      { fr: 'essais de conformité disparaissent', en: 'conformance tests go' },
    );
    return Number(count) === 0 ? [] : [{ fr: `${runs.fr}.`, en: `${runs.en}.` }];
  },
  remove: async ({ tx }, application) => {
    await tx.deleteFrom('compliance.conformance_run').where('application_id', '=', application).execute();
  },
};
