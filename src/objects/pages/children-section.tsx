import type { PageAnswer } from '../../http/index.ts';
import type { Children, TypeModel } from '../../model/index.ts';
import { LinkButton, Section, Table, withQuery } from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { listObjects } from '../list.ts';
import { namesOf } from '../read.ts';
import { publicObjectId } from '../reference.ts';
import { expectType } from '../refusals.ts';
import { may } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import type { Addresses, AnyVisit } from './context.ts';
import { columnsOf } from './list-page.tsx';
import { referencesOf } from './shown.tsx';
import { noneHint, noneYet, words } from './words.ts';

/** Shown on the page of what they are part of; the rest is one link away. */
const firstShown = 25;

interface Parts {
  readonly children: Children;
  readonly type: TypeModel;
  readonly names: readonly string[];
}

/** Tables of the objects that are part of this one, for those the person may read. */
export async function childrenSections(
  visit: AnyVisit,
  acting: Acting,
  parent: TypeModel,
  object: StoredObject,
  addresses: Addresses,
): Promise<PageAnswer['content'][]> {
  const shown = [...parent.children.values()].map((children) => ({
    children,
    type: expectType(acting.model, children.type),
  }));
  return Promise.all(
    shown
      .filter(({ type }) => may(acting.asker, type, 'read'))
      .map(({ children, type }) => {
        // The column that says what they are part of would say the same on each line.
        const names = type.columns.filter((name) => name !== children.by);
        return childrenSection(visit, acting, { children, type, names }, object, addresses);
      }),
  );
}

async function childrenSection(
  visit: AnyVisit,
  acting: Acting,
  { children, type, names }: Parts,
  object: StoredObject,
  addresses: Addresses,
): Promise<PageAnswer['content']> {
  const { scope } = visit.who;
  const belongs = { [children.by]: publicObjectId(object.id) };
  const { items, next } = await listObjects(scope, acting, type.name, {
    filter: `${children.by} == "${publicObjectId(object.id)}"`,
    sort: [{ field: 'created_at', descending: false }],
    limit: firstShown,
  });
  const named = await namesOf(
    scope,
    acting,
    referencesOf(type, items, (name) => names.includes(name)),
  );
  const path = `/objects/${type.name}`;
  const canCreate = may(acting.asker, type, 'create') && !visit.who.isReadOnly;
  return (
    <Section
      id={children.name}
      title={children.label}
      actions={
        <>
          {next === null ? null : <LinkButton kind="quiet" href={withQuery(path, belongs)} text={words.all} />}
          {canCreate ? <LinkButton icon="plus" href={withQuery(`${path}/new`, belongs)} text={words.add} /> : null}
        </>
      }
    >
      <Table
        id={`${children.name}-table`}
        caption={children.label}
        columns={columnsOf({ type, shown: names, names: named, sorting: null })}
        rows={items}
        rowHref={(one) => addresses.object(type.name, one)}
        empty={{ title: noneYet(children.label), hint: noneHint(canCreate) }}
      />
    </Section>
  );
}
