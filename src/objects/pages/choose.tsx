import type { Text } from '../../kernel/index.ts';
import type { Transition, TypeModel } from '../../model/index.ts';
import {
  Button,
  type Choosing,
  Form,
  FormActions,
  HiddenField,
  LinkButton,
  SelectField,
  withQuery,
} from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { bulkLimit } from '../bulk/bulk.ts';
import { hasRole } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import type { AnyVisit } from './context.ts';

const formId = 'bulk-transition';

/** A list whose objects are being chosen: more rows, a box in front of each, and what can be done with them. */
export interface Choice {
  readonly limit: number;
  readonly areChosen: boolean;
  readonly transitions: readonly Transition[];
  /** What the address keeps of it. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Transitions that this person may ask of many objects at once. */
export function bulkTransitions({ who }: AnyVisit, { asker }: Acting, type: TypeModel): readonly Transition[] {
  if (who.isReadOnly) return [];
  return [...(type.lifecycle?.transitions.values() ?? [])].filter(
    ({ room, roles }) => room === null && hasRole(asker, roles),
  );
}

/** `?choose=100` (or more, to the limit of what can be done at once), `&chosen=all`: a link each, so that script isn't needed. */
export function choiceOf(visit: AnyVisit, acting: Acting, type: TypeModel): Choice | null {
  const { searchParams } = visit.url;
  const wanted = Number(searchParams.get('choose'));
  const transitions = bulkTransitions(visit, acting, type);
  if (!Number.isSafeInteger(wanted) || wanted < 1 || transitions.length === 0) return null;
  const limit = Math.min(wanted, bulkLimit);
  const areChosen = searchParams.get('chosen') === 'all';
  return {
    limit,
    areChosen,
    transitions,
    kept: { choose: String(limit), ...(areChosen ? { chosen: 'all' } : {}) },
  };
}

export function choosing(choice: Choice): Choosing<StoredObject> {
  return {
    form: formId,
    name: 'object',
    value: (object) => object.number,
    label: (object) => ({ fr: `Choisir ${object.title}`, en: `Choose ${object.title}` }),
    areChosen: choice.areChosen,
  };
}

export function BulkForm(props: {
  readonly type: TypeModel;
  readonly choice: Choice;
  readonly path: string;
  readonly kept: Readonly<Record<string, string | null>>;
}) {
  const { type, choice, path, kept } = props;
  const again = (changed: Readonly<Record<string, string>>): string => withQuery(path, { ...kept, ...changed });
  const choose = String(choice.limit);
  return (
    <Form id={formId} action="/bulk-transitions">
      <HiddenField name="type" value={type.name} />
      <SelectField
        name="transition"
        label={toDo}
        hint={each}
        isRequired
        choices={choice.transitions.map(({ name, label }) => ({ value: name, text: label }))}
        {...(choice.transitions.length === 1 ? { emptyText: null } : {})}
      />
      <FormActions>
        <Button kind="main" text={{ fr: 'Faire pour les objets cochés', en: 'Do it for the objects ticked' }} />
        {choice.areChosen ? (
          <LinkButton kind="quiet" href={again({ choose })} text={{ fr: 'Tout décocher', en: 'Untick all' }} />
        ) : (
          <LinkButton
            kind="quiet"
            href={again({ choose, chosen: 'all' })}
            text={{ fr: 'Tout cocher', en: 'Tick all' }}
          />
        )}
        {choice.limit < bulkLimit ? (
          <LinkButton kind="quiet" href={again({ choose: String(bulkLimit) })} text={showMore} />
        ) : null}
        <LinkButton kind="quiet" href={again({})} text={{ fr: 'Quitter le choix', en: 'Stop choosing' }} />
      </FormActions>
    </Form>
  );
}

const toDo: Text = { fr: 'Transition', en: 'Transition' };
const showMore: Text = { fr: `En montrer ${bulkLimit}`, en: `Show ${bulkLimit}` };
const each: Text = {
  fr: 'Chaque objet coché avance pour lui-même ; ceux qui ne le peuvent pas restent tels quels, avec la raison.',
  en: 'Each object ticked moves by itself; those that can’t stay as they are, with the reason.',
};
