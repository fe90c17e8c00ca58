import type pg from 'pg';
import type { Text } from '../../kernel/index.ts';
import { compileModel } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { readActual } from '../schema-change/actual.ts';
import { desiredTables } from '../schema-change/desired.ts';
import { planSteps } from '../schema-change/differ.ts';
import {
  assignNames,
  type NamesKept,
  namesOf,
  type RegisteredName,
  readNames,
} from '../schema-change/name-registry.ts';
import { offendingRows } from '../schema-change/narrowing.ts';
import { type Difference, differences } from './difference.ts';

/** What a change does, in words and with the number of objects it concerns. */
export interface Consequence {
  readonly kind: Difference['kind'] | 'refused';
  readonly place: string;
  readonly text: Text;
  /** Objects that lose something, or stand in the way; null when nothing is counted. */
  readonly objects: number | null;
  /** The change can't be applied before these objects are mended. */
  readonly isInTheWay: boolean;
}

/** Counts what each difference touches, on live tables but without a lock on them: reads only. */
export async function consequencesOf(
  client: pg.Client,
  before: readonly PackSource[],
  after: readonly PackSource[],
  former: NamesKept | null,
): Promise<readonly Consequence[]> {
  const registry = await readNames(client);
  const present = compileModel(before, namesOf(assignNames(compileModel(before), registry).names));
  const told: Consequence[] = [];
  for (const one of differences(before, after)) told.push(await counted(client, present, one));
  return [...told, ...(await inTheWay(client, after, registry, former))];
}

async function counted(
  client: pg.Client,
  present: Model,
  { kind, place, text, loses }: Difference,
): Promise<Consequence> {
  const type = loses === null ? undefined : present.types.get(loses.type);
  if (loses === null || type === undefined) return { kind, place, text, objects: null, isInTheWay: false };
  const column = loses.attribute === null ? null : (type.attributes.get(loses.attribute)?.columns[0] ?? null);
  const condition = loses.state === null ? (column === null ? 'true' : `"${column}" is not null`) : 'state = $1';
  // What is calculated when it is read has no column, and loses nothing.
  const isKept = loses.attribute === null || hasColumn(present, loses.type, loses.attribute);
  const { rows } = isKept
    ? await client.query<{ n: string }>(
        `select count(*)::text as n from model."${type.table}" where ${condition}`,
        loses.state === null ? [] : [loses.state],
      )
    : { rows: [] };
  const objects = Number(rows[0]?.n ?? 0);
  if (loses.state === null || objects === 0) {
    return { kind, place, text: withCount(text, objects), objects, isInTheWay: false };
  }
  return {
    kind,
    place,
    text: {
      fr: `${text.fr}. ${objects} objet(s) y sont : faites-les d’abord avancer`,
      en: `${text.en}. ${objects} object(s) are in it: move them on first`,
    },
    objects,
    isInTheWay: true,
  };
}

function hasColumn(model: Model, typeName: string, name: string): boolean {
  const computed = model.types.get(typeName)?.attributes.get(name)?.computed ?? null;
  return computed === null || computed().isStored;
}

function withCount(text: Text, objects: number): Text {
  return { fr: `${text.fr} (${objects} objets)`, en: `${text.en} (${objects} objects)` };
}

/** Constraints that rows already there would break, and attributes that would change their type. */
async function inTheWay(
  client: pg.Client,
  after: readonly PackSource[],
  registry: readonly RegisteredName[],
  former: NamesKept | null,
): Promise<readonly Consequence[]> {
  const assigned = assignNames(compileModel(after), registry, former);
  const refused = (place: string, text: Text): Consequence => ({
    kind: 'refused',
    place,
    text,
    objects: null,
    isInTheWay: true,
  });
  if (assigned.typeChanges.length > 0) {
    return assigned.typeChanges.map(({ type, attribute, from, to }) =>
      refused(`${type}.${attribute}`, {
        fr: `${type}.${attribute} ne peut pas passer de ${from} à ${to} : donnez un autre nom au nouvel attribut`,
        en: `${type}.${attribute} can’t go from ${from} to ${to}: give the new attribute another name`,
      }),
    );
  }
  const wanted = compileModel(after, namesOf(assigned.names));
  const problems = await offendingRows(client, wanted, planSteps(desiredTables(wanted), await readActual(client)));
  return problems.map(({ pointer, text }) => refused(pointer, text));
}
