import { type PageAnswer, page } from '../../http/index.ts';
import { type Problem, type Refusal, same } from '../../kernel/index.ts';
import { isFilledIn, type TypeModel, targetsOf, type Values } from '../../model/index.ts';
import { Button, type Choice, Fieldset, Form, FormActions, HiddenField, LinkButton } from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { listObjects } from '../list.ts';
import { namesOf, readObject } from '../read.ts';
import { objectId } from '../reference.ts';
import { expectRightOn, may } from '../rights.ts';
import { changesSince } from '../since.ts';
import type { StoredObject } from '../stored-object.ts';
import { Clashes, ConflictNotice, mergeOf, withChoices } from './conflict.tsx';
import type { Addresses, AnyVisit } from './context.ts';
import { Fields } from './fields.tsx';
import { actorNames, actorWords } from './history-entries.ts';
import { type Names, referencesOf } from './shown.tsx';
import { type Typed, typedOf } from './typed.ts';
import { newTitle, words } from './words.ts';

/** Of a type with more objects than this, a reference is typed by number instead of chosen. */
const chosenFrom = 50;

/** Attributes a person fills, section by section. */
export function editable(type: TypeModel): readonly string[] {
  return [...type.attributes.values()]
    .filter((attribute) => !attribute.deprecated && isFilledIn(attribute))
    .map((attribute) => attribute.name);
}

function hasFiles(type: TypeModel, names: readonly string[]): boolean {
  return names.some((name) => type.attributes.get(name)?.type.kind === 'file');
}

/** For each type referred to that has few objects: them all, by number. */
export async function referenceChoices(
  visit: AnyVisit,
  acting: Acting,
  type: TypeModel,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly Choice[]>> {
  const choices = new Map<string, readonly Choice[]>();
  const targets = new Set(
    names.flatMap((name) => {
      const attribute = type.attributes.get(name);
      return attribute === undefined ? [] : targetsOf(attribute.type);
    }),
  );
  for (const to of targets) {
    const target = acting.model.types.get(to);
    if (target === undefined || !may(acting.asker, target, 'read')) continue;
    const { items, next } = await listObjects(visit.who.scope, acting, to, {
      sort: [{ field: 'number', descending: false }],
      limit: chosenFrom,
    });
    if (next === null)
      choices.set(
        to,
        items.map((item) => ({ value: item.number, text: same(`${item.title} (${item.number})`) })),
      );
  }
  return choices;
}

interface FormShown {
  readonly visit: AnyVisit;
  readonly acting: Acting;
  readonly type: TypeModel;
  readonly addresses: Addresses;
}

/** Creating an object; shown again with what was typed and what is wrong. */
export async function newPage(
  shown: FormShown,
  typed: Typed | null,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = shown;
  const choices = await referenceChoices(visit, acting, type, editable(type));
  const defaults = Object.fromEntries([...type.attributes.values()].map((one) => [one.name, one.defaultValue]));
  const given = await namedInAddress(visit, acting, type);
  return page({
    title: newTitle(type.label),
    breadcrumbs: [{ href: addresses.list(type), text: type.plural }],
    ...(type.definition === null ? {} : { lead: type.definition }),
    content: (
      <Form id="object" action={`/objects/${type.name}`} problems={problems} hasFiles={hasFiles(type, editable(type))}>
        <FormSections
          type={type}
          typed={typed ?? typedOf(type, { ...defaults, ...given.values }, given.names)}
          problems={problems}
          choices={choices}
        />
        <FormActions>
          <Button kind="main" text={words.create} />
          <LinkButton kind="quiet" href={addresses.list(type)} text={cancel} />
        </FormActions>
      </Form>
    ),
  });
}

/** References that the address names: `…/order_line/new?order=obj_…` adds to that order. */
async function namedInAddress(
  { url, who }: AnyVisit,
  acting: Acting,
  type: TypeModel,
): Promise<{ readonly values: Values; readonly names: Names }> {
  const wanted = [...type.attributes.values()].flatMap((attribute) => {
    const id = objectId(url.searchParams.get(attribute.name) ?? '');
    return id === null ? [] : targetsOf(attribute.type).map((to) => ({ attribute, type: to, id }));
  });
  const names = await namesOf(who.scope, acting, wanted);
  const seen = wanted.filter(({ type: to, id }) => names.get(id)?.type === to);
  return {
    values: Object.fromEntries(
      seen.map(({ attribute, type: to, id }) => [attribute.name, attribute.type.to === null ? { type: to, id } : id]),
    ),
    names,
  };
}

const cancel = { fr: 'Annuler', en: 'Cancel' };

/** Changing an object. After a conflict: what was typed and what was saved meanwhile, side by side where both changed. */
export async function editPage(
  shown: FormShown,
  reference: string,
  typed: Typed | null,
  refusal: Refusal | null,
): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = shown;
  const { scope } = visit.who;
  const object = await readObject(scope, acting, type.name, reference);
  await expectRightOn(scope, acting.asker, type, 'update', object.id);
  const since = typed !== null && refusal?.code === 'version.conflict' ? await readSince(shown, object, typed) : null;
  const names = await namesOf(scope, acting, [...referencesOf(type, [object]), ...(since?.references ?? [])]);
  const present = typedOf(type, object.values, names);
  const fields = editable(type);
  const choices = await referenceChoices(visit, acting, type, fields);
  const path = addresses.generic(type.name, object);
  const merge =
    since === null || typed === null ? null : mergeOf(type, fields, typed, object.values, since.since, names);
  const problems = merge === null ? (refusal?.problems ?? []) : [];
  const clashing = new Set(merge?.clashes.map(({ attribute }) => attribute.name));
  return page({
    title: same(object.title),
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <>
        {merge === null ? null : <ConflictNotice merge={merge} actors={since?.actors ?? []} />}
        <Form id="object" action={path} problems={problems} hasFiles={hasFiles(type, fields)}>
          <HiddenField name="version" value={String(object.version)} />
          {merge === null ? null : <Clashes type={type} clashes={merge.clashes} names={names} />}
          <FormSections
            type={type}
            typed={merge?.typed ?? (typed === null ? present : withChoices(typed, present, fields))}
            problems={problems}
            choices={choices}
            without={clashing}
          />
          <FormActions>
            <Button kind="main" text={words.save} />
            <LinkButton kind="quiet" href={path} text={cancel} />
          </FormActions>
        </Form>
      </>
    ),
  });
}

/** What became of the object since the version that this form was filled from, and who did it. */
async function readSince({ visit, acting, type }: FormShown, object: StoredObject, typed: Typed) {
  const { scope } = visit.who;
  const since = await changesSince(scope, acting, type.name, object.id, Number(typed.get('version')));
  const known = await actorNames(scope, since.actors);
  const reading = { language: visit.language, timeZone: 'Europe/Paris' };
  const earlier = Object.fromEntries([...since.before].map(([name, value]) => [name, value ?? null]));
  return {
    since,
    actors: since.actors.map((actor) => actorWords(actor, known, reading)),
    references: referencesOf(type, [{ ...object, values: earlier }]),
  };
}

export function FormSections(props: {
  readonly type: TypeModel;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** Attributes that are asked for elsewhere in the form. */
  readonly without?: ReadonlySet<string>;
}) {
  const shown = new Set(editable(props.type).filter((name) => props.without?.has(name) !== true));
  return (
    <>
      {props.type.sections.map((section) => {
        const fields = <Fields {...props} names={section.attributes.filter((name) => shown.has(name))} />;
        return section.label === null ? fields : <Fieldset legend={section.label}>{fields}</Fieldset>;
      })}
    </>
  );
}

/** What a transition needs before it can be done. */
export async function transitionPage(
  shown: FormShown,
  reference: string,
  transitionName: string,
  typed: Typed | null,
  refusal: Refusal | null,
): Promise<PageAnswer | null> {
  const { visit, acting, type, addresses } = shown;
  const transition = type.lifecycle?.transitions.get(transitionName);
  if (transition === undefined) return null;
  const object = await readObject(visit.who.scope, acting, type.name, reference);
  const names = await namesOf(visit.who.scope, acting, referencesOf(type, [object]));
  const choices = await referenceChoices(visit, acting, type, transition.requires);
  const path = addresses.generic(type.name, object);
  const problems = refusal?.problems ?? [];
  return page({
    title: { fr: `${object.title} : ${transition.label.fr}`, en: `${object.title}: ${transition.label.en}` },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <Form
        id="transition"
        action={`${path}/transitions/${transition.name}`}
        problems={problems}
        hasFiles={hasFiles(type, transition.requires)}
      >
        <HiddenField name="version" value={String(object.version)} />
        <Fields
          type={type}
          names={transition.requires}
          requires={transition.requires}
          typed={typed ?? typedOf(type, object.values, names)}
          problems={problems}
          choices={choices}
        />
        <FormActions>
          <Button kind="main" text={transition.label} />
          <LinkButton kind="quiet" href={path} text={cancel} />
        </FormActions>
      </Form>
    ),
  });
}
