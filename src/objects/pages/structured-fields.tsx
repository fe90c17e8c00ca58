import type { Option } from '../../model/index.ts';
import { Fieldset, HiddenField, InputField, SelectField, TextAreaField } from '../../ui/index.ts';
import type { Field } from './fields.tsx';
import type { Typed } from './typed.ts';
import { words } from './words.ts';

interface Structured {
  readonly field: Field;
  readonly typed: Typed;
}

/** A number and its unit. Of one unit only, its name stands in the label. */
export function QuantityField(props: Structured & { readonly units: readonly Option[] }) {
  const { field, typed, units } = props;
  const [first, second] = units;
  const value = typed.get(field.name) ?? '';
  const name = `${field.name}.unit`;
  const { fr, en } = field.label;
  if (first === undefined) throw new Error('a quantity has a unit');
  if (second === undefined) {
    const unit = first.label;
    const label = unit.fr === '1' ? field.label : { fr: `${fr} (${unit.fr})`, en: `${en} (${unit.en})` };
    return (
      <>
        <InputField {...field} label={label} value={value} width="medium" />
        <HiddenField name={name} value={first.value} />
      </>
    );
  }
  return (
    <>
      <InputField {...field} value={value} width="medium" />
      <SelectField
        name={name}
        isRequired
        emptyText={null}
        label={{ fr: `${fr} : ${words.unit.fr.toLowerCase()}`, en: `${en}: ${words.unit.en.toLowerCase()}` }}
        value={typed.get(name) ?? first.value}
        choices={units.map((unit) => ({ value: unit.value, text: unit.label }))}
      />
    </>
  );
}

/** One group of controls, as an envelope is written. What is wrong with the whole shows at its first control. */
export function AddressField({ field, typed }: Structured) {
  const part = (name: string) => ({ name: `${field.name}.${name}`, value: typed.get(`${field.name}.${name}`) ?? '' });
  const { isRequired } = field;
  const country = part('country');
  return (
    <Fieldset legend={field.label} hint={field.hint}>
      <TextAreaField
        name={field.name}
        problems={field.problems}
        label={words.street}
        rows={2}
        value={typed.get(field.name) ?? ''}
      />
      <InputField {...part('postal_code')} label={words.postalCode} width="narrow" maxLength={12} />
      <InputField {...part('city')} label={words.city} isRequired={isRequired} width="medium" maxLength={100} />
      <InputField
        {...country}
        label={words.country}
        isRequired
        hint={{ fr: 'Deux lettres : FR, BE, DE…', en: 'Two letters: FR, BE, DE…' }}
        value={country.value === '' ? 'FR' : country.value}
        width="narrow"
        maxLength={2}
      />
    </Fieldset>
  );
}
