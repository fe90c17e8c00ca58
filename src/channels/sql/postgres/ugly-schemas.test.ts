import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '../../../../test/support/application.ts';
import { projectRoot } from '../../../kernel/index.ts';
import { execute, seePerson } from '../index.ts';

interface Case {
  readonly file: string;
  readonly email: string;
  /** What names person 7 of the fixture, wherever it is. */
  readonly names: RegExp;
  /** Rows that are the person's by what they refer to, although they name nobody. */
  readonly refersBy?: RegExp;
  /** What must still be there: counts and amounts. */
  readonly stays: string;
}

const cases: readonly Case[] = [
  {
    file: 'french-without-keys.sql',
    email: 'Client7@exemple.fr',
    names: /\b(NOM7|PRENOM7|client7@|7 RUE DU TEST)/i,
    stays: 'select count(*)::int, sum("CMD_MT_TTC")::text, count("CMD_NUM")::int as numbers from "T_COMMANDE"',
  },
  {
    file: 'satellites-and-audit.sql',
    email: 'person7@example.com',
    names: /\b(First7|Last7|person7@)/i,
    stays: 'select count(*)::int, sum(amount)::text, count(stage)::int as stages from crm."Deal"',
  },
  {
    file: 'insurer.sql',
    email: 'assure7@exemple.fr',
    names: /\b(USAGE7|NAISS7|PRENOMS7|assure7@|270057500000007)\b|choc de A00007/i,
    refersBy: /A00007/,
    stays: 'select count(*)::int, sum(montant)::text, count(medecin_id)::int as doctors from sinistre',
  },
  {
    file: 'shops-and-staff.sql',
    email: 'client7@example.com',
    names: /\b(First7|Last7|client7@)/i,
    stays: 'select count(*)::int, sum(total)::text, count(staff_id)::int as staff from retail.sale',
  },
];

/** Every row of every table, by table and place in the order of its text. */
async function everything(application: TestApplication): Promise<readonly string[]> {
  const { tables } = await application.catalogue();
  const all: string[] = [];
  for (const { schema, table } of tables) {
    const rows = await application.rows<{ row: string }>(
      `select '${table} ' || to_jsonb(t)::text as row from "${schema}"."${table}" t order by 1`,
    );
    all.push(...rows.map(({ row }) => row));
  }
  return all;
}

describe.each(cases)('$file', ({ file, email, names, refersBy, stays }) => {
  test('by categories alone, the person is named nowhere, others’ rows are the same to the byte, amounts stay', async () => {
    const sql = readFileSync(join(projectRoot, 'src/channels/sql/postgres/fixtures', file), 'utf8');
    const application = await testApplication(sql);
    const plan = await application.plan();
    const before = await everything(application);
    const kept = await application.rows(stays);
    expect(before.filter((row) => names.test(row)).length).toBeGreaterThan(3);
    const person = { ref: 'p_7', identities: [{ kind: 'email', value: email }] };
    const { persons } = await execute(application.connection, plan, [person], { persist: async () => undefined });
    expect(persons).toMatchObject([{ outcome: 'executed', seen: [], detail: null }]);
    const after = await everything(application);
    expect(after.filter((row) => names.test(row))).toEqual([]);
    const left = new Set(after);
    const changed = before.filter((row) => !left.has(row));
    expect(changed.filter((row) => !names.test(row) && refersBy?.test(row) !== true)).toEqual([]);
    expect(await application.rows(stays)).toEqual(kept);
    expect(await seePerson(application.connection, plan, person.identities)).toMatchObject({ isSeen: false });
  });
});
