import { counted } from '../../kernel/index.ts';
import type { Removal } from '../../objects/index.ts';
import { hintDue } from '../../store/index.ts';
import { openStates as open } from './removed.ts';

/** An application that is deleted with orders open: they end at once, and the letters to the persons say so. */
export const openOrdersRemoval: Removal = {
  types: ['application'],
  tell: async (scope, application) => {
    const { total } = await scope.db
      .selectFrom('compliance.application_order')
      .select((select) => select.fn.countAll<bigint>().as('total'))
      .where('application_id', '=', application)
      .where('state', 'in', open)
      .executeTakeFirstOrThrow();
    if (total === 0n) return [];
    const orders = counted(
      Number(total),
      { fr: 'ordre ouvert s’arrête', en: 'open order stops' },
      { fr: 'ordres ouverts s’arrêtent', en: 'open orders stop' },
    );
    return [
      {
        fr: `${orders.fr} : rien n’y est tenu pour effacé, et la réponse aux personnes concernées le dit.`,
        en: `${orders.en}: nothing there is taken as erased, and the answer to the persons concerned says so.`,
      },
    ];
  },
  remove: async ({ tx, now }, application) => {
    const { numUpdatedRows } = await tx
      .updateTable('compliance.application_order')
      .set({ next_at: now })
      .where('application_id', '=', application)
      .where('state', 'in', open)
      .where((where) => where.or([where('next_at', 'is', null), where('next_at', '>', now)]))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await hintDue(tx);
  },
};
