import type { Child } from 'hono/jsx';
import type { Problem, Text } from '../../kernel/index.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import { fieldId, problemOf } from './field-id.ts';

/** What every kind of field takes. */
export interface FieldProps {
  /** The form name; nested values are written with dots: `identity.email`. */
  readonly name: string;
  readonly label: Text;
  readonly hint?: Text | undefined;
  readonly isRequired?: boolean | undefined;
  /** The form's problems: the field shows its own. */
  readonly problems?: readonly Problem[] | undefined;
}

export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly required?: true | undefined;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: 'true' | undefined;
}

interface FrameProps extends FieldProps {
  /** Receives the attributes that tie the control to its label, hint and error. */
  readonly control: (attributes: ControlProps) => Child;
}

/** A label, its hint and error, and a control: for kinds of field that this kit doesn't have. */
export function FieldFrame(props: FrameProps) {
  const { say } = reader();
  const id = fieldId(props.name);
  const problem = problemOf(props.name, props.problems);
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={id}>
        {say(props.label)}
        {props.isRequired ? null : <i>{` (${say(words.optional)})`}</i>}
      </label>
      <FieldNotes id={id} hint={props.hint} problem={problem} />
      {props.control(controlAttributes(props, problem))}
    </div>
  );
}

function controlAttributes(props: FieldProps, problem: Problem | undefined): ControlProps {
  const id = fieldId(props.name);
  const notes = [props.hint ? `${id}-hint` : null, problem ? `${id}-error` : null].filter((note) => note !== null);
  return {
    id,
    name: props.name,
    ...(props.isRequired ? { required: true } : {}),
    ...(notes.length > 0 ? { 'aria-describedby': notes.join(' ') } : {}),
    ...(problem ? { 'aria-invalid': 'true' } : {}),
  };
}

export function FieldNotes(props: {
  readonly id: string;
  readonly hint: Text | undefined;
  readonly problem: Problem | undefined;
}) {
  const { say } = reader();
  return (
    <>
      {props.hint ? (
        <p class="hint" id={`${props.id}-hint`}>
          {say(props.hint)}
        </p>
      ) : null}
      {props.problem ? (
        <p class="error" id={`${props.id}-error`}>
          {say(props.problem.text)}
        </p>
      ) : null}
    </>
  );
}

export type InputKind = 'text' | 'email' | 'date' | 'number' | 'password' | 'tel' | 'url' | 'datetime-local' | 'time';

export interface InputFieldProps extends FieldProps {
  readonly kind?: InputKind | undefined;
  readonly value?: string | number | null | undefined;
  /** As the HTML attribute: `email`, `current-password`… (WCAG 1.3.5). */
  readonly autocomplete?: string | undefined;
  readonly min?: string | number | undefined;
  readonly max?: string | number | undefined;
  readonly step?: string | number | undefined;
  readonly maxLength?: number | undefined;
  readonly placeholder?: string | undefined;
  /** How wide the control is: as wide as its usual answer. */
  readonly width?: 'narrow' | 'medium' | 'full' | undefined;
}

/** `<InputField name="email" kind="email" label={…} isRequired problems={problems} />` */
export function InputField(props: InputFieldProps) {
  return (
    <FieldFrame
      {...props}
      control={(attributes) => (
        <input
          {...attributes}
          type={props.kind ?? 'text'}
          class={props.width}
          value={props.value ?? ''}
          autocomplete={props.autocomplete}
          min={props.min}
          max={props.max}
          step={props.step}
          maxlength={props.maxLength}
          placeholder={props.placeholder}
          spellcheck={props.kind === undefined || props.kind === 'text' ? undefined : false}
        />
      )}
    />
  );
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string | null | undefined;
  readonly rows?: number | undefined;
  readonly maxLength?: number | undefined;
}

/** `<TextAreaField name="note" label={…} rows={6} />` */
export function TextAreaField(props: TextAreaProps) {
  return (
    <FieldFrame
      {...props}
      control={(attributes) => (
        <textarea {...attributes} rows={props.rows ?? 4} maxlength={props.maxLength}>
          {`${props.value?.startsWith('\n') ? '\n' : ''}${props.value ?? ''}`}
        </textarea>
      )}
    />
  );
}

export interface FileFieldProps extends FieldProps {
  /** As the HTML attribute: `.csv,.xlsx`. */
  readonly accept?: string | undefined;
  /** Several files under one label. */
  readonly isMultiple?: boolean | undefined;
}

/** `<FileField name="file" label={…} accept=".csv" />`, in a `Form` that `hasFiles`. */
export function FileField(props: FileFieldProps) {
  return (
    <FieldFrame
      {...props}
      control={(attributes) => <input {...attributes} type="file" accept={props.accept} multiple={props.isMultiple} />}
    />
  );
}

/** A value that the person doesn't see. */
export function HiddenField(props: { readonly name: string; readonly value: string }) {
  return <input type="hidden" name={props.name} value={props.value} />;
}
