import type { Category } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import {
  actorText,
  addDays,
  type Cause,
  canonicalJson,
  type Day,
  dayOf,
  type Id,
  newId,
  open,
  publicId,
  Refusal,
  seal,
  sha256,
  startOfDay,
  systemCause,
} from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Scope, type Tx, type Writing, write, writeOnce } from '../../store/index.ts';
import { moveOrder, subjectOf, tellRequest } from '../order/move.ts';
import { reissue } from '../order/reissue.ts';
import { openPerson, openPersons } from '../person/secret.ts';
import { relatedPersons } from '../socle/holdings.ts';
import { heldNoLonger, holdBackNow, ordersOfPersons } from './cover.ts';
import { type HoldGround, isRestriction } from './grounds.ts';

/** A hold as it is shown. */
export interface HoldView {
  readonly id: Id<'hold'>;
  readonly ground: HoldGround;
  /** Null: all. */
  readonly categories: readonly string[] | null;
  /** Null once the person is forgotten. */
  readonly words: string | null;
  readonly placedAt: Date;
  readonly placedBy: string;
  readonly endsOn: string | null;
  readonly endedAt: Date | null;
  readonly endedHow: 'released' | 'end_date' | null;
}

export interface NewHold {
  readonly ground: HoldGround;
  /** Null: all. */
  readonly categories: readonly Category[] | null;
  /** What the hold is about, for colleagues: sealed under the person's secret. */
  readonly words: string;
  /** The last day it is in force; null: until it is released. */
  readonly endsOn: Day | null;
}

const context = (hold: Id<'hold'>): string => `hold ${hold}`;

/**
 * Keeps what a person's data may be needed for: erasure orders that it covers wait, and no new one goes past it. Asked again under
 * the same idempotency key it is the same hold: a second one would outlive the release of the first.
 */
export async function placeHold(scope: Scope, cause: Cause, person: Id<'person'>, hold: NewHold): Promise<Id<'hold'>> {
  if (hold.words.trim() === '') throw needsWords();
  if (hold.endsOn !== null && hold.endsOn < dayOf(scope.clock.now())) throw endsInPast();
  const asked = sha256(canonicalJson(['hold', person, hold.ground, hold.categories, hold.words, hold.endsOn]));
  const written = await writeOnce(scope, cause, asked, async (writing) => {
    const { tx, now } = writing;
    const related = await lockRelated(tx, person);
    const known = await openPerson(tx, scope, person);
    if (known === null) throw forgotten();
    const id: Id<'hold'> = newId(now.getTime());
    await tx
      .insertInto('compliance.hold')
      .values({
        id,
        person_id: person,
        ground: hold.ground,
        categories: hold.categories === null ? null : [...hold.categories],
        words: seal(known.keys.identities, hold.words.trim(), context(id)),
        ends_on: hold.endsOn,
        placed_at: now,
        placed_by: actorText(cause.actor),
        next_at: hold.endsOn === null ? null : startOfDay(addDays(hold.endsOn, 1)),
      })
      .execute();
    const orders = await holdBackNow(writing, await ordersOfPersons(tx, related, ['planned', 'sent']));
    await record(writing, {
      kind: 'hold.placed',
      subject: publicId('per', person),
      data: { hold: id, ground: hold.ground, categories: hold.categories ?? 'all', until: hold.endsOn, orders },
    });
    return { status: 201, resource: id };
  });
  return written.resource;
}

/**
 * Releases a hold before its end. The person is told before a restriction is lifted (GDPR art. 18(3)): whoever releases it
 * says that they were.
 */
export async function releaseHold(
  scope: Scope,
  cause: Cause,
  person: Id<'person'>,
  id: Id<'hold'>,
  isPersonTold: boolean,
): Promise<void> {
  await write(scope, cause, async (writing) => {
    const related = await lockRelated(writing.tx, person);
    const hold = await writing.tx
      .selectFrom('compliance.hold')
      .select(['id', 'ground', 'ended_at'])
      .where('id', '=', id)
      .where('person_id', 'in', related)
      .executeTakeFirst();
    if (hold === undefined) throw noHold();
    if (hold.ended_at !== null) throw alreadyEnded();
    if (isRestriction(hold.ground) && !isPersonTold) throw tellFirst();
    await endHold(writing, id, 'released');
  });
}

/** In force no more: what waited for it goes on by itself, under the next generation when it had been sent before. */
async function endHold(writing: Writing, id: Id<'hold'>, how: 'released' | 'end_date'): Promise<void> {
  const { tx, now } = writing;
  const hold = await tx
    .updateTable('compliance.hold')
    .set({ ended_at: now, ended_how: how, ended_by: actorText(writing.cause.actor), next_at: null })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['person_id', 'ground'])
    .executeTakeFirst();
  if (hold === undefined) return;
  const freed = await heldNoLonger(tx, await relatedPersons(tx, [hold.person_id]));
  await record(writing, {
    kind: how === 'released' ? 'hold.released' : 'hold.ended',
    subject: publicId('per', hold.person_id),
    data: { hold: id, ground: hold.ground, orders: freed.length },
  });
  for (const order of freed) {
    await tellRequest(writing, order, 'order_released');
    if (order.sent_at === null) {
      // Socle's own order waits for its turn, as before.
      const nextAt = order.channel === 'socle' ? null : now;
      await moveOrder(tx, order, 'planned', { next_at: nextAt, problem: null });
    } else {
      await moveOrder(tx, order, 'refused', { outcome: 'refused', reason: 'hold', ended_at: now, next_at: null });
      await record(writing, {
        kind: 'order.refused',
        subject: subjectOf(order),
        data: { order: publicId('ord', order.id), generation: order.generation, reason: 'hold', by: 'socle' },
      });
      await reissue(writing, order, 'release');
    }
  }
  await hintDue(tx);
}

/** Holds end at their date by themselves. */
export const holdHandler: DueHandler = {
  table: 'compliance.hold',
  batch: 50,
  leaseMs: 60_000,
  run: async (scope, rows, lease) => {
    for (const row of rows) {
      await write(scope, systemCause('holds', row.id), async (writing) => {
        const hold = await writing.tx
          .selectFrom('compliance.hold')
          .select('person_id')
          .where('id', '=', row.id)
          .executeTakeFirstOrThrow();
        await lockRelated(writing.tx, hold.person_id);
        await endHold(writing, row.id, 'end_date');
        await lease.settle(writing.tx, row.id, null);
      });
    }
  },
};

/** The holds of a person and of those found to be the same, the latest first. */
export async function holdsOf(db: Pick<Tx, 'selectFrom'>, scope: Pick<Scope, 'keys'>, person: Id<'person'>) {
  const related = await relatedPersons(db, [person]);
  const rows = await db
    .selectFrom('compliance.hold')
    .selectAll()
    .where('person_id', 'in', related)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const known = await openPersons(
    db,
    scope,
    rows.map((row) => row.person_id),
  );
  return rows.map((row): HoldView => {
    const keys = known.get(row.person_id)?.keys;
    const isReadable = row.words !== null && keys !== undefined;
    return {
      id: row.id,
      ground: row.ground,
      categories: row.categories,
      words: isReadable ? open(keys.identities, row.words ?? Buffer.alloc(0), context(row.id)).toString('utf8') : null,
      placedAt: row.placed_at,
      placedBy: row.placed_by,
      endsOn: row.ends_on,
      endedAt: row.ended_at,
      endedHow: row.ended_how,
    };
  });
}

/** Orders that are being made for this person wait until the hold is placed or released, and then see it. */
async function lockRelated(tx: Tx, person: Id<'person'>): Promise<readonly Id<'person'>[]> {
  const related = await relatedPersons(tx, [person]);
  await tx.selectFrom('compliance.person').select('id').where('id', 'in', related).orderBy('id').forUpdate().execute();
  return related;
}

function needsWords(): Refusal {
  const text = {
    fr: 'Dites ce que ce gel protège : le dossier, la contestation, la demande. Vos collègues devront pouvoir en juger.',
    en: 'Say what this hold protects: the case, the dispute, the request. Your colleagues must be able to judge.',
  };
  return new Refusal('hold.words_needed', 422, text, [{ pointer: '/words', code: 'needed', text }]);
}

function endsInPast(): Refusal {
  const text = {
    fr: 'Ce gel prendrait fin avant d’avoir commencé. Donnez une date à venir, ou aucune.',
    en: 'This hold would end before it began. Give a date to come, or none.',
  };
  return new Refusal('hold.ends_in_past', 422, text, [{ pointer: '/endsOn', code: 'past', text }]);
}

function forgotten(): Refusal {
  return new Refusal('person.not_found', 404, {
    fr: 'Cette personne est inconnue, a été oubliée, ou n’est pas dans votre périmètre.',
    en: 'This person is unknown, was forgotten, or is not in your perimeter.',
  });
}

export function noHold(): Refusal {
  return new Refusal('hold.not_found', 404, {
    fr: 'Ce gel n’existe pas pour cette personne.',
    en: 'There is no such hold for this person.',
  });
}

function alreadyEnded(): Refusal {
  return new Refusal('hold.ended', 409, {
    fr: 'Ce gel a déjà pris fin.',
    en: 'This hold has already ended.',
  });
}

function tellFirst(): Refusal {
  const text = {
    fr: 'La personne est informée avant que la limitation soit levée (RGPD, art. 18, § 3). Informez-la, puis cochez la case.',
    en: 'The person is told before the restriction is lifted (GDPR art. 18(3)). Tell them, then tick the box.',
  };
  return new Refusal('hold.tell_first', 422, text, [{ pointer: '/told', code: 'needed', text }]);
}
