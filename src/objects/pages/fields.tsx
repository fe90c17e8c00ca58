import { type Problem, same, type Text } from '../../kernel/index.ts';
import type { Attribute, TypeModel } from '../../model/index.ts';
import {
  CheckboxesField,
  CheckboxField,
  type Choice,
  Fieldset,
  FileField,
  HiddenField,
  InputField,
  reader,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import { atMost, fileWords } from '../files/words.ts';
import { AddressField, QuantityField } from './structured-fields.tsx';
import type { Typed } from './typed.ts';
import { words } from './words.ts';

export interface FieldsProps {
  readonly type: TypeModel;
  readonly names: readonly string[];
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  /** For references to types of few objects: all of them. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** Attributes that must be filled here although the type does not require them. */
  readonly requires?: readonly string[];
}

/** The form controls of some attributes. */
export function Fields(props: FieldsProps) {
  return (
    <>
      {props.names.map((name) => {
        const attribute = props.type.attributes.get(name);
        return attribute === undefined ? null : <AttributeField {...props} attribute={attribute} />;
      })}
    </>
  );
}

/** `/values/due_on` in a refusal and `values.due_on` in the form are the same field. */
export function fieldName(attribute: string): string {
  return `values.${attribute}`;
}

function AttributeField(props: FieldsProps & { readonly attribute: Attribute }) {
  const { attribute, typed } = props;
  const { control } = attribute.type;
  const name = fieldName(attribute.name);
  const field = {
    name,
    label: attribute.label,
    hint: hintOf(attribute),
    isRequired: attribute.required || props.requires?.includes(attribute.name) === true,
    problems: props.problems,
  };
  const value = typed.get(name) ?? '';
  switch (control.kind) {
    case 'area':
      return <TextAreaField {...field} value={value} />;
    case 'choice':
      return (
        <SelectField
          {...field}
          value={value}
          choices={control.options.map((one) => ({ value: one.value, text: one.label }))}
        />
      );
    case 'choices':
      return (
        <CheckboxesField
          {...field}
          values={value === '' ? [] : value.split('\n')}
          choices={control.options.map((one) => ({ value: one.value, text: one.label }))}
        />
      );
    case 'reference':
      return <ReferenceField {...props} field={field} to={control.to} value={value} />;
    case 'money':
      return <MoneyField {...props} field={field} />;
    case 'quantity':
      return <QuantityField field={field} typed={typed} units={control.units} />;
    case 'address':
      return <AddressField field={field} typed={typed} />;
    case 'localised':
      return <LocalisedField {...props} field={field} isArea={control.multiline} />;
    case 'file':
      return <FileControl {...field} value={value} accept={control.accept} maxBytes={control.maxBytes} />;
    case 'line':
      return (
        <InputField
          {...field}
          kind={control.inputType}
          value={value}
          width={wide.has(attribute.type.kind) ? 'full' : 'medium'}
        />
      );
  }
}

const wide = new Set<Attribute['type']['kind']>(['text', 'url']);
const byNumber = { fr: 'Son numéro, tel que sa page le montre.', en: 'Its number, as its page shows it.' };

/** How to write what has a form of its own, when the pack gives no help. */
const usualHints: Partial<Record<Attribute['type']['kind'], Text>> = {
  duration: {
    fr: 'P30D pour 30 jours, P1Y pour un an, PT2H pour 2 heures.',
    en: 'P30D for 30 days, P1Y for a year, PT2H for 2 hours.',
  },
  country: { fr: 'Deux lettres : FR, BE, DE…', en: 'Two letters: FR, BE, DE…' },
  phone: { fr: 'Par exemple +33 1 45 67 89 01.', en: 'For example +33 1 45 67 89 01.' },
  json: { fr: 'Une valeur JSON.', en: 'A JSON value.' },
};

function hintOf(attribute: Attribute): Text | undefined {
  if (attribute.help !== null) return attribute.help;
  if (attribute.example === null) return usualHints[attribute.type.kind];
  return { fr: `Exemple : ${attribute.example}`, en: `Example: ${attribute.example}` };
}

/** The file it has stays unless another is chosen, or it is removed. */
function FileControl(
  props: Field & { readonly value: string; readonly accept: readonly string[] | null; readonly maxBytes: number },
) {
  const { value, accept, maxBytes, ...field } = props;
  const { say } = reader();
  const present = value.split('\n').at(-1) ?? '';
  const hint = field.hint ?? atMost(maxBytes);
  return (
    <>
      {present === '' ? null : <HiddenField name={field.name} value={present} />}
      <FileField {...field} hint={hint} {...(accept === null ? {} : { accept: accept.join(',') })} />
      {present === '' ? null : (
        <p class="hint">
          {say(fileWords.present)} {present.slice(present.indexOf(' ') + 1)}
        </p>
      )}
      {present === '' || field.isRequired === true ? null : (
        <CheckboxField name={`${field.name}.remove`} label={fileWords.removeFile} />
      )}
    </>
  );
}

export type Field = Omit<Parameters<typeof InputField>[0], 'kind' | 'value'>;

function TextOf(props: Field & { readonly isArea: boolean; readonly value: string }) {
  const { isArea, value, ...field } = props;
  return isArea ? <TextAreaField {...field} value={value} /> : <InputField {...field} value={value} />;
}

function ReferenceField(
  props: FieldsProps & { readonly field: Field; readonly to: readonly string[]; readonly value: string },
) {
  const { field, value, to } = props;
  const isOne = to.length === 1;
  const known = to.flatMap((type) => {
    const choices = props.choices.get(type);
    if (choices === undefined) return [];
    return [isOne ? choices : choices.map((choice) => ({ ...choice, value: `${type}:${choice.value}` }))];
  });
  if (known.length === to.length) return <SelectField {...field} value={value} choices={known.flat()} />;
  return <InputField {...field} value={value} width="medium" hint={field.hint ?? byNumber} />;
}

function LocalisedField(
  props: FieldsProps & { readonly attribute: Attribute; readonly field: Field; readonly isArea: boolean },
) {
  const { field, isArea, typed } = props;
  const english = `${field.name}.en`;
  return (
    <Fieldset legend={props.attribute.label}>
      <TextOf {...field} isArea={isArea} label={same('Français')} value={typed.get(field.name) ?? ''} />
      <TextOf
        {...field}
        isArea={isArea}
        name={english}
        isRequired={false}
        label={same('English')}
        value={typed.get(english) ?? ''}
      />
    </Fieldset>
  );
}

function MoneyField(props: FieldsProps & { readonly attribute: Attribute; readonly field: Field }) {
  const { field, typed } = props;
  const currency = typed.get(`${field.name}.currency`) ?? '';
  return (
    <>
      <InputField {...field} value={typed.get(field.name) ?? ''} width="medium" />
      <InputField
        name={`${field.name}.currency`}
        label={{
          fr: `${field.label.fr} : ${words.currency.fr.toLowerCase()}`,
          en: `${field.label.en}: ${words.currency.en.toLowerCase()}`,
        }}
        value={currency === '' ? 'EUR' : currency}
        width="narrow"
        maxLength={3}
      />
    </>
  );
}
