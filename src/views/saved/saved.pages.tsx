import { z } from 'zod';
import { type Content, type PageAnswer, type PageApp, page, redirect, saying } from '../../http/index.ts';
import { type Problem, publicId, Refusal, same, type Text } from '../../kernel/index.ts';
import { isRole, roleNames, roles, showable, sortable, type TypeModel, type ViewSource } from '../../model/index.ts';
import { type AnyVisit, askerOf, expectRight, expectType, type ListShown, objectWords } from '../../objects/index.ts';
import { writeOnce } from '../../store/index.ts';
import {
  Button,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  Form,
  FormActions,
  HiddenField,
  InputField,
  LinkButton,
  Notice,
  reader,
  SelectField,
  withQuery,
} from '../../ui/index.ts';
import type { ViewsOptions } from '../options.ts';
import { words } from '../words.ts';
import { changeView, findSaved, removeView, type Saved, saveView, shareable } from './saved.ts';

/** From a list: what it shows now, to be kept under a name. */
export function saveLink({ type, filter, sort, columns }: ListShown): Content {
  const href = withQuery('/views/new', { of: type.name, filter, sort, columns: columns.join(',') });
  return <LinkButton kind="quiet" href={href} text={words.save} />;
}

/** What of a saved view no longer fits; the rest is shown below it. */
export function unfitNotice(saved: Saved | null): Content {
  if (saved === null || saved.unfit.length === 0) return null;
  return <Unfit saved={saved} />;
}

function Unfit(props: { readonly saved: Saved }) {
  const { say } = reader();
  const title = {
    fr: 'Une partie de cette vue ne va plus avec le modèle d’aujourd’hui',
    en: 'A part of this view no longer fits the model of today',
  };
  return (
    <Notice tone="warning" title={title}>
      <ul>
        {props.saved.unfit.map((text) => (
          <li>{say(text)}</li>
        ))}
      </ul>
    </Notice>
  );
}

const listed = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .transform((chosen) => chosen ?? []);

const viewForm = z.object({
  of: z.string(),
  name: z.string(saying({ fr: 'Donnez un nom à la vue.', en: 'Give the view a name.' })),
  filter: z.string().optional(),
  sort: z.string().optional(),
  columns: listed,
  shared: listed,
  pinned: z.string().optional(),
});
type Typed = z.output<typeof viewForm>;

export function mountSaved(app: PageApp, options: ViewsOptions): void {
  const model = () => options.models.current();
  app.get('/views/new', {}, (visit) => formPage(visit, options, fromAddress(visit), null, []));
  app.post(
    '/views',
    {
      form: viewForm,
      again: (visit, refusal, typed) => formPage(visit, options, again(typed), null, refusal.problems),
    },
    async (visit) => {
      const { who, body } = visit;
      const asked = askedBy(body, null);
      const written = await writeOnce(who.scope, visit.cause, visit.requestHash, async (writing) => ({
        status: 303,
        resource: await saveView(writing, model(), who, asked),
      }));
      return redirect(`/views/${publicId('view', written.resource)}`, { flash: kept });
    },
  );
  app.get('/views/:view/edit', {}, async (visit) => {
    const saved = await findSaved(visit.who.scope, model(), visit.who, visit.params.view);
    return formPage(visit, options, fromSaved(saved), saved, []);
  });
  app.post(
    '/views/:view',
    {
      form: viewForm,
      again: async (visit, refusal, typed) => {
        const saved = await findSaved(visit.who.scope, model(), visit.who, visit.params.view);
        return formPage(visit, options, again(typed), saved, refusal.problems);
      },
    },
    async (visit) => {
      const { who, body } = visit;
      const saved = await findSaved(who.scope, model(), who, visit.params.view);
      await writeOnce(who.scope, visit.cause, visit.requestHash, async (writing) => {
        await changeView(writing, model(), who, saved, askedBy(body, saved));
        return { status: 303, resource: saved.id };
      });
      return redirect(`/views/${saved.key}`, { flash: kept });
    },
  );
  app.post('/views/:view/delete', {}, async (visit) => {
    const { who } = visit;
    const saved = await findSaved(who.scope, model(), who, visit.params.view);
    await writeOnce(who.scope, visit.cause, visit.requestHash, async (writing) => {
      await removeView(writing, who, saved);
      return { status: 303, resource: saved.id };
    });
    return redirect('/views', { flash: { fr: 'Vue supprimée.', en: 'View deleted.' } });
  });
}

const kept: Text = { fr: 'Vue enregistrée.', en: 'View saved.' };

function fromAddress({ url }: AnyVisit): Typed {
  const given = (name: string): string => url.searchParams.get(name) ?? '';
  const columns = given('columns').split(',');
  return {
    of: given('of'),
    name: '',
    filter: given('filter'),
    sort: given('sort'),
    columns,
    shared: [],
    pinned: undefined,
  };
}

/** What was typed, when it is shown again; boxes of one name come as one text. */
function again(typed: Readonly<Record<string, unknown>>): Typed {
  const parsed = viewForm.safeParse({ of: '', name: '', ...typed });
  return parsed.success ? parsed.data : { of: String(typed.of ?? ''), name: '', columns: [], shared: [] };
}

function fromSaved(saved: Saved): Typed {
  const says = saved.draft;
  return {
    of: saved.type,
    name: saved.name,
    filter: says?.filter,
    ...(says?.kind === 'table' ? { sort: says.sort, columns: says.columns ?? [] } : { columns: [] }),
    shared: [...saved.sharedWith],
    pinned: saved.isPinned ? 'yes' : undefined,
  };
}

/** Of a view of another kind, the form changes its name, its condition and for whom it is; what it draws stays. */
function askedBy(body: Typed, saved: Saved | null) {
  const filter = body.filter?.trim() ?? '';
  const condition = filter === '' ? {} : { filter };
  const columns = body.columns.filter((name) => name !== '').slice(0, 12);
  const table: ViewSource = {
    kind: 'table',
    of: saved?.type ?? body.of,
    menu: false,
    ...condition,
    ...(body.sort === undefined || body.sort === '' ? {} : { sort: body.sort }),
    ...(columns.length === 0 ? {} : { columns }),
  };
  const before = saved?.draft ?? null;
  const says: ViewSource =
    before === null || before.kind === 'table' ? table : { ...before, filter: filter === '' ? undefined : filter };
  return { name: body.name, says, sharedWith: body.shared.filter(isRole), isPinned: body.pinned !== undefined };
}

function formPage(
  visit: AnyVisit,
  { models, addresses }: ViewsOptions,
  typed: Typed,
  saved: Saved | null,
  problems: readonly Problem[],
): PageAnswer {
  const { who } = visit;
  if (saved !== null && !saved.isMine && !who.roles.includes('admin')) throw notMine();
  const type = models.current().types.get(typed.of);
  if (type === undefined && saved === null) expectType(models.current(), typed.of);
  if (type !== undefined) expectRight(askerOf(who), type, 'read');
  const action = saved === null ? '/views' : `/views/${saved.key}`;
  const isTable = saved === null || saved.draft === null || saved.draft.kind === 'table';
  return page({
    title: saved === null ? { fr: 'Enregistrer une vue', en: 'Save a view' } : same(saved.name),
    lead: {
      fr: 'Une vue garde une façon de regarder, pas ce qu’elle montre : chacun n’y voit que ce que ses droits permettent.',
      en: 'A view keeps a way of looking, not what it shows: all see in it only what their rights allow.',
    },
    breadcrumbs: [
      { href: '/views', text: words.views },
      ...(type === undefined ? [] : [{ href: addresses.list(type), text: type.plural }]),
    ],
    content: (
      <>
        {unfitNotice(saved)}
        {type === undefined || (saved !== null && !saved.isMine) ? null : (
          <Form id="view" action={action} problems={problems}>
            <HiddenField name="of" value={typed.of} />
            <InputField name="name" label={nameLabel} value={typed.name} isRequired problems={problems} />
            <InputField
              name="filter"
              label={objectWords.condition}
              hint={conditionHint}
              value={typed.filter ?? ''}
              problems={problems}
            />
            {isTable ? <TableFields type={type} typed={typed} problems={problems} /> : null}
            <CheckboxesField
              name="shared"
              label={{ fr: 'Partagée avec', en: 'Shared with' }}
              hint={{ fr: 'Sans partage, vous seul la voyez.', en: 'Unshared, you alone see it.' }}
              choices={shareable(who, roleNames).map((role) => ({ value: role, text: roles[role] }))}
              values={typed.shared}
              problems={problems}
            />
            <CheckboxField
              name="pinned"
              label={{ fr: 'La montrer dans le menu', en: 'Show it in the menu' }}
              isChecked={typed.pinned !== undefined}
            />
            <FormActions>
              <Button kind="main" text={objectWords.save} />
              <LinkButton
                kind="quiet"
                href={saved === null ? addresses.list(type) : '/views'}
                text={{ fr: 'Annuler', en: 'Cancel' }}
              />
            </FormActions>
          </Form>
        )}
        {saved === null ? null : (
          <ButtonForm
            kind="danger"
            action={`${action}/delete`}
            text={{ fr: 'Supprimer la vue', en: 'Delete the view' }}
          />
        )}
      </>
    ),
  });
}

const nameLabel: Text = { fr: 'Nom de la vue', en: 'Name of the view' };
const conditionHint: Text = {
  fr: 'Ce qui doit être vrai des objets montrés, comme : state == "draft"',
  en: 'What must be true of the objects shown, such as: state == "draft"',
};

function TableFields(props: {
  readonly type: TypeModel;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}) {
  const { type, typed, problems } = props;
  const label = (name: string): Text => type.attributes.get(name)?.label ?? systemLabel(name);
  const sorts = sortable(type).flatMap((name) => {
    const { fr, en } = label(name);
    return [
      { value: name, text: { fr: `${fr}, croissant`, en: `${en}, ascending` } },
      { value: `-${name}`, text: { fr: `${fr}, décroissant`, en: `${en}, descending` } },
    ];
  });
  return (
    <>
      <SelectField
        name="sort"
        label={{ fr: 'Trier par', en: 'Sort by' }}
        choices={sorts}
        value={typed.sort ?? null}
        emptyText={{ fr: 'Les derniers créés d’abord', en: 'The last created first' }}
        problems={problems}
      />
      <CheckboxesField
        name="columns"
        label={{ fr: 'Colonnes', en: 'Columns' }}
        hint={{ fr: 'Douze au plus ; aucune : celles du type.', en: 'Twelve at most; none: those of the type.' }}
        choices={showable(type).map((name) => ({ value: name, text: label(name) }))}
        values={typed.columns}
        problems={problems}
      />
    </>
  );
}

function systemLabel(name: string): Text {
  switch (name) {
    case 'number':
    case 'state':
    case 'title':
    case 'created_at':
    case 'updated_at':
      return objectWords[name];
    default:
      return same(name);
  }
}

function notMine(): Refusal {
  return new Refusal('view.not_yours', 403, {
    fr: 'Cette vue est à quelqu’un d’autre : enregistrez la vôtre depuis la liste.',
    en: 'This view is somebody else’s: save one of yours from the list.',
  });
}
