import { sql } from 'kysely';
import { forgetMessages, subjectsWith } from '../../access/index.ts';
import { record } from '../../journal/index.ts';
import {
  actorText,
  addMonths,
  type Cause,
  counted,
  type Day,
  dayOf,
  frenchZone,
  type Id,
  publicId,
  Refusal,
  startOfDay,
  systemCause,
  type Text,
} from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { strengthOf } from '../person/kinds.ts';
import { lookupHash, openPersons } from '../person/secret.ts';
import { relatedPersons } from '../socle/holdings.ts';
import { addStep } from './steps.ts';

/** How long the file of a request is kept once it is over, and why. */
export interface FileRetention {
  readonly months: number;
  readonly source: string;
}

/** So that a later complaint can be answered: the limitation period of personal actions. */
export const defaultFileRetention: FileRetention = { months: 60, source: 'C. civ., art. 2224' };

export async function fileRetention(db: Pick<Tx, 'selectFrom'>): Promise<FileRetention> {
  const row = await db.selectFrom('compliance.file_retention').select(['months', 'source']).executeTakeFirst();
  return row ?? defaultFileRetention;
}

/** `cinq ans`, `18 mois`: as a letter says it. */
export function retentionText({ months }: FileRetention): Text {
  const years = months / 12;
  const fr = ['un an', 'deux ans', 'trois ans', 'quatre ans', 'cinq ans', 'six ans'][years - 1];
  const en = ['one year', 'two years', 'three years', 'four years', 'five years', 'six years'][years - 1];
  if (fr !== undefined && en !== undefined) return { fr, en };
  return counted(months, { fr: 'mois', en: 'month' }, { fr: 'mois', en: 'months' });
}

/**
 * Changes the duration for every file that is still kept, those of requests already over too; not of those that ended
 * without anybody being identified, whose end was told to whoever wrote.
 */
export async function setFileRetention(scope: Scope, cause: Cause, wanted: FileRetention): Promise<void> {
  if (wanted.source.trim() === '') throw needsSource();
  await write(scope, cause, async (writing) => {
    const { tx, now } = writing;
    const row = { months: wanted.months, source: wanted.source.trim(), set_at: now, set_by: actorText(cause.actor) };
    await tx
      .insertInto('compliance.file_retention')
      .values(row)
      .onConflict((conflict) => conflict.columns(['org']).doUpdateSet(row))
      .execute();
    await sql`update compliance.request_file
        set ends_on = (over_on + make_interval(months => ${wanted.months}))::date,
            next_at = ((over_on + make_interval(months => ${wanted.months}))::date)::timestamp at time zone ${frenchZone}
      where forgotten_at is null
        and not exists (select from compliance.address_confirmation c
                         where c.id = request_file.id and c.ended_at is not null)`.execute(tx);
    await record(writing, {
      kind: 'file_retention.set',
      subject: publicId('org', scope.org),
      data: { months: wanted.months, source: row.source },
    });
    await hintDue(tx);
  });
}

/** A request is over: its file is kept from this day on, until this end, or for the organisation's own time (null). */
export async function keepFile(writing: Writing, request: Id<'request'>, until: Day | null): Promise<void> {
  const overOn = dayOf(writing.now);
  const endsOn = until ?? addMonths(overOn, (await fileRetention(writing.tx)).months);
  await writing.tx
    .insertInto('compliance.request_file')
    .values({ id: request, over_on: overOn, ends_on: endsOn, next_at: startOfDay(endsOn) })
    .execute();
}

/** What became of the file of a request; null while the request goes on. */
export interface RequestFile {
  readonly endsOn: string;
  readonly forgottenAt: Date | null;
}

export async function fileOf(db: Pick<Tx, 'selectFrom'>, request: Id<'request'>): Promise<RequestFile | null> {
  const row = await db
    .selectFrom('compliance.request_file')
    .select(['ends_on', 'forgotten_at'])
    .where('id', '=', request)
    .executeTakeFirst();
  return row === undefined ? null : { endsOn: row.ends_on, forgottenAt: row.forgotten_at };
}

/** At the end of their time, files are forgotten together: what named the person goes, what proves stays. */
export const fileHandler: DueHandler = {
  table: 'compliance.request_file',
  batch: 500,
  leaseMs: 60_000,
  run: (scope, rows, lease) =>
    write(scope, systemCause('files'), async (writing) => {
      const due = rows.map((row): Id<'request'> => row.id);
      const held = await onHold(writing.tx, due);
      const leaving = await subjectsWith(
        writing.tx,
        'waiting',
        due.map((id) => publicId('req', id)),
      );
      const waitMs = (id: Id<'request'>): number => {
        // A hold keeps what it keeps; a letter to the person, whose text is forgotten too, first leaves.
        if (held.has(id)) return 86_400_000;
        return leaving.has(publicId('req', id)) ? 600_000 : 0;
      };
      await forgetFiles(
        writing,
        due.filter((id) => waitMs(id) === 0),
      );
      for (const id of due) {
        await lease.settle(writing.tx, id, waitMs(id) === 0 ? null : new Date(writing.now.getTime() + waitMs(id)));
      }
    }),
};

/** Requests of persons whom a hold in force keeps. */
async function onHold(tx: Tx, requests: readonly Id<'request'>[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select r.id from compliance.request r
      join compliance.person p on p.id = r.person_id
     where r.id = any(${sql.val([...requests])}::uuid[])
       and exists (select from compliance.hold h join compliance.person holder on holder.id = h.person_id
                    where h.ended_at is null
                      and coalesce(holder.joined_into, holder.id) = coalesce(p.joined_into, p.id))`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

async function forgetFiles(writing: Writing, requests: readonly Id<'request'>[]): Promise<void> {
  const { tx, now } = writing;
  if (requests.length === 0) return;
  const ids = sql`${sql.val([...requests])}::uuid[]`;
  const subjects = requests.map((id) => publicId('req', id));
  const forgotten = await sql<{ person_id: string }>`
    update compliance.request set contact = null, letter = null where id = any(${ids}) returning person_id`.execute(tx);
  await sql`update compliance.request_step set note = null
     where request_id = any(${ids}) and note is not null`.execute(tx);
  await forgetMessages(writing, ...subjects);
  await dropProfiles(writing, requests);
  await dropPersons(
    tx,
    requests,
    forgotten.rows.map((row) => row.person_id),
  );
  await tx.updateTable('compliance.request_file').set({ forgotten_at: now }).where('id', 'in', requests).execute();
  for (const id of requests) await addStep(writing, id, 'file_forgotten');
  await record(writing, {
    kind: 'request.files_forgotten',
    subject: publicId('org', writing.scope.org),
    data: { requests: subjects },
  });
}

/** What these requests said of their persons, and the look-ups that nothing else of the person holds. */
async function dropProfiles(writing: Writing, requests: readonly Id<'request'>[]): Promise<void> {
  const { tx, scope } = writing;
  const owners = await tx
    .selectFrom('compliance.profile')
    .select('person_id')
    .distinct()
    .where('request_id', 'in', requests)
    .execute();
  const persons = owners.map((row) => row.person_id);
  const going = new Set<string>(requests);
  const hashes: Buffer[] = [];
  const holders: string[] = [];
  for (const person of (await openPersons(tx, scope, persons)).values()) {
    const of = (isGoing: boolean) =>
      person.profiles
        .filter((profile) => going.has(profile.requestId ?? '') === isGoing)
        .flatMap((profile) => profile.identities.filter((identity) => strengthOf(identity.kind) === 'strong'))
        .map((identity) => lookupHash(scope.keys, identity).toString('hex'));
    const staying = new Set(of(false));
    for (const hash of of(true)) {
      if (staying.has(hash)) continue;
      hashes.push(Buffer.from(hash, 'hex'));
      holders.push(person.id);
    }
  }
  await sql`delete from compliance.identity_lookup l
     using unnest(${sql.val(hashes)}::bytea[], ${sql.val(holders)}::uuid[]) as gone(hash, person)
     where l.hash = gone.hash and l.person_id = gone.person`.execute(tx);
  await tx.deleteFrom('compliance.profile').where('request_id', 'in', requests).execute();
}

/** Persons of whom nothing else is known, and no other request is kept: their secrets go, with what was sealed under them. */
async function dropPersons(tx: Tx, requests: readonly Id<'request'>[], persons: readonly string[]): Promise<void> {
  const related = await relatedPersons(tx, persons);
  if (related.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    with alone as (
      select coalesce(p.joined_into, p.id) as root from compliance.person p where p.id = any(${sql.val([...related])}::uuid[])
       group by 1
      having not bool_or(exists (select from compliance.profile f where f.person_id = p.id))
         and not bool_or(exists (
               select from compliance.request r left join compliance.request_file file on file.id = r.id
                where r.person_id = p.id and r.id <> all(${sql.val([...requests])}::uuid[])
                  and file.forgotten_at is null)))
    select p.id from compliance.person p join alone on alone.root = coalesce(p.joined_into, p.id)
     where p.id = any(${sql.val([...related])}::uuid[])`.execute(tx);
  const gone = rows.map((row) => row.id);
  if (gone.length === 0) return;
  await tx.updateTable('compliance.hold').set({ words: null }).where('person_id', 'in', gone).execute();
  await tx.updateTable('compliance.task_proof').set({ sealed: null }).where('person_id', 'in', gone).execute();
  await tx
    .deleteFrom('compliance.identity_review')
    .where((where) => where.or([where('person_id', 'in', gone), where('other_person_id', 'in', gone)]))
    .execute();
  await tx.deleteFrom('compliance.person').where('id', 'in', gone).execute();
}

function needsSource(): Refusal {
  const text = {
    fr: 'Dites d’où vient cette durée : un article, une délibération, une décision interne.',
    en: 'Say where this period comes from: an article, a deliberation, an internal decision.',
  };
  return new Refusal('file_retention.source_needed', 422, text, [{ pointer: '/source', code: 'needed', text }]);
}
