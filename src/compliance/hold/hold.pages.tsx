import { z } from 'zod';
import { may } from '../../access/index.ts';
import { categories, categoryText, isPersonal } from '../../channels/index.ts';
import { type PageApp, page, redirect, saying } from '../../http/index.ts';
import { isDay, isUuid, type Problem, publicId, type Text } from '../../kernel/index.ts';
import {
  Button,
  CheckboxesField,
  CheckboxField,
  Form,
  FormActions,
  InputField,
  LinkButton,
  RadioField,
  reader,
  TextAreaField,
} from '../../ui/index.ts';
import { type PersonView, readPerson } from '../person/person.ts';
import { personHref } from '../person/person-href.ts';
import { personWords } from '../person/person-words.ts';
import { holdGrounds, holdGroundText, isRestriction } from './grounds.ts';
import { type HoldView, noHold, placeHold, releaseHold } from './hold.ts';
import { sentence } from './hold-section.tsx';
import { holdWords as words } from './words.ts';

/** What can be held: categories that describe a person. */
export const heldCategories = categories.filter((category) => isPersonal(category));

const several = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.enum(categories)),
);

const placing = z.object({
  ground: z.enum(holdGrounds, saying(words.groundNeeded)),
  categories: several,
  words: z.string().trim().min(1).max(2000),
  endsOn: z.preprocess((value) => (value === '' ? undefined : value), z.string().refine(isDay).optional()),
});

/** A hold is placed and released by the DPO, from the person's page. */
export function holdPages(app: PageApp): void {
  const allow = may('requests.decide');
  app.get('/persons/:id/holds/new', { allow }, async ({ who, params }) =>
    placePage(await readPerson(who, params.id), {}, []),
  );
  app.post(
    '/persons/:id/holds',
    {
      form: placing,
      allow,
      again: async ({ who, params }, refusal, typed) =>
        placePage(await readPerson(who, params.id), typed, told(refusal.problems, '/ground', refusal.text)),
    },
    async ({ who, params, body, cause }) => {
      const view = await readPerson(who, params.id);
      await placeHold(who.scope, cause, view.id, {
        ground: body.ground,
        categories: body.categories.length === 0 ? null : body.categories,
        words: body.words,
        endsOn: body.endsOn === undefined || !isDay(body.endsOn) ? null : body.endsOn,
      });
      return redirect(personHref(view.id), { flash: words.placed });
    },
  );
  app.get('/persons/:id/holds/:hold/release', { allow }, async ({ who, params }) => {
    const view = await readPerson(who, params.id);
    return releasePage(view, holdOf(view, params.hold), []);
  });
  app.post(
    '/persons/:id/holds/:hold/release',
    {
      form: z.object({ told: z.string().max(10).optional() }),
      allow,
      again: async ({ who, params }, refusal) => {
        const view = await readPerson(who, params.id);
        return releasePage(view, holdOf(view, params.hold), told(refusal.problems, '/told', refusal.text));
      },
    },
    async ({ who, params, body, cause }) => {
      const view = await readPerson(who, params.id);
      const hold = holdOf(view, params.hold);
      await releaseHold(who.scope, cause, view.id, hold.id, body.told !== undefined);
      return redirect(personHref(view.id), { flash: words.released });
    },
  );
}

/** The hold of this person that an address names. */
export function holdOf(view: Pick<PersonView, 'holds'>, id: string): HoldView {
  const hold = isUuid(id) ? view.holds.find((one) => one.id === id) : undefined;
  if (hold === undefined) throw noHold();
  return hold;
}

function told(problems: readonly Problem[], pointer: string, text: Text): readonly Problem[] {
  return problems.length > 0 ? problems : [{ pointer, code: 'refused', text }];
}

function crumbs(view: PersonView) {
  const short = publicId('per', view.id).slice(-8);
  return [
    { text: personWords.title, href: '/persons' },
    { text: { fr: `Personne ${short}`, en: `Person ${short}` }, href: personHref(view.id) },
  ];
}

function placePage(view: PersonView, typed: Readonly<Record<string, string>>, problems: readonly Problem[]) {
  const href = personHref(view.id);
  return page({
    title: words.place,
    lead: words.placeLead,
    breadcrumbs: crumbs(view),
    status: problems.length === 0 ? 200 : 422,
    content: (
      <Form id="hold" action={`${href}/holds`} problems={problems}>
        <RadioField
          name="ground"
          label={words.ground}
          choices={holdGrounds.map((value) => ({ value, text: capital(holdGroundText(value)) }))}
          value={typed.ground}
          isRequired
          problems={problems}
        />
        <CheckboxesField
          name="categories"
          label={words.categories}
          hint={words.categoriesHint}
          choices={heldCategories.map((value) => ({ value, text: capital(categoryText(value)) }))}
          values={(typed.categories ?? '').split('\n')}
          problems={problems}
        />
        <TextAreaField
          name="words"
          label={words.words}
          hint={words.wordsHint}
          value={typed.words}
          rows={3}
          isRequired
          problems={problems}
        />
        <InputField
          name="endsOn"
          kind="date"
          label={words.endsOn}
          hint={words.endsOnHint}
          value={typed.endsOn}
          width="narrow"
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={words.place} />
          <LinkButton href={href} text={words.cancel} kind="quiet" />
        </FormActions>
      </Form>
    ),
  });
}

function releasePage(view: PersonView, hold: HoldView, problems: readonly Problem[]) {
  const href = personHref(view.id);
  return page({
    title: words.release,
    lead: words.releaseLead,
    breadcrumbs: crumbs(view),
    status: problems.length === 0 ? 200 : 422,
    content: <ReleaseForm href={href} hold={hold} problems={problems} />,
  });
}

function ReleaseForm(props: { readonly href: string; readonly hold: HoldView; readonly problems: readonly Problem[] }) {
  const { say } = reader();
  const { hold, href } = props;
  return (
    <Form id="release" action={`${href}/holds/${hold.id}/release`} problems={props.problems}>
      <p>{sentence(say(holdGroundText(hold.ground)))}</p>
      {isRestriction(hold.ground) ? (
        <CheckboxField name="told" label={words.told} isRequired problems={props.problems} />
      ) : null}
      <FormActions>
        <Button kind="main" text={words.release} />
        <LinkButton href={href} text={words.cancel} kind="quiet" />
      </FormActions>
    </Form>
  );
}

function capital(text: Text): Text {
  return { fr: sentence(text.fr), en: sentence(text.en) };
}
