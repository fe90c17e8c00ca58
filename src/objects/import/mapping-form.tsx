import { type Problem, same, type Text } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import {
  Button,
  CheckboxesField,
  Fieldset,
  Form,
  FormActions,
  InputField,
  RadioField,
  SelectField,
} from '../../ui/index.ts';
import { fileColumns } from '../file-columns.ts';
import type { Import } from './job.ts';
import { proposeOptions } from './mapping.ts';
import { type ImportOptions, possibleKeys } from './options.ts';
import { examples, words } from './words.ts';

/** What somebody decides before a file is checked: a proposal, to be changed. */
export function MappingForm(props: {
  readonly job: Import;
  readonly type: TypeModel;
  readonly action: string;
  readonly problems: readonly Problem[];
  readonly options?: ImportOptions;
}) {
  const { job, type } = props;
  const options = props.options ?? job.options ?? proposeOptions(type, job.columns);
  const problems = props.problems.map((one) => ({ ...one, pointer: fieldPointer(job, one.pointer) }));
  const targets = fileColumns(type).map(({ target, label }) => ({ value: target, text: label }));
  const labelOf = (name: string): Text => targets.find(({ value }) => value === name)?.text ?? same(name);
  return (
    <Form id="mapping" action={props.action} problems={problems}>
      <Fieldset legend={words.columns} hint={words.columnsLead}>
        {job.columns.map(({ name, samples }, at) => (
          <SelectField
            name={`map.${at}`}
            label={same(name)}
            isRequired
            hint={samples.length === 0 ? undefined : examples(samples)}
            choices={targets}
            value={options.mapping[name] ?? ''}
            emptyText={words.leftOut}
            problems={problems}
          />
        ))}
      </Fieldset>
      <Fieldset legend={words.how}>
        <CheckboxesField
          name="key"
          label={words.key}
          hint={words.keyHint}
          isRequired
          choices={possibleKeys(type).map((name) => ({ value: name, text: labelOf(name) }))}
          values={options.key}
          problems={problems}
        />
        <RadioField
          name="existing"
          label={words.existing}
          isRequired
          choices={choices('update', 'skip', 'refuse')}
          value={options.existing}
        />
        <RadioField
          name="missing"
          label={words.missing}
          isRequired
          choices={choices('create', 'skip', 'refuse')}
          value={options.missing}
        />
        <RadioField
          name="empty"
          label={words.empty}
          isRequired
          choices={choices('keep', 'clear')}
          value={options.empty}
        />
      </Fieldset>
      <Fieldset legend={words.reading}>
        <RadioField name="dates" label={words.dates} isRequired choices={choices('dmy', 'mdy')} value={options.dates} />
        <InputField
          name="separator"
          label={words.separator}
          isRequired
          value={options.separator}
          maxLength={3}
          width="narrow"
          problems={problems}
        />
        <InputField
          name="currency"
          label={words.currency}
          isRequired
          value={options.currency}
          maxLength={3}
          width="narrow"
          problems={problems}
        />
      </Fieldset>
      <FormActions>
        <Button kind="main" text={words.check} />
      </FormActions>
    </Form>
  );
}

type Word = 'update' | 'create' | 'skip' | 'refuse' | 'keep' | 'clear' | 'dmy' | 'mdy';

function choices(...values: readonly Word[]): readonly { readonly value: string; readonly text: Text }[] {
  return values.map((value) => ({ value, text: words[value] }));
}

/** A problem of a column is shown by the column's own field. */
function fieldPointer(job: Import, pointer: string): string {
  const [, column] = /^\/mapping\/(.+)$/s.exec(pointer) ?? [];
  const at = job.columns.findIndex(({ name }) => name === column);
  return at < 0 ? pointer : `/map/${at}`;
}

/** What the form says, as options. */
export function optionsOf(job: Import, fields: Readonly<Record<string, unknown>>): unknown {
  const mapping = job.columns.flatMap(({ name }, at) => {
    const target = fields[`map.${at}`];
    return typeof target === 'string' && target !== '' ? [[name, target] as const] : [];
  });
  const { key, existing, missing, empty, dates, separator, currency } = fields;
  return {
    mapping: Object.fromEntries(mapping),
    key: key === undefined ? [] : Array.isArray(key) ? key : [key],
    existing,
    missing,
    empty,
    dates,
    separator,
    currency: typeof currency === 'string' ? currency.trim().toUpperCase() : currency,
  };
}
