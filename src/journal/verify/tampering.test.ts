import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { newId, publicId, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { recordAll, sequence } from '../index.ts';
import type { FindingKind } from './findings.ts';
import { verifyJournal } from './verify.ts';

const { organisation, asOwner } = await testStore();
const cause = systemCause('test');

async function journalOf(batches: readonly number[]): Promise<{ scope: Scope; size: number }> {
  const scope = await organisation();
  for (const count of batches) {
    const some = Array.from({ length: count }, (_, at) => ({
      kind: 'order.sent',
      subject: publicId('ord', newId()),
      data: { at },
    }));
    await write(scope, cause, (writing) => recordAll(writing, some));
    await sequence(scope);
  }
  return { scope, size: batches.reduce((sum, count) => sum + count, 1) };
}

const renumber = async (scope: Scope, from: number, by: number): Promise<void> => {
  await asOwner('update journal.entry set number = -number where org = $1 and number >= $2', [scope.org, from]);
  await asOwner('update journal.entry set number = -number + $2 where org = $1 and number < 0', [scope.org, by]);
};

interface Tampering {
  readonly kind: FindingKind;
  /** Alters entry `number`, or begins there; `other` is a later one. Returns the first entry that is then bad. */
  run(scope: Scope, number: number, other: number): Promise<number>;
}

/** What whoever owns the database can do to entries; each is undone by no other. */
const tamperings: readonly Tampering[] = [
  {
    kind: 'changed',
    run: async ({ org }, number) => {
      await asOwner("update journal.entry set body = body || ' '::bytea where org = $1 and number = $2", [org, number]);
      return number;
    },
  },
  {
    kind: 'missing',
    run: async ({ org }, number) => {
      await asOwner('delete from journal.entry where org = $1 and number = $2', [org, number]);
      return number;
    },
  },
  {
    kind: 'missing',
    run: async (scope, number) => {
      await asOwner('delete from journal.entry where org = $1 and number = $2', [scope.org, number]);
      await renumber(scope, number, -1);
      return number;
    },
  },
  {
    kind: 'added',
    run: async (scope, number) => {
      await renumber(scope, number, 1);
      await asOwner(
        `insert into journal.entry (org, number, id, at, kind, subject, body)
         select org, number - 1, $3, at, kind, subject, body || 'x'::bytea from journal.entry where org = $1 and number = $2`,
        [scope.org, number + 1, newId()],
      );
      return number;
    },
  },
  {
    kind: 'reordered',
    run: async ({ org }, number, other) => {
      const swap = 'update journal.entry set number = $3 where org = $1 and number = $2';
      await asOwner(swap, [org, number, -1]);
      await asOwner(swap, [org, other, number]);
      await asOwner(swap, [org, -1, other]);
      return number;
    },
  },
];

test('whatever is done to any entry of any journal, the first bad one is named, and what was done', async () => {
  const journal = fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 200, max: 400 })), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      journal,
      fc.constantFrom(...tamperings),
      fc.nat(),
      fc.nat(),
      async (batches, tampering, pick, step) => {
        const { scope, size } = await journalOf(batches);
        const number = 1 + (pick % (size - 1));
        const other = number + 1 + (step % (size - number));
        const first = await tampering.run(scope, number, other);
        const { finding, size: good } = await verifyJournal(scope);
        expect({ ...finding, good }).toMatchObject({
          kind: tampering.kind,
          number: first,
          through: first,
          good: first - 1,
        });
      },
    ),
    { numRuns: 40 },
  );
});
