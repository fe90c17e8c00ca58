import { z } from 'zod';
import { type Declaration, withDeclaration } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { type Cause, type Id, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import { checkConnection } from '../connection/check.ts';
import { addressOf, type Connection, connectionOf, keepConnection } from '../connection/connection.ts';

const path = z.string().trim().min(1).max(400);

/** A declaration as a page or a program says it; the schema has the last word on the names. */
export const declarationSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('join'), from: z.array(path).min(1).max(8), to: z.array(path).min(1).max(8) }),
  z.strictObject({
    what: z.literal('identity'),
    kind: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9_]{0,39}$/),
    column: path,
  }),
  z.strictObject({ what: z.literal('ignore'), table: path }),
]);

/**
 * Adds one declaration to the map of an application, by the way of the whole map: held against the live schema first, and
 * refused (422) with what doesn't fit it. Nothing in any application changes.
 */
export async function declareInMap(
  scope: Scope,
  cause: Cause,
  application: Id<'application'>,
  declaration: Declaration,
): Promise<void> {
  const known = await connectionOf(scope, application);
  const map = withDeclaration(known.map ?? '', declaration);
  await keepMap(scope, cause, known, { map, name: 'map.yaml' }, (writing) =>
    record(writing, {
      kind: 'application.declared',
      subject: publicId('app', application),
      data:
        declaration.what === 'join'
          ? { declared: 'join', from: declaration.from.join(', '), to: declaration.to.join(', ') }
          : declaration.what === 'ignore'
            ? { declared: 'ignore', table: declaration.table }
            : { declared: 'identity', kind: declaration.kind, column: declaration.column },
    }),
  );
}

/** Puts another map in the place of the present one; null for none. */
export async function replaceMap(
  scope: Scope,
  cause: Cause,
  application: Id<'application'>,
  map: { readonly map: string | null; readonly name: string },
): Promise<void> {
  await keepMap(scope, cause, await connectionOf(scope, application), map);
}

async function keepMap(
  scope: Scope,
  cause: Cause,
  known: Connection,
  { map, name }: { readonly map: string | null; readonly name: string },
  told: (writing: Writing) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  if (known.channel !== 'sql') throw notBySql();
  const { application, channel, identities, mayBeSampled } = known;
  const url = await addressOf(scope, application);
  const input = { channel, identities, mayBeSampled, url, map };
  await checkConnection({ ...input, mapName: name });
  await write(scope, cause, async (writing) => {
    await keepConnection(writing, application, input, known.version);
    await told(writing);
  });
}

function notBySql(): Refusal {
  return new Refusal('repository.not_by_sql', 409, {
    fr: 'Cette application n’est pas reliée par SQL : elle n’a pas de déclarations.',
    en: 'This application is not connected by SQL: it has no map.',
  });
}
