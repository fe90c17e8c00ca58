import { sql } from 'kysely';
import { type Id, parseId, Refusal } from '../../kernel/index.ts';
import { from, type Model } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Channel } from '../connection/input.ts';
import { type Limits, readLimits } from '../connection/limits.ts';
import { typeOfApplications } from './type.ts';

/** An application as lists show it: what it is, how it is reached, and what is known of its data. */
export interface ApplicationLine {
  readonly id: Id<'application'>;
  readonly number: string;
  readonly name: string;
  readonly state: string | null;
  /** The channel of its orders; null while it has no connection. */
  readonly channel: Channel | null;
  readonly place: string | null;
  /** Somebody answers for it, and what it is for is written. */
  readonly isDescribed: boolean;
  readonly answerTimeDays: number | null;
  readonly backupHorizonDays: number | null;
  readonly fields: number;
  readonly personalFields: number;
  readonly undecidedFields: number;
  /** When its schema was last read, whether or not it had changed. */
  readonly harvestedAt: Date | null;
  readonly limits: Limits;
}

interface LineRow {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string | null;
  readonly channel: Channel | null;
  readonly place: string | null;
  readonly is_described: boolean;
  readonly answer_time_days: bigint | null;
  readonly backup_horizon_days: bigint | null;
  readonly fields: string | number | bigint | null;
  readonly personal: string | number | bigint | null;
  readonly undecided: string | number | bigint | null;
  readonly harvested_at: Date | null;
  readonly limits: unknown;
}

export interface ApplicationsAsked {
  readonly limit: number;
  /** Name and id of the last one shown. */
  readonly after: readonly [string, string] | null;
  /** Words within the name. */
  readonly search?: string;
}

/** Applications by name, `limit + 1` at most. Counts are made for the shown ones only. */
export async function listApplications(
  scope: Scope,
  model: Model,
  asked: ApplicationsAsked,
): Promise<readonly ApplicationLine[]> {
  const columns = columnsOf(model);
  const after =
    asked.after === null
      ? sql`true`
      : sql`(o.${columns.name} collate store.natural, o.id) > (${asked.after[0]}, ${asked.after[1]}::uuid)`;
  const search = (asked.search ?? '').trim();
  // An organisation has some hundreds of applications at most: reading them all is cheaper than an index to keep.
  const matches = search === '' ? sql`true` : sql`strpos(lower(o.${columns.name}), lower(${search})) > 0`;
  return read(scope, model, sql`${after} and ${matches}`, asked.limit + 1);
}

/** One application by id, public id (`app_…`, `obj_…`), number or exact name. Refuses (404) what isn't there. */
export async function readApplication(scope: Scope, model: Model, reference: string): Promise<ApplicationLine> {
  const columns = columnsOf(model);
  const id = parseId('app', reference) ?? parseId('obj', reference);
  const which =
    id === null
      ? sql`(o.number = ${reference} or lower(o.${columns.name}) = lower(${reference}))`
      : sql`o.id = ${id}::uuid`;
  const [line] = await read(scope, model, which, 1);
  if (line === undefined) throw unknownApplication();
  return line;
}

/** Every application but the retired ones, by name: some hundreds at most. */
export async function presentApplications(scope: Scope, model: Model): Promise<readonly ApplicationLine[]> {
  return read(scope, model, sql`o.state is distinct from 'retired'`, null);
}

/** Applications that are in service or proposed and have a channel: those that orders may be sent to. */
export async function connectedApplications(scope: Scope, model: Model): Promise<readonly ApplicationLine[]> {
  return read(scope, model, sql`o.state is distinct from 'retired' and c.channel is not null`, null);
}

/** One of those, with its limits; null when it was retired, disconnected or deleted. Asked for each order that leaves: cheap. */
export async function connectedApplication(
  scope: Scope,
  model: Model,
  id: Id<'application'>,
): Promise<{ readonly channel: string; readonly limits: Limits } | null> {
  const { rows } = await sql<{ channel: string; limits: unknown }>`
    select c.channel, c.limits
      from ${from(typeOfApplications(model))} as o
      join repository.connection c on c.org = o.org and c.application_id = o.id
     where o.id = ${id}::uuid and o.state is distinct from 'retired'`.execute(scope.db);
  const [row] = rows;
  return row === undefined ? null : { channel: row.channel, limits: readLimits(row.limits) };
}

function columnsOf(model: Model) {
  const type = typeOfApplications(model);
  const column = (attribute: string) => sql.ref(type.attributes.get(attribute)?.columns[0] ?? attribute);
  return {
    name: column('name'),
    purpose: column('purpose'),
    owner: column('owner_email'),
    answer: column('answer_time_days'),
    horizon: column('backup_horizon_days'),
  };
}

async function read(
  scope: Scope,
  model: Model,
  which: ReturnType<typeof sql>,
  limit: number | null,
): Promise<readonly ApplicationLine[]> {
  const columns = columnsOf(model);
  const { rows } = await sql<LineRow>`
    with shown as (
      select o.id, o.number, o.state, o.${columns.name} as name, o.${columns.answer} as answer_time_days,
             o.${columns.horizon} as backup_horizon_days, c.channel, c.place,
             o.${columns.purpose} is not null and o.${columns.owner} is not null as is_described, c.limits
        from ${from(typeOfApplications(model))} as o
        left join repository.connection c on c.org = o.org and c.application_id = o.id
       where ${which}
       order by o.${columns.name} collate store.natural, o.id
       ${limit === null ? sql`` : sql`limit ${limit}`})
    select shown.*, f.fields, f.personal, f.undecided, h.harvested_at
      from shown
      left join lateral (
        select count(*) as fields, count(*) filter (where category not in ('none', 'technical')) as personal,
               count(*) filter (where is_undecided) as undecided
          from repository.field
         where application_id = shown.id and gone_at is null) f on true
      left join lateral (
        select finished_at as harvested_at from repository.harvest
         where application_id = shown.id order by finished_at desc limit 1) h on true
     order by shown.name collate store.natural, shown.id`.execute(scope.db);
  return rows.map(toLine);
}

function toLine(row: LineRow): ApplicationLine {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    state: row.state,
    channel: row.channel,
    place: row.place,
    isDescribed: row.is_described,
    answerTimeDays: row.answer_time_days === null ? null : Number(row.answer_time_days),
    backupHorizonDays: row.backup_horizon_days === null ? null : Number(row.backup_horizon_days),
    fields: Number(row.fields ?? 0),
    personalFields: Number(row.personal ?? 0),
    undecidedFields: Number(row.undecided ?? 0),
    harvestedAt: row.harvested_at,
    limits: readLimits(row.limits),
  };
}

function unknownApplication(): Refusal {
  return new Refusal('repository.application_unknown', 404, {
    fr: 'Aucune application ne porte cet identifiant, ce numéro ou ce nom dans votre organisation.',
    en: 'No application has this id, number or name in your organisation.',
  });
}
