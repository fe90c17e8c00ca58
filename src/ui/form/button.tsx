import type { Text } from '../../kernel/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { FormProof } from './form.tsx';

/** `main` once a page at most; `danger` for what can't be undone; `quiet` inside rows. */
export type ButtonKind = 'main' | 'plain' | 'danger' | 'quiet';

interface Look {
  readonly text: Text;
  readonly kind?: ButtonKind | undefined;
  readonly icon?: IconName | undefined;
}

export interface ButtonProps extends Look {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly id?: string | undefined;
  /** Opens the dialog of this id. Needs script: use `DialogLink` where a page must work without. */
  readonly opens?: string | undefined;
  /** Submits the form of this id, from outside of it. */
  readonly form?: string | undefined;
  /** What a screen reader hears when `text` alone is ambiguous. */
  readonly label?: Text | undefined;
}

/** `<Button kind="main" text={{ fr: 'Enregistrer', en: 'Save' }} />`: sends the form it stands in. */
export function Button(props: ButtonProps) {
  return (
    <button
      type={props.opens ? 'button' : 'submit'}
      class={`button ${props.kind ?? 'plain'}`}
      id={props.id}
      name={props.name}
      value={props.value}
      form={props.form}
      data-opens={props.opens}
      aria-label={props.label ? reader().say(props.label) : undefined}
    >
      <Words {...props} />
    </button>
  );
}

export interface LinkButtonProps extends Look {
  readonly href: string;
  /** The file name, when the link downloads instead of going somewhere. */
  readonly download?: string | undefined;
}

/** `<LinkButton kind="main" href="/requests/new" text={…} />`: goes somewhere, looks like a button. */
export function LinkButton(props: LinkButtonProps) {
  return (
    <a class={`button ${props.kind ?? 'plain'}`} href={safeHref(props.href)} download={props.download}>
      <Words {...props} />
    </a>
  );
}

export interface ButtonFormProps extends Look {
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly id?: string | undefined;
  /** What a screen reader hears when `text` alone is ambiguous, such as one "Remind" a row. */
  readonly label?: Text | undefined;
}

/** `<ButtonForm action="/requests/1/close" text={…} />`: one POST, with the CSRF token and hidden `fields`. */
export function ButtonForm(props: ButtonFormProps) {
  const { say } = reader();
  return (
    <form class="button-form" method="post" action={safeHref(props.action)}>
      <FormProof />
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        class={`button ${props.kind ?? 'plain'}`}
        id={props.id}
        aria-label={props.label ? say(props.label) : undefined}
      >
        <Words {...props} />
      </button>
    </form>
  );
}

function Words(props: Look) {
  return (
    <>
      {props.icon ? <Icon name={props.icon} /> : null}
      {reader().say(props.text)}
    </>
  );
}
