import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { actorText, type Cause, type Id, newId, open, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { strengthOf } from './kinds.ts';
import { lookupHash, lookupKeyVersion, openSecret, sealIdentity } from './secret.ts';

/** A join as a page shows it. */
export interface JoinView {
  readonly id: Id<'person_join'>;
  readonly other: Id<'person'>;
  readonly foundBy: 'identifiers' | 'review';
  readonly kinds: readonly string[];
  readonly joinedAt: Date;
  readonly undoneAt: Date | null;
}

/** The joins into this person, the latest first. */
export async function joinsOf(db: Pick<Tx, 'selectFrom'>, person: Id<'person'>): Promise<readonly JoinView[]> {
  const rows = await db
    .selectFrom('compliance.person_join')
    .selectAll()
    .where('kept_id', '=', person)
    .orderBy('id', 'desc')
    .limit(25)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    other: row.other_id,
    foundBy: row.found_by,
    kinds: row.kinds,
    joinedAt: row.joined_at,
    undoneAt: row.undone_at,
  }));
}

/**
 * Undoes a join: the profiles that came with the other person go back to it, sealed under its own secret, with the persons
 * that had been joined into it. What was learnt since stays where it was learnt. The two are said to be different, so that
 * an identifier that they share does not join them again.
 */
export async function undoJoin(scope: Scope, cause: Cause, person: Id<'person'>, id: Id<'person_join'>): Promise<void> {
  await write(scope, cause, async (writing) => {
    const { tx, now } = writing;
    const join = await tx
      .selectFrom('compliance.person_join')
      .selectAll()
      .where('id', '=', id)
      .where('kept_id', '=', person)
      .forUpdate()
      .executeTakeFirst();
    if (join === undefined) throw noJoin();
    if (join.undone_at !== null) throw alreadyUndone();
    await expectNotRunning(tx, [join.kept_id, join.other_id, ...join.followers]);
    await expectLatest(tx, join);
    await moveBack(writing, join);
    await tx
      .updateTable('compliance.person_join')
      .set({ undone_at: now, undone_by: actorText(cause.actor) })
      .where('id', '=', id)
      .execute();
    await tx
      .insertInto('compliance.identity_review')
      .values({
        id: newId(),
        person_id: join.kept_id,
        other_person_id: join.other_id,
        kind: join.kinds[0] ?? 'email',
        contradiction: 'shared',
        state: 'different',
        created_at: now,
        decided_at: now,
        decided_by: actorText(cause.actor),
      })
      .execute();
    await record(writing, {
      kind: 'person.join_undone',
      subject: publicId('per', join.kept_id),
      data: { other: publicId('per', join.other_id), profiles: join.profiles.length },
    });
  });
}

type Join = {
  readonly kept_id: string;
  readonly other_id: string;
  readonly profiles: string[];
  readonly followers: string[];
};

async function moveBack(writing: Writing, join: Join): Promise<void> {
  const { tx, scope } = writing;
  const secrets = await tx
    .selectFrom('compliance.person')
    .select(['id', 'secret', 'joined_into'])
    .where('id', 'in', [join.kept_id, join.other_id])
    .orderBy('id')
    .forUpdate()
    .execute();
  const keysOf = (id: Id<'person'>) => {
    const row = secrets.find((secret) => secret.id === id);
    if (row === undefined) throw noJoin();
    return openSecret(scope.keys, id, row.secret);
  };
  const [keptKeys, otherKeys] = [keysOf(join.kept_id), keysOf(join.other_id)];
  const rows = await tx
    .selectFrom('compliance.identity as identity')
    .innerJoin('compliance.profile as profile', 'profile.id', 'identity.profile_id')
    .select(['identity.id', 'identity.kind', 'identity.sealed', 'profile.id as profile'])
    .where('profile.person_id', '=', join.kept_id)
    .execute();
  const known = rows.map((row) => ({
    ...row,
    value: open(keptKeys.identities, row.sealed, `identity ${row.id}`).toString('utf8'),
  }));
  const going = known.filter((identity) => join.profiles.includes(identity.profile));
  const staying = known.filter((identity) => !join.profiles.includes(identity.profile));
  await sql`update compliance.identity set sealed = fresh.sealed
      from unnest(${sql.val(going.map((one) => one.id))}::uuid[],
                  ${sql.val(going.map((one) => sealIdentity(otherKeys, one.id, one.value)))}::bytea[]) as fresh(id, sealed)
     where identity.id = fresh.id`.execute(tx);
  await tx
    .updateTable('compliance.profile')
    .set({ person_id: join.other_id })
    .where('person_id', '=', join.kept_id)
    .where('id', 'in', join.profiles.length === 0 ? [newId()] : join.profiles)
    .execute();
  const hashesOf = (identities: typeof known) =>
    identities.filter((one) => strengthOf(one.kind) === 'strong').map((one) => lookupHash(scope.keys, one));
  const kept = new Set(hashesOf(staying).map((hash) => hash.toString('hex')));
  const theirs = hashesOf(going);
  const leaving = theirs.filter((hash) => !kept.has(hash.toString('hex')));
  await sql`insert into compliance.identity_lookup (hash, key_version, person_id)
      select distinct hash, ${lookupKeyVersion}::smallint, ${join.other_id}::uuid from unnest(${sql.val(theirs)}::bytea[]) as hash
      on conflict do nothing`.execute(tx);
  await sql`delete from compliance.identity_lookup
     where hash = any(${sql.val(leaving)}::bytea[]) and person_id = ${join.kept_id}`.execute(tx);
  await tx.updateTable('compliance.person').set({ joined_into: null }).where('id', '=', join.other_id).execute();
  if (join.followers.length === 0) return;
  await tx
    .updateTable('compliance.person')
    .set({ joined_into: join.other_id })
    .where('id', 'in', join.followers)
    .where('joined_into', '=', join.kept_id)
    .execute();
}

/** From the frozen plan to the closing, orders name the person: who they are may not change under them. */
async function expectNotRunning(tx: Tx, persons: readonly string[]): Promise<void> {
  const running = await tx
    .selectFrom('compliance.request')
    .select('number')
    .where('person_id', 'in', persons)
    .where('state', 'in', ['planned', 'in_progress', 'answered', 'verified'])
    .executeTakeFirst();
  if (running !== undefined) throw isRunning(running.number);
}

/** Joins are undone in the reverse of their order: a later one moved what this one brought. */
async function expectLatest(tx: Tx, join: { readonly id: string; readonly kept_id: string }): Promise<void> {
  const later = await tx
    .selectFrom('compliance.person_join')
    .select('id')
    .where('undone_at', 'is', null)
    .where('other_id', '=', join.kept_id)
    .where('id', '>', join.id)
    .executeTakeFirst();
  if (later !== undefined) throw laterFirst();
}

export function noJoin(): Refusal {
  return new Refusal('join.not_found', 404, {
    fr: 'Ce rapprochement n’existe pas pour cette personne.',
    en: 'There is no such join for this person.',
  });
}

function alreadyUndone(): Refusal {
  return new Refusal('join.undone', 409, {
    fr: 'Ce rapprochement a déjà été défait.',
    en: 'This join was already undone.',
  });
}

function isRunning(number: string): Refusal {
  return new Refusal('join.request_running', 409, {
    fr: `La demande ${number} de cette personne est en cours d’exécution : ses ordres la désignent. Attendez sa clôture, ou retirez-la avant de la lancer.`,
    en: `Request ${number} of this person is being carried out: its orders name them. Wait for its closing, or withdraw it before it is started.`,
  });
}

function laterFirst(): Refusal {
  return new Refusal('join.later_first', 409, {
    fr: 'Cette personne a ensuite été réunie à une autre : défaites d’abord ce rapprochement-là.',
    en: 'This person was then joined to another: undo that join first.',
  });
}
