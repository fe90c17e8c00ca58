import { Refusal } from '../kernel/index.ts';
import {
  type Attribute,
  formatNumber,
  numberFrame,
  type Transition,
  type TypeModel,
  type Value,
} from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { StoredObject } from './stored-object.ts';

/** Clocks of several processes differ by less; further back, a clock was set back. */
const clockToleranceMs = 2_000;

/** The numbers that this transition allots to the object: those it doesn't have yet. */
export async function allotSequences(
  writing: Writing,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
): Promise<ReadonlyMap<Attribute, Value>> {
  const allotted = new Map<Attribute, Value>();
  for (const attribute of type.attributes.values()) {
    const isDue = attribute.sequence?.at.includes(transition.name) === true && object.values[attribute.name] === null;
    if (isDue) allotted.set(attribute, await nextOf(writing, type, attribute));
  }
  return allotted;
}

/**
 * The next number of a sequence, without gap and in the order of time (Code général des impôts, annexe II, art. 242 nonies A). The
 * counter's row is held until the transaction ends: another that issues waits, and reads the clock only then, so that dates follow
 * numbers. What is given up gives its number back.
 */
async function nextOf(writing: Writing, type: TypeModel, { name, label, sequence }: Attribute): Promise<string> {
  if (sequence === null) throw new Error(`${name} is not a sequence`);
  const { tx, scope } = writing;
  const frameOf = (date: Date): string => numberFrame(sequence.pattern, date).join('…');
  const frame = frameOf(scope.clock.now());
  const key = `${type.name}.${name}`;
  await tx
    .insertInto('objects.sequence')
    .values({ type: key, frame, last: 0n })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = tx.selectFrom('objects.sequence').where('type', '=', key).where('frame', '=', frame);
  const { last, last_at: lastAt } = await row.select(['last', 'last_at']).forUpdate().executeTakeFirstOrThrow();
  const now = scope.clock.now();
  const aheadMs = lastAt === null ? 0 : lastAt.getTime() - now.getTime();
  if (aheadMs > clockToleranceMs) throw clockBehind(label, lastAt ?? now);
  // The year or the month ended while we waited: the transaction is tried again in the new one.
  if (frameOf(now) !== frame) throw new OutOfTurn();
  await tx
    .updateTable('objects.sequence')
    .set({ last: last + 1n, last_at: aheadMs > 0 ? lastAt : now })
    .where('type', '=', key)
    .where('frame', '=', frame)
    .execute();
  return formatNumber(sequence.pattern, now, Number(last) + 1);
}

/** Read as a serialization failure: `write` tries the transaction again. */
class OutOfTurn extends Error {
  readonly code = '40001';
}

function clockBehind({ fr, en }: Attribute['label'], lastAt: Date): Refusal {
  const at = lastAt.toISOString();
  return new Refusal('object.clock_behind', 409, {
    fr: `« ${fr} » : le dernier numéro a été attribué le ${at}, et l’horloge du serveur indique plus tôt. Rien n’a été émis : mettez l’horloge à l’heure.`,
    en: `“${en}”: the last number was allotted at ${at}, and the server’s clock says earlier. Nothing was issued: set the clock right.`,
  });
}

/** What was issued under a number stays: another document corrects it. */
export function expectNotIssued(type: TypeModel, object: StoredObject): void {
  const issued = [...type.attributes.values()].find(
    (attribute) => attribute.sequence !== null && object.values[attribute.name] !== null,
  );
  if (issued === undefined) return;
  const number = String(object.values[issued.name]);
  throw new Refusal('object.issued', 409, {
    fr: `${type.label.fr} : émis sous le numéro ${number}, il ne se supprime pas, pour que la suite des numéros reste sans trou. Corrigez-le par un autre document.`,
    en: `${type.label.en}: issued under number ${number}, it can’t be deleted, so that the numbers stay without gap. Correct it by another document.`,
  });
}
