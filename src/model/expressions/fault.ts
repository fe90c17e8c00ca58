import { Refusal, type Text } from '../../kernel/index.ts';

/** What is wrong in an expression, and where: offsets in its text, from 0. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';

  constructor(
    readonly start: number,
    readonly end: number,
    readonly text: Text,
  ) {
    super(text.en);
  }
}

const supported: Text = {
  fr: 'On peut écrire : ==, !=, <, <=, >, >=, &&, ||, !, in [ … ], « x » in liste, == null, startsWith, contains, endsWith, + - * /, a ? b : c, référence.attribut, has(relation), lower(), upper(), size(), abs(), round(), year(), month(), day(), date("…"), timestamp("…"), duration("…"), decimal("…"), money("…", "EUR"), quantity("…", "kg"), value_in(…, "kg"), today(), now(), me.',
  en: 'You can write: ==, !=, <, <=, >, >=, &&, ||, !, in [ … ], "x" in list, == null, startsWith, contains, endsWith, + - * /, a ? b : c, reference.attribute, has(relation), lower(), upper(), size(), abs(), round(), year(), month(), day(), date("…"), timestamp("…"), duration("…"), decimal("…"), money("…", "EUR"), quantity("…", "kg"), value_in(…, "kg"), today(), now(), me.',
};

/** A filter that can't be compiled: where, what, and what can be written. */
export function refuseFilter(fault: ExpressionFault): Refusal {
  const { start, text } = fault;
  return new Refusal(
    'filter.invalid',
    400,
    {
      fr: `Filtre refusé, caractère ${start + 1} : ${text.fr} ${supported.fr}`,
      en: `Filter refused, character ${start + 1}: ${text.en} ${supported.en}`,
    },
    [{ pointer: '/filter', code: 'filter.invalid', text }],
  );
}
