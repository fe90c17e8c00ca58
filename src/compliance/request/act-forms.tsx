import type { User } from '../../access/index.ts';
import { page } from '../../http/index.ts';
import { type Problem, same, type Text } from '../../kernel/index.ts';
import {
  Button,
  type Choice,
  Form,
  FormActions,
  LinkButton,
  RadioField,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import { refusalGround, refusalGroundCodes } from '../letters/index.ts';
import { acts as words } from './act-words.ts';
import { type IdentityProof, identityProofs } from './qualify.ts';
import { requestHref } from './request-page.tsx';
import type { RequestRow } from './row.ts';
import { crumbOf, requestsCrumb } from './show.pages.tsx';

/* The forms that act on a request: each a page of its own. */

function actPage(
  request: RequestRow,
  title: Text,
  lead: Text,
  problems: readonly Problem[],
  content: ReturnType<typeof Form>,
) {
  return page({
    title,
    lead,
    breadcrumbs: [requestsCrumb, crumbOf(request)],
    status: problems.length === 0 ? 200 : 422,
    content,
  });
}

export function notePage(request: RequestRow, text: string, problems: readonly Problem[]) {
  return actPage(
    request,
    words.note,
    words.noteLead,
    problems,
    <Form id="note" action={`${requestHref(request.id)}/note`} problems={problems}>
      <TextAreaField name="text" label={words.note} value={text} rows={6} isRequired problems={problems} />
      <Ends request={request} text={words.addNote} />
    </Form>,
  );
}

export function assignPage(request: RequestRow, colleagues: readonly User[], problems: readonly Problem[]) {
  return actPage(
    request,
    words.assign,
    words.assignLead,
    problems,
    <Form id="assign" action={`${requestHref(request.id)}/assign`} problems={problems}>
      <SelectField
        name="assignee"
        label={words.assignee}
        choices={[
          { value: 'nobody', text: words.nobody },
          ...colleagues.map(({ id, name }) => ({ value: id, text: same(name) })),
        ]}
        value={request.assignee_id ?? 'nobody'}
        emptyText={null}
        isRequired
        problems={problems}
      />
      <Ends request={request} text={words.assignEnd} />
    </Form>,
  );
}

/** Nothing is chosen beforehand: whoever attests says how they know. */
export function identityPage(
  request: RequestRow,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
) {
  const proofs: readonly IdentityProof[] = ['contact_channel', 'signed_in', 'operator', 'document'];
  return actPage(
    request,
    words.identity,
    words.identityLead,
    problems,
    <Form id="identity" action={`${requestHref(request.id)}/identity`} problems={problems}>
      <RadioField
        name="proof"
        label={words.how}
        choices={proofs.map((value) => ({ value, text: identityProofs[value], hint: words.proofHints[value] }))}
        value={typed.proof}
        isRequired
        problems={problems}
      />
      <TextAreaField
        name="note"
        label={words.checked}
        hint={words.checkedHint}
        value={typed.note}
        rows={3}
        problems={problems}
      />
      <Ends request={request} text={words.identityEnd} />
    </Form>,
  );
}

export function askPage(request: RequestRow, problems: readonly Problem[]) {
  return actPage(
    request,
    words.ask,
    words.askLead,
    problems,
    <Form id="ask" action={`${requestHref(request.id)}/ask-identity`} problems={problems}>
      <RadioField name="doubt" label={words.doubt} choices={words.doubts} isRequired problems={problems} />
      <Ends request={request} text={words.askEnd} />
    </Form>,
  );
}

export function refusePage(request: RequestRow, typed: Readonly<Record<string, string>>, problems: readonly Problem[]) {
  const choices: readonly Choice[] = refusalGroundCodes.map((value) => ({ value, text: refusalGround(value).label }));
  return actPage(
    request,
    words.refuse,
    words.refuseLead,
    problems,
    <Form id="refuse" action={`${requestHref(request.id)}/refuse`} problems={problems}>
      <SelectField
        name="ground"
        label={words.ground}
        choices={choices}
        value={typed.ground}
        isRequired
        problems={problems}
      />
      <TextAreaField
        name="explanation"
        label={words.reasons}
        hint={words.reasonsHint}
        value={typed.explanation}
        rows={6}
        problems={problems}
      />
      <Ends request={request} text={words.refuseEnd} kind="danger" />
    </Form>,
  );
}

export function withdrawPage(request: RequestRow) {
  return actPage(
    request,
    words.withdraw,
    words.withdrawLead,
    [],
    <Form id="withdraw" action={`${requestHref(request.id)}/withdraw`}>
      <Ends request={request} text={words.withdrawEnd} />
    </Form>,
  );
}

export function extendPage(request: RequestRow, typed: Readonly<Record<string, string>>, problems: readonly Problem[]) {
  return actPage(
    request,
    words.extend,
    words.extendLead,
    problems,
    <Form id="extend" action={`${requestHref(request.id)}/extend`} problems={problems}>
      <RadioField
        name="reason"
        label={words.extendWhy}
        choices={words.extensions}
        value={typed.reason}
        isRequired
        problems={problems}
      />
      <TextAreaField
        name="explanation"
        label={words.reasons}
        hint={words.extendHint}
        value={typed.explanation}
        rows={5}
        isRequired
        problems={problems}
      />
      <Ends request={request} text={words.extendEnd} />
    </Form>,
  );
}

function Ends(props: { readonly request: RequestRow; readonly text: Text; readonly kind?: 'main' | 'danger' }) {
  return (
    <FormActions>
      <Button kind={props.kind ?? 'main'} text={props.text} />
      <LinkButton href={requestHref(props.request.id)} text={words.cancel} kind="quiet" />
    </FormActions>
  );
}
