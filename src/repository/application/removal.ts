import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { counted, publicId, type Text } from '../../kernel/index.ts';
import type { Removal } from '../../objects/index.ts';
import type { Scope, Tx } from '../../store/index.ts';

/**
 * An application leaves with how it was reached and what was read of it: its connection, whose address is a secret, and
 * its dictionary. The plans of past requests stay, because requests and their evidence name them by their digests: they
 * hold names of tables and columns, no secret and no value (decision 0038).
 */
export const applicationRemoval: Removal = {
  types: ['application'],
  tell: async (scope, application) => {
    const { connections, tables, fields, verdicts } = await countsOf(scope.db, application);
    if (connections === 0 && tables === 0) return [];
    return [connectionGoes, dictionaryGoes(tables, fields, verdicts), evidenceStays];
  },
  remove: async (writing, application) => {
    const { tx } = writing;
    // A harvest under way holds this row: it ends before, or finds no connection any more.
    await tx
      .selectFrom('repository.connection')
      .select('id')
      .where('application_id', '=', application)
      .forUpdate()
      .execute();
    const { connections, tables, fields, verdicts } = await countsOf(tx, application);
    if (connections === 0 && tables === 0) return;
    // Fields and their verdicts go with their tables.
    for (const table of ['source_table', 'harvest', 'catalogue', 'connection'] as const) {
      await tx.deleteFrom(`repository.${table}`).where('application_id', '=', application).execute();
    }
    const subject = publicId('app', application);
    await record(writing, { kind: 'application.removed', subject, data: { tables, fields, verdicts } });
  },
};

async function countsOf(db: Tx | Scope['db'], application: string) {
  const { rows } = await sql<{ connections: number; tables: number; fields: number; verdicts: number }>`
    select (select count(*)::float8 from repository.connection where application_id = ${application}) as connections,
           (select count(*)::float8 from repository.source_table where application_id = ${application}) as tables,
           count(*)::float8 as fields, count(verdict)::float8 as verdicts
      from repository.field where application_id = ${application}`.execute(db);
  return rows[0] ?? { connections: 0, tables: 0, fields: 0, verdicts: 0 };
}

const connectionGoes: Text = {
  fr: 'Son raccordement disparaît, avec l’adresse et le mot de passe scellés : Socle ne pourra plus rien y lire ni y effacer.',
  en: 'Its connection goes, with the sealed address and password: Socle can read and erase nothing there any more.',
};

function dictionaryGoes(tables: number, fields: number, verdicts: number): Text {
  const parts = [
    counted(tables, { fr: 'table', en: 'table' }, { fr: 'tables', en: 'tables' }),
    counted(fields, { fr: 'champ', en: 'field' }, { fr: 'champs', en: 'fields' }),
    counted(verdicts, { fr: 'verdict', en: 'verdict' }, { fr: 'verdicts', en: 'verdicts' }),
  ];
  const told = (language: 'fr' | 'en'): string => parts.map((part) => part[language]).join(', ');
  return { fr: `Son dictionnaire disparaît : ${told('fr')}.`, en: `Its dictionary goes: ${told('en')}.` };
}

const evidenceStays: Text = {
  fr: 'Restent : le journal, les dossiers de preuve, et les plans des demandes passées, qui n’ont ni secret ni valeur. Rien n’est effacé dans la base de l’application.',
  en: 'What stays: the journal, the evidence files, and the plans of past requests, which hold no secret and no value. Nothing is erased in the application’s own database.',
};
