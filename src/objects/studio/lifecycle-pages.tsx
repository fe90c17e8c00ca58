import { type PageAnswer, page } from '../../http/index.ts';
import {
  Button,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  type Choice,
  Form,
  FormActions,
  InputField,
  LinkButton,
  SelectField,
} from '../../ui/index.ts';
import { expectDraftType, listAt, namesAt, type Opened, stringAt, textAt } from './opened.ts';
import { type FieldsTyped, LabelFields } from './studio-page.tsx';
import { labelAt, roleChoices, twice, typeCrumbs, typePath } from './type-page.tsx';
import { words } from './words.ts';

/** A state: added (`name` null) or changed. */
export function statePage(opened: Opened, type: string, name: string | null, given: FieldsTyped): PageAnswer {
  const place = [...expectDraftType(opened, type), 'lifecycle'];
  const own = [...place, 'states', name ?? ''];
  const path = typePath(opened, type);
  const isFirst = namesAt(opened.edit, [...place, 'states']).length === 0;
  const isInitial = name !== null && stringAt(opened.edit, [...place, 'initial']) === name;
  const typed = { ...twice('label', textAt(opened.edit, [...own, 'label'])), ...given.typed };
  return page({
    title: name === null ? words.addState : labelAt(opened, own),
    breadcrumbs: typeCrumbs(opened, type),
    content: (
      <>
        <Form id="state" action={`${path}/states/${name ?? 'new'}`} problems={given.problems}>
          <LabelFields typed={typed} problems={given.problems} />
          {isFirst || isInitial ? null : (
            <CheckboxField
              name="initial"
              label={{ fr: 'Les objets commencent dans cet état', en: 'Objects begin in this state' }}
            />
          )}
          <CheckboxField
            name="final"
            label={{ fr: 'C’est une fin : plus rien ne l’attend', en: 'It is an end: nothing more awaits it' }}
            isChecked={opened.edit.read([...own, 'final']) === true}
          />
          <FormActions>
            <Button kind="main" text={name === null ? words.addState : words.save} />
            <LinkButton kind="quiet" href={path} text={words.cancel} />
          </FormActions>
        </Form>
        {name === null ? null : (
          <ButtonForm
            action={`${path}/states/${name}/remove`}
            kind="danger"
            text={{ fr: 'Retirer cet état', en: 'Take this state away' }}
          />
        )}
      </>
    ),
  });
}

/** A step from states to a state: added (`name` null) or changed. */
export function transitionPage(opened: Opened, type: string, name: string | null, given: FieldsTyped): PageAnswer {
  const place = [...expectDraftType(opened, type), 'lifecycle'];
  const own = [...place, 'transitions', name ?? ''];
  const path = typePath(opened, type);
  const { edit } = opened;
  const { problems } = given;
  const typed = { ...twice('label', textAt(edit, [...own, 'label'])), ...given.typed };
  const choicesAt = (where: readonly string[], except: string | null = null): readonly Choice[] =>
    namesAt(edit, where)
      .filter((one) => one !== except)
      .map((one) => ({ value: one, text: labelAt(opened, [...where, one]) }));
  const chosen = (field: string): readonly string[] => given.typed[field]?.split('\n') ?? listAt(edit, [...own, field]);
  const states = choicesAt([...place, 'states']);
  const others = choicesAt([...place, 'transitions'], name);
  return page({
    title: name === null ? words.addTransition : labelAt(opened, own),
    breadcrumbs: typeCrumbs(opened, type),
    content: (
      <>
        <Form id="transition" action={`${path}/transitions/${name ?? 'new'}`} problems={problems}>
          <LabelFields typed={typed} problems={problems} />
          <CheckboxesField
            name="from"
            label={{ fr: 'Part de', en: 'Leaves from' }}
            choices={states}
            values={chosen('from')}
            isRequired
            problems={problems}
          />
          <SelectField
            name="to"
            label={{ fr: 'Mène à', en: 'Leads to' }}
            choices={states}
            value={typed.to ?? stringAt(edit, [...own, 'to'])}
            isRequired
            problems={problems}
          />
          <CheckboxesField
            name="roles"
            label={words.rights}
            choices={roleChoices}
            values={chosen('roles')}
            isRequired
            problems={problems}
          />
          <CheckboxesField
            name="requires"
            label={{ fr: 'Doit être rempli avant', en: 'Must be filled before' }}
            choices={choicesAt(['types', type, 'attributes'])}
            values={chosen('requires')}
            problems={problems}
          />
          {others.length === 0 ? null : (
            <CheckboxesField
              name="not_by"
              label={{ fr: 'Quatre yeux : pas par la personne qui a fait', en: 'Four eyes: not by whoever did' }}
              choices={others}
              values={chosen('not_by')}
              problems={problems}
            />
          )}
          <InputField
            name="guard"
            label={{ fr: 'Condition', en: 'Condition' }}
            hint={{
              fr: 'Une expression qui doit être vraie : « total > money("0", "EUR") ». Vide : aucune.',
              en: 'An expression that must be true: “total > money("0", "EUR")”. Empty: none.',
            }}
            value={typed.guard ?? stringAt(edit, [...own, 'guard'])}
            problems={problems}
          />
          <FormActions>
            <Button kind="main" text={name === null ? words.addTransition : words.save} />
            <LinkButton kind="quiet" href={path} text={words.cancel} />
          </FormActions>
        </Form>
        {name === null ? null : (
          <ButtonForm
            action={`${path}/transitions/${name}/remove`}
            kind="danger"
            text={{ fr: 'Retirer cette transition', en: 'Take this transition away' }}
          />
        )}
      </>
    ),
  });
}
