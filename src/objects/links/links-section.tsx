import type { PageAnswer } from '../../http/index.ts';
import { publicId } from '../../kernel/index.ts';
import type { Relation, TypeModel } from '../../model/index.ts';
import { type Column, LinkButton, reader, Say, Section, Table } from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import type { Addresses, AnyVisit } from '../pages/context.ts';
import { words } from '../pages/words.ts';
import { may, whyNot } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { type Link, linksOf } from './links.ts';
import { linkWords } from './words.ts';

/** Shown on the object's page; the API pages through the others. */
const firstShown = 25;

/** A table for each relation to objects that the person may read: what the object is linked to. */
export async function linkSections(
  visit: AnyVisit,
  acting: Acting,
  type: TypeModel,
  object: StoredObject,
  addresses: Addresses,
): Promise<PageAnswer['content'][]> {
  const relations = [...type.relations.values()].filter(({ to }) => {
    const other = acting.model.types.get(to);
    return other !== undefined && may(acting.asker, other, 'read');
  });
  if (relations.length === 0) return [];
  const { scope, isReadOnly } = visit.who;
  const canChange = !isReadOnly && (await whyNot(scope, acting.asker, type, 'update', object.id)) === null;
  const path = `${addresses.generic(type.name, object)}/links`;
  return Promise.all(
    relations.map(async (relation) => {
      const { links, next } = await linksOf(scope, acting, type, object.id, { relation, limit: firstShown });
      return (
        <Section
          id={`link-${relation.name}`}
          title={relation.label}
          {...(next === null ? {} : { lead: linkWords.firstOnes })}
          actions={canChange ? <LinkButton icon="plus" href={`${path}/${relation.name}`} text={words.add} /> : null}
        >
          {links.length === 0 ? (
            <p class="none">
              <Say text={linkWords.none} />
            </p>
          ) : (
            <Table
              id={`link-${relation.name}-table`}
              caption={relation.label}
              columns={columnsOf(relation, canChange ? `${path}/${relation.name}` : null)}
              rows={links}
              rowHref={({ other }) => addresses.object(other.type, other)}
              empty={{ title: linkWords.none, hint: linkWords.noneHint }}
            />
          )}
        </Section>
      );
    }),
  );
}

function columnsOf(relation: Relation, path: string | null): readonly Column<Link>[] {
  const said = [...relation.attributes.values()].map((attribute) => ({
    id: attribute.name,
    title: attribute.label,
    cell: ({ values }: Link) => {
      const value = values[attribute.name] ?? null;
      return value === null ? '—' : attribute.type.show(value, reader());
    },
  }));
  const change = ({ id }: Link) => <a href={`${path}/${publicId('lnk', id)}`}>{reader().say(words.edit)}</a>;
  return [
    { id: 'number', title: words.number, kind: 'fixed', cell: ({ other }) => other.number },
    { id: 'title', title: words.title, cell: ({ other }) => other.title },
    ...said,
    ...(path === null ? [] : [{ id: 'change', title: linkWords.link, cell: change }]),
  ];
}
