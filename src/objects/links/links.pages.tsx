import { z } from 'zod';
import { type PageAnswer, type PageApp, page, redirect } from '../../http/index.ts';
import { type Problem, parseId, publicId, same } from '../../kernel/index.ts';
import type { Relation } from '../../model/index.ts';
import { writeOnce } from '../../store/index.ts';
import {
  Button,
  Form,
  FormActions,
  HiddenField,
  InputField,
  LinkButton,
  Section,
  SelectField,
} from '../../ui/index.ts';
import { listObjects } from '../list.ts';
import type { Stand, Standing } from '../pages/context.ts';
import { Fields } from '../pages/fields.tsx';
import { givenBy, type Typed, typedOf } from '../pages/typed.ts';
import { readObject } from '../read.ts';
import { expectType } from '../refusals.ts';
import { expectRightOn } from '../rights.ts';
import { expectRelation, type Link, linkObjects, linksOf, noSuchLink, typeOfLink, unlinkObjects } from './links.ts';
import { linkWords } from './words.ts';

const fields = z.record(z.string(), z.unknown());

/** Of a type with more objects than this, the other side is typed by number instead of chosen. */
const chosenFrom = 50;

/** Linking an object to another, saying something else of a link, and taking it away. */
export function mountLinkPages(app: PageApp, stand: Standing): void {
  const one = '/objects/:type/:id/links/:relation';
  app.get(one, {}, (visit) => linkPage(stand(visit, visit.params.type), visit.params, null, null, []));
  app.get(`${one}/:link`, {}, async (visit) => {
    const here = stand(visit, visit.params.type);
    const { id, link } = visit.params;
    const object = await readObject(visit.who.scope, here.acting, here.type.name, id);
    const wanted = parseId('lnk', link) ?? link;
    const { links } = await linksOf(visit.who.scope, here.acting, here.type, object.id, { link: wanted, limit: 1 });
    const [found] = links;
    if (found === undefined) throw noSuchLink();
    return linkPage(here, visit.params, found, null, []);
  });
  app.post(
    one,
    {
      form: fields,
      again: (visit, refusal, typed) =>
        linkPage(
          stand(visit, visit.params.type),
          visit.params,
          null,
          new Map(Object.entries(typed)),
          refusal.problems.map((problem) => ({ ...problem, pointer: problem.pointer.replace('/values/to', '/to') })),
        ),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const relation = expectRelation(type, visit.params.relation);
      const shape = typeOfLink(type, relation);
      const { to } = visit.body;
      await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const link = await linkObjects(writing, acting, type.name, visit.params.id, {
          relation: relation.name,
          to: typeof to === 'string' ? to.trim() : '',
          values: givenBy(shape, [...relation.attributes.keys()], visit.body),
        });
        return { status: 303, resource: link };
      });
      const path = addresses.generic(type.name, { number: visit.params.id });
      return redirect(`${path}#link-${relation.name}`, { flash: linkWords.linked });
    },
  );
  app.post(`${one}/:link/remove`, { form: z.object({}) }, async (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    const { id, link } = visit.params;
    await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
      await unlinkObjects(writing, acting, type.name, id, parseId('lnk', link) ?? link);
      return { status: 303, resource: link };
    });
    return redirect(addresses.generic(type.name, { number: id }), { flash: linkWords.unlinked });
  });
}

async function linkPage(
  here: Stand,
  params: { readonly id: string; readonly relation: string },
  link: Link | null,
  typed: Typed | null,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = here;
  const { scope } = visit.who;
  const relation = expectRelation(type, params.relation);
  const object = await readObject(scope, acting, type.name, params.id);
  await expectRightOn(scope, acting.asker, type, 'update', object.id);
  const path = addresses.generic(type.name, object);
  const action = `${path}/links/${relation.name}`;
  const shape = typeOfLink(type, relation);
  const shown = typed ?? (link === null ? new Map<string, string>() : typedOf(shape, link.values, new Map()));
  return page({
    title: { fr: `${object.title} : ${relation.label.fr}`, en: `${object.title}: ${relation.label.en}` },
    ...(relation.definition === null ? {} : { lead: relation.definition }),
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <>
        <Form id="link" action={action} problems={problems}>
          {link === null ? (
            await otherField(here, relation, shown.get('to') ?? '', problems)
          ) : (
            <>
              <p>{`${link.other.title} (${link.other.number})`}</p>
              <HiddenField name="to" value={link.other.number} />
            </>
          )}
          <Fields
            type={shape}
            names={[...relation.attributes.keys()]}
            typed={shown}
            problems={problems}
            choices={new Map()}
          />
          <FormActions>
            <Button kind="main" text={{ fr: 'Enregistrer', en: 'Save' }} />
            <LinkButton kind="quiet" href={path} text={{ fr: 'Annuler', en: 'Cancel' }} />
          </FormActions>
        </Form>
        {link === null ? null : (
          <Section id="remove" title={linkWords.remove} lead={linkWords.removeHint}>
            <Form id="unlink" action={`${action}/${publicId('lnk', link.id)}/remove`}>
              <FormActions>
                <Button kind="danger" text={linkWords.remove} />
              </FormActions>
            </Form>
          </Section>
        )}
      </>
    ),
  });
}

/** The object on the other side: chosen where there are few, else its number. */
async function otherField(
  { visit, acting }: Stand,
  relation: Relation,
  value: string,
  problems: readonly Problem[],
): Promise<PageAnswer['content']> {
  const other = expectType(acting.model, relation.to);
  const field = { name: 'to', label: other.label, isRequired: true, problems };
  const { items, next } = await listObjects(visit.who.scope, acting, other.name, {
    sort: [{ field: 'number', descending: false }],
    limit: chosenFrom,
  });
  if (next !== null) {
    const hint = { fr: 'Son numéro, tel que sa page le montre.', en: 'Its number, as its page shows it.' };
    return <InputField {...field} value={value} width="medium" hint={hint} />;
  }
  const choices = items.map((item) => ({ value: item.number, text: same(`${item.title} (${item.number})`) }));
  return <SelectField {...field} value={value} choices={choices} />;
}
