import type { Child } from 'hono/jsx';
import { newId, type Problem, type Text } from '../../kernel/index.ts';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { errorsToCorrect } from '../words.ts';
import { fieldId } from './field-id.ts';

/** The hidden token that proves a POST comes from one of our pages. Nothing when there is no session. */
export function Csrf() {
  const { csrf } = reader();
  return csrf === null ? null : <input type="hidden" name="csrf" value={csrf} />;
}

/** The token, and a fresh key that makes the form's write happen once however often it is sent. */
export function FormProof() {
  return (
    <>
      <Csrf />
      <input type="hidden" name="_key" value={newId(reader().now.getTime())} />
    </>
  );
}

export interface FormProps {
  readonly action: string;
  /** Stable: names the fields' ids and lets the answer of a partial update replace the form. */
  readonly id: string;
  /** All that was wrong the last time, shown together and beside each field. */
  readonly problems?: readonly Problem[] | undefined;
  readonly hasFiles?: boolean | undefined;
  /** Replaces only the form (or the element of this id) by the answer, when script runs. */
  readonly swaps?: string | undefined;
  readonly children?: Child | undefined;
}

/** `<Form id="request" action="/requests" problems={refusal.problems}>…fields…<FormActions>…</FormActions></Form>`: a POST. */
export function Form(props: FormProps) {
  const target = props.swaps ? `#${props.swaps}` : undefined;
  return (
    <form
      id={props.id}
      class="form"
      method="post"
      action={safeHref(props.action)}
      enctype={props.hasFiles ? 'multipart/form-data' : undefined}
      novalidate
      hx-post={target ? safeHref(props.action) : undefined}
      hx-target={target}
      hx-select={target}
    >
      <FormProof />
      <ErrorSummary problems={props.problems ?? []} />
      {props.children}
    </form>
  );
}

/** All errors of a form at once, each a link to its field. Takes the focus when the page opens. */
export function ErrorSummary(props: { readonly problems: readonly Problem[] }) {
  const { say } = reader();
  if (props.problems.length === 0) return null;
  return (
    <div class="error-summary" id="errors" role="alert" tabindex={-1} data-focus aria-labelledby="errors-title">
      <strong id="errors-title">{say(errorsToCorrect(props.problems.length))}</strong>
      <ul>
        {props.problems.map((problem) => (
          <li>
            <a href={`#${fieldId(problem.pointer)}`}>{say(problem.text)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The buttons that end a form: the main one first. */
export function FormActions(props: { readonly children?: Child | undefined }) {
  return <div class="form-actions">{props.children}</div>;
}

/** `<Fieldset legend={…}>`: fields that belong together. */
export function Fieldset(props: {
  readonly legend: Text;
  readonly hint?: Text | undefined;
  readonly children?: Child | undefined;
}) {
  const { say } = reader();
  return (
    <fieldset class="group">
      <legend>{say(props.legend)}</legend>
      {props.hint ? <p class="hint">{say(props.hint)}</p> : null}
      {props.children}
    </fieldset>
  );
}
