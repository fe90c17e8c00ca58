import { type Content, type PageAnswer, page } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import { showable, sortable, type TypeModel } from '../../model/index.ts';
import {
  type Column,
  Filters,
  LinkButton,
  type LinkValue,
  Pager,
  reader,
  Table,
  When,
  withQuery,
} from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { countObjects, type ListAsked, listObjects } from '../list.ts';
import { namesOf } from '../read.ts';
import { may } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { BulkForm, bulkTransitions, choiceOf, choosing } from './choose.tsx';
import type { AboveLists, Addresses, AnyVisit } from './context.ts';
import { type Names, referencesOf, StateBadge, valueText } from './shown.tsx';
import { readWordFilters } from './word-filters.ts';
import { noneHint, noneYet, objectCount, words } from './words.ts';

/** A list that somebody composed: what it shows before its own filters narrow it, and where. */
export interface ListPreset {
  readonly path: string;
  readonly title: Text;
  readonly lead: Text | null;
  readonly breadcrumbs: readonly LinkValue[];
  readonly filter: string | null;
  /** `-due_on`; null: the last created first. */
  readonly sort: string | null;
  /** Null: those of the type. */
  readonly columns: readonly string[] | null;
  readonly tabs: Content | null;
  readonly actions: Content;
}

interface ListAround {
  readonly addresses: Addresses;
  readonly aboveLists?: AboveLists | undefined;
  readonly preset?: ListPreset | undefined;
}

/** 25 objects of a type: filtered by words of the address, sorted, paged by keyset. */
export async function listPage(
  visit: AnyVisit,
  acting: Acting,
  type: TypeModel,
  around: ListAround,
): Promise<PageAnswer> {
  const { addresses, preset } = around;
  const asked = visit.list();
  const filters = readWordFilters(type, visit.url.searchParams);
  const chosen = chosenColumns(type, visit.url.searchParams.get('columns'));
  const columns = chosen ?? preset?.columns ?? type.columns;
  const { scope } = visit.who;
  const choice = choiceOf(visit, acting, type);
  const query = {
    filter: bothOf(preset?.filter ?? null, filters.condition),
    search: filters.search,
    ...(asked.sort.length > 0 ? { sort: asked.sort } : sortBy(preset?.sort ?? null)),
    limit: choice?.limit ?? asked.limit,
    after: asked.after,
  };
  const list = await listObjects(scope, acting, type.name, query);
  const count = await countObjects(scope, acting, type.name, query);
  const names = await namesOf(
    scope,
    acting,
    referencesOf(type, list.items, (name) => columns.includes(name)),
  );
  const path = preset?.path ?? `/objects/${type.name}`;
  const sort = visit.url.searchParams.get('sort');
  const own = { ...filters.kept, ...(chosen === null ? {} : { columns: chosen.join(',') }) };
  const kept = { ...own, sort, ...choice?.kept };
  const above = await around.aboveLists?.(visit, { type, filter: filters.condition, sort, columns });
  const canCreate = may(acting.asker, type, 'create');
  const isFiltered = Object.keys(filters.kept).length > 0;
  return page({
    title: preset?.title ?? type.plural,
    ...leadOf(preset === undefined ? type.definition : preset.lead),
    breadcrumbs: preset?.breadcrumbs ?? [],
    actions: preset?.actions ?? (
      <ListActions
        above={above?.actions ?? null}
        canCreate={canCreate}
        path={path}
        aboutHref={addresses.type(type)}
        chooseHref={
          choice === null && bulkTransitions(visit, acting, type).length > 0 && list.items.length > 0
            ? withQuery(path, { ...kept, choose: '100' })
            : null
        }
        exportHref={
          list.items.length === 0 ? null : withQuery(`/objects/${type.name}/export`, { ...filters.kept, sort })
        }
      />
    ),
    content: (
      <>
        {preset?.tabs ?? above?.tabs ?? null}
        <Filters
          action={path}
          filters={filters.filters}
          keep={{
            ...(sort === null ? {} : { sort }),
            ...(own.columns === undefined ? {} : { columns: own.columns }),
            ...choice?.kept,
          }}
          swaps="list"
        />
        <div id="list">
          {choice === null || list.items.length === 0 ? null : (
            <BulkForm type={type} choice={choice} path={path} kept={{ ...own, sort }} />
          )}
          <Table
            id="objects"
            caption={type.plural}
            columns={columnsOf({ type, shown: columns, names, sorting: { path, kept: own, sort } })}
            rows={list.items}
            rowHref={(object) => addresses.object(type.name, object)}
            choosing={choice === null ? undefined : choosing(choice)}
            empty={isFiltered ? noMatch : { title: noneYet(type.plural), hint: noneHint(canCreate) }}
          />
          <Pager
            count={objectCount(count.count, count.isExact)}
            nextHref={list.next === null ? undefined : withQuery(path, { ...kept, cursor: asked.next(list.next) })}
            firstHref={asked.after === null ? undefined : withQuery(path, kept)}
          />
        </div>
      </>
    ),
  });
}

const noMatch = { title: words.noMatch, hint: words.noMatchHint };

/** `?columns=number,name`: those that exist; null when none does. */
function chosenColumns(type: TypeModel, given: string | null): readonly string[] | null {
  const known = showable(type);
  const chosen = [...new Set((given ?? '').split(','))].filter((name) => known.includes(name)).slice(0, 12);
  return chosen.length === 0 ? null : chosen;
}

function bothOf(first: string | null, second: string | null): string | null {
  return first === null || second === null ? (first ?? second) : `(${first}) && (${second})`;
}

function sortBy(sort: string | null): Pick<ListAsked, 'sort'> {
  if (sort === null) return {};
  return { sort: [{ field: sort.replace(/^-/, ''), descending: sort.startsWith('-') }] };
}

function leadOf(lead: Text | null): { readonly lead?: Text } {
  return lead === null ? {} : { lead };
}

function ListActions(props: {
  readonly above: Content | null;
  readonly canCreate: boolean;
  readonly path: string;
  readonly aboutHref: string;
  readonly chooseHref: string | null;
  readonly exportHref: string | null;
}) {
  return (
    <>
      {props.canCreate ? <LinkButton kind="main" icon="plus" href={`${props.path}/new`} text={words.create} /> : null}
      {props.exportHref === null ? null : (
        <LinkButton kind="quiet" href={props.exportHref} text={words.export} download="" />
      )}
      {props.canCreate ? <LinkButton kind="plain" href={`${props.path}/import`} text={words.import} /> : null}
      {props.chooseHref === null ? null : <LinkButton kind="plain" href={props.chooseHref} text={words.choose} />}
      {props.above}
      <LinkButton kind="quiet" href={props.aboutHref} text={words.aboutType} />
    </>
  );
}

interface Columns {
  readonly type: TypeModel;
  /** Names of what is shown: attributes, `number`, `state`… */
  readonly shown: readonly string[];
  readonly names: Names;
  /** Where the list can be sorted; null: nowhere. */
  readonly sorting: Sorting | null;
}

interface Sorting {
  readonly path: string;
  readonly kept: Readonly<Record<string, string>>;
  readonly sort: string | null;
}

export function columnsOf(columns: Columns): readonly Column<StoredObject>[] {
  const canSort = new Set(sortable(columns.type));
  return columns.shown.map((name) => ({
    id: name,
    ...columnOf(columns, name),
    ...(columns.sorting !== null && canSort.has(name) ? sortedBy(columns.sorting, name) : {}),
  }));
}

/** First ascending, then descending, as people expect of a second click. */
function sortedBy({ path, kept, sort }: Sorting, name: string): Partial<Column<StoredObject>> {
  const isAscending = sort === name;
  const sorted = isAscending ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  return {
    sortHref: withQuery(path, { ...kept, sort: isAscending ? `-${name}` : name }),
    ...(sorted === undefined ? {} : { sorted }),
  };
}

function columnOf({ type, names }: Columns, name: string): Omit<Column<StoredObject>, 'id'> {
  switch (name) {
    case 'number':
      return { title: words.number, kind: 'fixed', cell: (object) => object.number };
    case 'title':
      return { title: words.title, cell: (object) => object.title };
    case 'state':
      return { title: words.state, cell: (object) => <StateBadge type={type} state={object.state} /> };
    case 'created_at':
      return { title: words.created_at, kind: 'fixed', cell: (object) => <When at={object.createdAt} /> };
    case 'updated_at':
      return { title: words.updated_at, kind: 'fixed', cell: (object) => <When at={object.updatedAt} /> };
    default:
      return attributeColumn(type, names, name);
  }
}

const numeric = new Set(['integer', 'decimal', 'money', 'quantity']);
const fixed = new Set(['date', 'datetime', 'identifier', 'phone']);

function attributeColumn(type: TypeModel, names: Names, name: string): Omit<Column<StoredObject>, 'id'> {
  const attribute = type.attributes.get(name);
  if (attribute === undefined) throw new Error(`${type.name} has no column ${name}`);
  const { kind } = attribute.type;
  return {
    title: attribute.label,
    kind: numeric.has(kind) ? 'number' : fixed.has(kind) ? 'fixed' : 'text',
    cell: (object) => {
      const value = object.values[name] ?? null;
      if (value === null) return '—';
      return <Cell text={valueText(attribute, value, names, reader())} />;
    },
  };
}

/** A long text is cut: its whole is one click away. */
function Cell(props: { readonly text: string }) {
  const { text } = props;
  return <>{text.length > 90 ? `${text.slice(0, 88).trimEnd()}…` : text}</>;
}
