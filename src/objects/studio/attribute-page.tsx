import { type PageAnswer, page } from '../../http/index.ts';
import { same, type Text } from '../../kernel/index.ts';
import { categories, identifierSchemes } from '../../model/index.ts';
import {
  Button,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  type Choice,
  Columns,
  Form,
  FormActions,
  HiddenField,
  InputField,
  LinkButton,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import { type AttributeKind, attributeKinds, isAttributeKind, type OptionName, optionsOf } from './attribute-kinds.ts';
import { expectDraftType, listAt, namesAt, type Opened, textAt } from './opened.ts';
import { type FieldsTyped, LabelFields } from './studio-page.tsx';
import { FormToBe, labelAt, twice, typeCrumbs, typePath } from './type-page.tsx';
import { words } from './words.ts';

/** What kind of thing it is, before what it is called: each asks something else. */
export function kindPage(opened: Opened, type: string): PageAnswer {
  expectDraftType(opened, type);
  return page({
    title: words.addAttribute,
    lead: { fr: 'De quoi s’agit-il ?', en: 'What is it?' },
    breadcrumbs: typeCrumbs(opened, type),
    content: (
      <ul class="plain">
        {Object.entries(attributeKinds).map(([kind, text]) => (
          <li>
            <LinkButton kind="quiet" href={`${typePath(opened, type)}/attributes/new?kind=${kind}`} text={text} />
          </li>
        ))}
      </ul>
    ),
  });
}

/** An attribute: added (`name` null) or changed, beside the form it will stand in. */
export function attributePage(
  opened: Opened,
  type: string,
  name: string | null,
  kind: string,
  given: FieldsTyped,
): PageAnswer {
  const place = [...expectDraftType(opened, type), 'attributes', name ?? ''];
  const path = typePath(opened, type);
  const typed = { ...(name === null ? {} : saidOf(opened, place)), ...given.typed };
  const known = isAttributeKind(kind) ? kind : null;
  const { problems } = given;
  return page({
    title: name === null ? words.addAttribute : labelAt(opened, place),
    lead: known === null ? same(kind) : attributeKinds[known],
    breadcrumbs: typeCrumbs(opened, type),
    content: (
      <Columns
        main={
          <>
            <Form id="attribute" action={`${path}/attributes/${name ?? 'new'}`} problems={problems}>
              <HiddenField name="kind" value={kind} />
              <LabelFields typed={typed} problems={problems} />
              {optionsOf(known, opened.edit.read(place)).map((option) => (
                <OptionField opened={opened} type={type} option={option} typed={typed} problems={problems} />
              ))}
              <TextAreaField
                name="definition_fr"
                label={words.definitionFr}
                value={typed.definition_fr}
                rows={2}
                problems={problems}
              />
              <TextAreaField
                name="definition_en"
                label={words.definitionEn}
                value={typed.definition_en}
                rows={2}
                problems={problems}
              />
              {known === 'children' ? null : <Rules kind={known} typed={typed} problems={problems} />}
              <FormActions>
                <Button kind="main" text={name === null ? words.addAttribute : words.save} />
                <LinkButton kind="quiet" href={path} text={words.cancel} />
              </FormActions>
            </Form>
            {name === null ? null : (
              <ButtonForm
                action={`${path}/attributes/${name}/remove`}
                kind="danger"
                text={{ fr: 'Retirer cet attribut', en: 'Take this attribute away' }}
              />
            )}
          </>
        }
        aside={<FormToBe opened={opened} type={type} />}
      />
    ),
  });
}

const unsearchable: ReadonlySet<AttributeKind> = new Set([
  'boolean',
  'date',
  'datetime',
  'money',
  'decimal',
  'integer',
  'duration',
]);

function Rules(props: FieldsTyped & { readonly kind: AttributeKind | null }) {
  const { typed, problems, kind } = props;
  const flag = (name: string, label: Text) => (
    <CheckboxField
      name={name}
      label={label}
      isChecked={typed[name] !== undefined && typed[name] !== ''}
      problems={problems}
    />
  );
  return (
    <>
      {flag('required', { fr: 'Obligatoire', en: 'Required' })}
      {flag('unique', { fr: 'Unique dans l’organisation', en: 'Unique in the organisation' })}
      {flag('indexed', { fr: 'Les listes se trient par cet attribut', en: 'Lists sort by this attribute' })}
      {kind !== null && unsearchable.has(kind)
        ? null
        : flag('searchable', { fr: 'La recherche le trouve', en: 'Search finds it' })}
      <SelectField
        name="category"
        label={{ fr: 'Donnée personnelle', en: 'Personal data' }}
        hint={{
          fr: 'Si elle concerne une personne : elle est alors protégée, oubliée à sa demande, et figure au registre.',
          en: 'If it is about a person: it is then protected, forgotten when they ask, and in the register.',
        }}
        emptyText={{ fr: 'Non', en: 'No' }}
        choices={Object.entries(categories).map(([value, { label }]) => ({ value, text: label }))}
        value={typed.category}
        problems={problems}
      />
      <InputField
        name="computed"
        label={{ fr: 'Calculé par', en: 'Calculated by' }}
        hint={{
          fr: 'Une expression, au lieu d’une saisie : « price * quantity ». Vide : on le remplit.',
          en: 'An expression, instead of being filled: “price * quantity”. Empty: people fill it.',
        }}
        value={typed.computed}
        problems={problems}
      />
    </>
  );
}

const optionWords: Readonly<Record<OptionName, Text>> = {
  multiline: { fr: 'Sur plusieurs lignes', en: 'On several lines' },
  max_length: { fr: 'Longueur maximale', en: 'Greatest length' },
  pattern: { fr: 'Forme exigée (expression régulière)', en: 'Form asked for (regular expression)' },
  min: { fr: 'Au moins', en: 'At least' },
  max: { fr: 'Au plus', en: 'At most' },
  scale: { fr: 'Décimales', en: 'Decimals' },
  units: { fr: 'Unités (UCUM), la première d’abord', en: 'Units (UCUM), the first one first' },
  values: { fr: 'Choix', en: 'Choices' },
  to: { fr: 'Vers', en: 'To' },
  of: { fr: 'Des', en: 'Of' },
  scheme: { fr: 'Identifiant', en: 'Identifier' },
  at: { fr: 'Donné à la transition', en: 'Given at the transition' },
};

function OptionField(
  props: FieldsTyped & { readonly opened: Opened; readonly type: string; readonly option: OptionName },
) {
  const { option, typed, problems } = props;
  const field = { name: option, label: optionWords[option], problems };
  switch (option) {
    case 'multiline':
      return <CheckboxField {...field} isChecked={typed.multiline !== undefined && typed.multiline !== ''} />;
    case 'values':
      return (
        <TextAreaField
          {...field}
          hint={{
            fr: 'Un par ligne, en français puis en anglais : « Bon état | In good order ».',
            en: 'One a line, in French then in English: “Bon état | In good order”.',
          }}
          value={typed.values}
          rows={6}
          isRequired
        />
      );
    case 'to':
    case 'of':
      return <SelectField {...field} choices={typeChoices(props.opened)} value={typed[option]} isRequired />;
    case 'at':
      return (
        <CheckboxesField
          {...field}
          choices={transitionChoices(props.opened, props.type)}
          values={typed.at?.split('\n') ?? []}
          isRequired
        />
      );
    case 'scheme':
      return (
        <SelectField
          {...field}
          choices={identifierSchemes.map((scheme) => ({ value: scheme, text: same(scheme.toUpperCase()) }))}
          value={typed.scheme}
          isRequired
        />
      );
    default:
      return <InputField {...field} value={typed[option]} width="narrow" isRequired={option === 'units'} />;
  }
}

function transitionChoices(opened: Opened, type: string): readonly Choice[] {
  const place = ['types', type, 'lifecycle', 'transitions'];
  return namesAt(opened.edit, place).map((name) => ({ value: name, text: labelAt(opened, [...place, name]) }));
}

/** Types of the draft, and all others of the model. */
function typeChoices({ edit, preview }: Opened): readonly Choice[] {
  const own = namesAt(edit, ['types']).map((name) => ({
    value: name,
    text: textAt(edit, ['types', name, 'label']) ?? same(name),
  }));
  const others = [...(preview.model?.types.values() ?? [])]
    .filter((type) => !own.some((one) => one.value === type.name))
    .map((type) => ({ value: type.name, text: type.label }));
  return [...own, ...others];
}

function saidOf({ edit }: Opened, place: readonly string[]): Readonly<Record<string, string>> {
  const source = edit.read(place);
  const known = typeof source === 'object' && source !== null ? Object.entries(source) : [];
  const plain = known.flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' || typeof value === 'number' || value === true ? [[key, String(value)] as const] : [],
  );
  const units: unknown = edit.read([...place, 'units']);
  return {
    ...Object.fromEntries(plain),
    ...twice('label', textAt(edit, [...place, 'label'])),
    ...twice('definition', textAt(edit, [...place, 'definition'])),
    values: namesAt(edit, [...place, 'values'])
      .map((name) => choiceLine(name, textAt(edit, [...place, 'values', name])))
      .join('\n'),
    units: Array.isArray(units) ? units.join(', ') : '',
    at: listAt(edit, [...place, 'at']).join('\n'),
  };
}

function choiceLine(name: string, text: { fr: string; en: string } | null): string {
  return text === null ? name : `${name} = ${text.fr} | ${text.en}`;
}
