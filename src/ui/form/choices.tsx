import type { Text } from '../../kernel/index.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import { FieldFrame, FieldNotes, type FieldProps } from './field.tsx';
import { fieldId, problemOf } from './field-id.ts';

export interface Choice {
  readonly value: string;
  readonly text: Text;
  readonly hint?: Text | undefined;
}

export interface SelectFieldProps extends FieldProps {
  readonly choices: readonly Choice[];
  readonly value?: string | null | undefined;
  /** The words of "no choice"; `Choose…` by default, none when null and a value is always there. */
  readonly emptyText?: Text | null | undefined;
}

/** `<SelectField name="brand" label={…} choices={[…]} value={brand} />`: for six choices and more; below, use radios. */
export function SelectField(props: SelectFieldProps) {
  const { say } = reader();
  return (
    <FieldFrame
      {...props}
      control={(attributes) => (
        <select {...attributes}>
          {props.emptyText === null ? null : <option value="">{say(props.emptyText ?? words.choose)}</option>}
          {props.choices.map((choice) => (
            <option value={choice.value} selected={choice.value === props.value}>
              {say(choice.text)}
            </option>
          ))}
        </select>
      )}
    />
  );
}

interface ChoiceSetProps extends FieldProps {
  readonly kind: 'radio' | 'checkbox';
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
}

/** The first control carries the field's own id, so that the error summary's link lands on it. */
function ChoiceSet(props: ChoiceSetProps) {
  const { say } = reader();
  const id = fieldId(props.name);
  const problem = problemOf(props.name, props.problems);
  const notes = [props.hint ? `${id}-hint` : null, problem ? `${id}-error` : null].filter((note) => note !== null);
  return (
    <fieldset class={problem ? 'field choices wrong' : 'field choices'} aria-describedby={notes.join(' ') || undefined}>
      <legend>
        {say(props.label)}
        {props.isRequired ? null : <i>{` (${say(words.optional)})`}</i>}
      </legend>
      <FieldNotes id={id} hint={props.hint} problem={problem} />
      {props.choices.map((choice, index) => (
        <label class="choice">
          <input
            type={props.kind}
            id={index === 0 ? id : undefined}
            name={props.name}
            value={choice.value}
            checked={props.chosen.includes(choice.value)}
          />
          {say(choice.text)}
          {choice.hint ? <small>{say(choice.hint)}</small> : null}
        </label>
      ))}
    </fieldset>
  );
}

export interface RadioFieldProps extends FieldProps {
  readonly choices: readonly Choice[];
  readonly value?: string | null | undefined;
}

/** `<RadioField name="right" label={…} choices={[…]} value="erasure" isRequired />` */
export function RadioField(props: RadioFieldProps) {
  return <ChoiceSet {...props} kind="radio" chosen={props.value ? [props.value] : []} />;
}

export interface CheckboxesFieldProps extends FieldProps {
  readonly choices: readonly Choice[];
  readonly values?: readonly string[] | undefined;
}

/** `<CheckboxesField name="applications" label={…} choices={[…]} values={['shop']} />`: several answers under one question. */
export function CheckboxesField(props: CheckboxesFieldProps) {
  return <ChoiceSet {...props} kind="checkbox" chosen={props.values ?? []} />;
}

export interface CheckboxFieldProps extends FieldProps {
  readonly isChecked?: boolean | undefined;
  readonly value?: string | undefined;
}

/** `<CheckboxField name="confirmed" label={…} />`: one statement, agreed to or not. */
export function CheckboxField(props: CheckboxFieldProps) {
  const { say } = reader();
  const id = fieldId(props.name);
  const problem = problemOf(props.name, props.problems);
  const notes = [props.hint ? `${id}-hint` : null, problem ? `${id}-error` : null].filter((note) => note !== null);
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <FieldNotes id={id} hint={undefined} problem={problem} />
      <label class="choice">
        <input
          type="checkbox"
          id={id}
          name={props.name}
          value={props.value ?? 'yes'}
          checked={props.isChecked === true}
          aria-describedby={notes.join(' ') || undefined}
          aria-invalid={problem ? 'true' : undefined}
        />
        {say(props.label)}
      </label>
      <FieldNotes id={id} hint={props.hint} problem={undefined} />
    </div>
  );
}
