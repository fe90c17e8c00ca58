import type { Attribute, TypeModel, ViewOf } from '../../model/index.ts';
import {
  columnsOf,
  countObjects,
  listObjects,
  type Names,
  namesOf,
  type ObjectList,
  objectWords,
  referencesOf,
  type StoredObject,
  valueText,
} from '../../objects/index.ts';
import { Table } from '../../ui/index.ts';
import { type Drawing, type Looking, viewedType } from '../looking.ts';
import { words } from '../words.ts';
import { labelOf } from './chart.tsx';

const inBrief = 5;
/** Rows read at once while a table is exported: memory stays flat, whatever its length. */
const exportedAtOnce = 500;

/** A list, some of its columns, its order. Its own page is the list's, with filters; this is the rest. */
export async function drawTable(looking: Looking, view: ViewOf<'table'>): Promise<Drawing> {
  const type = viewedType(looking, view.of);
  const shown = view.columns ?? type.columns;
  const asked = { filter: view.filter ?? null, ...sorted(view.sort) };
  const { items } = await listObjects(looking.scope, looking.acting, type.name, { ...asked, limit: inBrief });
  const names = await namesShown(looking, type, shown, items);
  const count = await countObjects(looking.scope, looking.acting, type.name, asked);
  const brief = () => (
    <Table
      id={`table-${type.name}`}
      caption={type.plural}
      columns={columnsOf({ type, shown, names, sorting: null })}
      rows={items}
      rowHref={(object) => looking.addresses.object(type.name, object)}
      empty={{ title: words.nothing, hint: words.nothingHint }}
    />
  );
  return {
    page: brief,
    brief,
    json: () => ({
      count: count.count,
      is_exact: count.isExact,
      objects: items.map(({ number, title, state }) => ({ number, title, state })),
    }),
    sheet: () => sheet(looking, type, shown, asked),
    picture: () => null,
  };
}

function sorted(sort: string | undefined) {
  if (sort === undefined) return {};
  return { sort: [{ field: sort.replace(/^-/, ''), descending: sort.startsWith('-') }] };
}

function namesShown(looking: Looking, type: TypeModel, shown: readonly string[], items: readonly StoredObject[]) {
  const wanted = referencesOf(type, items, (name) => shown.includes(name));
  return namesOf(looking.scope, looking.acting, wanted);
}

async function* sheet(
  looking: Looking,
  type: TypeModel,
  shown: readonly string[],
  asked: Parameters<typeof listObjects>[3],
): AsyncIterable<readonly string[]> {
  const { scope, acting, reading } = looking;
  yield shown.flatMap((name) => {
    const label = titleOf(type, name)[reading.language];
    return unitOf(type.attributes.get(name))
      ? [label, `${label} (${words.unit[reading.language].toLowerCase()})`]
      : [label];
  });
  let after: ObjectList['next'] = null;
  do {
    const page: ObjectList = await listObjects(scope, acting, type.name, {
      ...asked,
      limit: exportedAtOnce,
      after,
    });
    const names = await namesShown(looking, type, shown, page.items);
    for (const object of page.items) yield shown.flatMap((name) => cells(looking, type, names, object, name));
    after = page.next;
  } while (after !== null);
}

function titleOf(type: TypeModel, name: string) {
  return name === 'number' || name === 'title' ? objectWords[name] : labelOf(type, name);
}

/** An amount's currency and a quantity's unit stand in a column of their own, so that the numbers add up. */
function unitOf(attribute: Attribute | undefined): boolean {
  return attribute?.type.kind === 'money' || attribute?.type.kind === 'quantity';
}

/** Dates as ISO 8601 and numbers with a point, as any spreadsheet reads them; choices, states and references in words. */
function cells(
  { reading }: Looking,
  type: TypeModel,
  names: Names,
  object: StoredObject,
  name: string,
): readonly string[] {
  const attribute = type.attributes.get(name);
  if (attribute === undefined) return [systemCell(type, object, name, reading.language)];
  const value = object.values[name] ?? null;
  if (value === null) return unitOf(attribute) ? ['', ''] : [''];
  if (typeof value === 'object' && 'amount' in value) return [String(value.amount), String(value.currency)];
  if (attribute.type.kind === 'quantity' && typeof value === 'object' && 'value' in value && 'unit' in value) {
    return [String(value.value), String(value.unit)];
  }
  const isPlain = ['integer', 'decimal', 'date', 'datetime', 'duration'].includes(attribute.type.kind);
  return [isPlain ? String(value) : valueText(attribute, value, names, reading)];
}

function systemCell(type: TypeModel, object: StoredObject, name: string, language: 'fr' | 'en'): string {
  switch (name) {
    case 'number':
      return object.number;
    case 'title':
      return object.title;
    case 'state':
      return type.lifecycle?.states.get(object.state ?? '')?.label[language] ?? object.state ?? '';
    case 'created_at':
      return object.createdAt.toISOString();
    default:
      return object.updatedAt.toISOString();
  }
}
